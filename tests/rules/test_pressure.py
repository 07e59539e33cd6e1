"""A night's places: a number and a word, and no place is free where none is known to be open."""

import pytest

from planner.rules.pressure import Pressure, Strain


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
    ],
)
def test_a_night_is_short_tight_or_enough(night: Pressure, strain: Strain, word: str) -> None:
    assert (night.strain, night.word) == (strain, word)


def test_the_whole_of_it_says_what_is_needed_booked_and_free() -> None:
    assert Pressure(10, 2, 1234).sentence == "10 likely needed that night, 2 booked, 1,234 free"
    assert Pressure(10, 2, None).sentence == "10 likely needed that night, 2 booked, no place is open"
