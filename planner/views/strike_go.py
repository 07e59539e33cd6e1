"""A strike day as it waits for its go-ahead: every member in the reader's reach, and what a press carries."""

from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access, facts
from planner.access import Verb
from planner.models.operations import Action, StrikeDay
from planner.models.records import RecordLine
from planner.rules.drawn import Drawn, gate_fingerprint
from planner.rules.readiness import Gate
from planner.rules.words import ActionState
from planner.services.strike_members import TO_COME
from planner.work import Look


class Member(NamedTuple):
    reference: str
    state: ActionState
    gate: Gate


class StrikeGo(NamedTuple):
    """`asks` and `gives`: the members for which this person may, with what a press for them carries."""

    id: int
    name: str
    members: tuple[Member, ...]
    asks: bool
    gives: dict[str, Drawn]


def strike_go(look: Look, strike_day_id: int) -> StrikeGo | None:
    """None where no member to come is visible."""
    strike = look.session.get(StrikeDay, strike_day_id)
    query = (
        sa.select(Action)
        .where(
            col(Action.strike_day_id) == strike_day_id,
            col(Action.state).in_(TO_COME),
            col(Action.id).in_(access.visible_actions(look)),
        )
        .order_by(col(Action.starts_at), col(Action.reference))
    )
    actions = list(look.session.execute(query).scalars())
    if strike is None or not actions:
        return None
    gates, lines = facts.gates(look, [action.id for action in actions]), _last_lines(look, actions)
    members = tuple(Member(action.reference, action.state, gates[action.id]) for action in actions)
    gives = {
        action.reference: Drawn(action.version, gate_fingerprint(gates[action.id]), lines.get(action.id, 0))
        for action in actions
        if access.may(look, Verb.GIVE_GO_AHEAD, action=action)
    }
    asks = any(access.may(look, Verb.REQUEST_GO_AHEAD, action=action) for action in actions)
    return StrikeGo(strike_day_id, strike.name, members, asks, gives)


def _last_lines(look: Look, actions: list[Action]) -> dict[int, int]:
    line = RecordLine
    query = (
        sa.select(col(line.action_id), sa.func.max(col(line.number)))
        .where(col(line.action_id).in_([action.id for action in actions]))
        .group_by(col(line.action_id))
    )
    return dict(tuple(row) for row in look.session.execute(query))


def strike_days_asked(look: Look) -> tuple[int, ...]:
    """Strike days of which a member that this person may decide on is asked for."""
    query = sa.select(Action).where(
        col(Action.strike_day_id).is_not(None),
        col(Action.state) == ActionState.REQUESTED,
        col(Action.id).in_(access.visible_actions(look)),
    )
    rows = look.session.execute(query.order_by(col(Action.starts_at))).scalars()
    found = [row.strike_day_id or 0 for row in rows if access.may(look, Verb.GIVE_GO_AHEAD, action=row)]
    return tuple(dict.fromkeys(found))
