"""A reply to an invitation, out of a mail or a calendar file (RFC 5546, METHOD:REPLY); nothing in it is ever run.

Whatever comes in, a value comes out: a reply, or why there is none. Its size is looked at before anything is parsed;
rules of repetition are never expanded; parts that are messages of their own, as in a report of a mail server, are left
alone.
"""

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.message import Message
from email.utils import getaddresses
from typing import Any

from icalendar import Calendar

from planner.errors import InputError
from planner.rules.dates import occurrence_name
from planner.rules.invitation_words import InvitationAnswer, ReplyOutcome
from planner.rules.mailboxes import is_mailbox
from planner.rules.replies import LARGEST, Incoming, Reply

NO_ANSWER = "There is no answer to an invitation in it."
ANSWERS = {
    "ACCEPTED": InvitationAnswer.ACCEPTED,
    "TENTATIVE": InvitationAnswer.TENTATIVE,
    "DECLINED": InvitationAnswer.DECLINED,
}
MOST_PARTS = 200
# What the parsers of mail and of calendars raise for what they were not made for.
NOT_MADE_FOR = (ValueError, TypeError, LookupError, AttributeError, RecursionError, AssertionError, ArithmeticError)


class ForPerson(InputError):
    """It may be meant well, but a person must read it."""


def too_large(digest: str, size: int) -> Incoming:
    """What is larger than any reply is not read at all."""
    sentence = f"It has {size / 1024:,.0f} KiB; a reply has at most {LARGEST // 1024}. It was not read."
    return Incoming(digest, sentence=sentence)


def read_incoming(raw: bytes) -> Incoming:
    """A mail, or a calendar file as it is saved from one."""
    digest = hashlib.sha256(raw).hexdigest()
    if len(raw) > LARGEST:
        return too_large(digest, len(raw))
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:15].upper() == b"BEGIN:VCALENDAR":
        return _read(Incoming(digest, vouched=True), raw)
    try:
        message = message_from_bytes(raw)
        sender = _sender(message)
        calendars = list(dict.fromkeys(_calendars(message)))
    except NOT_MADE_FOR:
        return Incoming(digest, sentence="It is no mail that can be read.")
    came = Incoming(digest, sender)
    if not calendars:
        return came._replace(outcome=ReplyOutcome.FOR_A_PERSON, sentence=NO_ANSWER)
    if len(calendars) > 1:
        return came._replace(outcome=ReplyOutcome.FOR_A_PERSON, sentence="It holds more than one calendar.")
    return _read(came, calendars[0])


def _sender(message: Message) -> str:
    """The one mailbox of its From line; nothing where there are several, or none that is one."""
    lines = [str(line) for line in message.get_all("From", [])]
    found = {address.casefold() for _, address in getaddresses(lines)}
    sender = found.pop() if len(found) == 1 and len(lines) == 1 else ""
    return sender if is_mailbox(sender) else ""


def _calendars(message: Message) -> Iterator[bytes]:
    """The calendars of a message; those in messages that it carries are not its own."""
    waiting, seen = [message], 0
    while waiting and seen < MOST_PARTS:
        part, seen = waiting.pop(), seen + 1
        payload = part.get_payload()
        kind = part.get_content_type()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            waiting += [each for each in payload if isinstance(each, Message)]
        elif kind in ("text/calendar", "application/ics"):
            body = part.get_payload(decode=True)
            if isinstance(body, bytes):
                yield body.strip()


def _read(came: Incoming, body: bytes) -> Incoming:
    """The reply in a calendar, or why there is none."""
    uid = ""
    try:
        calendar = Calendar.from_ical(body.decode("utf-8", "replace"))
        events = calendar.walk("VEVENT")
        uid = str(events[0].get("UID", "")).strip() if len(events) == 1 else ""
        _refuse_method(str(calendar.get("METHOD", "")).upper())
        if len(events) != 1:
            raise InputError(f"It answers {len(events)} invitations at once; one is read at a time.")
        return came._replace(reply=_reply(events[0], uid), uid=uid)
    except ForPerson as held:
        return came._replace(outcome=ReplyOutcome.FOR_A_PERSON, sentence=str(held), uid=uid)
    except InputError as refusal:
        return came._replace(sentence=str(refusal), uid=uid)
    except NOT_MADE_FOR:
        return came._replace(sentence="Its calendar cannot be read.", uid=uid)


def _refuse_method(method: str) -> None:
    if method == "COUNTER":
        raise ForPerson("It proposes another time. Read it, and move the conference or answer by hand.")
    if method != "REPLY":
        said = method if method.isalpha() and len(method) < 20 else "none"
        raise InputError(f"It is no reply: its method is {said}.")


def _reply(event: Any, uid: str) -> Reply:
    attendee = _attendee(event)
    address = str(attendee).strip().casefold().removeprefix("mailto:")
    if not is_mailbox(address):
        raise ForPerson("Who answers in it has no mailbox.")
    return Reply(
        uid=uid,
        occurrence=_occurrence(event),
        sequence=_sequence(event),
        stamp=_stamp(event),
        attendee=address,
        said=_said(attendee),
        comment=" ".join(" ".join(map(str, _all(event, "COMMENT"))).split()),
    )


def _all(event: Any, name: str) -> list[Any]:
    found = event.get(name, [])
    return found if isinstance(found, list) else [found]


def _attendee(event: Any) -> Any:
    attendees = _all(event, "ATTENDEE")
    if len(attendees) != 1:
        raise ForPerson(f"It names {len(attendees)} who answer; a reply names one.")
    return attendees[0]


def _said(attendee: Any) -> InvitationAnswer:
    said = str(attendee.params.get("PARTSTAT", "")).upper()
    if said == "DELEGATED":
        raise ForPerson("It says that somebody else comes. Invite them, or name a deputy.")
    if said not in ANSWERS:
        raise InputError("It says neither yes nor no.")
    return ANSWERS[said]


def _sequence(event: Any) -> int:
    return int(event.get("SEQUENCE", 0))


def _stamp(event: Any) -> datetime:
    at = event.decoded("DTSTAMP", None)
    if not isinstance(at, datetime) or at.tzinfo is None:
        raise InputError("It does not say when it was written (DTSTAMP).")
    return at.astimezone(UTC)


def _occurrence(event: Any) -> str:
    """Which of a series it answers, in the form in which it was sent."""
    at = event.decoded("RECURRENCE-ID", None)
    if isinstance(at, datetime) and at.tzinfo is not None:
        return occurrence_name(at)
    return f"{at:%Y%m%d}" if isinstance(at, date) else ""
