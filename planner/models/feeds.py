"""Calendar feeds: a secret address for one person and one choice, of which only a digest is kept; where it is used."""

from datetime import date, datetime

from sqlmodel import CheckConstraint, Field

from planner.db import Table
from planner.models.columns import instant, key, link, maybe_instant


class Feed(Table, table=True):
    """One address, of one scope and choice (planner.rules.calendar_choice); `label` is its owner's own word for it."""

    id: int | None = key()
    person_id: int = link("person.id")
    scope: str = Field(max_length=20)
    name: str = Field(max_length=60)
    choice: str = Field(max_length=120)
    label: str = Field(max_length=60)
    reason: str
    token_hash: str = Field(unique=True, max_length=64)
    calendar_uid: str = Field(unique=True)
    made_at: datetime = instant()
    expires_on: date
    last_used_at: datetime | None = maybe_instant()
    revoked_at: datetime | None = maybe_instant()
    flagged_on: date | None = None


class FeedUse(Table, table=True):
    """How often a feed was fetched on a day from one place, and how often after its end.

    `place` is a keyed mark of a network, never an address.
    """

    __table_args__ = (CheckConstraint("fetches >= 0 AND refused >= 0", name="counted"),)
    feed_id: int = Field(foreign_key="feed.id", primary_key=True)
    day: date = Field(primary_key=True)
    place: str = Field(primary_key=True, max_length=16)
    fetches: int
    refused: int = 0
    last_at: datetime = instant()
