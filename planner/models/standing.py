"""Standing groups: a strategic group, a regional cell's weekly meeting; their meetings are conferences of a series."""

from datetime import date, datetime

from sqlmodel import CheckConstraint, Field, UniqueConstraint

from planner.db import Table, by_value
from planner.models.columns import instant, key, link, maybe_instant, request_key
from planner.rules.standing import Rhythm


class StandingGroup(Table, table=True):
    """One group of an operation, of one region or of all; `starts_at` is its first meeting."""

    __table_args__ = (
        UniqueConstraint("operation_id", "name"),
        CheckConstraint("minutes > 0", name="some_minutes"),
    )
    id: int | None = key()
    operation_id: int = link("operation.id", index=False)
    series_id: int = Field(foreign_key="conferenceseries.id", unique=True)
    name: str
    region: str | None = Field(default=None, foreign_key="region.code")
    rhythm: Rhythm = Field(sa_type=by_value(Rhythm))
    starts_at: datetime = instant()
    minutes: int
    until_on: date
    ended_at: datetime | None = maybe_instant()
    changed_at: datetime = instant()
    version: int = 1
    request_key: str | None = request_key()


class StandingMember(Table, table=True):
    group_id: int = Field(foreign_key="standinggroup.id", primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", primary_key=True)
