"""Calendar files and feeds: iCalendar (RFC 5545, 7986) that tells a phone when, and a stranger nothing.

The words of an entry are fixed here by its kind. The marking travels as the calendar's description and as
X-PLANNER-MARKING: the highest of its entries', with every handling instruction among them. Titles stay neutral, because
they show on locked screens.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from icalendar import Calendar, Component, vText

from planner.outputs.calendar_components import event, task
from planner.outputs.calendar_entries import CalendarName, DeadlineEntry, Entry
from planner.outputs.calendar_series import last_change, standing
from planner.outputs.calendar_text import one_line, text_value
from planner.outputs.timezone import ZONE, london_zone, whole_second
from planner.rules.markings import Marked, together

REFRESHED_EVERY = timedelta(hours=1)
_OURS = UUID("6f2a1e0c-3f0b-4b7e-9d55-7b1c5a0d2f41")


def calendar_file(entries: Iterable[Entry], *, name: CalendarName, made_by: str, made_at: datetime) -> bytes:
    """Return a file to download: events, a task for each deadline, and when it was made.

    Who made it stands in the record alone: a post's name tells its force, its agency or a place.
    """
    given = tuple(entries)
    kept = standing(given, now=made_at)
    uid = str(uuid5(_OURS, f"{one_line(name)}\n{one_line(made_by)}"))
    calendar = _heading(uid, name, _marked(kept))
    calendar.add("last-modified", _last_change(given, made_at, otherwise=made_at))
    calendar.add("x-planner-made-at", text_value(f"{made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"))
    tasks = [task(entry) for entry in kept if isinstance(entry, DeadlineEntry)]
    return _written(calendar, [*(event(entry) for entry in kept), *tasks])


def calendar_feed(
    entries: Iterable[Entry], *, uid: str, name: CalendarName, opened_at: datetime, now: datetime
) -> bytes:
    """Return a feed's body, the same bytes until an entry changes, so that its digest can serve as an ETag.

    The uid is the feed's own, stored and random; who fetched it, and when, stands in the record.
    """
    given = tuple(entries)
    kept = standing(given, now=now)
    calendar = _heading(uid, name, _marked(kept))
    calendar.add("last-modified", _last_change(given, now, otherwise=opened_at))
    return _written(calendar, [event(entry) for entry in kept])


def _marked(entries: Iterable[Entry]) -> Marked:
    return together(entry.marked for entry in entries)


def _heading(uid: str, name: CalendarName, marked: Marked) -> Calendar:
    calendar = Calendar()
    for key, value in _labels(uid, name, marked.words).items():
        calendar.add(key, text_value(value))
    calendar.add("refresh-interval", REFRESHED_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vText("PT1H"))
    return calendar


def _labels(uid: str, name: CalendarName, marking: str) -> dict[str, str]:
    return {
        "prodid": "-//Planner//Calendar 1//EN",
        "version": "2.0",
        "calscale": "GREGORIAN",
        "method": "PUBLISH",
        "uid": uid,
        "name": name,
        "x-wr-calname": name,
        "description": marking,
        "x-wr-caldesc": marking,
        "color": "steelblue",
        "x-wr-timezone": ZONE,
        "x-planner-marking": marking,
    }


def _last_change(entries: Sequence[Entry], now: datetime, *, otherwise: datetime) -> datetime:
    """Those that left count with the instant at which they did: by time alone it never goes back."""
    return whole_second(last_change(entries, now=now) or otherwise, UTC)


def _written(calendar: Calendar, components: Iterable[Component]) -> bytes:
    calendar.add_component(london_zone())
    for component in components:
        calendar.add_component(component)
    body: bytes = calendar.to_ical()
    return body
