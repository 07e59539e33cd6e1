"""Strike days: which there are, who belongs to them, what could join, what a new one is chosen from."""

from datetime import date, time, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.access import Verb
from planner.db import pick
from planner.errors import NotFound
from planner.models.directory import Region
from planner.models.operations import Action, Operation, StrikeDay
from planner.rules.windows import from_local
from planner.rules.words import ActionState
from planner.services.strike_days import NO_STRIKE_DAY
from planner.work import Look


class StrikeDayRow(NamedTuple):
    """A strike day with the members that the reader may see; `region` is empty where it lies in several."""

    id: int
    name: str
    day: date
    operation: str
    region: str | None
    members: tuple[str, ...]


def strike_days(look: Look, *, from_day: date | None = None) -> tuple[StrikeDayRow, ...]:
    """Those of which the reader sees a member, or that its planners may join; the next first."""
    s = StrikeDay
    joins = sa.false() if look.actor.operator else col(s.operation_id).in_(access.operations_for(look, Verb.PLAN))
    seen = pick(Action.strike_day_id).where(col(Action.id).in_(access.visible_actions(look)))
    query = (
        pick(s.id, s.name, s.day, Operation.code, Region.name)
        .join(Operation, col(Operation.id) == col(s.operation_id))
        .outerjoin(Region, col(Region.code) == col(s.region))
        .where(sa.or_(joins, col(s.id).in_(seen.where(col(Action.strike_day_id).is_not(None)))))
        .order_by(s.day, s.name)
    )
    if from_day is not None:
        query = query.where(col(s.day) >= from_day)
    members = _members(look)
    return tuple(
        StrikeDayRow(number, name, day, operation, region, tuple(members.get(number, ())))
        for number, name, day, operation, region in look.session.execute(query)
    )


def _members(look: Look) -> dict[int, list[str]]:
    query = pick(Action.strike_day_id, Action.reference).where(
        col(Action.strike_day_id).is_not(None), col(Action.id).in_(access.visible_actions(look))
    )
    found: dict[int, list[str]] = {}
    for number, reference in look.session.execute(query.order_by(Action.starts_at, Action.reference)):
        found.setdefault(number, []).append(reference)
    return found


def versions_of(look: Look, strike_day_id: int) -> dict[str, int]:
    """The members that the reader may see, with the version that a page is drawn from."""
    mine = pick(Action.reference, Action.version).where(
        col(Action.strike_day_id) == strike_day_id, col(Action.id).in_(access.visible_actions(look))
    )
    return dict(tuple(row) for row in look.session.execute(mine.order_by(Action.id)))


class StrikeChoices(NamedTuple):
    """What a new strike day is chosen from: operations in which the reader sets them, and every region."""

    operations: dict[str, str]
    regions: dict[str, str]


def strike_choices(look: Look) -> StrikeChoices:
    """Nothing to choose from for who sets none."""
    mine = access.operations_for(look, Verb.SET_STRIKE_DAY)
    operations = pick(Operation.code, Operation.name).where(col(Operation.id).in_(mine)).order_by(Operation.name)
    regions = pick(Region.code, Region.name).order_by(Region.name)
    found = map(look.session.execute, (operations, regions))
    return StrikeChoices(*(dict(tuple(row) for row in rows) for rows in found))


def strike_day_named(look: Look, name: str) -> StrikeDayRow:
    """One by its name; missing and forbidden answer alike."""
    found = next((row for row in strike_days(look) if row.name == name), None)
    if found is None:
        raise NotFound(NO_STRIKE_DAY)
    return found


def could_join(look: Look, day: date) -> tuple[str, ...]:
    """Actions of that day that the reader plans and that belong to no strike day yet."""
    midnight, next_midnight = from_local(day, time()), from_local(day + timedelta(days=1), time())
    query = (
        pick(Action.reference)
        .where(
            col(Action.id).in_(access.visible_actions(look)),
            col(Action.strike_day_id).is_(None),
            col(Action.state).in_((ActionState.PLANNED, ActionState.REQUESTED, ActionState.DEFERRED)),
            Action.starts_at >= midnight,
            Action.starts_at < next_midnight,
        )
        .order_by(Action.starts_at, Action.reference)
    )
    return tuple(look.session.execute(query).scalars())
