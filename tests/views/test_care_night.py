"""One night of one unit, what lapses soonest, and all nights week by week."""

from datetime import timedelta

import pytest

from planner.db import Database
from planner.models.care import Hold
from planner.models.directory import Person
from planner.rules.words import HoldState
from planner.services.compartments import close_to
from planner.views.care_night import lapsing, night_detail
from planner.views.care_outlook import Week, weeks
from tests import care
from tests.builders import FIRST_NIGHT, NOW, World, a_world, an_action

Told = list[tuple[HoldState, int, str | None]]


@pytest.fixture
def world(database: Database) -> World:
    """A confirmed booking of one force, one of a reserve, and a request that claims nothing."""
    world = a_world(database)
    an_action(world)
    care.a_second_provider(world)
    care.confirm(world, care.book(world, places=1))
    care.confirm(world, care.book_reserve(world, care.a_reserve(world)))
    care.book(world, places=1, wait=True)
    return world


def told(world: World, by: str, days: int = 0, unit: str = "U1") -> Told:
    with world.desk(by).reading() as look:
        found = night_detail(look, unit, FIRST_NIGHT + timedelta(days=days))
    return [(each.state, each.places, each.purpose) for each in found.holders]


def test_a_night_tells_who_holds_what_and_a_request_claims_nothing(world: World) -> None:
    with world.desk("cell").reading() as look:
        row = night_detail(look, "U1", FIRST_NIGHT).row

    assert row is not None
    assert (row.open, row.confirmed, row.held, row.free) == (4, 3, 0, 1)
    assert told(world, "cell") == [
        (HoldState.CONFIRMED, 1, "WM-0001"),
        (HoldState.CONFIRMED, 2, "Reserve 1"),
        (HoldState.REQUESTED, 1, "WM-0001"),
    ]
    assert told(world, "cell", days=4) == [(HoldState.CONFIRMED, 2, "Reserve 1")]


def test_whose_a_place_is_is_told_to_who_may_know_it(world: World) -> None:
    assert told(world, "silver") == [
        (HoldState.CONFIRMED, 1, "WM-0001"),
        (HoldState.CONFIRMED, 2, None),
        (HoldState.REQUESTED, 1, "WM-0001"),
    ]
    assert [purpose for _, _, purpose in told(world, "other_silver")] == [None] * 3
    with world.desk("gold").writing() as work:
        close_to(work, "WM-0001", [])
    assert [purpose for _, _, purpose in told(world, "cell")] == [None, "Reserve 1", None]


def test_a_provider_sees_its_own_units_and_a_stranger_none(world: World) -> None:
    assert told(world, "provider", unit="U2") == told(world, "stranger") == told(world, "partner") == []
    assert [purpose for _, _, purpose in told(world, "provider")] == [None] * 3
    assert told(world, "second_provider") == []


def test_what_lapses_within_a_day_is_the_next_first(world: World) -> None:
    with world.database.write() as session:
        other = session.get_one(Person, world.people["other_silver"]).agency_id
    an_action(world, "WM-0002", force_id=other)
    after = FIRST_NIGHT + timedelta(days=5)
    late, soon = care.book(world, first_night=after), care.book(world, first_night=after, nights=2)
    with world.database.write() as session:
        session.get_one(Hold, soon).expires_at = NOW + timedelta(hours=2)

    with world.desk("silver").reading() as look:
        assert [row.id for row in lapsing(look)] == [soon]
    with world.desk("silver", NOW + timedelta(hours=30)).reading() as look:
        assert [row.id for row in lapsing(look)] == [late]
    with world.desk("other_silver").reading() as look:
        assert lapsing(look) == ()


def test_weeks_tell_the_fewest_free_on_any_open_night(world: World) -> None:
    monday = FIRST_NIGHT - timedelta(days=FIRST_NIGHT.weekday())

    with world.desk("cell").reading() as look:
        found = [row for row in weeks(look, FIRST_NIGHT) if row.unit == "U1"]
    with world.desk("partner").reading() as look:
        assert weeks(look, FIRST_NIGHT) == ()

    assert found == [Week("U1", monday, 1, 4), Week("U1", monday + timedelta(days=7), 4, 4)]


def test_a_night_and_all_weeks_take_a_fixed_number_of_queries(world: World) -> None:
    def asked() -> tuple[int, int]:
        night = care.queries(world, "cell", lambda look: night_detail(look, "U1", FIRST_NIGHT))
        return night, care.queries(world, "cell", lambda look: weeks(look, FIRST_NIGHT))

    few = asked()
    for number in range(3):
        care.book(world, first_night=FIRST_NIGHT + timedelta(days=5), places=1, unit="U1", nights=1 + number)

    assert asked() == few
