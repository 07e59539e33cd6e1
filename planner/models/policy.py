"""Gate policy: versioned data by operation, nation and force; a force may tighten, never loosen."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import CheckConstraint, Field

from planner.db import Table, by_value
from planner.models.columns import instant, key, link, maybe_link, words
from planner.rules.words import Nation


class Policy(Table, table=True):
    """One version; another is another row, and none is ever changed.

    `conference_lead_days` are working days of the action's nation; an emergency keeps its own hours instead.

    `conference_material` are words of planner.rules.decided.Material, split by a space: what else voids a decision.
    """

    __table_args__ = (
        CheckConstraint("nights > 0", name="some_nights"),
        CheckConstraint("conference_lead_days BETWEEN 0 AND 10", name="some_lead_days"),
    )
    id: int | None = key()
    operation_id: int = link("operation.id")
    nation: Nation | None = Field(default=None, sa_type=by_value(Nation))
    force_id: int | None = maybe_link("agency.id")
    version: int = 1
    nights: int = 3
    whole_stay: bool = False
    onward_route: bool = Field(default=True, sa_column_kwargs={"server_default": sa.true()})
    plan_to_high: bool = Field(default=True, sa_column_kwargs={"server_default": sa.true()})
    blocks: str
    quorum: int = 3
    conference_lead_hours: int = 12
    conference_lead_days: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    conference_emergency_hours: int = Field(default=2, sa_column_kwargs={"server_default": "2"})
    conference_material: str = words()
    margin_hours: int = 6
    clash_check_hours: int = 24
    reason: str
    set_by: int | None = maybe_link("person.id", index=False)
    set_at: datetime = instant()
