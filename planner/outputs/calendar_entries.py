"""What may stand in a calendar file: one frozen value per kind of entry.

An entry has no field for an address, a target or an operation's name, so that what must not leak cannot be
passed. Instants are aware; days are London days.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum

from planner.outputs.calendar_text import carries_secret
from planner.rules.markings import Marked


class CalendarName(StrEnum):
    """What a calendar is called on a phone; an operation's name never stands there."""

    MINE = "Planner: my entries"
    FORCE = "Planner: our force's entries"
    AGENCY = "Planner: our agency's entries"
    REGION = "Planner: our region's entries"
    PROVIDER = "Planner: our nights"
    SERIES = "Planner: meetings"
    OPERATION = "Planner: all entries"


class Due(StrEnum):
    """What a deadline asks for, in words that tell a stranger nothing."""

    CONFIRM_ROLES = "confirm roles"
    ANSWER_OFFER = "answer an offer"
    UNDERTAKING = "undertaking"
    RETURN = "send a return"
    LAST_DAY = "a last day"
    HOLD = "confirm a hold"


class Frequency(StrEnum):
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True, kw_only=True)
class Mailbox:
    """A role's mailbox, never a person's."""

    name: str
    address: str

    def __post_init__(self) -> None:
        if self.address.count("@") != 1 or any(c.isspace() or not c.isprintable() for c in self.address):
            raise ValueError(f"{self.address!r} is not a mail address.")


@dataclass(frozen=True, kw_only=True)
class Repeats:
    """A series: how often, until which instant, and the occurrences left out of it.

    `by_day` is which weekday of a month: 1TU the first Tuesday, -1FR the last Friday.
    """

    frequency: Frequency
    until: datetime
    interval: int = 1
    by_day: str = ""
    left_out: tuple[datetime, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What every entry has: an opaque uid fixed for life, and a sequence that grows with each change of it.

    The url leads to a page behind sign-in; one that lets its holder in is refused. `marked` is how the thing that it
    tells of is marked: a file is marked as high as its highest entry.
    """

    uid: str
    sequence: int
    changed_at: datetime
    organizer: Mailbox
    marked: Marked
    url: str = ""
    cancelled_at: datetime | None = None

    def __post_init__(self) -> None:
        if not self.uid.strip():
            raise ValueError("An entry needs a uid.")
        if carries_secret(self.url):
            raise ValueError("A calendar entry's link may not let its holder in.")
        for field in fields(self):
            _refuse_naive(field.name, getattr(self, field.name))


@dataclass(frozen=True, kw_only=True)
class TimedEntry(Entry):
    """An entry from one instant to another; `instead_of` is the occurrence of its series that it replaces."""

    starts_at: datetime
    ends_at: datetime
    repeats: Repeats | None = None
    instead_of: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ActionEntry(TimedEntry):
    """A planned action, known by a neutral number such as 2 of 5; an alarm only if the person chose one.

    One that is cancelled has no number: it is none of those that are still to come.
    """

    number: int | None
    of: int
    alarm_minutes: int | None = None


@dataclass(frozen=True, kw_only=True)
class ConferenceEntry(TimedEntry):
    """A case conference; the join link stays empty unless it asks for a sign-in."""

    room: str = ""
    join_url: str = ""


@dataclass(frozen=True, kw_only=True)
class BusyEntry(TimedEntry):
    """A care booking, or any entry whose reader may know only that the time is taken."""


@dataclass(frozen=True, kw_only=True)
class PhaseEntry(Entry):
    """A phase by its number, from its first day to its last, both included."""

    number: int
    first_on: date
    last_on: date


@dataclass(frozen=True, kw_only=True)
class DeadlineEntry(Entry):
    """A day by which something of an action is due."""

    due_on: date
    what: Due
    action_uid: str


def busy_only(entries: Iterable[Entry]) -> tuple[BusyEntry, ...]:
    """Return the entries as taken time alone; phases and deadlines take none and are left out."""
    return tuple(_busy(entry) for entry in entries if isinstance(entry, TimedEntry))


def _busy(entry: TimedEntry) -> BusyEntry:
    shared = {field.name: getattr(entry, field.name) for field in fields(TimedEntry)}
    return BusyEntry(**(shared | {"url": ""}))


def _refuse_naive(name: str, value: object) -> None:
    if isinstance(value, datetime) and value.tzinfo is None:
        raise ValueError(f"{name} needs a timezone.")
