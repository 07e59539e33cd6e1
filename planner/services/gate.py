"""What every verb that can undo readiness calls at its end: a go-ahead is suspended or spent, and said so."""

from collections.abc import Iterable
from typing import Any

from sqlmodel import col, select

from planner import facts
from planner.errors import Refused
from planner.models.go_ahead import GoAhead
from planner.models.operations import Action
from planner.rules.command import Span
from planner.rules.last_hours import may_be_moving
from planner.rules.readiness import Gate
from planner.rules.words import ActionState, GoAheadState, Standing
from planner.services.calls import call_contacts
from planner.work import Work

OVER = (ActionState.DONE, ActionState.STOOD_DOWN)
LIVE = (GoAheadState.GIVEN, GoAheadState.SUSPENDED)


def reconsider(work: Work, action_ids: Iterable[int], *, because: str) -> int:
    """Suspend each standing go-ahead whose gate has fallen, record it, tell who gave and who asked; says how many.

    In an action's last hours those in command are called instead, and the go-ahead stands until they answer.

    One given for another plan is spent for good: changed back, the plan needs a new one. However many, in a fixed
    number of queries.
    """
    live = _live(work, col(GoAhead.action_id).in_(list(action_ids)))
    if not live:
        return 0
    work.session.flush()
    gates = facts.gates(work, sorted(live))
    for action_id, gate in gates.items():
        if gate.standing is Standing.SPENT:
            _change(work, live[action_id], gate.reference, (GoAheadState.SPENT, "spend_go_ahead"), because)
    fallen = [(number, gate) for number, gate in gates.items() if gate.standing is Standing.STANDING and not gate.ready]
    near = _near(work, [action_id for action_id, _ in fallen])
    for action_id, gate in fallen:
        why = f"{because} {gate.blocking[0].sentence}"
        if action_id in near:  # teams may be moving: a person decides
            call_contacts(work, near[action_id], why)
        else:
            _change(work, live[action_id], gate.reference, (GoAheadState.SUSPENDED, "suspend_go_ahead"), why)
    return len(fallen)


def _near(work: Work, action_ids: list[int]) -> dict[int, Action]:
    """Those within their last hours, or under way."""
    if not action_ids:
        return {}
    rows = work.session.exec(select(Action).where(col(Action.id).in_(action_ids))).all()
    return {row.id or 0: row for row in rows if may_be_moving(row.state, Span(row.starts_at, row.ends_at), work.now)}


def lock_given(work: Work, operation_id: int) -> list[int]:
    """The actions of an operation with a go-ahead that counts, locked: their ids."""
    return [row.id or 0 for row in work.lock_all(Action, sorted(_live(work, Action.operation_id == operation_id)))]


def _live(work: Work, which: Any) -> dict[int, GoAhead]:
    """The newest go-ahead by action, where it stands or is suspended and there is a door left to open."""
    query = select(GoAhead).join(Action, col(Action.id) == col(GoAhead.action_id)).where(which)
    open_ = query.where(col(GoAhead.state).in_(LIVE), col(Action.state).not_in(OVER)).order_by(col(GoAhead.id))
    return {row.action_id: row for row in work.session.exec(open_)}


def spend(work: Work, action_id: int, reference: str, because: str) -> None:
    """A go-ahead that stood or was suspended is worth nothing any more."""
    given = select(GoAhead).where(col(GoAhead.action_id) == action_id).order_by(col(GoAhead.id).desc())
    row = work.session.exec(given).first()
    if row is not None:
        _change(work, row, reference, (GoAheadState.SPENT, "spend_go_ahead"), because)


def _change(work: Work, row: GoAhead, reference: str, to: tuple[GoAheadState, str], why: str) -> None:
    if row.state not in LIVE:
        return
    row.state, row.changed_at, row.changed_by = to[0], work.now, work.actor.person_id
    row.change_reason, row.version = why, row.version + 1
    work.session.add(row)
    sentence = f"The go-ahead for {reference} is {row.state}: {why}"
    work.record(to[1], sentence, kind="action", ref=reference, action_id=row.action_id)
    for person_id in {row.given_by, row.requested_by}:
        work.notify(sentence, person_id=person_id, action_id=row.action_id)


def ready_now(work: Work, action_id: int) -> Gate:
    """The gate asked again under the lock; refuses with the first sentence that stops the action."""
    gate = facts.gates(work, [action_id])[action_id]
    must_be_ready(gate)
    return gate


def must_be_ready(gate: Gate) -> None:
    if not gate.ready:
        left = len(gate.blocking)
        raise Refused(f"{gate.reference} is not ready, {left} blocking: {gate.blocking[0].sentence}")
