"""Arrangements: interpreters, medical, transport, reception, onward route, children's service, and the like."""

from datetime import datetime

from sqlmodel import CheckConstraint, Field

from planner.db import Table, by_value
from planner.models.columns import instant, key, link, maybe_instant, maybe_link, request_key
from planner.rules.arrangement_words import Conflict, InterpreterSex
from planner.rules.words import (
    ArrangementKind,
    ArrangementState,
    SiteKind,
)


class Arrangement(Table, table=True):
    """Requested, then confirmed by a post with a reference; custody and detention never receive anyone."""

    __table_args__ = (
        CheckConstraint("site IS NULL OR site NOT IN ('custody', 'immigration_detention')", name="never_custody"),
        CheckConstraint("number >= 0", name="not_negative"),
    )
    id: int | None = key()
    action_id: int = link("action.id")
    kind: ArrangementKind = Field(sa_type=by_value(ArrangementKind))
    state: ArrangementState = Field(default=ArrangementState.REQUESTED, sa_type=by_value(ArrangementState))
    agency_id: int | None = maybe_link("agency.id")
    answered_post: str | None = None
    reference: str | None = None
    number: int = 0
    languages: str = ""
    telephone: bool = False
    site: SiteKind | None = Field(default=None, sa_type=by_value(SiteKind))
    in_hours_post: str | None = None
    out_of_hours_post: str | None = None
    manager_post: str | None = None
    sex: InterpreterSex | None = Field(default=None, sa_type=by_value(InterpreterSex))
    conflict_said: Conflict | None = Field(default=None, sa_type=by_value(Conflict))
    convenes: bool | None = None
    guardian_post: str | None = None
    arrives_minutes: int | None = None
    from_at: datetime | None = maybe_instant()
    until_at: datetime | None = maybe_instant()
    confirmed_at: datetime | None = maybe_instant()
    changed_at: datetime = instant()
    version: int = 1
    request_key: str | None = request_key()
