"""One entry becomes one component; `_face` is the table of what each kind shows."""

import functools
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from icalendar import CLASS, STATUS, TRANSP, Alarm, Conference, Event, Todo, vCalAddress, vDDDTypes, vInt, vText, vUri

from planner.outputs.calendar_entries import (
    ActionEntry,
    BusyEntry,
    ConferenceEntry,
    DeadlineEntry,
    Entry,
    Mailbox,
    PhaseEntry,
    Repeats,
    TimedEntry,
)
from planner.outputs.calendar_text import Text, common_name, lines, link, text_value
from planner.outputs.timezone import in_file, whole_second
from planner.rules.windows import LONDON

_DAY = timedelta(days=1)
_CONFERENCE_ALARM = timedelta(minutes=30)


@dataclass(frozen=True)
class _Face:
    """What a kind shows to whoever sees the phone."""

    title: str
    category: str
    privacy: CLASS
    takes_time: bool
    alarm: timedelta | None = None


def _face(entry: Entry) -> _Face:
    match entry:
        case ActionEntry(number=number, of=total, alarm_minutes=minutes):
            alarm = timedelta(minutes=minutes) if minutes is not None else None
            title = "Planned action" if number is None else f"Planned action {number}/{total}"
            return _Face(title, "Planned action", CLASS.PRIVATE, True, alarm)
        case ConferenceEntry():
            return _Face("Case conference", "Case conference", CLASS.PRIVATE, True, _CONFERENCE_ALARM)
        case PhaseEntry(number=number):
            return _Face(f"Phase {number}", "Phase", CLASS.PRIVATE, False)
        case BusyEntry():
            return _Face("Busy", "", CLASS.CONFIDENTIAL, True)
        case DeadlineEntry(what=what):
            return _Face(f"Due: {what}", "Deadline", CLASS.PRIVATE, False, _DAY)
    raise TypeError(f"{type(entry).__name__} has no place in a calendar.")


def event(entry: Entry) -> Event:
    """Return the entry as a VEVENT with every property explicit and no attendee.

    What is alike in many entries is made by the library once and shared, which halves the time of a large calendar.
    """
    face = _face(entry)
    starts, ends = _span(entry)
    made = Event()
    for name, value in _alike(replace(face, title=""), entry.organizer, entry.cancelled_at is not None):
        made[name] = value
    made["SUMMARY"] = text_value(face.title)
    changed = _at(whole_second(entry.changed_at, UTC))
    made["UID"], made["SEQUENCE"] = text_value(entry.uid), vInt(entry.sequence)
    made["DTSTAMP"] = made["LAST-MODIFIED"] = changed
    made["DTSTART"], made["DTEND"] = _at(starts), _at(ends)
    _add_details(made, entry, face)
    _add_recurrence(made, entry)
    return made


def _at(when: date) -> vDDDTypes:
    """A day or an instant; raids begin at the same hours, and many things change at once."""
    return _encoded(when, when.tzinfo if isinstance(when, datetime) else None)


@functools.lru_cache(maxsize=16_384)
def _encoded(when: date, _: tzinfo | None) -> vDDDTypes:
    """The same instant is another text in another zone."""
    return vDDDTypes(when)


@functools.lru_cache(maxsize=512)
def _alike(face: _Face, organizer: Mailbox, cancelled: bool) -> tuple[tuple[str, Any], ...]:
    """What entries of a kind share, as the library encodes it; nothing changes these values afterwards.

    Their titles are left out: in a campaign each action has a number of its own.
    """
    taken = face.takes_time and not cancelled
    shared = Event()
    shared.add("class", face.privacy)
    shared.add("status", STATUS.CANCELLED if cancelled else STATUS.CONFIRMED)
    shared.add("organizer", _organizer(organizer))
    shared.add("transp", TRANSP.OPAQUE if taken else TRANSP.TRANSPARENT)
    shared.add("x-microsoft-cdo-busystatus", vText("BUSY" if taken else "FREE"))
    if face.category:
        shared.add("categories", [face.category])
    return tuple(shared.items())


def task(entry: DeadlineEntry) -> Todo:
    """Return the deadline as a VTODO beside its event, for programs that keep a list of tasks."""
    face = _face(entry)
    made = Todo.new(
        uid=text_value(f"{entry.uid}-task"),
        sequence=entry.sequence,
        stamp=whole_second(entry.changed_at, UTC),
        last_modified=whole_second(entry.changed_at, UTC),
        end=entry.due_on,
        summary=face.title,
        classification=face.privacy,
        status=STATUS.CANCELLED if entry.cancelled_at else STATUS.NEEDS_ACTION,
        organizer=_organizer(entry.organizer),
    )
    _add_details(made, entry, face)
    return made


def _span(entry: Entry) -> tuple[date, date]:
    match entry:
        case TimedEntry(repeats=None, starts_at=starts_at, ends_at=ends_at):
            return in_file(starts_at, ends_at)
        case TimedEntry(starts_at=starts_at, ends_at=ends_at):  # a series keeps its hour on the London clock
            return whole_second(starts_at, LONDON), in_file(ends_at, ends_at)[1]
        case PhaseEntry(first_on=first_on, last_on=last_on):
            return first_on, last_on + _DAY
        case DeadlineEntry(due_on=due_on):
            return due_on, due_on + _DAY
    raise TypeError(f"{type(entry).__name__} has no place in a calendar.")


def _add_details(made: Event | Todo, entry: Entry, face: _Face) -> None:
    if isinstance(made, Todo) and face.category:
        made.add("categories", [face.category])
    address = "" if isinstance(entry, BusyEntry) else link(entry.url)
    if address:
        made["URL"] = vUri(address)
    if isinstance(entry, ConferenceEntry):
        _add_meeting(made, entry)
    if isinstance(entry, DeadlineEntry):
        made.add("related-to", text_value(entry.action_uid))
    if face.alarm is not None and entry.cancelled_at is None and isinstance(made, Event):
        made.add_component(_alarm(face.title, face.alarm))


def _add_meeting(made: Event | Todo, entry: ConferenceEntry) -> None:
    if lines(entry.room):
        made.add("location", Text(lines(entry.room)))
    if link(entry.join_url):
        made.conferences = [Conference(link(entry.join_url), label="Join, with sign-in")]


def _add_recurrence(made: Event, entry: Entry) -> None:
    if not isinstance(entry, TimedEntry):
        return
    if entry.repeats is not None:
        _add_series(made, entry.repeats)
    if entry.instead_of is not None:
        made.add("recurrence-id", whole_second(entry.instead_of, LONDON))


def _add_series(made: Event, repeats: Repeats) -> None:
    rule = {"freq": repeats.frequency.value, "interval": repeats.interval, "until": whole_second(repeats.until, UTC)}
    made.add("rrule", rule | ({"byday": repeats.by_day} if repeats.by_day else {}))
    if repeats.left_out:
        made.add("exdate", [whole_second(instant, LONDON) for instant in repeats.left_out])


@functools.lru_cache(maxsize=64)
def _alarm(title: str, before: timedelta) -> Alarm:
    """One for all entries that are announced alike; nothing changes it afterwards."""
    alarm = Alarm.new(description=title)
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -before)
    return alarm


def _organizer(mailbox: Mailbox) -> vCalAddress:
    return vCalAddress(f"mailto:{mailbox.address}", params={"CN": common_name(mailbox.name)})
