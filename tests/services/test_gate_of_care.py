"""Nobody likely is no reason for no care, and a child is never covered by places for adults: read at the gate."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from planner.cli import main
from planner.db import Database
from planner.rules.words import Children, HoldState, Need, Profile
from planner.services import care as booking
from planner.services import demand
from tests import care, ready
from tests.builders import NOW, World, a_world

Read = Callable[[], dict[str, Any]]


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
def read(database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Read:
    monkeypatch.setenv("PLANNER_DATABASE_URL", database.url.render_as_string(hide_password=False))
    monkeypatch.setattr("planner.cli.edge.utc_now", lambda: NOW)

    def now() -> dict[str, Any]:
        capsys.readouterr()
        main(["gate", ready.REFERENCE, "--json"])
        found: dict[str, Any] = json.loads(capsys.readouterr().out)[0]
        return {item["check"]: item for item in found["findings"]} | {"ready": found["ready"]}

    return now


def test_with_nobody_likely_a_place_makes_it_ready_and_nothing_at_all_does_not(world: World, read: Read) -> None:
    nothing = read()
    held = care.book(world)
    provisional = read()
    care.confirm(world, held)
    confirmed = read()

    sentence = "No place is confirmed: one at least, or a share of a confirmed reserve."
    assert (nothing["ready"], nothing["care"]["sentence"]) == (False, sentence)
    assert (provisional["ready"], provisional["care"]["sentence"]) == (False, sentence)
    assert (confirmed["care"]["state"], confirmed["ready"]) == ("met", True)


def test_with_nobody_likely_a_share_of_a_confirmed_reserve_makes_it_ready(world: World, read: Read) -> None:
    reserve = care.a_reserve(world)
    care.share(world, reserve, ready.REFERENCE)
    shared = read()
    hold = care.book_reserve(world, reserve)
    held = read()
    care.confirm(world, hold)
    confirmed = read()
    with world.desk("provider").writing() as work:
        booking.take_back(work, hold, "The house must close.")

    assert [each["ready"] for each in (shared, held, confirmed, read())] == [False, False, True, False]


@pytest.mark.parametrize("places", [1, 4])
def test_with_a_child_expected_no_number_of_adult_places_makes_it_ready(world: World, read: Read, places: int) -> None:
    set_demand(world, demand.Line(Profile.CHILD, Need.NONE, 1, 1, 1))
    with world.desk("silver").writing() as work:
        demand.set_children(work, ready.REFERENCE, Children.EXPECTED, number=1)

    care.confirm(world, care.book(world, places=places))

    found = read()
    assert not found["ready"]
    assert found["care"]["state"] == found["child_pathway"]["state"] == "unmet"
    assert found["care"]["sentence"].startswith("1 place short for children or people of uncertain age: 0 confirmed")
    with world.database.read() as session:
        assert session.get_one(booking.Hold, 2).state is HoldState.CONFIRMED
