"""Which actions a sheet was made with: written in few words, read back whole or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.rules.held import LONGEST, held_in, held_words

REFERENCES = st.sets(st.from_regex(r"([A-Z][A-Z0-9]{0,2}-)?[0-9]{1,5}", fullmatch=True), max_size=60)


def test_numbers_that_follow_each_other_are_one_run() -> None:
    said = held_words(["WM-0002", "WM-0001", "WM-0003", "WM-0119", "NE-0004", "WM-9999", "WM-10000"])

    assert said == "Its lines: NE-0004; WM-0001 to 0003, 0119, 10000, 9999."
    assert held_words([]) == "Its lines: none."


@given(REFERENCES)
def test_what_is_said_is_read_back(references: set[str]) -> None:
    assert held_in(["OFFICIAL", f"Times are London time. {held_words(references)}"]) == references


def test_8220_actions_are_said_in_one_cell_and_what_cannot_be_is_not_said() -> None:
    scattered = [f"WM-{number:04d}" for number in range(1, 8220, 2)]

    assert held_in([held_words(scattered)]) == set(scattered)
    assert held_words(f"WM-{number:05d}" for number in range(1, LONGEST, 2)) == ""
    assert held_words(["WM-0001", "The first"]) == ""


@pytest.mark.parametrize(
    "said",
    [
        "",
        "Times are London time",
        "Its lines: WM-0001 to 0003",
        "Its lines: WM-0001 to 999999999.",
        "Its lines: WM-0003 to 0001.",
        "Its lines: WM-0001; and so on.",
        "Its lines: .",
        "Its lines: WM-0001,0002.",
    ],
)
def test_what_was_changed_or_cut_says_nothing(said: str) -> None:
    assert held_in([said]) is None
