"""Each kind of entry shows exactly what its row of the table allows, line by line."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from planner.outputs.calendar import calendar_feed
from planner.outputs.calendar_entries import CalendarName, Entry, busy_only
from planner.rules.markings import Marked
from planner.rules.words import Marking
from tests.outputs.entries import (
    CHANGED,
    NOW,
    a_care_booking,
    a_conference,
    a_deadline,
    a_file,
    a_phase,
    an_action,
)

ORGANIZER = 'ORGANIZER;CN="East cell":mailto:east.cell@police.example'
URL = "URL:https://plan.example/action?action=12"
STAMPS = {"DTSTAMP:20261120T140500Z", "LAST-MODIFIED:20261120T140500Z", "SEQUENCE:3"}
DAWN_TO_NINE = {"DTSTART;TZID=Europe/London:20261126T060000", "DTEND;TZID=Europe/London:20261126T090000"}
TAKEN = {"TRANSP:OPAQUE", "X-MICROSOFT-CDO-BUSYSTATUS:BUSY"}
FREE = {"TRANSP:TRANSPARENT", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"}
STANDS = STAMPS | {ORGANIZER, "STATUS:CONFIRMED"}


def component(body: bytes, kind: str = "VEVENT") -> set[str]:
    """The unfolded lines of the only component of a kind, its alarm's among them."""
    text = body.decode().replace("\r\n ", "")
    assert text.count(f"BEGIN:{kind}\r\n") == 1
    inside = text.split(f"BEGIN:{kind}\r\n")[1].split(f"END:{kind}\r\n")[0]
    return set(inside.splitlines())


def an_alarm(title: str, before: str) -> set[str]:
    return {"BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{title}", f"TRIGGER:-{before}", "END:VALARM"}


def test_an_action_shows_a_neutral_number_and_no_place() -> None:
    shown = component(a_file(an_action()))

    own = {"UID:action-uid", "SUMMARY:Planned action 2/5", "CATEGORIES:Planned action", "CLASS:PRIVATE", URL}
    assert shown == STANDS | DAWN_TO_NINE | TAKEN | own


def test_an_action_rings_only_when_the_person_chose_so() -> None:
    silent = component(a_file(an_action()))

    ringing = component(a_file(an_action(alarm_minutes=60)))

    assert ringing - silent == an_alarm("Planned action 2/5", "PT1H")


def test_a_case_conference_shows_its_room_and_rings_half_an_hour_before() -> None:
    shown = component(a_file(a_conference()))

    own = {"UID:conference-uid", "SUMMARY:Case conference", "CATEGORIES:Case conference", "CLASS:PRIVATE", URL}
    alarm = an_alarm("Case conference", "PT30M")
    assert shown == STANDS | DAWN_TO_NINE | TAKEN | own | alarm | {"LOCATION:Room 4"}


def test_a_case_conference_carries_its_join_link_where_there_is_one() -> None:
    without = component(a_file(a_conference()))

    joined = component(a_file(a_conference(join_url="https://meet.example/room/9")))

    link = 'CONFERENCE;LABEL="Join, with sign-in";VALUE=URI:https://meet.example/room/9'
    assert joined - without == {link}


def test_a_phase_lasts_whole_days_and_ends_the_day_after_its_last() -> None:
    shown = component(a_file(a_phase()))

    days = {"DTSTART;VALUE=DATE:20261102", "DTEND;VALUE=DATE:20261201"}
    own = {"UID:phase-uid", "SUMMARY:Phase 2", "CATEGORIES:Phase", "CLASS:PRIVATE", URL}
    assert shown == STANDS | FREE | days | own


def test_a_care_booking_says_busy_and_nothing_else() -> None:
    shown = component(a_file(a_care_booking()))

    own = {"UID:care-uid", "SUMMARY:Busy", "CLASS:CONFIDENTIAL"}
    assert shown == STANDS | DAWN_TO_NINE | TAKEN | own


def test_a_deadline_is_a_day_that_rings_the_day_before_and_a_task_in_the_download() -> None:
    body = a_file(a_deadline())

    shared = STAMPS | {ORGANIZER, URL, "SUMMARY:Due: confirm roles", "CATEGORIES:Deadline", "CLASS:PRIVATE"}
    related = {"RELATED-TO:action-uid"}
    days = {"DTSTART;VALUE=DATE:20261125", "DTEND;VALUE=DATE:20261126", "STATUS:CONFIRMED", "UID:deadline-uid"}
    alarm = an_alarm("Due: confirm roles", "P1D")
    assert component(body) == shared | related | days | FREE | alarm
    task = {"DUE;VALUE=DATE:20261125", "STATUS:NEEDS-ACTION", "UID:deadline-uid-task"}
    assert component(body, "VTODO") == shared | related | task


def test_a_feed_has_the_deadline_as_an_event_alone() -> None:
    body = a_feed(a_deadline())

    assert b"BEGIN:VTODO" not in body
    assert component(body) == component(a_file(a_deadline()))


@pytest.mark.parametrize("entry", [an_action(), a_conference(), a_phase(), a_deadline(), a_care_booking()])
def test_no_entry_names_an_attendee(entry: Entry) -> None:
    for part in Calendar.from_ical(a_file(entry)).walk():
        assert "ATTENDEE" not in part


def test_outside_the_lead_agency_an_entry_is_taken_time_alone() -> None:
    given = [an_action(alarm_minutes=60), a_conference(join_url="https://meet.example/9"), a_phase(), a_deadline()]

    told = busy_only(given)

    assert [entry.uid for entry in told] == ["action-uid", "conference-uid"]
    expected = component(a_file(a_care_booking(uid="conference-uid")))
    assert component(a_file(told[1])) == expected


def test_the_heading_of_a_download_carries_the_marking_who_and_when() -> None:
    body = a_file(an_action(marked=Marked(Marking.OFFICIAL_SENSITIVE)), made_by="Silver, East")

    assert heading(body) == {
        "VERSION:2.0",
        "PRODID:-//Planner//Calendar 1//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "NAME:Planner: my entries",
        "X-WR-CALNAME:Planner: my entries",
        "UID:f4515ca2-0c71-5221-93af-100667cd7488",
        "LAST-MODIFIED:20261120T140500Z",
        "COLOR:steelblue",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "X-WR-TIMEZONE:Europe/London",
        "DESCRIPTION:OFFICIAL-SENSITIVE",
        "X-WR-CALDESC:OFFICIAL-SENSITIVE",
        "X-PLANNER-MARKING:OFFICIAL-SENSITIVE",
        "X-PLANNER-MADE-AT:2026-11-24T09:00:00Z",
    }


def test_a_feed_names_nobody_and_is_the_same_until_an_entry_changes() -> None:
    first = a_feed(an_action(), a_phase())
    later = a_feed(a_phase(), an_action(), now=NOW + timedelta(days=3))
    changed = a_feed(an_action(changed_at=CHANGED + timedelta(hours=1), sequence=4), a_phase())

    assert first == later
    assert changed != first
    assert not any("MADE-" in line for line in heading(first))


def a_feed(*entries: Entry, **changes: object) -> bytes:
    given = {"uid": "feed-uid", "name": CalendarName.MINE}
    times = {"opened_at": CHANGED, "now": NOW}
    return calendar_feed(entries, **(given | times | changes))


def heading(body: bytes) -> set[str]:
    return set(body.decode().split("BEGIN:VTIMEZONE")[0].splitlines()) - {"BEGIN:VCALENDAR"}
