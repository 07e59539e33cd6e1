"""How support went on, in numbers as of a day: by the care lead and the cell, what was kept before in the record."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from planner.db import Database
from planner.errors import InputError, NotAllowed, NotFound, Refused, Stale
from planner.models.on_the_day import SupportCount
from planner.models.records import RecordLine
from planner.rules.on_the_day import Count
from planner.rules.outcomes import OUTCOME_WORDS, REFERRALS, STANDS, SupportOutcome, told_words
from planner.services.outcomes import OutcomesRequest, keep_outcomes
from tests.builders import DAWN, World, a_world, an_action
from tests.day import REFERENCE, begun, press

NEXT_DAY = DAWN + timedelta(days=1)
TODAY = NEXT_DAY.date()
ENTERED, DECLINED, REFERRED = SupportOutcome.ENTERED, SupportOutcome.DECLINED, SupportOutcome.REFERRED
FOUR = {ENTERED: 3, DECLINED: 1, REFERRED: 3}


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def keep(
    world: World,
    numbers: Mapping[SupportOutcome, int],
    *,
    version: int = 0,
    who: str = "care_lead",
    as_of: date = TODAY,
) -> None:
    with world.desk(who, NEXT_DAY).writing() as work:
        keep_outcomes(work, OutcomesRequest(REFERENCE, numbers, as_of, version))


def kept(world: World) -> dict[SupportOutcome, int]:
    with world.desk("cell").reading() as look:
        return {row.outcome: row.number for row in look.session.exec(select(SupportCount)) if row.number}


def test_the_last_word_stands_and_the_record_has_every_word(world: World) -> None:
    begun(world)
    press(world, *[Count.ENCOUNTERED] * 5)

    keep(world, FOUR)
    keep(world, {ENTERED: 4}, version=1, who="cell")

    assert kept(world) == {ENTERED: 4}
    with world.desk("cell").reading() as look:
        query = select(RecordLine.sentence).where(RecordLine.verb == "keep_outcomes").order_by(col(RecordLine.number))
        assert look.session.exec(query).all() == [
            "As of Fri 27 November 2026: Entered support 3, Declined support 1, Adults referred to the NRM 3. "
            "4 of 5 encountered told of; of 1 nothing is said yet.",
            "As of Fri 27 November 2026: Entered support 4. 4 of 5 encountered told of; of 1 nothing is said yet.",
        ]


def test_other_numbers_kept_meanwhile_are_looked_at_first(world: World) -> None:
    begun(world)
    keep(world, FOUR)

    with pytest.raises(Stale, match="Somebody kept other numbers"):
        keep(world, {ENTERED: 9}, who="cell")

    assert kept(world) == FOUR


def test_nobody_else_keeps_them(world: World) -> None:
    begun(world)

    for who in ("silver", "gold", "national"):
        with pytest.raises(NotAllowed):
            keep(world, FOUR, who=who)
    for who in ("partner", "provider", "other_silver", "stranger"):
        with pytest.raises(NotFound):
            keep(world, FOUR, who=who)

    assert kept(world) == {}


def test_bad_numbers_and_days_are_refused(world: World) -> None:
    an_action(world)
    with pytest.raises(Refused, match="has not begun"):
        keep(world, FOUR)
    with pytest.raises(InputError, match="Entered support: give a number from 0 to 999; you entered -1"):
        OutcomesRequest(REFERENCE, {ENTERED: -1}, NEXT_DAY.date())


@pytest.mark.parametrize("days", [-1, 2])
def test_the_numbers_are_as_of_a_day_between_the_action_and_today(world: World, days: int) -> None:
    begun(world)

    with pytest.raises(InputError, match="from Thu 26 November to today, Fri 27 November; you entered"):
        keep(world, FOUR, as_of=DAWN.date() + timedelta(days=days))
    keep(world, FOUR, as_of=DAWN.date())


def test_whether_everybody_is_told_of_is_said_in_words() -> None:
    assert {*STANDS, *REFERRALS} == set(SupportOutcome) == set(OUTCOME_WORDS)
    assert told_words({}, 0) == "Nobody was encountered."
    assert told_words(FOUR, 4) == "Something is told of all 4 encountered."
    assert told_words(FOUR, 7) == "4 of 7 encountered told of; of 3 nothing is said yet."
    assert told_words(FOUR, 3) == "4 people told of, 3 encountered: look at both numbers."
