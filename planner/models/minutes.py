"""What is minuted: lines as they were typed, dissent in an agency's own words, minutes as they were issued."""

from datetime import datetime

from sqlmodel import Field, UniqueConstraint

from planner.db import Table
from planner.models.columns import instant, key, link, maybe_instant, maybe_link, request_key


class ConferenceTemplate(Table, table=True):
    """An operation's own agenda and confidentiality statement; each conference keeps a copy of what it was given."""

    operation_id: int = Field(foreign_key="operation.id", primary_key=True)
    agenda: str
    confidentiality: str
    changed_at: datetime = instant()
    changed_by: int | None = maybe_link("person.id", index=False)
    version: int = 1


class MinuteLine(Table, table=True):
    """One line, under an item of the agenda (from 1), about one action or about all; it is never changed.

    A correction is a line of its own that takes the place of another; an empty one strikes it out.
    """

    id: int | None = key()
    conference_id: int = link("conference.id")
    item: int
    action_id: int | None = maybe_link("action.id", index=False)
    text: str
    typed_at: datetime = instant()
    typed_by: int = link("person.id", index=False)
    instead_of: int | None = maybe_link("minuteline.id", index=False)
    request_key: str | None = request_key()


class Dissent(Table, table=True):
    """What an agency does not agree with, in its own words; an old one may not say whose it was."""

    id: int | None = key()
    conference_id: int = link("conference.id")
    action_id: int = link("action.id", index=False)
    agency_id: int | None = maybe_link("agency.id", index=False)
    text: str
    typed_at: datetime = instant()
    typed_by: int | None = maybe_link("person.id", index=False)


class MinutesIssue(Table, table=True):
    """Minutes as they went out, numbered from 1 within their conference; `content` is JSON that is never changed."""

    __table_args__ = (UniqueConstraint("conference_id", "number"),)
    id: int | None = key()
    conference_id: int = link("conference.id", index=False)
    number: int
    content: str
    note: str = ""
    issued_at: datetime = instant()
    issued_by: int = link("person.id", index=False)


class MinutesCopy(Table, table=True):
    """One agency's copy of minutes that went out, and when somebody of it took receipt."""

    __table_args__ = (UniqueConstraint("issue_id", "agency_id"),)
    id: int | None = key()
    issue_id: int = link("minutesissue.id", index=False)
    agency_id: int = link("agency.id")
    received_at: datetime | None = maybe_instant()
    received_by: int | None = maybe_link("person.id", index=False)


class StrategyDiscussion(Table, table=True):
    """About an identified child: when, who convenes it, and that it was held. Nothing of it is ever minuted here."""

    id: int | None = key()
    action_id: int = link("action.id")
    agency_id: int = link("agency.id", index=False)
    starts_at: datetime = instant()
    held_at: datetime | None = maybe_instant()
    noted_by: int | None = maybe_link("person.id", index=False)
    request_key: str | None = request_key()
