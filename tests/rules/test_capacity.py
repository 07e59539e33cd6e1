"""Placing people: exact against every assignment there is, and never an adult place for a child."""

from datetime import date, timedelta
from typing import Any

import pytest

from planner.rules.capacity import Asked, Free, Supply, Wanted, can_place, numbers_for, takes
from planner.rules.placement import Lack, Placed, Placement, placement
from planner.rules.values import UnitFact
from planner.rules.words import Exploitation, Need, Profile, SiteKind

FIRST = date(2026, 11, 25)
NIGHTS = tuple(FIRST + timedelta(days=day) for day in range(3))
ZONE, KIND = "midlands", Exploitation.SEXUAL


def a_unit(
    unit_id: int = 1,
    *free: int,
    profiles: frozenset[Profile] = frozenset({Profile.WOMAN}),
    needs: frozenset[Need] = frozenset({Need.NONE}),
    kinds: frozenset[Exploitation] = frozenset({KIND}),
    zones: frozenset[str] = frozenset({ZONE}),
) -> Free:
    """Free places by night from the first; two on each of three nights unless said."""
    nights = {FIRST + timedelta(days=day): number for day, number in enumerate(free or (2, 2, 2))}
    return Free(unit_id, UnitFact(SiteKind.SAFE_HOUSE, profiles, needs, kinds, zones), nights)


def women(places: int, zone: str = ZONE, kind: Exploitation = KIND, **more: Any) -> Asked:
    return Asked(Profile.WOMAN, Need.NONE, places, zone, kind, **more)


def placed(asked: list[Asked], units: list[Free], first: date = FIRST, nights: int = 3) -> Placement:
    """Who stays where; the yes or no agrees with it."""
    found = placement(Supply(units), asked, first, nights)
    assert found.placeable is can_place(Supply(units), asked, first, nights)
    return found


def test_an_early_and_a_late_unit_are_no_stay() -> None:
    early, late = a_unit(1, 2, 0, 0), a_unit(2, 0, 2, 2)

    found = placed([women(2)], [early, late])

    (short,) = found.short
    assert (short.places, short.lacks) == (2, (Lack(2, FIRST, FIRST, 2),))
    assert placed([women(2)], [early, late], NIGHTS[1], 2).placeable


def test_a_unit_counts_by_its_fullest_night_and_beyond_open_nights_nothing_is_free() -> None:
    assert placed([women(1)], [a_unit(1, 3, 1, 2)]).placeable
    assert not placed([women(2)], [a_unit(1, 3, 1, 2)]).placeable
    assert not placed([women(1)], [a_unit(1, 3, 3)]).placeable
    assert placed([women(3)], [a_unit(1, 3, 3)], nights=2).placeable
    assert not placed([women(1)], [a_unit(1)], FIRST - timedelta(days=1)).placeable
    assert not placed([women(1)], []).placeable
    assert placed([], []).placeable


def test_a_night_that_is_not_stated_between_two_that_are_is_not_free() -> None:
    gap = a_unit(1, 2, 2, 2)
    gap = gap._replace(free={night: places for night, places in gap.free.items() if night != NIGHTS[1]})

    assert placed([women(1)], [gap]).short[0].lacks == (Lack(1, NIGHTS[1], NIGHTS[1], 1),)


def test_others_make_way_where_they_have_elsewhere_to_go() -> None:
    medical = women(2)._replace(need=Need.MEDICAL)
    both = a_unit(1, needs=frozenset({Need.NONE, Need.MEDICAL}))

    found = placed([women(2), medical], [both, a_unit(2)])

    assert found.placed == (
        Placed(2, Profile.WOMAN, Need.NONE, 2),
        Placed(1, Profile.WOMAN, Need.MEDICAL, 2),
    )


@pytest.mark.parametrize(
    ("unit", "fits"),
    [
        (a_unit(), True),
        (a_unit(profiles=frozenset({Profile.MAN})), False),
        (a_unit(needs=frozenset({Need.MEDICAL})), False),
        (a_unit(kinds=frozenset({Exploitation.LABOUR})), False),
        (a_unit(zones=frozenset({"north"})), False),
    ],
)
def test_a_unit_takes_only_whom_it_accepts_where_it_serves(unit: Free, fits: bool) -> None:
    assert takes(unit.unit, Wanted(Profile.WOMAN, Need.NONE, 1), ZONE, KIND) is fits
    assert placed([women(1)], [unit]).placeable is fits


def test_adult_places_never_cover_a_child() -> None:
    adults = a_unit(1, 9, 9, 9, profiles=frozenset({Profile.WOMAN, Profile.MAN, Profile.FAMILY}))
    child = women(1)._replace(profile=Profile.CHILD)

    assert placed([child], [adults]).short[0].lacks == (Lack(None, FIRST, NIGHTS[-1], 1),)
    children = a_unit(2, profiles=frozenset({Profile.CHILD}))
    assert placed([child], [adults, children]).placeable


def test_a_strike_day_is_one_question_with_all_its_members() -> None:
    """Each action alone could have the two places that serve both zones; together they are four people."""
    shared = a_unit(1, zones=frozenset({"north", "south"}))
    north, south = women(2, "north"), women(2, "south", Exploitation.LABOUR)
    shared = shared._replace(unit=shared.unit._replace(exploitations=frozenset(Exploitation)))

    assert placed([north], [shared]).placeable
    assert placed([south], [shared]).placeable
    found = placed([north, south], [shared])
    assert [(row.asked.zone, row.places) for row in found.short] == [("south", 2)]
    assert placed([north, south], [shared, a_unit(2, zones=frozenset({"north"}))]).placeable


def test_a_reserves_places_are_for_who_shares_it_and_count_once() -> None:
    reserve = a_unit(1)._replace(reserve_id=7)
    sharer = women(1, reserves=frozenset({7}))

    assert placed([sharer, sharer], [reserve]).placeable
    assert placed([sharer, sharer, sharer], [reserve]).short[0].places == 1
    assert not placed([women(1)], [reserve]).placeable
    assert not placed([women(1, reserves=frozenset({8}))], [reserve]).placeable


def test_place_numbers_are_the_lowest_that_are_free() -> None:
    assert numbers_for(2, [4, 1, 3, 2], frozenset({1})) == (2, 3)
    assert numbers_for(2, [1, 2], frozenset({1})) == (2,)
