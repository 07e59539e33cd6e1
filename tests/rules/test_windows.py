"""Nights run noon to noon in London, instants are UTC, and times the clock skips or repeats are refused."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.rules.windows import Window, first_night, from_local, local

FIRST = datetime(2020, 1, 1, tzinfo=UTC)
instants = st.integers(0, 20 * 365 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))
windows = st.builds(lambda at, hours: Window(at, at + timedelta(hours=hours)), instants, st.integers(1, 72))


@pytest.mark.parametrize(
    ("at", "night"),
    [
        (datetime(2026, 11, 26, 2, 0, tzinfo=UTC), date(2026, 11, 25)),
        (datetime(2026, 11, 26, 11, 59, tzinfo=UTC), date(2026, 11, 25)),
        (datetime(2026, 11, 26, 12, 0, tzinfo=UTC), date(2026, 11, 26)),
        (datetime(2026, 7, 1, 11, 0, tzinfo=UTC), date(2026, 7, 1)),
    ],
)
def test_noon_begins_a_new_night(at: datetime, night: date) -> None:
    assert first_night(at) == night


@given(instants)
def test_every_instant_is_in_the_night_that_began_within_a_day(at: datetime) -> None:
    noon = local(at).replace(tzinfo=None) - datetime.combine(first_night(at), time(12))

    assert timedelta() <= noon < timedelta(days=1)


@given(windows, windows)
def test_overlapping_is_mutual_and_covering_overlaps(one: Window, other: Window) -> None:
    assert one.overlaps(other) == other.overlaps(one)
    assert one.covers(one)
    assert not one.covers(other) or one.overlaps(other)


def test_a_window_that_begins_as_another_ends_does_not_overlap() -> None:
    at = datetime(2026, 11, 26, 6, tzinfo=UTC)
    first = Window(at, at + timedelta(hours=3))

    assert not first.overlaps(Window(first.ends_at, first.ends_at + timedelta(hours=1)))
    assert first.overlaps(Window(first.ends_at - timedelta(seconds=1), first.ends_at))


@pytest.mark.parametrize(
    ("day", "at", "why"),
    [(date(2027, 3, 28), time(1, 30), "does not exist"), (date(2026, 10, 25), time(1, 30), "happens twice")],
)
def test_a_time_the_clock_skips_or_repeats_is_refused(day: date, at: time, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        from_local(day, at)

    assert from_local(day, time(3)) == datetime.combine(day, time(3) if day.month == 10 else time(2), tzinfo=UTC)
