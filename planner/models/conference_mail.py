"""Case conferences by mail: what each invited agency's calendar is to be told, and what came back."""

from datetime import datetime

from sqlmodel import Field, UniqueConstraint

from planner.db import Table, UtcDateTime, by_value
from planner.models.columns import instant, key, link, maybe_instant, maybe_link
from planner.rules.invitation_words import MailMethod, ReplyOutcome


class ConferenceMail(Table, table=True):
    """One invitation or cancellation for one agency, written with the change that it tells of.

    `occurrence` says which of a series it is about, in a calendar's own form, and is empty for a single conference.
    `mail_at` is when it is next due: later while somebody is handing it over, nothing once it was sent, replaced by a
    later one, or too late. `message_key` marks the same letter sent again.
    """

    __table_args__ = (UniqueConstraint("calendar_uid", "occurrence", "sequence", "agency_id", "method"),)
    id: int | None = key()
    conference_id: int = link("conference.id")
    agency_id: int = link("agency.id")
    calendar_uid: str
    occurrence: str = Field(default="", max_length=20)
    sequence: int
    method: MailMethod = Field(sa_type=by_value(MailMethod))
    starts_at: datetime = instant()
    ends_at: datetime = instant()
    written_at: datetime = instant()
    message_key: str = Field(unique=True, max_length=64)
    mail_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    mail_trouble: str | None = None
    mailed_at: datetime | None = maybe_instant()
    mailed_to: str | None = None
    replaced_at: datetime | None = maybe_instant()


class ConferenceReply(Table, table=True):
    """A reply that came, told from a second copy by its digest: from whom, and what became of it, never its words."""

    id: int | None = key()
    digest: str = Field(unique=True, max_length=64)
    came_at: datetime = instant()
    sender: str
    outcome: ReplyOutcome = Field(sa_type=by_value(ReplyOutcome))
    sentence: str
    conference_id: int | None = maybe_link("conference.id")
    agency_id: int | None = maybe_link("agency.id", index=False)
    seen_at: datetime | None = maybe_instant()
    seen_by: int | None = maybe_link("person.id", index=False)
