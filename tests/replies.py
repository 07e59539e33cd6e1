"""Replies to invitations as mail programs write them."""

from email.message import EmailMessage
from typing import Any

HEALTH = "duty@health.example.org"
FIELDS = {
    "method": "REPLY",
    "uid": "uid-1",
    "sequence": 0,
    "stamp": "20261124T100000Z",
    "attendee": HEALTH,
    "said": "ACCEPTED",
    "organizer": "ORGANIZER:mailto:threshold@example.org",
    "more": "",
}
CALENDAR = """BEGIN:VCALENDAR
PRODID:-//A mail program//EN
VERSION:2.0
METHOD:{method}
BEGIN:VEVENT
UID:{uid}
SEQUENCE:{sequence}
DTSTAMP:{stamp}
DTSTART:20261124T130000Z
ATTENDEE;PARTSTAT={said}:mailto:{attendee}
{organizer}
{more}
END:VEVENT
END:VCALENDAR
"""


def a_reply(**changes: Any) -> bytes:
    """A calendar with honest defaults; `more` is further lines, `organizer` empty as Outlook leaves it."""
    lines = CALENDAR.format(**(FIELDS | changes)).splitlines()
    return "\r\n".join(line for line in lines if line).encode() + b"\r\n"


def a_letter(sender: str = HEALTH, *, calendar: bytes | None = None, **changes: Any) -> bytes:
    """The same as a mail from somebody."""
    message = EmailMessage()
    message["From"], message["To"] = sender, "threshold@example.org"
    message["Subject"] = "Accepted: Case conference"
    message.set_content("I come.\n")
    body = a_reply(**changes) if calendar is None else calendar
    params = {"charset": "utf-8", "method": "REPLY"}
    message.add_alternative(body, maintype="text", subtype="calendar", params=params)
    return message.as_bytes()
