"""Calendar entries with honest defaults; a test shows only what matters to it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from planner.outputs.calendar import calendar_file
from planner.outputs.calendar_entries import (
    ActionEntry,
    BusyEntry,
    CalendarName,
    ConferenceEntry,
    DeadlineEntry,
    Due,
    Entry,
    Mailbox,
    PhaseEntry,
)
from planner.rules.markings import Marked
from planner.rules.words import Marking

CHANGED = datetime(2026, 11, 20, 14, 5, tzinfo=UTC)
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DAWN = datetime(2026, 11, 26, 6, 0, tzinfo=UTC)
CELL = Mailbox(name="East cell", address="east.cell@police.example")
OFFICIAL = Marked(Marking.OFFICIAL)
PAGE = "https://plan.example/action?action=12"


def a_file(*entries: Entry, **changes: Any) -> bytes:
    given: dict[str, Any] = {
        "name": CalendarName.MINE,
        "made_by": "Silver, East",
        "made_at": NOW,
    }
    return calendar_file(entries, **(given | changes))


def an_action(**changes: Any) -> ActionEntry:
    return ActionEntry(**(_timed("action-uid") | {"number": 2, "of": 5} | changes))


def a_conference(**changes: Any) -> ConferenceEntry:
    return ConferenceEntry(**(_timed("conference-uid") | {"room": "Room 4"} | changes))


def a_care_booking(**changes: Any) -> BusyEntry:
    return BusyEntry(**(_timed("care-uid") | changes))


def a_phase(**changes: Any) -> PhaseEntry:
    days = {"number": 2, "first_on": date(2026, 11, 2), "last_on": date(2026, 11, 30)}
    return PhaseEntry(**(_common("phase-uid") | days | changes))


def a_deadline(**changes: Any) -> DeadlineEntry:
    due = {"due_on": date(2026, 11, 25), "what": Due.CONFIRM_ROLES, "action_uid": "action-uid"}
    return DeadlineEntry(**(_common("deadline-uid") | due | changes))


def _common(uid: str) -> dict[str, Any]:
    return {"uid": uid, "sequence": 3, "changed_at": CHANGED, "organizer": CELL, "marked": OFFICIAL, "url": PAGE}


def _timed(uid: str) -> dict[str, Any]:
    return _common(uid) | {"starts_at": DAWN, "ends_at": DAWN + timedelta(hours=3)}
