"""Which days of a calendar are asked for: a page and a printed sheet read these alone, a file and a feed have all."""

from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner.rules.windows import from_local


class Days(NamedTuple):
    """From one London day to another, both included."""

    first: date
    last: date

    @property
    def begins_at(self) -> datetime:
        return from_local(self.first, time())

    @property
    def ends_at(self) -> datetime:
        """The midnight after the last of them."""
        return from_local(self.last + timedelta(days=1), time())

    def meet(self, first: date, last: date) -> bool:
        """Whether any of these days is among them."""
        return first <= self.last and self.first <= last


def begins_within(column: Any, days: Days | None) -> Any:
    """A condition on an instant; of all days, none."""
    if days is None:
        return sa.true()
    return sa.and_(col(column) >= days.begins_at, col(column) < days.ends_at)


def meets(starts: Any, ends: Any, days: Days | None, *, longest: timedelta | None = None) -> Any:
    """A condition on a time from one instant to another: an end at midnight does not touch the day that it begins.

    `longest`: how long such a time lasts at most, so that an index on its start finds the few that may still last.
    """
    if days is None:
        return sa.true()
    begun = col(starts) > days.begins_at - longest if longest is not None else sa.true()
    return sa.and_(col(starts) < days.ends_at, begun, col(ends) > days.begins_at)


def within(first: Any, last: Any, days: Days | None) -> Any:
    """A condition on a stretch of days, by its first and its last."""
    if days is None:
        return sa.true()
    return sa.and_(col(first) <= days.last, col(last) >= days.first)
