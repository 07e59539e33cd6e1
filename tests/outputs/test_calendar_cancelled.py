"""A cancelled entry says so for 14 days, then leaves without a ghost."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from planner.outputs.calendar import calendar_feed
from planner.outputs.calendar_entries import CalendarName, ConferenceEntry, Entry, Frequency, Repeats
from tests.outputs.entries import CHANGED, NOW, a_conference, a_deadline, a_file, an_action

JUST_KEPT = NOW - timedelta(days=14) + timedelta(seconds=1)
GONE = NOW - timedelta(days=14)
FIRST = datetime(2026, 11, 2, 10, tzinfo=UTC)
SECOND = FIRST + timedelta(days=7)


def shown(*entries: Entry) -> list[tuple[str, str, str, str]]:
    found = Calendar.from_ical(a_file(*entries)).walk("VEVENT")
    return [(str(e["UID"]), str(e["STATUS"]), str(e["TRANSP"]), str(e["SEQUENCE"])) for e in found]


def test_a_cancelled_entry_is_marked_so_and_frees_the_time() -> None:
    standing = an_action(sequence=3)
    cancelled = an_action(sequence=4, cancelled_at=NOW)

    assert shown(standing) == [("action-uid", "CONFIRMED", "OPAQUE", "3")]
    assert shown(cancelled) == [("action-uid", "CANCELLED", "TRANSPARENT", "4")]


def test_a_cancelled_entry_stays_fourteen_days_and_then_is_gone() -> None:
    assert shown(an_action(cancelled_at=JUST_KEPT)) == [("action-uid", "CANCELLED", "TRANSPARENT", "3")]
    assert shown(an_action(cancelled_at=GONE)) == []


def test_a_cancelled_entry_no_longer_rings() -> None:
    ringing = an_action(alarm_minutes=30)
    silent = an_action(alarm_minutes=30, cancelled_at=NOW)

    assert b"VALARM" in a_file(ringing)
    assert b"VALARM" not in a_file(silent)


def test_a_cancelled_deadline_cancels_its_task_too() -> None:
    body = a_file(a_deadline(cancelled_at=NOW))

    statuses = {part.name: str(part["STATUS"]) for part in Calendar.from_ical(body).walk() if "STATUS" in part}
    assert statuses == {"VEVENT": "CANCELLED", "VTODO": "CANCELLED"}


def test_a_cancelled_occurrence_is_named_by_its_place_in_the_series() -> None:
    body = a_file(a_series(), the_second(cancelled_at=JUST_KEPT)).decode()

    assert body.count("RECURRENCE-ID;TZID=Europe/London:20261109T100000") == 1
    assert "EXDATE" not in body


def test_an_occurrence_that_has_left_does_not_come_back_with_its_series() -> None:
    body = a_file(a_series(), the_second(cancelled_at=GONE)).decode()

    assert "RECURRENCE-ID" not in body
    assert "EXDATE;TZID=Europe/London:20261109T100000" in body


def test_a_cancelled_action_has_no_number() -> None:
    body = a_file(an_action(number=None, cancelled_at=NOW), an_action(uid="other", number=1, of=1))

    assert [str(part["SUMMARY"]) for part in Calendar.from_ical(body).events] == [
        "Planned action",
        "Planned action 1/1",
    ]


@pytest.mark.parametrize("edited_after", [0, 13])
def test_a_calendars_last_change_never_goes_back_by_time_alone(edited_after: int) -> None:
    """The newest change is that of a cancelled one; once it has left, that it did is newer still."""
    edited_at, left_at = NOW + timedelta(days=edited_after), NOW + timedelta(days=14)
    entries = an_action(), an_action(uid="cancelled", number=None, changed_at=edited_at, cancelled_at=NOW)
    said = []
    for days in (13, 14, 400):
        at = NOW + timedelta(days=days)
        feed = calendar_feed(entries, uid="u", name=CalendarName.MINE, opened_at=CHANGED, now=at)
        said.append([Calendar.from_ical(body)["LAST-MODIFIED"].dt for body in (a_file(*entries, made_at=at), feed)])

    assert said == [[edited_at] * 2, [left_at] * 2, [left_at] * 2]


def test_a_calendar_whose_only_entry_has_left_says_when_it_did() -> None:
    body = a_file(an_action(number=None, cancelled_at=NOW - timedelta(days=20)))

    assert Calendar.from_ical(body)["LAST-MODIFIED"].dt == NOW - timedelta(days=6)


def test_the_empty_calendar_is_still_a_calendar() -> None:
    calendar = Calendar.from_ical(a_file())

    assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE"]
    assert calendar["LAST-MODIFIED"].dt == NOW


def a_series() -> ConferenceEntry:
    until = FIRST + timedelta(days=21)
    return a_conference(
        starts_at=FIRST,
        ends_at=FIRST + timedelta(hours=1),
        repeats=Repeats(frequency=Frequency.WEEKLY, until=until),
    )


def the_second(**changes: object) -> ConferenceEntry:
    later = SECOND + timedelta(hours=3)
    return a_conference(starts_at=later, ends_at=later + timedelta(hours=1), instead_of=SECOND, **changes)
