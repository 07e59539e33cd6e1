"""Facts of the day: each action's presses added up, and what explains a difference, in a fixed number of queries."""

from collections import defaultdict
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner.db import pick
from planner.models.directory import Person
from planner.models.on_the_day import DayExplanation, DayTap
from planner.rules.on_the_day import Tap, Totals, totals
from planner.work import Look


class Counted(NamedTuple):
    """The totals of an action, and the number of its last press: what an explanation was given for."""

    totals: Totals
    last_tap: int = 0


class Explanation(NamedTuple):
    sentence: str
    by: str | None
    at: datetime


NOTHING = Counted(totals(()))


def counted(look: Look, ids: Any) -> dict[int, Counted]:
    """By action id, of those at which anybody pressed; `ids` is a SELECT of ids or a list of them."""
    t = DayTap
    query = (
        pick(t.action_id, t.count, t.moved_from, sa.func.sum(t.step), sa.func.max(t.id))
        .where(col(t.action_id).in_(ids))
        .group_by(t.action_id, t.count, t.moved_from)
    )
    taps: defaultdict[int, list[Tap]] = defaultdict(list)
    last: defaultdict[int, int] = defaultdict(int)
    for action_id, count, moved_from, step, number in look.session.execute(query):
        taps[action_id].append(Tap(count, int(step), moved_from))
        last[action_id] = max(last[action_id], number)
    return {action_id: Counted(totals(found), last[action_id]) for action_id, found in taps.items()}


def counted_at(look: Look, action_id: int) -> Counted:
    return counted(look, [action_id]).get(action_id, NOTHING)


def explanations(look: Look, ids: Any) -> dict[int, Explanation]:
    """By action id, the latest sentence that was given for the counts as they stand now."""
    e, latest = (
        DayExplanation,
        sa.select(sa.func.max(DayTap.id)).where(col(DayTap.action_id) == col(DayExplanation.action_id)),
    )
    query = (
        pick(e.action_id, e.sentence, Person.title, e.explained_at)
        .outerjoin(Person, col(Person.id) == col(e.explained_by))
        .where(col(e.action_id).in_(ids), sa.func.coalesce(latest.scalar_subquery(), 0) == col(e.last_tap))
        .order_by(col(e.id))
    )
    return {row[0]: Explanation._make(row[1:]) for row in look.session.execute(query)}
