"""Which held bookings would have to move: told by number to who may see their action, proposed and never done."""

import pytest
import sqlalchemy as sa
from sqlmodel import col

from planner.db import Database
from planner.models.care import Hold, UnitProfile
from planner.models.operations import Action
from planner.rules.words import Need, Profile
from planner.services.demand import Line, set_demand
from planner.views.care_check import care_check
from planner.views.care_repack import moves_words
from tests import care
from tests.builders import World, a_unit, a_world, an_action

MOVES = "moves from unit U1 to unit U9: ask whoever holds it, or the cell. Nothing is moved by this."


@pytest.fixture
def world(database: Database) -> World:
    """U1 takes women and men, U9 women alone; four men are likely, and women are held in U1 for another action."""
    world = a_world(database)
    an_action(world)
    an_action(world, reference="WM-0002")
    with world.database.write() as session:
        session.add(UnitProfile(unit_id=1, profile=Profile.MAN))
        a_unit(session, world.provider, world.operation, code="U9", places=2)
    with world.desk("silver").writing() as work:
        set_demand(work, "WM-0001", [Line(Profile.MAN, Need.NONE, 1, 4, 4)])
    return world


def said(world: World, name: str = "silver") -> str:
    with world.desk(name).reading() as look:
        return moves_words(look, care_check(look, "WM-0001"))


def test_a_held_booking_could_make_way_and_nothing_is_moved(world: World) -> None:
    number = care.book(world, "WM-0002", places=2)

    assert said(world) == f"Possible if booking {number} {MOVES}"
    with world.database.read() as session:
        assert session.execute(sa.select(Hold.state, Hold.version)).all() == [("held", 1)]


def test_what_is_confirmed_or_has_nowhere_to_go_does_not_move(world: World) -> None:
    assert said(world) == ""  # all can be placed
    number = care.book(world, "WM-0002", places=3)
    assert said(world) == ""  # U9 has two places

    care.confirm(world, number)

    assert said(world) == ""


def test_a_confirmed_booking_stays_where_a_held_one_would_move(world: World) -> None:
    number = care.book(world, "WM-0002", places=1)
    assert said(world) == f"Possible if booking {number} {MOVES}"

    care.confirm(world, number)

    assert said(world) == ""


def test_the_booking_of_an_action_that_is_not_seen_has_no_number(world: World) -> None:
    care.book(world, "WM-0002", places=2)

    with world.database.write() as session:
        session.execute(sa.update(Action).where(col(Action.reference) == "WM-0002").values(compartment=True))

    assert said(world) == f"Possible if another action's booking {MOVES}"
