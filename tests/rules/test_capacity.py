"""Placing people: exact against every assignment there is, and never an adult place for a child."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.rules.capacity import Free, Placed, Short, Wanted, numbers_for, placement, room, takes
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


def women(places: int) -> Wanted:
    return Wanted(Profile.WOMAN, Need.NONE, places)


def test_an_early_and_a_late_unit_are_no_stay() -> None:
    early, late = a_unit(1, 2, 0, 0), a_unit(2, 0, 2, 2)

    found = placement([women(2)], [early, late], NIGHTS, zone=ZONE, exploitation=KIND)

    assert found.short == (Short(Profile.WOMAN, Need.NONE, 2),)
    assert placement([women(2)], [early, late], NIGHTS[1:], zone=ZONE, exploitation=KIND).placeable


def test_a_unit_counts_by_its_fullest_night_and_beyond_open_nights_nothing_is_free() -> None:
    assert room(a_unit(1, 3, 1, 2), NIGHTS) == 1
    assert room(a_unit(1, 3, 3), NIGHTS) == 0
    assert room(a_unit(1, 3, 3), NIGHTS[:2]) == 3


def test_others_make_way_where_they_have_elsewhere_to_go() -> None:
    medical = Wanted(Profile.WOMAN, Need.MEDICAL, 2)
    both = a_unit(1, needs=frozenset({Need.NONE, Need.MEDICAL}))

    found = placement([women(2), medical], [both, a_unit(2)], NIGHTS, zone=ZONE, exploitation=KIND)

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
    assert takes(unit.unit, women(1), ZONE, KIND) is fits
    assert placement([women(1)], [unit], NIGHTS, zone=ZONE, exploitation=KIND).placeable is fits


def test_adult_places_never_cover_a_child() -> None:
    adults = a_unit(1, 9, 9, 9, profiles=frozenset({Profile.WOMAN, Profile.MAN, Profile.FAMILY}))
    child = Wanted(Profile.CHILD, Need.NONE, 1)

    assert not placement([child], [adults], NIGHTS, zone=ZONE, exploitation=KIND).placeable
    children = a_unit(2, profiles=frozenset({Profile.CHILD}))
    assert placement([child], [adults, children], NIGHTS, zone=ZONE, exploitation=KIND).placeable


def test_place_numbers_are_the_lowest_that_are_free() -> None:
    assert numbers_for(2, [4, 1, 3, 2], frozenset({1})) == (2, 3)
    assert numbers_for(2, [1, 2], frozenset({1})) == (2,)


def most_placeable(wanted: list[Wanted], units: list[Free]) -> int:
    """Every way to put each person somewhere or nowhere, tried one after another."""
    people = [line for line in wanted for _ in range(line.places)]
    spots = [None, *units]
    best = 0
    for choice in product(spots, repeat=len(people)):
        used = [unit.unit_id for unit in choice if unit is not None]
        fits = all(
            unit is None or takes(unit.unit, line, ZONE, KIND) for line, unit in zip(people, choice, strict=True)
        )
        if fits and all(used.count(unit.unit_id) <= room(unit, NIGHTS) for unit in units):
            best = max(best, len(used))
    return best


profiles = st.sets(st.sampled_from(Profile), min_size=1, max_size=3).map(frozenset)
needs = st.sets(st.sampled_from(Need), min_size=1, max_size=2).map(frozenset)
free = st.tuples(*[st.integers(0, 3)] * 3)
offers = st.lists(st.tuples(profiles, needs, free), max_size=4).map(
    lambda rows: [
        a_unit(number, *nights, profiles=who, needs=what) for number, (who, what, nights) in enumerate(rows, start=1)
    ]
)
lines = st.lists(
    st.builds(Wanted, st.sampled_from(Profile), st.sampled_from(Need), st.integers(1, 2)),
    max_size=3,
    unique_by=lambda line: line[:2],
)


@given(lines, offers)
def test_placement_is_exact_against_every_assignment(wanted: list[Wanted], units: list[Free]) -> None:
    found = placement(wanted, units, NIGHTS, zone=ZONE, exploitation=KIND)

    by_id = {unit.unit_id: unit for unit in units}
    given_places = sum(row.places for row in found.placed)
    assert given_places == most_placeable(wanted, units)
    assert given_places + sum(row.places for row in found.short) == sum(line.places for line in wanted)
    for unit_id, unit in by_id.items():
        assert sum(row.places for row in found.placed if row.unit_id == unit_id) <= room(unit, NIGHTS)
    for row in found.placed:
        assert takes(by_id[row.unit_id].unit, Wanted(row.profile, row.need, 1), ZONE, KIND)
