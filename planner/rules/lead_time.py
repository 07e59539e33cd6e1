"""How early before an action its case conference must be over: hours, and working days of the action's nation.

The time between is for what is undertaken at the conference, so a working day counts whole: twenty-four hours of it,
on the clock on the wall. An emergency conference keeps the policy's emergency hours instead of both.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from planner.rules.counts import count_words
from planner.rules.dates import instant_words
from planner.rules.windows import from_local, local
from planner.rules.words import ConferenceKind, Nation

SATURDAY = 6
NATION_WORDS = {
    Nation.ENGLAND: "England",
    Nation.WALES: "Wales",
    Nation.SCOTLAND: "Scotland",
    Nation.NORTHERN_IRELAND: "Northern Ireland",
    Nation.OTHER: "its jurisdiction",
}


class Lead(NamedTuple):
    """What a policy asks for, each in its unit; `emergency_hours` stand in place of the other two."""

    hours: int
    working_days: int
    emergency_hours: int


class Held(NamedTuple):
    """An action that a conference is about: when it begins, its policy's lead and its nation's bank holidays."""

    reference: str
    starts_at: datetime
    nation: Nation
    lead: Lead
    holidays: frozenset[date]


class Latest(NamedTuple):
    """When a conference must be over, and the number that says so."""

    ends_at: datetime
    because: str


def latest_end(action: Held, kind: ConferenceKind) -> Latest:
    """The latest end of a conference of this kind, with the stricter of hours and working days as its reason."""
    hours = action.lead.emergency_hours if kind is ConferenceKind.EMERGENCY else action.lead.hours
    by_hours = Latest(action.starts_at - timedelta(hours=hours), count_words(hours, "hour"))
    days = action.lead.working_days
    if kind is ConferenceKind.EMERGENCY or not days:
        return by_hours
    words = f"{count_words(days, 'working day')} of {NATION_WORDS[action.nation]}"
    return min(by_hours, Latest(working_days_before(action.starts_at, days, action.holidays), words))


def working_days_before(at: datetime, days: int, holidays: Collection[date]) -> datetime:
    """The instant that many whole working days before another, on the clock on the wall in London.

    From a Monday at 06:00 one day leads to Friday at 06:00; from a day that is none, to the beginning of the last.
    """
    wall = local(at)
    day, clock = wall.date(), wall.time()
    if not is_working_day(day, holidays):
        clock = time()
    for _ in range(days):
        day -= timedelta(days=1)
        while not is_working_day(day, holidays):
            day -= timedelta(days=1)
    return from_local(day, clock)  # clocks change on Sundays alone


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    return day.isoweekday() < SATURDAY and day not in holidays


def too_late(actions: Iterable[Held], kind: ConferenceKind, ends_at: datetime, *, now: datetime) -> str | None:
    """Why a conference that ends then is too late for one of these actions, as a sentence; None where it is not."""
    first, latest = soonest(actions, kind)
    if ends_at <= latest.ends_at:
        return None
    if ends_at > first.starts_at:
        begins = instant_words(first.starts_at)
        refused = f"{first.reference} begins on {begins}, before this conference ends."
    else:
        ends = instant_words(ends_at)
        refused = (
            f"{_a_conference(kind)} must be over {latest.because} before its action; "
            f"this one ends on {ends}, too late for {first.reference}."
        )
    return f"{refused} {help_words(latest, kind, now=now)}"


def soonest(actions: Iterable[Held], kind: ConferenceKind) -> tuple[Held, Latest]:
    """Of several actions the one that asks for the earliest end, and that end."""
    both = [(action, latest_end(action, kind)) for action in actions]
    return min(both, key=lambda pair: pair[1].ends_at)


def help_words(latest: Latest, kind: ConferenceKind, *, now: datetime) -> str:
    """What would help whoever is too late, with the latest end."""
    emergency = kind is ConferenceKind.EMERGENCY
    other = "give the action a later time" if emergency else "convene an emergency conference"
    by = instant_words(latest.ends_at)
    return f"It had to end by {by}: {other}." if latest.ends_at <= now else f"End it by {by}, or {other}."


def _a_conference(kind: ConferenceKind) -> str:
    return "An emergency conference" if kind is ConferenceKind.EMERGENCY else f"A {kind} conference"
