"""How long a warrant lives, by the nation's rule, the statute and its own text: the earliest counts."""

import calendar
import re
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from planner.rules.counts import count_words
from planner.rules.dates import day_words, instant_words
from planner.rules.values import LegalFact
from planner.rules.windows import local
from planner.rules.words import Entries, Power

AMBER_DAYS, RED_DAYS = 14, 7


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day when it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def expiry(
    issued_on: date | None, months: int | None, text_until: date | None, *, statute_months: int | None = None
) -> date | None:
    """The last lawful day: the earliest of the nation's rule (PACE 1984 s.16(3): three months), statute and text.

    None when none of them says: such a warrant is valid on no day.
    """
    counted = [months_later(issued_on, number) for number in (months, statute_months) if issued_on and number]
    return min([*counted, *([text_until] if text_until else [])], default=None)


def names_function(accompanying: str, code: str, title: str) -> bool:
    """Whether a warrant's list of who may accompany names a function: by its title, or by its code in either spelling.

    Source: PACE 1984 s.16(2).
    """
    said = " ".join(accompanying.lower().split())
    spellings = (title.lower(), code.lower(), code.lower().replace("_", " "))
    return any(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", said) for words in spellings)


def last_day(starts_at: datetime, ends_at: datetime) -> date:
    """The last day that an action touches: one that ends at midnight does not touch the day that begins then."""
    return max(local(starts_at).date(), local(ends_at - timedelta(microseconds=1)).date())


def is_night_entry(starts_at: datetime) -> bool:
    """Entry from 22:00 up to 06:00 local time asks for a reason."""
    hour = local(starts_at).hour
    return hour >= 22 or hour < 6


def noun(legal: LegalFact) -> str:
    return "warrant" if legal.power is Power.WARRANT else "power"


class Tone(StrEnum):
    """How urgent a countdown is; its words say it too."""

    RED = "red"
    AMBER = "amber"
    QUIET = "quiet"


class Countdown(NamedTuple):
    """What is left of a power: in a few words for a list, and in a line for a page."""

    tone: Tone
    short: str
    line: str


def countdown(legal: LegalFact, today: date) -> Countdown | None:
    """Amber at fourteen days before the last lawful day, red at seven; None where no day is said.

    A warrant that is applied for, or whose one entry was made, is no power: it says so instead.
    """
    if legal.hearing_at is not None:
        heard = instant_words(legal.hearing_at)
        return Countdown(Tone.AMBER, "Applied for", f"Warrant applied for: heard {heard}")
    if legal.spent_at is not None and legal.entries is Entries.ONE:
        return Countdown(Tone.RED, "Spent", f"Warrant spent {instant_words(legal.spent_at)}")
    if legal.expires_on is None:
        return None
    what = noun(legal)
    left, day = (legal.expires_on - today).days, day_words(legal.expires_on)
    if left < 0:
        return Countdown(Tone.RED, "Ended", f"The {what} ended {day}")
    if left > AMBER_DAYS:
        return Countdown(Tone.QUIET, f"Until {day}", f"The {what} stands until {day}")
    tone, last = (Tone.RED, RED_DAYS) if left <= RED_DAYS else (Tone.AMBER, AMBER_DAYS)
    days = f"{count_words(left, 'day')} left" if left else "Today"
    return Countdown(tone, days if left else "Ends today", f"Last {last} days: the {what} ends {day}, {days.lower()}")
