"""How long a warrant lives, by the nation's rule, the statute and its own text: the earliest counts."""

import calendar
import re
from datetime import date, datetime

from planner.rules.windows import local


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day when it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def expiry(issued_on: date | None, months: int | None, typed: date | None) -> date | None:
    """The last lawful day: the earlier of the nation's rule (PACE 1984 s.16(3): three months) and what is typed.

    None when neither says: such a warrant is valid on no day.
    """
    by_rule = months_later(issued_on, months) if issued_on and months else None
    found = [day for day in (by_rule, typed) if day is not None]
    return min(found, default=None)


def names_function(accompanying: str, code: str, title: str) -> bool:
    """Whether a warrant's list of who may accompany names a function: by its title, or by its code in either spelling.

    Source: PACE 1984 s.16(2).
    """
    said = " ".join(accompanying.lower().split())
    spellings = (title.lower(), code.lower(), code.lower().replace("_", " "))
    return any(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", said) for words in spellings)


def is_night_entry(starts_at: datetime) -> bool:
    """Entry from 22:00 up to 06:00 local time asks for a reason."""
    hour = local(starts_at).hour
    return hour >= 22 or hour < 6
