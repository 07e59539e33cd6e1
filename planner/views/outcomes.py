"""How support stands for those who were met at an action, and where nobody has said yet."""

from datetime import date, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.access import Verb
from planner.db import pick
from planner.models.directory import Person
from planner.models.on_the_day import DayTap, SupportCount
from planner.models.operations import Action
from planner.rules.on_the_day import Count
from planner.rules.outcomes import STANDS, SupportOutcome, told_words
from planner.rules.words import ActionState
from planner.views.on_the_day import TAB
from planner.views.today import Task
from planner.work import Look

NEXT_DAY = timedelta(hours=12)


class Outcomes(NamedTuple):
    """The last word of an action: every number as of one day; nothing where nobody has said yet."""

    numbers: dict[SupportOutcome, int]
    as_of: date | None
    typed_by: str | None
    version: int
    may_keep: bool


def outcomes(look: Look, reference: str) -> Outcomes:
    """Of one visible action."""
    action = look.session.get_one(Action, access.action_id_of(look, reference))
    s = SupportCount
    query = (
        pick(s.outcome, s.number, s.as_of, Person.title, s.version)
        .outerjoin(Person, col(Person.id) == col(s.typed_by))
        .where(col(s.action_id) == action.id)
    )
    rows = look.session.execute(query).all()
    may = access.may(look, Verb.COUNT_OUTCOMES, action=action)
    if not rows:
        return Outcomes({}, None, None, 0, may)
    return Outcomes({row[0]: row[1] for row in rows}, rows[0][2], rows[0][3], rows[0][4], may)


def outcome_tasks(look: Look) -> tuple[Task, ...]:
    """For who keeps them: actions done since half a day at which not everybody who was met is told of."""
    if not access.may(look, Verb.COUNT_OUTCOMES):
        return ()
    return tuple(
        Task(
            "advises",
            f"{action.reference}, how support went on: {told_words({SupportOutcome.ENTERED: said}, encountered)}",
            "Keep the numbers",
            "action",
            action.reference,
            TAB,
        )
        for action, encountered, said in look.session.execute(_untold(look))
        if access.may(look, Verb.COUNT_OUTCOMES, action=action)
    )


def _untold(look: Look) -> Any:
    """Visible actions with how many were met, and of how many something is told: fewer."""
    met = _sum(DayTap.action_id, DayTap.step, col(DayTap.count) == Count.ENCOUNTERED)
    told = _sum(SupportCount.action_id, SupportCount.number, col(SupportCount.outcome).in_(STANDS))
    number = sa.func.coalesce(told.c.number, 0)
    return (
        sa.select(Action, met.c.number, number)
        .join(met, met.c.action_id == col(Action.id))
        .outerjoin(told, told.c.action_id == col(Action.id))
        .where(
            col(Action.id).in_(access.visible_actions(look)),
            col(Action.state) == ActionState.DONE,
            col(Action.ends_at) < look.now - NEXT_DAY,
            number < met.c.number,
        )
        .order_by(col(Action.starts_at), col(Action.id))
    )


def _sum(action_id: Any, number: Any, where: Any) -> Any:
    """A sum by action."""
    return sa.select(action_id, sa.func.sum(number).label("number")).where(where).group_by(action_id).subquery()
