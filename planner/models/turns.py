"""Who holds command, from when to when, and who gives the go-ahead on call in place of the commander."""

from datetime import datetime

from sqlmodel import CheckConstraint, Field

from planner.db import Table, by_value
from planner.models.columns import instant, key, link, maybe_instant, maybe_link, request_key
from planner.rules.command import CommandPost


class Delegation(Table, table=True):
    """A commander lets somebody give go-aheads for a while: it counts once accepted, and until it is ended.

    `region` is empty where it is for all actions of the force in the operation.
    """

    __table_args__ = (CheckConstraint("to_at > from_at", name="ends_after_start"),)
    id: int | None = key()
    operation_id: int = link("operation.id", index=False)
    force_id: int = link("agency.id", index=False)
    region: str | None = maybe_link("region.code", index=False)
    giver_id: int = link("person.id", index=False)
    delegate_id: int = link("person.id")
    from_at: datetime = instant()
    to_at: datetime = instant()
    reason: str
    offered_at: datetime = instant()
    accepted_at: datetime | None = maybe_instant()
    ended_at: datetime | None = maybe_instant()
    ended_by: int | None = maybe_link("person.id", index=False)
    request_key: str | None = request_key()


class CommandTurn(Table, table=True):
    """Somebody's turn in a command post of a force; one that is handed over counts once it is accepted."""

    __table_args__ = (CheckConstraint("to_at > from_at", name="ends_after_start"),)
    id: int | None = key()
    operation_id: int = link("operation.id", index=False)
    force_id: int = link("agency.id")
    post: CommandPost = Field(sa_type=by_value(CommandPost))
    person_id: int = link("person.id")
    from_at: datetime = instant()
    to_at: datetime = instant()
    handed_from: int | None = maybe_link("commandturn.id", index=False)
    proposed_by: int = link("person.id", index=False)
    proposed_at: datetime = instant()
    accepted_at: datetime | None = maybe_instant()
    withdrawn_at: datetime | None = maybe_instant()
    request_key: str | None = request_key()
