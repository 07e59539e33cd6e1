"""Offers as planners see them: a care provider's name is the care lead's and the cell's alone."""

import pytest

from planner.db import Database
from planner.models.reference import CatalogueRole
from planner.rules.words import AgencyKind
from planner.services.answers import answer_offer
from planner.services.handovers import hand_over
from planner.services.offers import OfferRequest, offer_role
from planner.views.conditions import conditions
from planner.views.handovers import handovers
from planner.views.people import OfferFilter, count_offers, role_board
from tests.builders import World, a_world, an_action
from tests.partners import a_lead, a_partner

CANARY = "canaryhouse"


@pytest.fixture
def world(database: Database) -> World:
    """A care provider that the cell asked, that accepted on a condition, and whose lead passed it on."""
    world = a_world(database)
    an_action(world)
    number = a_partner(world, CANARY, AgencyKind.CARE_PROVIDER)
    title = a_lead(world, f"{CANARY} second", number)
    with database.write() as session:
        kinds = {"agency_kinds": "care_provider", "required": False}
        session.add(CatalogueRole(code="hostel", title="Hostel", responsibilities="Is there.", **kinds))
    with world.desk("cell").writing() as work:
        offer = offer_role(work, OfferRequest("WM-0001", "hostel", CANARY, "k")).id or 0
    with world.desk(CANARY).writing() as work:
        answer_offer(work, offer, accept=True, conditions=["A cot."])
    with world.desk(CANARY).writing() as work:
        hand_over(work, offer, title, "On leave.")
    return world


@pytest.mark.parametrize(("name", "knows"), [("cell", True), ("silver", False), ("gold", False)])
def test_a_care_providers_name_is_told_to_the_cell_and_not_to_the_force(world: World, name: str, knows: bool) -> None:
    with world.desk(name).reading() as look:
        seen = repr((role_board(look, "WM-0001"), conditions(look), handovers(look, "WM-0001"))).casefold()
        found = count_offers(look, OfferFilter(CANARY))

    assert (CANARY in seen) is knows
    assert ("a care provider" in seen) is not knows
    assert found == int(knows)
