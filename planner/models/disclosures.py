"""Urgent disclosures to safeguard somebody: that they were made, to whom, of what kind, on what law and why."""

from datetime import datetime

from sqlmodel import Field

from planner.db import Table, by_value
from planner.models.columns import instant, key, link, maybe_link
from planner.rules.sharing import Basis


class UrgentDisclosure(Table, table=True):
    """Made by voice; `covers` holds the categories with a bar between them, never what was told."""

    id: int | None = key()
    action_id: int = link("action.id")
    agency_id: int = link("agency.id")
    covers: str
    basis: Basis = Field(sa_type=by_value(Basis))
    reason: str
    made_at: datetime = instant()
    made_by: int | None = maybe_link("person.id", index=False)
