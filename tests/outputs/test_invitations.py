"""Invitation, update and cancellation as three programs read them: one UID, a SEQUENCE that grows, one attendee."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from icalendar import Calendar

from planner.outputs.calendar_entries import Mailbox
from planner.outputs.invitations import Invitation, invitation_calendar, invitation_message
from planner.rules.invitation_words import MailMethod
from tests.outputs.conftest import Read
from tests.outputs.libical import Event, read_by_libical

WRITTEN = datetime(2026, 11, 20, 14, 5, tzinfo=UTC)
STARTS = datetime(2026, 11, 26, 14, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
STEPS = [
    (0, MailMethod.REQUEST, STARTS),
    (1, MailMethod.REQUEST, datetime(2026, 7, 6, 13, 0, tzinfo=UTC)),  # 14:00 in London, then summer
    (2, MailMethod.CANCEL, STARTS),
]


def an_invitation(**changes: Any) -> Invitation:
    given: dict[str, Any] = {
        "uid": "f81d4fae-7dec",
        "sequence": 0,
        "method": MailMethod.REQUEST,
        "starts_at": STARTS,
        "ends_at": changes.get("starts_at", STARTS) + HOUR,
        "written_at": WRITTEN,
        "organizer": Mailbox(name="Planner", address="threshold@example.org"),
        "invited": Mailbox(name="Health, East", address="duty@health.example.org"),
        "url": "https://plan.example/my_part",
    }
    return Invitation(**(given | changes))


def three_steps() -> list[bytes]:
    return [
        invitation_calendar(an_invitation(sequence=sequence, method=method, starts_at=starts_at))
        for sequence, method, starts_at in STEPS
    ]


@pytest.mark.libical
def test_libical_reads_each_step_without_an_error_and_finds_the_rules_of_itip_kept() -> None:
    read = [read_by_libical(body) for body in three_steps()]

    assert read == [
        Event(
            method.name,
            "f81d4fae-7dec",
            sequence,
            "CANCELLED" if method is MailMethod.CANCEL else "CONFIRMED",
            starts_at,
            starts_at + HOUR,
            ("mailto:duty@health.example.org",),
            errors=0,
            keeps_rules=True,
        )
        for sequence, method, starts_at in STEPS
    ]


@pytest.mark.node
def test_ical_js_reads_the_same(ical_js: Read) -> None:
    read = [ical_js(body) for body in three_steps()]

    shown = [(each["method"], *_facts(each["events"])) for each in read]
    assert shown == [
        (
            method.name,
            "f81d4fae-7dec",
            sequence,
            "CANCELLED" if method is MailMethod.CANCEL else "CONFIRMED",
            starts_at.timestamp() * 1000,
            ["mailto:duty@health.example.org"],
        )
        for sequence, method, starts_at in STEPS
    ]


def _facts(events: list[dict[str, Any]]) -> list[Any]:
    (event,) = events
    return [event[name] for name in ("uid", "sequence", "status", "starts", "attendees")]


def test_icalendar_reads_whom_it_asks_and_how() -> None:
    (event,) = Calendar.from_ical(three_steps()[0]).walk("VEVENT")

    asked = event["ATTENDEE"]
    assert dict(asked.params) == {
        "CN": "Health East",
        "CUTYPE": "INDIVIDUAL",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "NEEDS-ACTION",
        "RSVP": "TRUE",
    }
    assert str(event["ORGANIZER"]) == "mailto:threshold@example.org"
    assert (str(event["SUMMARY"]), event.get("LOCATION"), event.get("DESCRIPTION")) == ("Case conference", None, None)


def test_the_zone_is_the_fixed_one_and_one_of_a_series_is_named() -> None:
    body = invitation_calendar(an_invitation(occurrence=datetime(2026, 7, 6, 13, 0, tzinfo=UTC))).decode()

    assert "RDATE" not in body
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in body
    assert "RECURRENCE-ID;TZID=Europe/London:20260706T140000" in body


def test_the_message_has_the_parts_that_mail_programs_look_for() -> None:
    invitation = an_invitation()
    made = invitation_message(invitation, key="k1", at=WRITTEN)

    message: Any = message_from_bytes(made.as_bytes(), policy=policy.default)

    alternative, attached = message.iter_parts()
    plain, calendar = alternative.iter_parts()
    kinds = [part.get_content_type() for part in (message, alternative, plain, calendar, attached)]
    assert kinds == [
        *("multipart/mixed", "multipart/alternative"),
        *("text/plain", "text/calendar", "application/ics"),
    ]
    assert (calendar.get_param("method"), calendar.get_content_charset()) == ("REQUEST", "utf-8")
    assert attached.get_filename() == "invite.ics"
    bodies = {calendar.get_payload(decode=True), attached.get_payload(decode=True)}
    assert bodies == {invitation_calendar(invitation)}
    assert (message["From"], message["To"]) == ("threshold@example.org", "duty@health.example.org")
    assert message["Message-ID"] == "<k1@example.org>"


def test_the_words_of_a_message_say_when_and_where_to_answer_and_nothing_of_what() -> None:
    plain: Any = invitation_message(an_invitation(), key="k1", at=WRITTEN).get_body(("plain",))

    assert plain.get_content().splitlines() == [
        "Case conference",
        "Thu 26 November 2026, 14:00 to 15:00, United Kingdom time",
        "",
        "Answer with the buttons of your mail program, or on the page below. What it is about and how to join stand "
        "behind the sign-in.",
        "https://plan.example/my_part",
    ]
