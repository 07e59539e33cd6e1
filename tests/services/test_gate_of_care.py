"""Nobody likely is no reason for no care, and a child is never covered by places for adults: read at the gate."""

from typing import Any

import pytest

from planner.db import Database
from planner.rules.words import Children, HoldState, Need, Profile
from planner.services import care as booking
from planner.services import demand
from tests import care, ready
from tests.builders import World, a_world
from tests.ready import Read


@pytest.fixture
def world(database: Database) -> World:
    """Everything is ready but care: nobody is likely, three at most, and nothing is booked."""
    world = a_world(database)
    _, hold = ready.make_ready(world)
    with world.desk("silver").writing() as work:
        booking.release_hold(work, hold)
    set_demand(world, demand.Line(Profile.WOMAN, Need.NONE, 0, 0, 2))
    return world


def set_demand(world: World, *lines: demand.Line) -> None:
    with world.desk("silver").writing() as work:
        demand.set_demand(work, ready.REFERENCE, lines)


@pytest.fixture
def checks(read: Read) -> Read:
    """Each finding by its check, and whether all is ready."""

    def now() -> dict[str, Any]:
        found = read()
        return {item["check"]: item for item in found["findings"]} | {"ready": found["ready"]}

    return now


def test_with_nobody_likely_a_place_makes_it_ready_and_nothing_at_all_does_not(world: World, checks: Read) -> None:
    nothing = checks()
    held = care.book(world)
    provisional = checks()
    care.confirm(world, held)
    confirmed = checks()

    sentence = "No place is confirmed: one at least, or a share of a confirmed reserve."
    assert (nothing["ready"], nothing["care"]["sentence"]) == (False, sentence)
    assert (provisional["ready"], provisional["care"]["sentence"]) == (False, sentence)
    assert (confirmed["care"]["state"], confirmed["ready"]) == ("met", True)


def test_with_nobody_likely_a_share_of_a_confirmed_reserve_makes_it_ready(world: World, checks: Read) -> None:
    reserve = care.a_reserve(world)
    care.share(world, reserve, ready.REFERENCE)
    shared = checks()
    hold = care.book_reserve(world, reserve)
    held = checks()
    care.confirm(world, hold)
    confirmed = checks()
    with world.desk("provider").writing() as work:
        booking.take_back(work, hold, "The house must close.")

    assert [each["ready"] for each in (shared, held, confirmed, checks())] == [False, False, True, False]


@pytest.mark.parametrize("places", [1, 4])
def test_with_a_child_expected_no_number_of_adult_places_makes_it_ready(
    world: World, checks: Read, places: int
) -> None:
    set_demand(world, demand.Line(Profile.CHILD, Need.NONE, 1, 1, 1))
    with world.desk("silver").writing() as work:
        demand.set_children(work, ready.REFERENCE, Children.EXPECTED, number=1)

    care.confirm(world, care.book(world, places=places))

    found = checks()
    assert not found["ready"]
    assert found["care"]["state"] == found["child_pathway"]["state"] == "unmet"
    assert found["care"]["sentence"].startswith("1 place short for children or people of uncertain age: 0 confirmed")
    with world.database.read() as session:
        assert session.get_one(booking.Hold, 2).state is HoldState.CONFIRMED
