"""Co-operation asked for by a unit: how many ask, what is left without them, how much of what is booked is there."""

import pytest

from planner import access, facts
from planner.db import Database
from planner.models.care import Unit
from planner.rules.words import Need, Profile
from planner.services.demand import Line, set_demand
from planner.views.actions import units_near
from planner.views.care_check import care_check
from planner.views.care_cooperation import cooperation_words
from tests import care
from tests.builders import World, a_unit, a_world, an_action

REFUSED = "a person who declines would be refused there."


@pytest.fixture
def world(database: Database) -> World:
    """U1 asks for co-operation and has four places for women, U9 has two without asking."""
    world = a_world(database)
    an_action(world)
    with world.database.write() as session:
        session.get_one(Unit, 1).cooperation_required = True
        a_unit(session, world.provider, world.operation, code="U9", places=2)
    return world


def likely(world: World, women: int) -> None:
    with world.desk("silver").writing() as work:
        set_demand(work, "WM-0001", [Line(Profile.WOMAN, Need.NONE, 0, women, women)])


def said(world: World) -> str:
    with world.desk("silver").reading() as look:
        known = facts.facts_of(look, access.action_id_of(look, "WM-0001"))
        return cooperation_words(look, care_check(look, "WM-0001"), known)


def test_units_that_ask_for_it_are_counted_and_proposed_last(world: World) -> None:
    likely(world, 2)

    with world.desk("silver").reading() as look:
        placed = care_check(look, "WM-0001").found.placed

    assert [(row.unit_id, row.places) for row in placed] == [(2, 2)]
    assert said(world) == (
        f"1 of 2 units asks for co-operation with the police (U1): {REFUSED} "
        "Without it everybody could still be placed."
    )


def test_what_would_be_short_without_them_is_said(world: World) -> None:
    likely(world, 5)

    assert said(world).endswith(
        f"{REFUSED} Without it 3 places for women are short from Wed 25 November to Fri 27 November."
    )


def test_what_is_booked_there_is_said_and_nothing_where_nobody_asks(world: World) -> None:
    likely(world, 3)
    care.confirm(world, care.book(world, places=2))
    care.book(world, places=1, wait=False, nights=4)

    assert said(world).endswith(f"{REFUSED} Of the places booked 2 confirmed and 1 held are in such a unit.")
    with world.database.write() as session:
        session.get_one(Unit, 1).cooperation_required = False
    assert said(world) == ""


def test_whoever_chooses_a_unit_reads_it_beside_its_name(world: World) -> None:
    with world.desk("silver").reading() as look:
        assert units_near(look, "midlands") == {
            "U1": "U1: women; asks for co-operation with the police",
            "U9": "U9: women",
        }
