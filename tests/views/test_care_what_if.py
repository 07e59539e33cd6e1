"""What if: asked without writing; a unit is told by its code, a provider's name to who may know it alone."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from planner.db import Database
from planner.errors import InputError
from planner.models.care import Claim, Hold
from planner.rules.supply import Run
from planner.rules.words import Need, Profile
from planner.services.demand import Line, set_demand
from planner.ui.care_what_if import answer_words
from planner.views.care_what_if import WhatIf, closable, what_if
from tests import care
from tests.builders import FIRST_NIGHT, NOW, World, a_world, an_action


@pytest.fixture
def world(database: Database) -> World:
    """Three women likely; U1 has four places and U2 six, for ten nights from the action's own."""
    world = a_world(database)
    an_action(world)
    care.a_second_provider(world)
    with world.desk("silver").writing() as work:
        set_demand(work, "WM-0001", [Line(Profile.WOMAN, Need.NONE, 1, 3, 4)])
    return world


def asked(world: World, days: int = 0, nights: int = 3, closed: tuple[str, ...] = ()) -> WhatIf:
    with world.desk("silver").reading() as look:
        return what_if(look, "WM-0001", FIRST_NIGHT + timedelta(days=days), nights, closed)


def test_another_date_and_another_stay_are_placed_or_told_short(world: World) -> None:
    assert asked(world, days=7).found.placeable
    assert not asked(world, days=8).found.placeable
    assert asked(world, nights=10).found.placeable
    assert not asked(world, nights=11).found.placeable


def test_the_nights_from_which_all_could_be_placed_are_told_in_runs(world: World) -> None:
    found = asked(world, days=12)

    assert found.possible_from == (Run(FIRST_NIGHT, FIRST_NIGHT + timedelta(days=7), 1),)
    assert answer_words(found) == (
        "3 places for women are short from Mon 7 December to Wed 9 December; "
        "nearest: all could be placed from Wed 2 December.\n"
        "First nights from which all could be placed, within four weeks of it: Wed 25 November to Wed 2 December.\n"
        "Nothing is booked or changed by asking."
    )


def test_with_one_unit_closed_the_others_are_asked(world: World) -> None:
    def units(found: WhatIf) -> set[str]:
        return {found.unit_codes[row.unit_id] for row in found.found.placed}

    assert units(asked(world)) == {"U1"}
    assert units(asked(world, closed=("U1",))) == {"U2"}
    neither = asked(world, closed=("U1", "U2"))
    assert (neither.found.placeable, neither.possible_from) == (False, ())
    assert "Within four weeks of it there is no night" in answer_words(neither)
    assert answer_words(asked(world)).startswith(
        "All 3 people likely could be placed from Wed 25 November for 3 nights.\nUnit U1: 3 places for women\n"
    )


def test_what_this_action_has_booked_is_given_back_and_what_others_have_is_not(world: World) -> None:
    care.confirm(world, care.book(world, places=2))
    care.book(world, places=1, nights=3)
    assert asked(world, closed=("U2",)).found.placeable

    an_action(world, reference="WM-0002")
    care.confirm(world, care.book(world, "WM-0002", "U2", places=4), by="second_provider")

    assert asked(world).found.placeable
    assert not asked(world, closed=("U1",)).found.placeable


def test_nothing_is_written(world: World) -> None:
    care.book(world, places=2)

    def counted() -> list[int]:
        with world.database.read() as session:
            return [
                session.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() for table in (Hold, Claim)
            ]

    before = counted()
    asked(world, days=1, closed=("U1",))

    assert counted() == before


@pytest.mark.parametrize(
    ("days", "nights", "sentence"),
    [
        (-2, 3, "Ask for a night from 24 November 2026 on, within a year; you asked for 23 November 2026."),
        (400, 3, "Ask for a night from 24 November 2026 on, within a year; you asked for 30 December 2027."),
        (0, 0, "A stay is 1 to 120 nights; you asked for 0."),
        (0, 121, "A stay is 1 to 120 nights; you asked for 121."),
    ],
)
def test_a_past_night_and_an_odd_stay_are_refused(world: World, days: int, nights: int, sentence: str) -> None:
    with pytest.raises(InputError) as refused:
        asked(world, days, nights)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(("name", "named"), [("silver", False), ("gold", False), ("cell", True), ("care_lead", True)])
def test_a_provider_is_closed_by_name_by_who_may_know_it_alone(world: World, name: str, named: bool) -> None:
    with world.desk(name).reading() as look:
        choices = closable(look, "midlands")

    assert list(choices)[:2] == ["Unit U1", "Unit U2"]
    assert {f"All of {care.NAME}": ("U2",), "All of Provider": ("U1",)}.items() <= choices.items() or not named
    assert any(care.NAME in label for label in choices) is named


def test_tonight_is_the_earliest_night(world: World) -> None:
    assert asked(world, days=-1).first == date(NOW.year, NOW.month, NOW.day)
