"""Days and times in words: the year is said where another one could be meant."""

from datetime import UTC, date, datetime, timedelta

from planner.rules.dates import day_words, instant_words, when_words
from planner.rules.findings import Finding, State

READ = date(2026, 11, 24)
NEW_YEAR = datetime(2027, 1, 1, 2, 0, tzinfo=UTC)


def test_a_day_of_the_year_in_which_it_is_read_goes_without() -> None:
    assert day_words(date(2026, 11, 26), read=READ) == "Thu 26 November"
    assert day_words(date(2027, 1, 1), read=READ) == "Fri 1 January 2027"
    assert day_words(date(2026, 12, 31), read=NEW_YEAR.date()) == "Thu 31 December 2026"
    assert day_words(NEW_YEAR.date()) == "Fri 1 January"


def test_an_instant_is_of_the_year_on_the_clock_on_the_wall() -> None:
    assert instant_words(NEW_YEAR, read=READ) == "Fri 1 January 2027, 02:00"
    assert instant_words(NEW_YEAR, read=NEW_YEAR.date()) == "Fri 1 January, 02:00"


def test_a_night_over_new_year_says_the_year_of_the_end_that_lies_in_another() -> None:
    eve = NEW_YEAR - timedelta(hours=4)

    assert when_words(eve, NEW_YEAR, read=READ) == "Thu 31 December, 22:00 to Fri 1 January 2027, 02:00"
    assert when_words(eve, NEW_YEAR, read=NEW_YEAR.date()) == "Thu 31 December 2026, 22:00 to Fri 1 January, 02:00"
    assert when_words(eve, NEW_YEAR, year=True) == "Thu 31 December 2026, 22:00 to Fri 1 January 2027, 02:00"
    assert when_words(eve, NEW_YEAR) == "Thu 31 December, 22:00 to Fri 1 January, 02:00"


def test_in_the_hour_that_london_shows_twice_it_is_said_which_of_the_two() -> None:
    before, first, second = (datetime(2026, 10, 25, 0, 30, tzinfo=UTC) + timedelta(hours=n) for n in (-1, 0, 1))

    assert when_words(before, first) == "Sun 25 October, 00:30 to 01:30 BST"
    assert when_words(before, second) == "Sun 25 October, 00:30 to 01:30 GMT"
    assert instant_words(second + timedelta(hours=1)) == "Sun 25 October, 02:30"


def test_a_finding_that_is_read_beside_days_of_other_years_says_them() -> None:
    found = Finding("legal_basis", State.MET, "{} stands until {}, heard {}.", ("Warrant", NEW_YEAR.date(), NEW_YEAR))

    assert found.sentence == "Warrant stands until Fri 1 January, heard Fri 1 January, 02:00."
    assert found.read_on(READ) == "Warrant stands until Fri 1 January 2027, heard Fri 1 January 2027, 02:00."
