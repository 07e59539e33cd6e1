"""All actions and nights at once equal one question after another, also after every booking that changes."""

from datetime import timedelta
from random import Random

import numpy as np
import pytest

from planner.rules.capacity import Free, Supply, can_place
from planner.scheduling.bulk import Horizon, Outlook, Question
from tests.rules.placing import FIRST, TRAPS, Case, a_case

STARTS = 10


def some(random: Random) -> tuple[list[Free], list[Question]]:
    """The units of several cases as one supply, and everybody's questions, some pooled."""
    cases = [a_case(random, random.choice(TRAPS)) for _ in range(random.randint(1, 4))]
    units = [unit for case in cases for unit in case.supply().units]
    asked = [Question(tuple(case.asked()), case.nights) for case in cases]
    pooled = Question(tuple(line for question in asked for line in question.asked), random.randint(1, 3))
    return [unit._replace(unit_id=n) for n, unit in enumerate(units)], [*asked, pooled, Question((), 2)]


def one_by_one(units: list[Free], questions: list[Question], horizon: Horizon) -> list[list[bool]]:
    supply = Supply(units)
    nights = [horizon.first + timedelta(days=day) for day in range(horizon.starts)]
    return [[can_place(supply, each.asked, night, each.nights) for night in nights] for each in questions]


@pytest.mark.heavy
def test_all_at_once_equals_one_by_one_before_and_after_each_change(full: bool) -> None:
    random, said = Random(5), {True: 0, False: 0}
    changed = 0
    for _ in range(2000 if full else 60):
        units, questions = some(random)
        horizon = Horizon(FIRST + timedelta(days=random.randint(-2, 1)), STARTS)
        outlook = Outlook(Supply(units), questions, horizon)
        assert outlook.can.tolist() == one_by_one(units, questions, horizon)
        for _ in range(4):
            before = outlook.can.copy()
            number, night, nights = random.randrange(len(units)), random.randint(-2, STARTS), random.randint(1, 4)
            places = random.choice((-2, -1, 1, 2))

            told = outlook.change(number, FIRST + timedelta(days=night), nights, places)

            units[number] = _changed(units[number], night, nights, places)
            assert outlook.can.tolist() == one_by_one(units, questions, horizon)
            assert set(np.flatnonzero((before != outlook.can).any(axis=1))) <= set(told)
            changed += bool(len(told))
        for answer in outlook.can.ravel().tolist():
            said[answer] += 1
    print(f"\n{said[True]:,} placeable, {said[False]:,} not; {changed:,} changes changed an answer.")
    assert min(said.values()) * 4 > sum(said.values())
    assert changed > 20


def _changed(unit: Free, night: int, nights: int, places: int) -> Free:
    free = dict(unit.free)
    for day in range(night, night + nights):
        at = FIRST + timedelta(days=day)
        free[at] = free.get(at, 0) + places
    return unit._replace(free=free)


def test_a_change_beyond_the_horizon_changes_nothing() -> None:
    case: Case = a_case(Random(1), "any")
    outlook = Outlook(case.supply(), [Question(tuple(case.asked()), case.nights)], Horizon(FIRST, 3))

    assert outlook.change(0, FIRST - timedelta(days=9), 9, 5).tolist() == []
    assert outlook.change(0, FIRST + timedelta(days=30), 2, 5).tolist() == []


def test_without_units_or_questions_there_is_nothing_to_place() -> None:
    case = a_case(Random(1), "special")
    question = Question(tuple(case.asked()), 2)

    assert Outlook(Supply([]), [question, Question((), 2)], Horizon(FIRST, 2)).can.tolist() == [
        [False, False],
        [True, True],
    ]
    assert Outlook(case.supply(), [], Horizon(FIRST, 2)).can.shape == (0, 2)
