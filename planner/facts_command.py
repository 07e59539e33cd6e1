"""Facts of command: the tactical parameters that can be checked, and the pauses that the national Gold asks for."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from planner.db import pick
from planner.facts_rows import rows
from planner.models.command import Pause, PauseAnswer
from planner.models.operations import Objective, ObjectiveSet
from planner.rules.parameters import ParameterFact
from planner.rules.pauses import PauseFact, concerns
from planner.rules.values import ActionFact
from planner.work import Look

NO_PARAMETERS: tuple[ParameterFact, ...] = ()
NO_PAUSES: tuple[PauseFact, ...] = ()


def _parameters() -> Any:
    o, s = Objective, ObjectiveSet
    last = sa.select(sa.func.max(col(s.version))).where(col(s.operation_id) == col(o.operation_id)).scalar_subquery()
    query = pick(o.operation_id, o.kind, o.value, o.blocks).where(col(o.kind).is_not(None), col(o.version) == last)
    return query.order_by(o.number)


def _pauses() -> Any:
    p = Pause
    columns = (p.operation_id, p.id, p.region, p.from_at, p.until_at, p.reason)
    lasts = (col(p.ended_at).is_(None), col(p.until_at) > sa.bindparam("now"))
    return pick(*columns).where(*lasts).order_by(p.until_at)


PARAMETERS, ASKED_FOR = _parameters(), _pauses()  # made once: to make them takes longer than to ask them


def parameters_of(look: Look) -> Callable[[int], tuple[ParameterFact, ...]]:
    """The parameters of each operation's last version that can be checked, in one query."""
    found: defaultdict[int, list[ParameterFact]] = defaultdict(list)
    for operation_id, *row in rows(look, PARAMETERS):
        found[operation_id].append(ParameterFact._make(row))
    known = {number: tuple(items) for number, items in found.items()}
    return lambda operation_id: known.get(operation_id, NO_PARAMETERS)


def pauses_of(look: Look) -> Callable[[ActionFact], tuple[PauseFact, ...]]:
    """The pauses that concern an action, with its force's last word, in two queries."""
    a = PauseAnswer
    asked: defaultdict[int, list[PauseFact]] = defaultdict(list)
    for operation_id, *row in rows(look, ASKED_FOR, now=look.now):
        asked[operation_id].append(PauseFact(*row))
    if not asked:
        return lambda _: NO_PAUSES
    ids = [pause.id for several in asked.values() for pause in several]
    said = pick(a.pause_id, a.force_id, a.text, a.goes_on).where(col(a.pause_id).in_(ids)).order_by(a.id)
    answers = {(pause, force): (text, goes_on) for pause, force, text, goes_on in rows(look, said)}

    def of(action: ActionFact) -> tuple[PauseFact, ...]:
        here = [
            pause
            for pause in asked.get(action.operation_id, ())
            if concerns(pause, action.region, action.starts_at, look.now)
        ]
        words = [answers.get((pause.id, action.force_id), (None, None)) for pause in here]
        return tuple(pause._replace(answer=said, goes_on=goes) for pause, (said, goes) in zip(here, words, strict=True))

    return of
