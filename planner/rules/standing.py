"""Standing groups: when they meet, on the clock on the wall, and which actions they may clear without a conference."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import takewhile
from typing import NamedTuple

from planner.rules.counts import count_words
from planner.rules.values import Facts
from planner.rules.windows import from_local, local
from planner.rules.words import AgencyKind, Children

MOST_MEETINGS = 60
CLEARED_FOR = timedelta(days=7)
# Who speaks for the care of those who are found: providers, and the organisations that support victims.
CARE = frozenset({AgencyKind.CARE_PROVIDER, AgencyKind.NGO})
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST = -1


class Rhythm(StrEnum):
    """How often a group meets; monthly is the same weekday of the month, such as its first Tuesday."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


class Recurrence(NamedTuple):
    """A rhythm in a calendar's terms; `by_day` is which weekday of a month, such as 1TU or -1FR."""

    frequency: str
    interval: int
    by_day: str = ""


def recurrence(rhythm: Rhythm, first: datetime) -> Recurrence:
    if rhythm is Rhythm.MONTHLY:
        day = local(first).date()
        return Recurrence("monthly", 1, f"{_week_of_month(day)}{DAYS[day.weekday()]}")
    return Recurrence("weekly", 2 if rhythm is Rhythm.FORTNIGHTLY else 1)


def rule_words(rhythm: Rhythm, first: datetime, last: datetime) -> str:
    """The rule as a calendar keeps it; its end is the last meeting, in UTC."""
    frequency, interval, by_day = recurrence(rhythm, first)
    every = f"FREQ={frequency.upper()};INTERVAL={interval}" + (f";BYDAY={by_day}" if by_day else "")
    return f"{every};UNTIL={last.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def meetings(first: datetime, rhythm: Rhythm, until_on: date) -> tuple[datetime, ...]:
    """Every meeting from the first to a last day, each at the same hour on the clock on the wall.

    One more than a group may have is enough to see that there are too many. ValueError, with a sentence, where one
    would be at a time that does not exist or happens twice.
    """
    wall = local(first)
    days = takewhile(lambda day: day <= until_on, _days(wall.date(), rhythm))
    return tuple(from_local(day, wall.time()) for day, _ in zip(days, range(MOST_MEETINGS + 1), strict=False))


def _days(first: date, rhythm: Rhythm) -> Iterator[date]:
    day = first
    while True:
        yield day
        day = _next_month(first, day) if rhythm is Rhythm.MONTHLY else day + timedelta(weeks=_weeks(rhythm))


def _weeks(rhythm: Rhythm) -> int:
    return 2 if rhythm is Rhythm.FORTNIGHTLY else 1


def _week_of_month(day: date) -> int:
    """Which of its weekday in its month; a fifth one is meant as the last, for most months have four."""
    number = (day.day - 1) // 7 + 1
    return LAST if number == 5 else number


def _next_month(first: date, day: date) -> date:
    month = day.replace(day=1) + timedelta(days=32)
    start = month.replace(day=1)
    found = start + timedelta(days=(first.weekday() - start.weekday()) % 7)
    number = _week_of_month(first)
    if number != LAST:
        return found + timedelta(weeks=number - 1)
    while (found + timedelta(weeks=1)).month == start.month:
        found += timedelta(weeks=1)
    return found


def rhythm_words(rhythm: Rhythm, first: datetime) -> str:
    """ "every Tuesday, 14:00", "every second Tuesday, 14:00", "the first Tuesday of each month, 14:00"."""
    wall = local(first)
    weekday, at = f"{wall:%A}", f"{wall:%H:%M}"
    if rhythm is Rhythm.MONTHLY:
        names = {1: "first", 2: "second", 3: "third", 4: "fourth", LAST: "last"}
        return f"the {names[_week_of_month(wall.date())]} {weekday} of each month, {at}"
    return f"every {'second ' if rhythm is Rhythm.FORTNIGHTLY else ''}{weekday}, {at}"


def not_low_risk(facts: Facts) -> str:
    """Why a standing group may not clear an action, in words; empty where nobody is likely and no child expected."""
    likely = sum(line.likely for line in facts.demand)
    if likely:
        return f"{count_words(likely, 'person', 'people')} {'is' if likely == 1 else 'are'} likely"
    if facts.action.children is Children.EXPECTED or facts.action.children_number:
        return "a child is expected"
    if facts.action.children is not Children.NONE:
        return "it is not said whether a child is expected"
    if not facts.demand and not facts.action.zero_demand_reason:
        return "it is not said how many people are likely"
    return ""
