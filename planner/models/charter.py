"""The partnership charter of an operation: versions, what each agency does in which workstream, who has agreed."""

from datetime import datetime

from sqlmodel import CheckConstraint, Field, UniqueConstraint

from planner.db import Table, by_value
from planner.models.columns import instant, key, link, maybe_instant, maybe_link
from planner.rules.role_words import Workstream
from planner.rules.words import PhaseKind


class Charter(Table, table=True):
    """One version: a draft until it is issued, then never changed. `changes` counts what was done to the draft."""

    __table_args__ = (UniqueConstraint("operation_id", "number"), CheckConstraint("number > 0", name="numbered"))
    id: int | None = key()
    operation_id: int = link("operation.id", index=False)
    number: int
    drafted_by: int | None = maybe_link("person.id", index=False)
    drafted_at: datetime = instant()
    issued_by: int | None = maybe_link("person.id", index=False)
    issued_at: datetime | None = maybe_instant()
    changes: int = 0


class CharterLine(Table, table=True):
    """What one agency does in a workstream, one sentence a line; without a phase it counts for all of them."""

    id: int | None = key()
    charter_id: int = link("charter.id")
    workstream: Workstream = Field(sa_type=by_value(Workstream))
    phase: PhaseKind | None = Field(default=None, sa_type=by_value(PhaseKind))
    agency_id: int = link("agency.id")
    leads: bool = False
    responsibilities: str


class CharterObjection(Table, table=True):
    """Why an agency will not do what a version says of it, until it agrees or the next version is issued."""

    charter_id: int = Field(foreign_key="charter.id", primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", primary_key=True, index=True)
    person_id: int = link("person.id", index=False)
    at: datetime = instant()
    reason: str


class CharterAcknowledgement(Table, table=True):
    """That an agency will do what a version says of it: who said so, and when."""

    charter_id: int = Field(foreign_key="charter.id", primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", primary_key=True, index=True)
    person_id: int = link("person.id", index=False)
    at: datetime = instant()
