"""Places by night are those opened to the reader's operation; a provider's name is for the care lead and the cell."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import col

from planner.db import Database
from planner.models.care import OpenNight
from planner.rules.words import Need, Post, Profile
from planner.services.demand import Line, set_demand
from planner.views.care import capacity
from planner.views.care_check import care_check
from tests import care
from tests.builders import FIRST_NIGHT, NOW, World, a_world, an_action


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    return world


def move_supply(world: World, operation: int, *numbers: int) -> None:
    """Places of U1 that are open to another operation instead."""
    with world.database.write() as session:
        session.execute(sa.update(OpenNight).where(col(OpenNight.number).in_(numbers)).values(operation_id=operation))


def test_places_open_to_another_operation_are_not_this_ones(world: World) -> None:
    other = care.a_second_operation(world)
    move_supply(world, other, 3, 4)
    care.a_person(world, "both", world.force, (Post.CELL, world.operation, None), (Post.CELL, other, None))

    with world.desk("cell").reading() as look:
        assert {row.open for row in capacity(look)} == {2}
    with world.desk("both").reading() as look:
        assert {row.open for row in capacity(look)} == {4}
        assert {row.open for row in capacity(look, operation_id=other)} == {2}


def test_an_expired_hold_frees_its_places_and_a_request_takes_none(world: World) -> None:
    care.a_second_provider(world)
    care.book(world, places=3)
    care.book(world, unit="U2", places=3)

    def free(at_hours: int) -> dict[str, int]:
        with world.desk("cell", NOW + timedelta(hours=at_hours)).reading() as look:
            return {row.unit: row.free for row in capacity(look) if row.night == FIRST_NIGHT + timedelta(days=1)}

    assert free(47) == {"U1": 1, "U2": 6}
    assert free(48) == {"U1": 4, "U2": 6}


@pytest.mark.parametrize(
    ("name", "named"), [("cell", True), ("care_lead", True), ("silver", False), ("provider", True)]
)
def test_a_providers_name_is_for_the_care_lead_the_cell_and_itself(world: World, name: str, named: bool) -> None:
    care.a_second_provider(world)

    with world.desk(name).reading() as look:
        rows = capacity(look)

    assert {row.provider for row in rows if row.unit == "U1"} == {"Provider" if named else "–"}
    assert {row.unit for row in rows} == ({"U1"} if name == "provider" else {"U1", "U2"})


@pytest.mark.parametrize("name", ["silver", "gold"])
def test_the_likely_are_placed_among_places_of_their_own_operation_alone(world: World, name: str) -> None:
    with world.desk("silver").writing() as work:
        set_demand(work, "WM-0001", [Line(Profile.WOMAN, Need.NONE, 1, 3, 4)])

    with world.desk(name).reading() as look:
        before = care_check(look, "WM-0001").found
    move_supply(world, care.a_second_operation(world), 3, 4)
    with world.desk(name).reading() as look:
        after = care_check(look, "WM-0001").found

    assert (before.placeable, [row.places for row in before.placed]) == (True, [3])
    assert (after.placeable, [row.places for row in after.short]) == (False, [1])
