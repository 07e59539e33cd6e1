"""Strike days: set by the cell, joined by who plans an action of that day, left by hand and by a move."""

from datetime import timedelta
from typing import Any

import pytest

from planner.db import Database
from planner.errors import InputError, NotAllowed, NotFound, Refused
from planner.models.directory import Region
from planner.models.operations import Action
from planner.rules.words import Nation
from planner.services.moving import move_action
from planner.services.reserves import ReserveRequest, set_reserve, share_reserve
from planner.services.strike_days import StrikeDayRequest, join_strike_day, leave_strike_day, set_strike_day
from tests.builders import DAWN, World, a_world, an_action

DAY = DAWN.date()


@pytest.fixture
def world(database: Database) -> World:
    """Two actions at dawn and one a day later."""
    world = a_world(database)
    with database.write() as session:
        session.add(Region(code="ee", name="East", nation=Nation.ENGLAND, zone="midlands"))
    an_action(world, "WM-0001")
    an_action(world, "WM-0002")
    an_action(world, "WM-0003", starts_at=DAWN + timedelta(days=1), ends_at=DAWN + timedelta(days=1, hours=3))
    return world


def strike(world: World, *members: str, by: str = "cell", **changes: Any) -> int:
    values: dict[str, Any] = {"operation": "OP1", "name": "Strike one", "day": DAY, "members": members}
    with world.desk(by).writing() as work:
        return set_strike_day(work, StrikeDayRequest(**(values | changes))).id or 0


def join(world: World, number: int, *references: str, by: str = "silver") -> None:
    with world.desk(by).writing() as work:
        join_strike_day(work, number, references)


def members(world: World) -> dict[str, int | None]:
    with world.database.read() as session:
        return {item.reference: item.strike_day_id for item in (session.get_one(Action, n) for n in (1, 2, 3))}


def test_the_same_strike_day_twice_is_one_and_another_under_its_name_is_refused(world: World) -> None:
    number = strike(world, "WM-0001", "WM-0002")

    assert strike(world, "WM-0001", "WM-0002") == number
    with pytest.raises(Refused, match="There is a strike day Strike one already, on Thu 26 November"):
        strike(world, "WM-0003", day=DAY + timedelta(days=1))
    assert members(world) == {"WM-0001": number, "WM-0002": number, "WM-0003": None}


def test_only_actions_of_that_day_join(world: World) -> None:
    number = strike(world, "WM-0001")

    with pytest.raises(Refused, match="WM-0003 begins on Fri 27 November, and Strike one is on Thu 26 November"):
        join(world, number, "WM-0002", "WM-0003")
    assert members(world)["WM-0002"] is None
    join(world, number, "WM-0002")

    assert members(world)["WM-0002"] == number


def test_an_action_belongs_to_one_strike_day_at_most(world: World) -> None:
    strike(world, "WM-0001")
    other = strike(world, "WM-0002", name="Strike two")

    with pytest.raises(Refused, match="WM-0001 belongs to strike day Strike one"):
        join(world, other, "WM-0001")
    with world.desk("silver").writing() as work:
        leave_strike_day(work, "WM-0001")
    join(world, other, "WM-0001")

    assert members(world)["WM-0001"] == other


def test_a_region_of_its_own_takes_its_actions_alone(world: World) -> None:
    an_action(world, "EE-0001", region="ee")
    number = strike(world, "WM-0001", region="wm")

    with pytest.raises(Refused, match="EE-0001 lies outside West Midlands, where Strike one is"):
        join(world, number, "EE-0001")
    with pytest.raises(NotFound, match="There is no region nowhere in operation OP1, or none that you can open"):
        strike(world, "WM-0002", name="Elsewhere", region="nowhere")
    several = strike(world, "WM-0002", name="Several regions")
    join(world, several, "EE-0001")


def test_the_cell_sets_it_and_silver_joins_only_what_it_plans(world: World) -> None:
    with pytest.raises(NotAllowed, match="that is for cell or regional cell"):
        strike(world, "WM-0001", by="silver")
    number = strike(world, "WM-0001")

    with pytest.raises(NotFound, match="There is no action WM-0002, or none that you can open"):
        join(world, number, "WM-0002", by="other_silver")
    with pytest.raises(NotAllowed):
        join(world, number, "WM-0002", by="provider")


def test_a_strike_day_joins_at_least_one_action_under_a_name(world: World) -> None:
    with pytest.raises(InputError, match="choose at least one"):
        strike(world)
    with pytest.raises(InputError, match="name is missing"):
        strike(world, "WM-0001", name=" ")


def test_a_move_to_another_day_leaves_it_and_an_hour_later_does_not(world: World) -> None:
    number = strike(world, "WM-0001")

    move(world, timedelta(hours=1))
    assert members(world)["WM-0001"] == number
    move(world, timedelta(days=1), why="The vans are needed elsewhere.")

    assert members(world)["WM-0001"] is None


def move(world: World, by: timedelta, why: str = "") -> None:
    with world.database.read() as session:
        action = session.get_one(Action, 1)
        version, start = action.version, action.starts_at + by
    with world.desk("silver").writing() as work:
        move_action(work, "WM-0001", start, start + timedelta(hours=3), version=version, why=why)


def test_a_reserve_of_a_strike_day_is_shared_by_its_members_until_they_leave(world: World) -> None:
    number = strike(world, "WM-0001")
    with world.desk("care_lead").writing() as work:
        kept = set_reserve(work, ReserveRequest("OP1", "wm", 2, "Two weak premises.", "r", number)).id or 0

    with pytest.raises(Refused, match="WM-0002 is no member of the strike day"), world.desk("cell").writing() as work:
        share_reserve(work, kept, ["WM-0002"])
    with world.desk("cell").writing() as work:
        share_reserve(work, kept, ["WM-0001"])
    assert shares(world) == 1
    with world.desk("silver").writing() as work:
        leave_strike_day(work, "WM-0001")

    assert shares(world) == 0


def shares(world: World) -> int:
    with world.database.read() as session:
        return int(session.connection().exec_driver_sql("SELECT count(*) FROM reserveshare").scalar_one())


def test_a_reserve_of_no_such_strike_day_is_refused(world: World) -> None:
    with pytest.raises(NotFound, match="no such strike day"), world.desk("care_lead").writing() as work:
        set_reserve(work, ReserveRequest("OP1", "wm", 2, "Two weak premises.", "r", 99))
