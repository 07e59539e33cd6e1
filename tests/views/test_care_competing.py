"""Places that several ask for: each sees that others do, the cell sees who."""

import pytest

from planner.db import Database
from planner.models.care import Provider
from planner.models.directory import Person
from planner.rules.words import Need, Profile
from planner.services import care
from planner.services.care import HoldRequest
from planner.ui.care_competing import competing_words
from planner.views.care_competing import competing
from tests.builders import World, a_world, an_action


@pytest.fixture
def world(database: Database) -> World:
    """Two forces' actions on the same nights; the one provider holds nothing unasked."""
    world = a_world(database)
    an_action(world, "WM-0001")
    with database.read() as session:
        other_force = session.get_one(Person, world.people["other_silver"]).agency_id
    an_action(world, "WM-0002", force_id=other_force)
    with database.write() as session:
        session.get_one(Provider, world.provider).unasked_hold_hours = None
    return world


def ask(world: World, reference: str, places: int, *, by: str = "silver") -> None:
    with world.desk(by).writing() as work:
        line = (Profile.WOMAN, Need.NONE, places)
        care.hold_places(work, HoldRequest(reference, "U1", (line,), f"{reference}-{places}"))


def seen(world: World, by: str, reference: str | None = None) -> list[str]:
    with world.desk(by).reading() as look:
        return [competing_words(row) for row in competing(look, reference)]


def test_both_silvers_see_that_others_ask_and_the_cell_sees_who(world: World) -> None:
    ask(world, "WM-0001", 3)
    ask(world, "WM-0002", 2, by="other_silver")

    assert seen(world, "silver", "WM-0001") == [
        "Unit U1, Wed 25 November to Fri 27 November, 3 nights: 5 places are asked for and 4 free. "
        "WM-0001 asks for 3; 1 booking of others asks for 2."
    ]
    assert "WM-0001" not in seen(world, "other_silver")[0]
    assert [words.split("free. ")[1] for words in seen(world, "cell")] == [
        "WM-0001 asks for 3; WM-0002 asks for 2.",
        "WM-0002 asks for 2; WM-0001 asks for 3.",
    ]


def test_an_action_that_asks_twice_does_not_compete_with_itself(world: World) -> None:
    ask(world, "WM-0001", 3)
    ask(world, "WM-0001", 2)
    assert seen(world, "cell") == []

    ask(world, "WM-0002", 4, by="other_silver")

    assert [words.split("free. ")[1] for words in seen(world, "cell")] == [
        "WM-0001 asks for 3; WM-0002 asks for 4.",
        "WM-0001 asks for 2; WM-0002 asks for 4.",
        "WM-0002 asks for 4; WM-0001 asks for 3; WM-0001 asks for 2.",
    ]


def test_what_can_all_be_given_is_no_competition(world: World) -> None:
    ask(world, "WM-0001", 2)
    ask(world, "WM-0002", 2, by="other_silver")

    assert seen(world, "cell") == []


def test_who_may_see_no_action_sees_no_competition(world: World) -> None:
    ask(world, "WM-0001", 3)
    ask(world, "WM-0002", 2, by="other_silver")

    assert (seen(world, "partner"), seen(world, "provider"), seen(world, "stranger")) == ([], [], [])
