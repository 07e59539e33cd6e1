"""Law and practice as dated data: editable rows with source and date, never a rule in code."""

from datetime import date, datetime

from sqlmodel import Field, UniqueConstraint

from planner.db import Table, by_value
from planner.models.columns import key, maybe_instant, maybe_link
from planner.rules.words import Nation


class SupportPeriod(Table, table=True):
    id: int | None = key()
    nation: Nation | None = Field(default=None, sa_type=by_value(Nation), index=True)
    period: str
    days: int
    starts: str
    valid_from: date | None = None
    valid_to: date | None = None
    basis: str
    source: str
    source_date: str


class WarrantRule(Table, table=True):
    """How long a search warrant lives; `months` is empty where the user must enter the expiry."""

    nation: Nation = Field(primary_key=True, sa_type=by_value(Nation))
    months: int | None = None
    rule: str
    confidence: str
    source: str
    source_date: str


class BankHoliday(Table, table=True):
    nation: Nation = Field(primary_key=True, sa_type=by_value(Nation))
    day: date = Field(primary_key=True)
    title: str
    source: str
    source_date: str


class CatalogueRole(Table, table=True):
    """A post that an action may need, with its responsibilities, one sentence a line.

    `concerns` is what of an action it is answered on, beside the time; where nothing is said, everything. A post is
    never changed: the next version takes its place, with who made it and why; one that is retired says since when.
    """

    __table_args__ = (UniqueConstraint("code", "version"),)
    id: int | None = key()
    code: str = Field(max_length=60, index=True)
    version: int = 1
    title: str
    responsibilities: str
    agency_kinds: str
    action_kinds: str = ""
    nations: str = ""
    required: bool = False
    on_entry: bool = False
    needed: int = 1
    needs_training: bool = False
    answer_hours: int = 24
    source: str = ""
    source_date: str = ""
    concerns: str | None = None
    reason: str | None = None
    made_by: int | None = maybe_link("person.id", index=False)
    made_at: datetime | None = maybe_instant()
    retired_at: datetime | None = maybe_instant()


class Figure(Table, table=True):
    """A published figure; figures that disagree stay separate rows."""

    id: int | None = key()
    operation: str
    measure: str
    value: float
    definition: str = ""
    claimed_or_verified: str = ""
    status: str = ""
    source: str
    source_date: str
