"""An invitation to a case conference by mail (RFC 5545, 5546, 6047): one agency, one message, when and nothing else.

It names no action, no place and nobody but the agency that it is for: what the conference is about, and how to join,
stand behind the sign-in to which it leads. The calendar stands in it twice, with the same bytes: as the part that mail
programs answer, and as a file for those that do not know it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime

from icalendar import Calendar, vCalAddress, vText

from planner.outputs.calendar_components import event
from planner.outputs.calendar_entries import ConferenceEntry, Mailbox
from planner.outputs.calendar_text import common_name
from planner.outputs.timezone import london_zone
from planner.rules.dates import when_words
from planner.rules.invitation_words import MailMethod
from planner.rules.markings import Marked
from planner.rules.words import Marking

SUBJECTS = {MailMethod.REQUEST: "Case conference: an invitation", MailMethod.CANCEL: "Case conference: cancelled"}
SUBJECT_OF_AN_UPDATE = "Case conference: the invitation changed"
FILE_NAME = "invite.ics"


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """What one agency's calendar is told; `occurrence` is which of a series, by its first time.

    Without a mailbox nobody can be asked: it is an entry and no question (METHOD:PUBLISH).
    """

    uid: str
    sequence: int
    method: MailMethod
    starts_at: datetime
    ends_at: datetime
    written_at: datetime
    organizer: Mailbox
    invited: Mailbox | None
    url: str
    occurrence: datetime | None = None
    changed: bool = False


def invitation_calendar(invitation: Invitation) -> bytes:
    """The calendar with its one event and its one attendee."""
    calendar = Calendar()
    labels = {"prodid": "-//Planner//Calendar 1//EN", "version": "2.0", "calscale": "GREGORIAN"}
    method = invitation.method.name if invitation.invited else "PUBLISH"
    for key, value in {**labels, "method": method}.items():
        calendar.add(key, vText(value))
    calendar.add_component(london_zone())
    cancelled = invitation.method is MailMethod.CANCEL
    made = event(
        ConferenceEntry(
            uid=invitation.uid,
            sequence=invitation.sequence,
            changed_at=invitation.written_at,
            organizer=invitation.organizer,
            marked=Marked(Marking.OFFICIAL),
            url=invitation.url,
            cancelled_at=invitation.written_at if cancelled else None,
            starts_at=invitation.starts_at,
            ends_at=invitation.ends_at,
            instead_of=invitation.occurrence,
        )
    )
    if invitation.invited:
        made.add("attendee", _attendee(invitation.invited, asked=not cancelled))
    calendar.add_component(made)
    body: bytes = calendar.to_ical()
    return body


def _attendee(invited: Mailbox, *, asked: bool) -> vCalAddress:
    said = {
        "CN": common_name(invited.name),
        "CUTYPE": "INDIVIDUAL",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "NEEDS-ACTION",
        "RSVP": "TRUE" if asked else "FALSE",
    }
    return vCalAddress(f"mailto:{invited.address}", params=said)


def invitation_message(invitation: Invitation, *, key: str, at: datetime) -> EmailMessage:
    """The whole message, from the organiser's mailbox to the one that is invited; the same key, the same Message-ID."""
    if invitation.invited is None:
        raise ValueError("An invitation without a mailbox cannot be mailed.")
    calendar, sender = invitation_calendar(invitation), invitation.organizer.address
    message = EmailMessage()
    message["From"], message["To"] = sender, invitation.invited.address
    message["Subject"] = _subject(invitation)
    message["Date"] = format_datetime(at.astimezone(UTC))
    message["Message-ID"] = f"<{key}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_words(invitation))
    method = invitation.method.name
    said = {"charset": "utf-8", "method": method}
    message.add_alternative(calendar, maintype="text", subtype="calendar", params=said)
    message.add_attachment(calendar, maintype="application", subtype="ics", filename=FILE_NAME)
    return message


def _subject(invitation: Invitation) -> str:
    if invitation.method is MailMethod.REQUEST and invitation.changed:
        return SUBJECT_OF_AN_UPDATE
    return SUBJECTS[invitation.method]


def _words(invitation: Invitation) -> str:
    when = f"{when_words(invitation.starts_at, invitation.ends_at, year=True)}, United Kingdom time"
    if invitation.method is MailMethod.CANCEL:
        return f"Case conference\n{when}\n\nIt is cancelled for you: nobody waits for you there.\n{invitation.url}\n"
    return (
        f"Case conference\n{when}\n\nAnswer with the buttons of your mail program, or on the page below. "
        f"What it is about and how to join stand behind the sign-in.\n{invitation.url}\n"
    )
