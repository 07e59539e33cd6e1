"""Gold's tactical parameters that a gate can check, as data, beside those that only people can judge.

Hours are on the clock on the wall in London, days are those of entry.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from enum import StrEnum
from typing import NamedTuple

from planner.rules.dates import day_words
from planner.rules.windows import local
from planner.rules.words import Immigration

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class ParameterKind(StrEnum):
    """What can be checked; anything else is a parameter in words."""

    ENTRY_HOURS = "entry_hours"  # 06:00-22:00
    ENTRY_DAYS = "entry_days"  # 1 2 3 4 5, Monday is 1
    LATEST_END = "latest_end"  # 14:00
    LAST_DAY = "last_day"  # 2026-12-20
    NO_IMMIGRATION = "no_immigration"  # nothing


class ParameterFact(NamedTuple):
    """One of them as it is kept; `blocks`: an action that breaks it is not ready."""

    kind: ParameterKind
    value: str
    blocks: bool


class Planned(NamedTuple):
    """What of an action they speak about."""

    starts_at: datetime
    ends_at: datetime
    immigration: Immigration


class Broken(NamedTuple):
    """A parameter that an action breaks, and how."""

    parameter: ParameterFact
    words: str


def broken(parameters: tuple[ParameterFact, ...], planned: Planned) -> tuple[Broken, ...]:
    """Each parameter that this plan breaks, with what is planned and what is allowed."""
    found = ((item, BREAKS[item.kind](item.value, planned)) for item in parameters)
    return tuple(Broken(item, words) for item, words in found if words)


def _entry_hours(value: str, planned: Planned) -> str:
    first, last = hours_in(value)
    at = local(planned.starts_at).time()
    return "" if first <= at <= last else f"entry is at {at:%H:%M}, allowed is {first:%H:%M} to {last:%H:%M}"


def _entry_days(value: str, planned: Planned) -> str:
    day = local(planned.starts_at).isoweekday()
    return "" if day in days_in(value) else f"entry is on a {DAYS[day - 1]}, allowed is {days_words(value)}"


def _latest_end(value: str, planned: Planned) -> str:
    """By this hour of the day of entry."""
    latest, start, end = time.fromisoformat(value), local(planned.starts_at), local(planned.ends_at)
    if end.date() == start.date() and end.time() <= latest:
        return ""
    return f"it ends {day_words(end.date())}, {end:%H:%M}, and is to be over by {latest:%H:%M} of its day"


def _last_day(value: str, planned: Planned) -> str:
    last, day = date.fromisoformat(value), local(planned.starts_at).date()
    planned_for = day_words(day, read=last)  # after New Year's Eve the year is said
    return "" if day <= last else f"it is planned for {planned_for}, and the last day is {day_words(last)}"


def _no_immigration(_: str, planned: Planned) -> str:
    if planned.immigration is Immigration.NOT_ATTENDING:
        return ""
    return f"immigration enforcement is {planned.immigration.replace('_', ' ')}, and is not to attend"


BREAKS: dict[ParameterKind, Callable[[str, Planned], str]] = {
    ParameterKind.ENTRY_HOURS: _entry_hours,
    ParameterKind.ENTRY_DAYS: _entry_days,
    ParameterKind.LATEST_END: _latest_end,
    ParameterKind.LAST_DAY: _last_day,
    ParameterKind.NO_IMMIGRATION: _no_immigration,
}


def what_is_wrong(parameter: ParameterFact) -> str | None:
    """Why a parameter cannot be kept, as a sentence; None where it can."""
    kind, value = parameter.kind, parameter.value
    try:
        if kind is ParameterKind.ENTRY_HOURS and not _rises(*hours_in(value)):
            return f"Hours of entry must begin before they end: {value} does not. Give the earlier hour first."
        if kind is ParameterKind.ENTRY_DAYS and not 0 < len(days_in(value)) < len(DAYS):
            return "Days of entry are some of the seven. Choose at least one and leave at least one out."
        if kind is ParameterKind.LATEST_END:
            time.fromisoformat(value)
        if kind is ParameterKind.LAST_DAY:
            date.fromisoformat(value)
    except ValueError:
        return f"The parameter {kind.replace('_', ' ')} cannot be {value or 'empty'}. Choose it anew."
    return None


def _rises(first: time, last: time) -> bool:
    return first < last


def hours_in(value: str) -> tuple[time, time]:
    first, _, last = value.partition("-")
    return time.fromisoformat(first), time.fromisoformat(last)


def days_in(value: str) -> tuple[int, ...]:
    found = tuple(sorted({int(day) for day in value.split()}))
    if any(not 1 <= day <= len(DAYS) for day in found):
        raise ValueError(value)
    return found


def days_words(value: str) -> str:
    """ "Monday to Friday", "Tuesday, Thursday"."""
    days = days_in(value)
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{DAYS[days[0] - 1]} to {DAYS[days[-1] - 1]}"
    return ", ".join(DAYS[day - 1] for day in days)


def parameter_words(parameter: ParameterFact) -> str:
    """A parameter as Gold would say it."""
    kind, value = parameter.kind, parameter.value
    if kind is ParameterKind.ENTRY_HOURS:
        first, last = hours_in(value)
        return f"Entry is between {first:%H:%M} and {last:%H:%M}."
    if kind is ParameterKind.ENTRY_DAYS:
        return f"Entry is on {days_words(value)}."
    if kind is ParameterKind.LATEST_END:
        return f"An action is over by {time.fromisoformat(value):%H:%M} of its day."
    if kind is ParameterKind.LAST_DAY:
        return f"No action after {day_words(date.fromisoformat(value), year=True)}."
    return "Immigration enforcement attends no action."
