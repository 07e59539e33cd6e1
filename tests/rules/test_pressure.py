"""A night's places: a number and a word, and no place is free where none is known to be open."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.rules.pressure import Pressure, Strain, unplaced


@pytest.mark.parametrize(
    ("night", "strain", "word"),
    [
        (Pressure(10, 2, 4), Strain.SHORT, "4 places short"),
        (Pressure(9, 2, 7), Strain.TIGHT, "0 places left"),
        (Pressure(8, 0, 9), Strain.TIGHT, "1 place left"),
        (Pressure(8, 0, 10), Strain.ENOUGH, "2 places left"),
        (Pressure(8, 8, 0), Strain.ENOUGH, "0 places left"),
        (Pressure(8, 8, None), Strain.ENOUGH, "All placed"),
        (Pressure(8, 7, None), Strain.UNKNOWN, "1 place to find"),
        (Pressure(8, 2, 90, unplaced=1), Strain.SHORT, "1 place short"),
        (Pressure(8, 2, 90, tight=True), Strain.TIGHT, "84 places left"),
        (Pressure(8, 8, 90, tight=True), Strain.ENOUGH, "90 places left"),
    ],
)
def test_a_night_is_short_tight_or_enough(night: Pressure, strain: Strain, word: str) -> None:
    assert (night.strain, night.word) == (strain, word)


def test_the_whole_of_it_says_what_is_needed_booked_and_free() -> None:
    assert Pressure(10, 2, 1234).sentence == "10 likely needed that night, 2 booked, 1,234 free"
    assert (
        Pressure(8, 2, 90, 1).sentence
        == "8 likely needed that night, 2 booked, 90 free, not all of it in reach or for these people"
    )
    assert (
        Pressure(8, 2, 90, 0, True).sentence == "8 likely needed that night, 2 booked, 90 free, little of it for some"
    )
    assert Pressure(10, 2, None).sentence == "10 likely needed that night, 2 booked, no place is open for them"


ZONES = st.lists(st.tuples(st.integers(0, 6), st.sets(st.integers(0, 3))), min_size=1, max_size=4)


@given(ZONES, st.lists(st.integers(0, 6), min_size=4, max_size=4))
def test_a_place_in_one_zone_helps_nobody_in_another(zones: list[tuple[int, set[int]]], free: list[int]) -> None:
    """By Hall's condition: what some zones together need beyond all that is in their reach."""
    some = [chosen for size in range(len(zones) + 1) for chosen in combinations(zones, size)]
    lacking = [sum(n for n, _ in each) - sum(free[u] for u in set().union(*(us for _, us in each))) for each in some]

    found = unplaced([number for number, _ in zones], [sorted(units) for _, units in zones], free)

    assert found == max(lacking)
