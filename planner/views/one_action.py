"""One action as its pages show it: the facts, what the gate says of them, who asked for the go-ahead."""

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access, facts
from planner.db import pick
from planner.models.directory import Person
from planner.models.go_ahead import GoAhead
from planner.models.operations import Action, StrikeDay
from planner.models.records import RecordLine
from planner.rules.dates import instant_words
from planner.rules.drawn import Drawn, gate_fingerprint
from planner.rules.readiness import Gate, judge
from planner.rules.values import Facts
from planner.rules.words import ActionState, Outcome, Standing
from planner.views.actions import ActionRow, rows_of
from planner.work import Look

TO_COME = (ActionState.PLANNED, ActionState.REQUESTED)
GIVEN = (Standing.STANDING, Standing.SUSPENDED)
ASKING = ("answer_not_yet", "request_go_ahead", "take_back_request")


class Asked(NamedTuple):
    """Who asked for the go-ahead, when, when it is needed, and why now."""

    by: str
    at: datetime
    decide_by: datetime | None
    why_now: str | None


class Given(NamedTuple):
    """The newest go-ahead: who gave it, when, on what condition; why it no longer stands."""

    by: str
    at: datetime
    condition: str | None
    reason: str | None


class OneAction(NamedTuple):
    """An action with its facts and what the gate says of them.

    `intelligence` is a system's name and a reference; `sent_back` is Gold's "not yet" while it is the last word;
    `drawn` is what a press on a page of this action carries; a member of a strike day is decided on with all of it.
    """

    row: ActionRow
    facts: Facts
    gate: Gate
    asked: Asked | None
    given: Given | None
    intelligence: tuple[str | None, str | None]
    team: str | None
    may_be_asked: bool
    may_be_taken_back: bool
    may_be_decided: bool
    sent_back: str | None
    drawn: Drawn
    strike_day: str | None


def one_action(look: Look, reference: str) -> OneAction:
    """One visible action; missing and forbidden answer alike."""
    action_id = access.action_id_of(look, reference)
    row = look.session.execute(rows_of(look).where(col(Action.id) == action_id)).one()
    known = facts.facts_of(look, action_id)
    gate = judge(known)
    action = look.session.get_one(Action, action_id)
    state, asks = known.action.state, access.may(look, access.Verb.REQUEST_GO_AHEAD, action=action)
    gives = access.may(look, access.Verb.GIVE_GO_AHEAD, action=action) and look.actor.person_id != action.requested_by
    gives = gives and (state in TO_COME or gate.standing in GIVEN)  # to what began without one, none is given
    again = asks and _may_be_asked(state, gate.standing)
    back = asks and state is ActionState.REQUESTED and gate.standing not in (Standing.STANDING, Standing.SUSPENDED)
    own = pick(Action.intelligence_system, Action.intelligence_reference, StrikeDay.name)
    own = own.outerjoin(StrikeDay, col(StrikeDay.id) == col(Action.strike_day_id)).where(col(Action.id) == action_id)
    system, number, strike = look.session.execute(own).one()
    asked, given = _asked(look, action_id), _given(look, action_id)
    sent_back = _sent_back(look, action_id) if state is ActionState.PLANNED else None
    drawn = Drawn(action.version, gate_fingerprint(gate), _last_line(look, action_id))
    shown = ActionRow._make(row)
    refs = (system, number), action.team
    return OneAction(shown, known, gate, asked, given, *refs, again, back, gives, sent_back, drawn, strike)


def _last_line(look: Look, action_id: int) -> int:
    last = sa.select(sa.func.coalesce(sa.func.max(col(RecordLine.number)), 0)).where(
        col(RecordLine.action_id) == action_id
    )
    return int(look.session.execute(last).scalar_one())


def _may_be_asked(state: ActionState, standing: Standing) -> bool:
    """A go-ahead is asked for once, and again when the last one is spent or withdrawn."""
    if state is ActionState.REQUESTED:
        return standing in (Standing.SPENT, Standing.WITHDRAWN)
    return state is ActionState.PLANNED


def _asked(look: Look, action_id: int) -> Asked | None:
    query = (
        pick(Person.title, Action.requested_at, Action.decide_by, Action.why_now)
        .join(Person, col(Person.id) == col(Action.requested_by))
        .where(col(Action.id) == action_id, col(Action.requested_at).is_not(None))
    )
    row = look.session.execute(query).first()
    return Asked._make(row) if row else None


def _sent_back(look: Look, action_id: int) -> str | None:
    """Gold's answer to the last request, where that was "not yet" and nothing was asked since."""
    line = RecordLine
    query = (
        pick(line.verb, line.sentence, line.actor, line.at)
        .where(line.action_id == action_id, line.outcome == Outcome.DONE, col(line.verb).in_(ASKING))
        .order_by(col(line.number).desc())
    )
    last = look.session.execute(query.limit(1)).first()
    if last is None or last[0] != ASKING[0]:
        return None
    return f"{last[1]} ({last[2]}, {instant_words(last[3])})"


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
