"""One action as its pages show it: the facts, what the gate says of them, who asked for the go-ahead."""

from datetime import datetime
from typing import NamedTuple

from sqlmodel import col

from planner import access, facts
from planner.db import pick
from planner.models.directory import Person
from planner.models.go_ahead import GoAhead
from planner.models.operations import Action
from planner.rules.readiness import Gate, judge
from planner.rules.values import Facts
from planner.rules.words import ActionState, Standing
from planner.views.actions import ActionRow, rows_of
from planner.work import Look


class Asked(NamedTuple):
    """Who asked for the go-ahead, when, and when it is needed."""

    by: str
    at: datetime
    decide_by: datetime | None


class Given(NamedTuple):
    """The newest go-ahead: who gave it, when, on what condition; why it no longer stands."""

    by: str
    at: datetime
    condition: str | None
    reason: str | None


class OneAction(NamedTuple):
    """An action with its facts and what the gate says of them; `intelligence` is a system's name and a reference."""

    row: ActionRow
    facts: Facts
    gate: Gate
    asked: Asked | None
    given: Given | None
    intelligence: tuple[str | None, str | None]
    may_be_asked: bool


def one_action(look: Look, reference: str) -> OneAction:
    """One visible action; missing and forbidden answer alike."""
    action_id = access.action_id_of(look, reference)
    row = look.session.execute(rows_of(look).where(col(Action.id) == action_id)).one()
    known = facts.facts_of(look, action_id)
    gate = judge(known)
    may = access.may(look, access.Verb.REQUEST_GO_AHEAD) and _may_be_asked(known.action.state, gate.standing)
    where = pick(Action.intelligence_system, Action.intelligence_reference).where(col(Action.id) == action_id)
    system, number = look.session.execute(where).one()
    asked, given = _asked(look, action_id), _given(look, action_id)
    return OneAction(ActionRow._make(row), known, gate, asked, given, (system, number), may)


def _may_be_asked(state: ActionState, standing: Standing) -> bool:
    """A go-ahead is asked for once, and again when the last one is spent or withdrawn."""
    if state is ActionState.REQUESTED:
        return standing in (Standing.SPENT, Standing.WITHDRAWN)
    return state is ActionState.PLANNED


def _asked(look: Look, action_id: int) -> Asked | None:
    query = (
        pick(Person.title, Action.requested_at, Action.decide_by)
        .join(Person, col(Person.id) == col(Action.requested_by))
        .where(col(Action.id) == action_id, col(Action.requested_at).is_not(None))
    )
    row = look.session.execute(query).first()
    return Asked._make(row) if row else None


def _given(look: Look, action_id: int) -> Given | None:
    g = GoAhead
    query = (
        pick(Person.title, g.given_at, g.condition, g.change_reason)
        .join(Person, col(Person.id) == col(g.given_by))
        .where(col(g.action_id) == action_id)
        .order_by(col(g.id).desc())
    )
    row = look.session.execute(query).first()
    return Given._make(row) if row else None
