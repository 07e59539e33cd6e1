"""How long a warrant lives: calendar months, the month's end, the earlier of rule and text."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.rules.warrants import (
    Tone,
    countdown,
    expiry,
    is_night_entry,
    last_day,
    months_later,
    names_function,
)
from planner.rules.words import Entries
from tests.builders import DAWN, NOW
from tests.rules.facts import WARRANT

days = st.dates(date(2000, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(
    ("issued", "last"),
    [
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2027, 11, 29), date(2028, 2, 29)),
        (date(2026, 11, 28), date(2027, 2, 28)),
        (date(2026, 1, 31), date(2026, 4, 30)),
        (date(2028, 2, 29), date(2028, 5, 29)),
        (date(2026, 8, 31), date(2026, 11, 30)),
        (date(2099, 11, 30), date(2100, 2, 28)),
        (date(2026, 10, 1), date(2027, 1, 1)),
        (date(2026, 12, 15), date(2027, 3, 15)),
    ],
)
def test_three_months_end_on_the_same_day_or_the_months_last(issued: date, last: date) -> None:
    """PACE 1984 s.16(3): entry and search within three months from the date of issue.

    A month ends on the day with the same number, or on its last where it has none: Dodds v Walker [1981] 1 WLR 1027.
    """
    assert expiry(issued, 3, None) == last


@pytest.mark.parametrize(
    ("months", "statute_months", "text_until", "last"),
    [
        (3, None, None, date(2027, 2, 28)),  # England and Wales: the rule alone
        (3, 1, None, date(2026, 12, 30)),  # a statute that gives one month
        (3, 6, None, date(2027, 2, 28)),  # one that gives more does not lengthen it
        (3, 1, date(2026, 12, 4), date(2026, 12, 4)),  # the warrant's own text is the earliest
        (3, None, date(2027, 5, 1), date(2027, 2, 28)),  # a later text does not lengthen it
        (None, 1, None, date(2026, 12, 30)),  # Scotland, Northern Ireland: by the statute
        (None, None, date(2027, 6, 30), date(2027, 6, 30)),  # or by the text alone, however long
        (None, None, None, None),
    ],
)
def test_the_earliest_of_rule_statute_and_text_counts(
    months: int | None, statute_months: int | None, text_until: date | None, last: date | None
) -> None:
    """PACE 1984 s.16(3) in England and Wales; in other nations what the user entered, and no default."""
    assert expiry(date(2026, 11, 30), months, text_until, statute_months=statute_months) == last


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
        (datetime(2026, 11, 26, 21, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 26, 22, 0, tzinfo=UTC), True),
        (datetime(2026, 7, 1, 5, 0, tzinfo=UTC), False),
        (datetime(2026, 7, 1, 4, 59, tzinfo=UTC), True),
        (datetime(2026, 7, 1, 20, 59, tzinfo=UTC), False),
        (datetime(2026, 7, 1, 21, 0, tzinfo=UTC), True),
        # The clocks go forward at 01:00 UTC on 28 March 2027, and back at 01:00 UTC on 31 October 2027.
        (datetime(2027, 3, 27, 6, 0, tzinfo=UTC), False),
        (datetime(2027, 3, 28, 5, 0, tzinfo=UTC), False),
        (datetime(2027, 3, 28, 4, 59, tzinfo=UTC), True),
        (datetime(2027, 3, 27, 21, 30, tzinfo=UTC), False),
        (datetime(2027, 3, 28, 21, 0, tzinfo=UTC), True),
        (datetime(2027, 10, 30, 5, 0, tzinfo=UTC), False),
        (datetime(2027, 10, 31, 5, 0, tzinfo=UTC), True),
        (datetime(2027, 10, 31, 6, 0, tzinfo=UTC), False),
        (datetime(2027, 10, 30, 21, 0, tzinfo=UTC), True),
        (datetime(2027, 10, 31, 21, 0, tzinfo=UTC), False),
    ],
)
def test_the_hour_of_entry_is_read_on_the_clock_on_the_wall(at: datetime, night: bool) -> None:
    """PACE 1984 s.16(4): at a reasonable hour unless that would frustrate the search; 22:00 to 06:00 asks why."""
    assert is_night_entry(at) is night


@pytest.mark.parametrize(
    ("accompanying", "named"),
    [
        ("Medical lead, interpreter", True),
        ("MEDICAL  LEAD", True),
        ("medical_lead", True),
        ("Paramedical leader", False),
        ("", False),
        ("interpreter", False),
    ],
)
def test_a_function_is_named_by_its_title_or_its_code(accompanying: str, named: bool) -> None:
    """PACE 1984 s.16(2): a warrant may authorise persons to accompany any constable who is executing it."""
    assert names_function(accompanying, "medical_lead", "Medical lead") is named


@pytest.mark.parametrize(
    ("until", "tone", "short"),
    [
        (date(2026, 12, 9), Tone.QUIET, "Until Wed 9 December"),
        (date(2026, 12, 8), Tone.AMBER, "14 days left"),
        (date(2026, 12, 2), Tone.AMBER, "8 days left"),
        (date(2026, 12, 1), Tone.RED, "7 days left"),
        (date(2026, 11, 25), Tone.RED, "1 day left"),
        (date(2026, 11, 24), Tone.RED, "Ends today"),
        (date(2026, 11, 23), Tone.RED, "Ended"),
    ],
)
def test_the_countdown_is_amber_at_fourteen_days_and_red_at_seven(until: date, tone: Tone, short: str) -> None:
    said = countdown(WARRANT._replace(expires_on=until), date(2026, 11, 24))

    assert said is not None
    assert (said.tone, said.short) == (tone, short)


def test_what_is_spent_or_only_applied_for_says_so_instead_of_a_day() -> None:
    today = date(2026, 11, 24)
    spent = countdown(WARRANT._replace(spent_at=NOW), today)
    several = countdown(WARRANT._replace(spent_at=NOW, entries=Entries.SEVERAL), today)
    applied = countdown(WARRANT._replace(hearing_at=DAWN, expires_on=None), today)

    assert (spent and spent.short, several and several.short) == ("Spent", "2 days left")
    assert applied
    assert applied.line == "Warrant applied for: heard Thu 26 November, 06:00"
    assert countdown(WARRANT._replace(expires_on=None), today) is None


@pytest.mark.parametrize(
    ("hours", "last"),
    [(1, date(2026, 11, 26)), (18, date(2026, 11, 26)), (19, date(2026, 11, 27)), (0, date(2026, 11, 26))],
)
def test_an_action_until_midnight_does_not_touch_the_next_day(hours: int, last: date) -> None:
    assert last_day(DAWN, DAWN + timedelta(hours=hours)) == last
