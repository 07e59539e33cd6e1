"""The day's counts of every action at once, and how support went on for those who were met."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.db import pick
from planner.facts_day import NOTHING, counted, explanations
from planner.models.directory import Agency, Person
from planner.models.on_the_day import DayTap, SupportCount
from planner.models.operations import Action
from planner.rules.on_the_day import Totals, has_begun
from planner.rules.outcomes import SupportOutcome
from planner.rules.words import ActionState
from planner.work import Look


class ActionOutcome(NamedTuple):
    """One action; `numbers` are as of a day, and empty where nobody has said yet."""

    reference: str
    starts_at: datetime
    force: str
    totals: Totals
    explanation: str | None
    numbers: Mapping[SupportOutcome, int]
    as_of: date | None
    kept_by: str | None


def outcomes_by_action(look: Look) -> tuple[ActionOutcome, ...]:
    """Visible ones that have begun, as their page shows them, where anybody was counted or is told of."""
    told = sa.or_(*(sa.exists().where(col(each.action_id) == col(Action.id)) for each in (DayTap, SupportCount)))
    begun = [state for state in ActionState if has_begun(state)]
    ids = access.visible_actions(look).where(col(Action.state).in_(begun), told)
    a = Action
    query = (
        pick(a.id, a.reference, a.starts_at, Agency.name)
        .join(Agency, col(Agency.id) == col(a.force_id))
        .where(col(a.id).in_(ids))
        .order_by(a.starts_at, a.reference)
    )
    taps, said, kept = counted(look, ids), explanations(look, ids), _kept(look, ids)
    return tuple(
        ActionOutcome(
            reference,
            starts_at,
            force,
            taps.get(number, NOTHING).totals,
            said[number].sentence if number in said else None,
            *kept.get(number, ({}, None, None)),
        )
        for number, reference, starts_at, force in look.session.execute(query)
    )


def _kept(look: Look, ids: Any) -> dict[int, tuple[dict[SupportOutcome, int], date, str | None]]:
    """By action: the numbers, as of which day, and by whom they were typed."""
    s = SupportCount
    query = (
        pick(s.action_id, s.outcome, s.number, s.as_of, Person.title)
        .outerjoin(Person, col(Person.id) == col(s.typed_by))
        .where(col(s.action_id).in_(ids))
        .order_by(s.action_id, s.outcome)
    )
    numbers: defaultdict[int, dict[SupportOutcome, int]] = defaultdict(dict)
    last: dict[int, tuple[date, str | None]] = {}
    for action_id, outcome, number, as_of, by in look.session.execute(query):
        numbers[action_id][outcome] = number
        last[action_id] = (as_of, by)
    return {action_id: (found, *last[action_id]) for action_id, found in numbers.items()}
