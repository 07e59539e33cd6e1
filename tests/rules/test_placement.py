"""Placement equals every way there is, tried one after another; what is short is the least that must be opened."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest

from planner.rules.capacity import Free, Supply, can_place
from planner.rules.placement import Placement, placement
from tests.rules.placing import (
    TRAPS,
    Case,
    a_case,
    counting_by_night_says_yes,
    everybody,
    fewest_opened,
    may_enter,
    most_placed,
    plain_counting_says_yes,
    there,
)

FULL, SMALL = 10_000, 400


def cases(number: int, seed: int = 1) -> list[Case]:
    random = Random(seed)
    return [a_case(random, TRAPS[index % len(TRAPS)]) for index in range(number)]


def found_for(case: Case) -> Placement:
    return placement(case.supply(), case.asked(), case.first, case.nights)


@pytest.mark.heavy
def test_placement_equals_brute_force_and_plain_counting_does_not(full: bool) -> None:
    seen: Counter[tuple[str, bool]] = Counter()
    wrong: Counter[str] = Counter()
    for case in cases(FULL if full else SMALL):
        best, people = most_placed(case), len(everybody(case))
        placeable = best == people

        found = found_for(case)

        assert sum(row.places for row in found.placed) == best, case
        assert sum(row.places for row in found.short) == people - best, case
        assert found.placeable is can_place(case.supply(), case.asked(), case.first, case.nights) is placeable, case
        seen[case.trap, placeable] += 1
        wrong["plain"] += plain_counting_says_yes(case) is not placeable
        wrong["by night"] += counting_by_night_says_yes(case) is not placeable
    _tell(seen, wrong)
    yes, no = (sum(number for (_, placeable), number in seen.items() if placeable is said) for said in (True, False))
    assert min(yes, no) * 3 >= yes + no
    assert all(seen[trap, said] for trap in TRAPS for said in (True, False))
    assert wrong["plain"] > wrong["by night"] > 0


def _tell(seen: Counter[tuple[str, bool]], wrong: Counter[str]) -> None:
    total = sum(seen.values())
    yes = sum(number for (_, placeable), number in seen.items() if placeable)
    print(f"\n{total:,} cases: {yes:,} placeable, {total - yes:,} not.")
    print("; ".join(f"{trap} {seen[trap, True]} and {seen[trap, False]}" for trap in TRAPS))
    for name, words in (("plain", "Counting free places by day"), ("by night", "Matching each night by itself")):
        print(f"{words} is wrong on {wrong[name]:,}, {wrong[name] / total:.0%}.")


def test_everybody_placed_is_in_a_unit_that_takes_them_with_a_place_on_every_night() -> None:
    for case in cases(SMALL, seed=2):
        inside: Counter[int] = Counter()
        for row in found_for(case).placed:
            inside[row.unit_id] += row.places
            assert any(
                may_enter(case.houses[row.unit_id], line)
                for line in case.people
                if (line.profile, line.need) == (row.profile, row.need)
            )
        for number, house in enumerate(case.houses):
            assert all(inside[number] <= there(house, case.start + night) for night in range(case.nights))


def test_what_is_short_is_the_least_that_must_be_opened_and_then_all_are_placed() -> None:
    mended: Counter[bool] = Counter()
    for case in cases(SMALL, seed=3):
        found, least = found_for(case), fewest_opened(case)
        lacks = [lack for short in found.short for lack in short.lacks]
        if least is None:
            assert any(lack.unit_id is None for lack in lacks)
            continue

        opened = Supply([_opened(unit, case, found) for unit in case.supply().units])

        assert sum(lack.places * ((lack.last - lack.first).days + 1) for lack in lacks) == least, case
        assert can_place(opened, case.asked(), case.first, case.nights), case
        mended[found.placeable] += 1
    assert min(mended[True], mended[False]) > SMALL // 8


def _opened(unit: Free, case: Case, found: Placement) -> Free:
    """The same unit with what was short opened."""
    free = dict(unit.free)
    for lack in (lack for short in found.short for lack in short.lacks if lack.unit_id == unit.unit_id):
        for day in range((lack.last - lack.first).days + 1):
            night = lack.first + timedelta(days=day)
            free[night] = free.get(night, 0) + lack.places
    return unit._replace(free=free)


@pytest.mark.parametrize("lines", [1, 2, 3, 7])
def test_many_lines_are_matched_where_few_are_counted(lines: int) -> None:
    """Lines that repeat are the same people: the answer does not change with how they are written down."""
    told: Counter[bool] = Counter()
    for case in cases(SMALL, seed=4):
        line = case.people[0]
        once = case._replace(people=(line._replace(places=lines),))
        apart = case._replace(people=(line._replace(places=1),) * lines)

        answers = {can_place(each.supply(), each.asked(), each.first, each.nights) for each in (once, apart)}

        assert len(answers) == 1
        told.update(answers)
    assert min(told[True], told[False]) > 0
