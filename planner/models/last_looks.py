"""When a person looked at a page last, so that it can say what changed since."""

from datetime import datetime

from sqlmodel import Field, UniqueConstraint

from planner.db import Table
from planner.models.columns import instant, key, link, maybe_link


class LastLook(Table, table=True):
    """A person's visit to a page, of one action or of all: up to where the record went, now and at the visit before."""

    __table_args__ = (UniqueConstraint("person_id", "page", "action_id"),)
    id: int | None = key()
    person_id: int = link("person.id", index=False)
    page: str = Field(max_length=40)
    action_id: int | None = maybe_link("action.id")
    began_at: datetime = instant()
    line: int
    line_before: int | None = None
