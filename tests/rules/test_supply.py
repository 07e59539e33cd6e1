"""Nights in runs of the same number; a provider's word grows old after a day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from planner.rules.supply import Run, age_words, covered, is_stale, nights_words, runs

FIRST = date(2026, 11, 25)
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def night(day: int) -> date:
    return FIRST + timedelta(days=day)


def test_nights_with_the_same_number_make_one_run_and_a_missing_night_breaks_it() -> None:
    places = {night(day): number for day, number in ((0, 2), (1, 2), (2, 3), (4, 3))}

    assert runs(places) == (Run(night(0), night(1), 2), Run(night(2), night(2), 3), Run(night(4), night(4), 3))
    assert runs({}) == ()


def test_nights_are_covered_by_all_that_is_wanted_or_more() -> None:
    places = {night(day): number for day, number in enumerate((1, 2, 5, 2, 0, 2))}

    assert covered(places, 2) == (Run(night(1), night(3), 2), Run(night(5), night(5), 2))
    assert covered(places, 6) == ()


def test_nights_are_said_with_their_number() -> None:
    assert nights_words(FIRST, night(2)) == "Wed 25 November to Fri 27 November, 3 nights"
    assert nights_words(FIRST, FIRST) == "Wed 25 November, 1 night"


@pytest.mark.parametrize(
    ("hours", "said", "stale"),
    [(0, "within the hour", False), (1, "1 hour ago", False), (24, "24 hours ago", False), (49, "2 days ago", True)],
)
def test_a_word_is_stale_after_a_day(hours: int, said: str, stale: bool) -> None:
    at = NOW - timedelta(hours=hours)

    assert (age_words(at, NOW), is_stale(at, NOW)) == (said, stale)


def test_what_was_never_confirmed_is_stale() -> None:
    assert (age_words(None, NOW), is_stale(None, NOW)) == ("never", True)
    assert is_stale(NOW - timedelta(hours=24, seconds=1), NOW)
