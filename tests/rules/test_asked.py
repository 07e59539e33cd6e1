"""What a sheet was narrowed to, written into an address and into the sheet's head, and read again."""

from datetime import UTC, date, datetime

import pytest

from planner.rules.asked import Asked, Origin, asked_of, origin_lines, origin_of

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


def test_a_sheet_that_comes_back_is_narrowed_as_sheets_of_actions_are() -> None:
    asked = Asked("OP1", force="Kent")

    assert origin_of(origin_lines(asked, NOON)) == Origin(asked, NOON)
    assert origin_of(origin_lines(Asked(), NOON)) == Origin(Asked(), NOON)
    assert origin_of(origin_lines(Asked(who="Silver, Kent"), NOON)) is None
