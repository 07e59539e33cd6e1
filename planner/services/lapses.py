"""Go-aheads that time alone undoes: a warrant is over, a check too old, an undertaking late, an arrangement ended."""

from sqlmodel import col, select

from planner import facts
from planner.models.go_ahead import GoAhead
from planner.models.last_hours import LastHoursCall
from planner.models.operations import Action
from planner.rules.words import ActionState, GoAheadState, Standing
from planner.services.gate import reconsider
from planner.work import Work

TO_COME = (ActionState.PLANNED, ActionState.REQUESTED)


def suspend_lapsed(work: Work) -> int:
    """Every go-ahead that stands while its gate has fallen is suspended and told; says how many were."""
    given = (
        select(GoAhead.action_id)
        .join(Action, col(Action.id) == col(GoAhead.action_id))
        .where(GoAhead.state == GoAheadState.GIVEN, col(Action.state).in_(TO_COME))
    )
    gates = facts.gates(work, sorted(set(work.session.exec(given))))
    called = set(work.session.exec(select(LastHoursCall.action_id).where(col(LastHoursCall.answer).is_(None))))
    fallen = [
        number
        for number, gate in gates.items()
        if gate.standing is Standing.STANDING and not gate.ready and number not in called  # those wait for an answer
    ]
    if not fallen:
        return 0
    work.lock_all(Action, sorted(fallen))
    return reconsider(work, fallen, because="Time passed.")
