"""Reserves: nights covered by confirmed places alone, actions that could share, nothing for who sets none."""

from datetime import timedelta

import pytest

from planner.db import Database
from planner.errors import NotFound
from planner.models.operations import Action, ActionCompartment
from planner.rules.supply import Run
from planner.rules.words import ActionState, Need, Profile
from planner.services.demand import Line, set_demand
from planner.views.care_reserves import reserve_units, reserves, sharers
from tests import care
from tests.builders import DAWN, FIRST_NIGHT, NOW, World, a_unit, a_world, an_action

DAY = timedelta(days=1)


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    weak(world, "WM-0001")
    return world


def weak(world: World, reference: str, likely: int = 0, by: str = "silver", **more: object) -> int:
    """An action with demand set: one at most, unless more are likely."""
    number = an_action(world, reference, **more)
    if more.get("compartment"):
        with world.database.write() as session:
            session.add(ActionCompartment(action_id=number, person_id=world.people[by]))
    with world.desk(by).writing() as work:
        set_demand(work, reference, [Line(Profile.WOMAN, Need.NONE, 0, likely, likely + 1)])
    return number


def could_share(world: World, reserve: int, name: str = "care_lead") -> list[str]:
    with world.desk(name).reading() as look:
        return [row.reference for row in sharers(look, reserve)]


def test_a_reserve_says_what_is_wanted_confirmed_covered_waiting_and_shared(world: World) -> None:
    reserve = care.a_reserve(world, places=2)
    care.confirm(world, care.book_reserve(world, reserve, places=1, nights=5))
    care.confirm(world, care.book_reserve(world, reserve, places=1, first=FIRST_NIGHT + DAY, nights=2))
    care.book_reserve(world, reserve, places=1, first=FIRST_NIGHT + 3 * DAY, nights=1)
    care.share(world, reserve, "WM-0001")

    with world.desk("cell").reading() as look:
        (row,) = reserves(look)

    assert (row.operation, row.region_name, row.places, row.reason) == (
        "OP1",
        "West Midlands",
        2,
        "Thirty weak premises.",
    )
    assert (row.confirmed, row.waiting, row.shared_by) == (2, 1, 1)
    assert row.covered == (Run(FIRST_NIGHT + DAY, FIRST_NIGHT + 2 * DAY, 2),)


def test_nights_that_are_over_cover_nothing(world: World) -> None:
    reserve = care.a_reserve(world)
    care.confirm(world, care.book_reserve(world, reserve, nights=3))

    with world.desk("cell", NOW + 3 * DAY).reading() as look:
        (during,) = reserves(look)
    with world.desk("cell", NOW + 9 * DAY).reading() as look:
        (after,) = reserves(look)

    assert during.covered == (Run(FIRST_NIGHT + DAY, FIRST_NIGHT + 2 * DAY, 2),)
    assert (after.confirmed, after.covered) == (0, ())


@pytest.mark.parametrize("name", ["silver", "gold", "provider", "partner", "stranger"])
def test_who_sets_no_reserve_sees_none(world: World, name: str) -> None:
    reserve = care.a_reserve(world, reason="Canary premises.")
    care.book_reserve(world, reserve)

    with world.desk(name).reading() as look:
        assert (reserves(look), sharers(look, reserve), sharers(look, 99)) == ((), (), ())
        sentences = set()
        for number in (reserve, 99):
            with pytest.raises(NotFound) as denied:
                reserve_units(look, number)
            sentences.add(str(denied.value))
    with world.desk("care_lead").reading() as look:
        assert [row.reason for row in reserves(look)] == ["Canary premises."]
        assert len(reserve_units(look, reserve)) == 1

    assert len(sentences) == 1


def test_actions_that_could_share_are_to_come_in_its_region_with_nobody_likely(world: World) -> None:
    weak(world, "WM-0002", likely=1)
    an_action(world, "WM-0003")  # nobody has said how many to expect: that is not nobody
    weak(world, "WM-0004")
    weak(world, "WM-0005")
    with world.database.write() as session:
        gone, down = (session.get_one(Action, number) for number in (4, 5))
        gone.starts_at, gone.ends_at = NOW - DAY, NOW - DAY / 2
        down.state = ActionState.STOOD_DOWN
    weak(world, "WM-0006", starts_at=DAWN + DAY, ends_at=DAWN + 2 * DAY)
    reserve = care.a_reserve(world)

    assert could_share(world, reserve) == ["WM-0001", "WM-0006"]
    care.share(world, reserve, "WM-0001")
    assert could_share(world, reserve) == ["WM-0006"]


def test_an_action_of_a_compartment_is_offered_and_counted_for_its_own_list_alone(world: World) -> None:
    weak(world, "CANARY-1", by="care_lead", compartment=True)
    reserve = care.a_reserve(world)

    assert could_share(world, reserve, "care_lead") == ["CANARY-1", "WM-0001"]
    assert could_share(world, reserve, "cell") == ["WM-0001"]
    care.share(world, reserve, "CANARY-1")

    def shared(name: str) -> list[int]:
        with world.desk(name).reading() as look:
            return [row.shared_by for row in reserves(look)]

    assert (shared("care_lead"), shared("cell")) == ([1], [0])


def test_a_reserve_asks_units_of_its_zone_that_take_people_of_unknown_exploitation(world: World) -> None:
    with world.database.write() as session:
        a_unit(session, world.provider, world.operation, code="U3", places=1, profiles=(Profile.MAN, Profile.WOMAN))
    reserve = care.a_reserve(world)

    with world.desk("care_lead").reading() as look:
        found = [(unit.code, unit.provider, set(unit.profiles)) for unit in reserve_units(look, reserve)]

    assert found == [("U1", "Provider", {Profile.WOMAN}), ("U3", "Provider", {Profile.MAN, Profile.WOMAN})]


def test_many_reserves_take_as_many_queries_as_one(world: World) -> None:
    care.book_reserve(world, care.a_reserve(world), places=1)
    one = care.queries(world, "cell", reserves)
    for places in (1, 3, 4):
        care.share(world, care.a_reserve(world, places=places), "WM-0001")

    assert care.queries(world, "cell", reserves) == one == 3
