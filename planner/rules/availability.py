"""When an agency can be asked: duty hours by weekday, bank holidays, how many actions a day it can stand."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from planner.rules.counts import count_words
from planner.rules.windows import local

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
EVERY_DAY = "1234567"


class Availability(NamedTuple):
    """What an agency said. `weekdays` are the days' numbers, Monday 1: "12345"; times are local.

    Hours that close before they open end on the next day; the same time twice is the whole day. Without
    `actions_a_day` nothing is said of a day's capacity.
    """

    weekdays: str
    opens: time
    closes: time
    bank_holidays: bool
    actions_a_day: int | None = None


def is_open(availability: Availability, at: datetime, holidays: Collection[date]) -> bool:
    """Whether an agency can be asked at an instant; `holidays` are the bank holidays of its nation."""
    wall = local(at)
    today, clock = wall.date(), wall.time()
    opens, closes = availability.opens, availability.closes
    if opens == closes:
        return _works(availability, today, holidays)
    if opens < closes:
        return opens <= clock < closes and _works(availability, today, holidays)
    yesterday = today - timedelta(days=1)
    begun = clock >= opens and _works(availability, today, holidays)
    return begun or (clock < closes and _works(availability, yesterday, holidays))


def _works(availability: Availability, day: date, holidays: Collection[date]) -> bool:
    on = str(day.isoweekday()) in availability.weekdays
    return on and (availability.bank_holidays or day not in holidays)


def hours_words(availability: Availability) -> str:
    """ "Mon–Fri 09:00–17:00, not on bank holidays, 2 actions a day"; "Fri 22:00–06:00 the next day"."""
    opens, closes = availability.opens, availability.closes
    overnight = " the next day" if closes < opens else ""
    hours = "all day" if opens == closes else f"{opens:%H:%M}–{closes:%H:%M}{overnight}"
    parts = [f"{weekdays_words(availability.weekdays)} {hours}"]
    parts += [] if availability.bank_holidays else ["not on bank holidays"]
    if availability.actions_a_day is not None:
        parts.append(f"{count_words(availability.actions_a_day, 'action')} a day")
    return ", ".join(parts)


def weekdays_words(weekdays: str) -> str:
    """ "Mon–Fri", "Tue, Thu–Fri", "every day"."""
    if set(weekdays) == set(EVERY_DAY):
        return "every day"
    runs: list[list[int]] = []
    for number in sorted({int(day) for day in weekdays}):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(_run_words(run) for run in runs)


def _run_words(run: list[int]) -> str:
    first, last = WEEKDAYS[run[0] - 1], WEEKDAYS[run[-1] - 1]
    return first if len(run) == 1 else f"{first}–{last}"


NOT_SAID = "hours not said"


def asked_words(availability: Availability | None, accepted_that_day: int) -> str:
    """ "can be asked Mon–Fri 09:00–17:00, 2 actions a day; 2 accepted that day: full"; for a list of agencies."""
    if availability is None:
        return f"{NOT_SAID}; {accepted_that_day} accepted that day" if accepted_that_day else NOT_SAID
    full = availability.actions_a_day is not None and accepted_that_day >= availability.actions_a_day
    return f"can be asked {hours_words(availability)}; {accepted_that_day} accepted that day" + (
        ": full" if full else ""
    )
