"""What the national Gold asks of owning forces: a pause, and what each force's Gold answers in words."""

from datetime import datetime

from sqlmodel import CheckConstraint

from planner.db import Table
from planner.models.columns import instant, key, link, maybe_instant, maybe_link, request_key


class Pause(Table, table=True):
    """Go-aheads are not given while it stands, unless the owning force's Gold answers; no region means all."""

    __table_args__ = (CheckConstraint("until_at > from_at", name="ends_after_start"),)
    id: int | None = key()
    operation_id: int = link("operation.id")
    region: str | None = maybe_link("region.code", index=False)
    from_at: datetime = instant()
    until_at: datetime = instant()
    reason: str
    asked_by: int = link("person.id", index=False)
    asked_at: datetime = instant()
    ended_at: datetime | None = maybe_instant()
    ended_by: int | None = maybe_link("person.id", index=False)
    ended_reason: str | None = None
    request_key: str | None = request_key()


class PauseAnswer(Table, table=True):
    """A force's word on a pause; the last one counts, and none is ever changed."""

    id: int | None = key()
    pause_id: int = link("pause.id")
    force_id: int = link("agency.id", index=False)
    goes_on: bool
    text: str
    answered_by: int = link("person.id", index=False)
    answered_at: datetime = instant()
