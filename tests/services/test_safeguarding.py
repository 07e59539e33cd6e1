"""Urgent disclosure: without an agreement, on their own actions, with basis and reason, among the disclosures."""

import pytest

from planner.db import Database
from planner.errors import InputError, NotAllowed, NotFound
from planner.outputs.disclosures import disclosures_csv
from planner.rules.sharing import Basis, Category
from planner.services.safeguarding import DisclosureRequest, disclose_urgently
from planner.views.agreements import disclosures_of, partners_to_tell
from planner.views.disclosures import count_disclosures, disclosures_page
from planner.views.my_part import my_offers
from planner.views.record import LineFilter
from tests.builders import World, a_world, an_action
from tests.partners import an_offer
from tests.sharing import concern

WHY = "A child may be in danger tonight."


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    return world


def request(agency: str = "ngo", reason: str = WHY) -> DisclosureRequest:
    return DisclosureRequest("WM-0001", agency, (Category.CHILDREN,), Basis.VITAL_INTERESTS, reason)


@pytest.mark.parametrize("who", ["silver", "cell", "care_lead"])
def test_an_urgent_disclosure_needs_no_agreement_and_stands_among_the_disclosures(world: World, who: str) -> None:
    with world.desk(who).writing() as work:
        disclose_urgently(work, request())

    with world.desk("silver").reading() as look:
        kept = disclosures_of(look, "WM-0001")
    with world.desk("cell").reading() as look:
        shown = disclosures_page(look, LineFilter())
        file = disclosures_csv(look, "2026-11-24_2026-11-24", "The coroner asked.").decode()
        assert count_disclosures(look, LineFilter()) == 1
    assert [(row.agency, row.categories - {Category.LOGISTICS}, row.basis, row.reason) for row in kept] == [
        ("Ngo", {Category.CHILDREN}, Basis.VITAL_INTERESTS, WHY)
    ]
    assert [(row.verb, row.about, row.why) for row in shown] == [("disclose_urgently", "WM-0001", WHY)]
    assert "Told urgently to Ngo, to safeguard: children. Basis: Vital interests" in shown[0].sentence
    assert WHY in file


@pytest.mark.parametrize("who", ["gold", "national"])
def test_who_sees_the_action_and_may_not_disclose_is_refused(world: World, who: str) -> None:
    with pytest.raises(NotAllowed), world.desk(who).writing() as work:
        disclose_urgently(work, request())
    with world.desk(who).reading() as look:
        assert partners_to_tell(look, "WM-0001") == {}


@pytest.mark.parametrize("who", ["other_silver", "partner", "provider", "stranger"])
def test_of_anothers_action_nothing_is_disclosed(world: World, who: str) -> None:
    with pytest.raises(NotFound), world.desk(who).writing() as work:
        disclose_urgently(work, request())
    with pytest.raises(NotFound), world.desk(who).reading() as look:
        disclosures_of(look, "WM-0001")


def test_a_disclosure_says_what_and_why(world: World) -> None:
    with (
        pytest.raises(InputError, match="reason for the disclosure is missing"),
        world.desk("silver").writing() as work,
    ):
        disclose_urgently(work, request(reason=" "))
    with pytest.raises(InputError, match="one kind of information at least"):
        DisclosureRequest("WM-0001", "ngo", (Category.LOGISTICS,), Basis.VITAL_INTERESTS, WHY)

    with world.desk("silver").reading() as look:
        assert disclosures_of(look, "WM-0001") == ()


def test_silver_tells_no_care_provider_whose_name_is_not_silvers_to_know(world: World) -> None:
    with pytest.raises(NotFound), world.desk("silver").writing() as work:
        disclose_urgently(work, request("provider"))
    with world.desk("care_lead").writing() as work:
        disclose_urgently(work, request("provider"))

    with world.desk("silver").reading() as look:
        assert "provider" not in partners_to_tell(look, "WM-0001")
        assert [row.agency for row in disclosures_of(look, "WM-0001")] == ["A care provider"]
    with world.desk("care_lead").reading() as look:
        assert [row.agency for row in disclosures_of(look, "WM-0001")] == ["Provider"]


def test_what_was_told_by_voice_opens_no_page(world: World) -> None:
    concern(world, "first_responder", "children")
    an_offer(world)

    with world.desk("silver").writing() as work:
        disclose_urgently(work, request())

    with world.desk("partner").reading() as look:
        assert my_offers(look)[0].shared.children is None
