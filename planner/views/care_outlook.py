"""All nights that are open, week by week: the fewest places free in each unit."""

from datetime import date, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner.db import pick
from planner.models.care import OpenNight, Unit
from planner.views.care import Nights, capacity, open_nights
from planner.work import Look

LONGEST = 366
WEEK = 7


class Week(NamedTuple):
    """A unit in one week from its Monday: the fewest places free on a night that is open, and the most open."""

    unit: str
    monday: date
    lowest: int
    open: int


def weeks(look: Look, first: date, operation_id: int | None = None) -> tuple[Week, ...]:
    """From this night to the last one that is open; a week in which nothing is open is unknown and has no row."""
    wide = Nights(first, LONGEST, operation_id=operation_id)
    query = pick(sa.func.max(OpenNight.night)).join(Unit, col(Unit.id) == col(OpenNight.unit_id))
    last = look.session.execute(query.where(*open_nights(look, wide))).scalar_one()
    if last is None:
        return ()
    found: dict[tuple[str, date], Week] = {}
    for row in capacity(look, first=first, nights=(last - first).days + 1, operation_id=operation_id):
        monday = row.night - timedelta(days=row.night.weekday())
        before = found.get((row.unit, monday), Week(row.unit, monday, row.free, row.open))
        found[row.unit, monday] = before._replace(lowest=min(before.lowest, row.free), open=max(before.open, row.open))
    return tuple(found[key] for key in sorted(found))
