"""How long a warrant lives: calendar months, the month's end, the earlier of rule and text."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.rules.warrants import expiry, is_night_entry, months_later

days = st.dates(date(2000, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(
    ("issued", "last"),
    [
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2026, 1, 31), date(2026, 4, 30)),
        (date(2026, 10, 1), date(2027, 1, 1)),
    ],
)
def test_three_months_end_on_the_same_day_or_the_months_last(issued: date, last: date) -> None:
    assert expiry(issued, 3, None) == last


@given(days, st.integers(1, 24), st.none() | days)
def test_the_last_day_is_never_later_than_rule_or_text(issued: date, months: int, typed: date | None) -> None:
    last = expiry(issued, months, typed)

    assert last is not None
    assert last <= months_later(issued, months)
    assert typed is None or last <= typed


@given(days, st.integers(0, 24))
def test_months_later_never_leaves_its_month(day: date, months: int) -> None:
    later = months_later(day, months)

    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day


def test_without_rule_and_text_there_is_no_last_day() -> None:
    assert expiry(date(2026, 11, 1), None, None) is None


@pytest.mark.parametrize(
    ("at", "night"),
    [
        (datetime(2026, 11, 26, 5, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 26, 6, 0, tzinfo=UTC), False),
        (datetime(2026, 7, 1, 5, 0, tzinfo=UTC), False),
        (datetime(2026, 7, 1, 21, 0, tzinfo=UTC), True),
    ],
)
def test_the_hour_of_entry_is_read_on_the_clock_on_the_wall(at: datetime, night: bool) -> None:
    assert is_night_entry(at) is night
