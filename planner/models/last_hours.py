"""The last twelve hours before an action: calls to continue or hold; entries for immediate danger to life."""

from datetime import datetime

from sqlmodel import Field

from planner.db import Table, by_value
from planner.models.columns import instant, key, link, maybe_instant, maybe_link
from planner.rules.last_hours import Answer


class LastHoursCall(Table, table=True):
    """A gate fell while teams may be moving: the named contacts were called, and one of them answered."""

    id: int | None = key()
    action_id: int = link("action.id")
    sentence: str
    called_at: datetime = instant()
    answer: Answer | None = Field(default=None, sa_type=by_value(Answer))
    answered_at: datetime | None = maybe_instant()
    answered_by: int | None = maybe_link("person.id", index=False)


class DangerEntry(Table, table=True):
    """An entry for immediate danger to life: under which power, when, who wrote it down, why."""

    action_id: int = Field(foreign_key="action.id", primary_key=True)
    power: str = Field(max_length=120)
    entered_at: datetime = instant()
    reason: str
    typed_by: int = link("person.id", index=False)
    typed_at: datetime = instant()
