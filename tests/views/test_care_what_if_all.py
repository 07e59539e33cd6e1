"""What if, of all actions at once: who would lose readiness, confirmed care or a place to go to; nothing is written."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from planner.db import Database
from planner.errors import InputError
from planner.models.care import Hold
from planner.rules.words import Need, Profile
from planner.services.compartments import close_to
from planner.services.demand import Line, set_demand
from planner.services.strike_days import StrikeDayRequest, set_strike_day
from planner.ui.care_what_if_all import answer_words
from planner.views.care_what_if_all import Change, Count, Loses, WhatIfAll, what_if_all
from tests import care, ready
from tests.builders import DAWN, World, a_world, an_action

DAY = DAWN.date()


@pytest.fixture
def world(database: Database) -> World:
    """WM-0001 is ready with two places in U1; WM-0002 wants five of U2's six, nothing booked."""
    world = a_world(database)
    ready.make_ready(world)
    care.a_second_provider(world)
    an_action(world, "WM-0002")
    likely(world, 5)
    return world


def likely(world: World, number: int, reference: str = "WM-0002") -> None:
    with world.desk("silver").writing() as work:
        set_demand(work, reference, [Line(Profile.WOMAN, Need.NONE, 0, number, number)])


def asked(world: World, by: str = "cell", **changes: object) -> WhatIfAll:
    with world.desk(by).reading() as look:
        return what_if_all(look, Change(**changes))  # type: ignore[arg-type]


def lost(found: WhatIfAll) -> list[tuple[str, Loses, bool]]:
    return [(row.reference, row.loses, row.elsewhere) for row in found.losers]


def test_a_unit_closed_takes_readiness_from_who_rests_on_it(world: World) -> None:
    found = asked(world, closed=("U1",))

    assert lost(found) == [("WM-0001", Loses.READINESS, True)]
    assert found.losers[0].words == "2 places short for women: 0 confirmed of 2 likely, 0 held."
    assert (found.actions, found.ready, found.care, found.placeable) == (2, Count(1, 0), Count(1, 0), Count(2, 2))


def test_who_has_nothing_booked_loses_a_place_to_go_to(world: World) -> None:
    found = asked(world, closed=("U2",))

    assert lost(found) == [("WM-0002", Loses.PLACE, False)]
    assert found.ready == Count(1, 1)
    assert asked(world, closed=("U1", "U2")).placeable == Count(2, 0)


def test_another_stay_is_asked_of_everybody(world: World) -> None:
    assert lost(asked(world, nights=2)) == []
    found = asked(world, nights=11)

    assert lost(found) == [("WM-0001", Loses.READINESS, False), ("WM-0002", Loses.PLACE, False)]


def test_a_strike_day_on_another_date_loses_what_is_booked_for_its_own(world: World) -> None:
    with world.desk("cell").writing() as work:
        number = set_strike_day(work, StrikeDayRequest("OP1", "Strike one", DAY, ("WM-0001", "WM-0002"))).id

    found = asked(world, strike_day_id=number, day=DAY + timedelta(days=2))
    late = asked(world, strike_day_id=number, day=DAY + timedelta(days=60))

    assert found.losers[0].reference == "WM-0001"
    assert found.losers[0].starts_at == DAWN + timedelta(days=2)
    assert "2 places short for women" in found.losers[0].words
    assert lost(found) == [("WM-0001", Loses.READINESS, True)]
    assert lost(late) == [("WM-0001", Loses.READINESS, False), ("WM-0002", Loses.PLACE, False)]


def test_asking_writes_nothing_and_takes_as_many_queries_for_many_actions(world: World) -> None:
    before = queries(world)
    for number in range(3, 9):
        an_action(world, f"WM-000{number}")
        likely(world, 1, f"WM-000{number}")
    with world.database.read() as session:
        holds = session.execute(sa.select(sa.func.count()).select_from(Hold)).scalar_one()

    assert queries(world) == before
    with world.database.read() as session:
        assert session.execute(sa.select(sa.func.count()).select_from(Hold)).scalar_one() == holds


def queries(world: World) -> int:
    return care.queries(world, "cell", lambda look: what_if_all(look, Change(closed=("U1",))))


def test_only_visible_actions_are_counted(world: World) -> None:
    assert asked(world, "other_silver", closed=("U1",)).actions == 0
    assert asked(world, "partner", closed=("U1",)).actions == 0
    with world.desk("gold").writing() as work:
        close_to(work, "WM-0001", [])

    assert lost(asked(world, closed=("U1",))) == []
    assert [row.reference for row in asked(world, "gold", closed=("U1",)).losers] == ["WM-0001"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "Choose what would be other"),
        ({"nights": 121}, "A stay is 1 to 120 nights; you asked for 121."),
        ({"strike_day_id": 1, "day": DAY - timedelta(days=30)}, "Ask for a day from 24 November 2026 on"),
        ({"strike_day_id": 1}, "Ask for a day from 24 November 2026 on"),
    ],
)
def test_a_question_without_sense_is_refused(world: World, changes: dict[str, object], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        asked(world, **changes)


def test_the_answer_in_words(world: World) -> None:
    assert answer_words(asked(world, closed=("U1",))) == (
        "Of 2 actions to come: 1 ready, then 0; 1 with care confirmed, then 0; 2 that could be placed now, then 2.\n"
        "1 action would lose something; whether one could still be placed is said of each on its own. "
        "Nothing is booked or changed by asking."
    )
    assert answer_words(asked(world, nights=1)).endswith(
        "No action would lose anything. Nothing is booked or changed by asking."
    )
