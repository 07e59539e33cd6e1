"""What a sheet was narrowed to, written into an address and into the sheet's head, and read again."""

from datetime import UTC, date, datetime

import pytest

from planner.rules.asked import Asked, asked_of, made_at_of, origin_lines

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
ALL_OF_IT = Asked(
    *("OP1", "a&b=c;d", "Kent"),
    to_come=True,
    without=True,
    outcome="done",
    who="Silver, Kent",
    action="WM-0001",
    first_day=date(2026, 11, 1),
    last_day=date(2026, 11, 30),
)


@pytest.mark.parametrize("asked", [ALL_OF_IT, Asked(text="\u202e=1"), Asked(first_day=date(1, 1, 1))])
def test_what_is_asked_is_read_back_from_its_words(asked: Asked) -> None:
    assert asked_of(asked.words) == asked


@pytest.mark.parametrize(
    "words",
    ["", "x", "password=1", "to_come=no", "without=", "first_day=", "last_day=2026-02-30", "who=%00", "text=\0"],
)
def test_what_no_page_says_is_nothing(words: str) -> None:
    assert asked_of(words) is None


def test_when_a_sheet_was_made_is_read_from_its_head() -> None:
    assert made_at_of(["OFFICIAL", *origin_lines(Asked("OP1"), NOON)]) == NOON
    assert made_at_of(["Made at last", "Made at 2026-11-24 12:00", "Narrowed to: nothing"]) is None
