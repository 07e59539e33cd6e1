"""People on the day as the action's page shows them, and what of it waits on Today."""

from datetime import timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.access import Verb
from planner.db import pick
from planner.facts_day import Counted, Explanation, counted_at, explanations
from planner.models.on_the_day import DayTap
from planner.models.operations import Action
from planner.rules.on_the_day import Count, Totals, difference_words, why_not_begun, why_not_counted
from planner.rules.words import ActionState
from planner.views.today import Task
from planner.work import Look

TAB = "On the day"
LATELY = timedelta(days=3)


class OnTheDay(NamedTuple):
    """The counts of an action; `why_not` says why nobody can press now, for `before` it is too early."""

    counted: Counted
    explanation: Explanation | None
    before: str
    why_not: str
    may_count: bool

    @property
    def to_explain(self) -> bool:
        """Whether a difference, or that nobody was met, waits for a sentence."""
        found = self.counted.totals
        return not self.before and self.explanation is None and (found.is_empty or found.difference != 0)


def on_the_day(look: Look, reference: str) -> OnTheDay:
    """One visible action; missing and forbidden answer alike."""
    action = look.session.get_one(Action, access.action_id_of(look, reference))
    number = action.id or 0
    return OnTheDay(
        counted_at(look, number),
        explanations(look, [number]).get(number),
        why_not_begun(reference, action.state),
        why_not_counted(reference, action.state, action.ends_at, look.now),
        access.may(look, Verb.COUNT_PEOPLE, action=action),
    )


def last_tap(look: Look, reference: str) -> int:
    """The number of the last press: it tells an open page that somebody else has counted."""
    query = pick(sa.func.max(DayTap.id)).where(DayTap.action_id == access.action_id_of(look, reference))
    return look.session.execute(query).scalar_one() or 0


def day_tasks(look: Look) -> tuple[Task, ...]:
    """For who may count: actions whose whereabouts do not sum and are not explained, or that nobody counted."""
    if not access.may(look, Verb.COUNT_PEOPLE):
        return ()
    found = sorted(look.session.execute(_unsettled(look)), key=lambda row: row[0].starts_at)
    ids = [action.id for action, _, _ in found]
    said = explanations(look, ids)
    return tuple(
        _task(action, Totals(met, {Count.PLACED: met - gap}))
        for action, met, gap in found
        if action.id not in said and access.may(look, Verb.COUNT_PEOPLE, action=action)
    )


def _unsettled(look: Look) -> Any:
    """Visible actions with a difference; of those that go on or ended lately, also those without anybody met."""
    met = sa.case((col(DayTap.count) == Count.ENCOUNTERED, col(DayTap.step)), else_=0)
    told = sa.case(
        (sa.or_(col(DayTap.count) == Count.ENCOUNTERED, col(DayTap.moved_from).is_not(None)), 0), else_=col(DayTap.step)
    )
    sums = (
        sa.select(col(DayTap.action_id), sa.func.sum(met).label("met"), sa.func.sum(met - told).label("gap"))
        .group_by(col(DayTap.action_id))
        .subquery()
    )
    number, gap = sa.func.coalesce(sums.c.met, 0), sa.func.coalesce(sums.c.gap, 0)
    lately = sa.and_(col(Action.state) == ActionState.DONE, col(Action.ends_at) > look.now - LATELY)
    nobody = sa.and_(number == 0, sa.or_(col(Action.state) == ActionState.BEGUN, lately))
    return (
        sa.select(Action, number, gap)
        .outerjoin(sums, sums.c.action_id == col(Action.id))
        .where(col(Action.id).in_(access.visible_actions(look)), sa.or_(gap != 0, nobody))
    )


def _task(action: Action, found: Totals) -> Task:
    if found.difference:
        sentence = f"{action.reference}: {difference_words(found)}"
        return Task("not_accounted_for", sentence, "Account for them", "action", action.reference, TAB)
    ended = action.state is ActionState.DONE
    sentence = f"{action.reference} {'is done' if ended else 'has begun'}, and nobody has been counted."
    return Task("not_counted", sentence, "Count", "action", action.reference, TAB)
