"""Moving actions: one, or all of a strike day at once; what was booked, arranged, answered and called for follows."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import col

from planner.access import Verb
from planner.models.go_ahead import Override
from planner.models.operations import Operation
from planner.rules.dates import when_words
from planner.rules.windows import first_night
from planner.rules.words import ActionState
from planner.services.actions import check_times, lock_open_action, refuse_outside
from planner.services.care_moving import move_places
from planner.services.clashes import check_clashes
from planner.services.followers import ask_concerned, asked_on, follow_move
from planner.services.gate import reconsider
from planner.services.move_limits import Moved, refuse_limits
from planner.services.strike_days import leave_when_moved, refuse_silent_leave
from planner.services.texts import said_text
from planner.work import Work

WHY_IT_LEAVES = "The reason why it leaves its strike day"


def move_action(
    work: Work, reference: str, starts_at: datetime, ends_at: datetime, *, version: int, why: str = ""
) -> None:
    """Move an action once: its calendar entry and its places follow, partners are asked again, the gate falls."""
    action = lock_open_action(work, reference, Verb.PLAN, version=version)
    moves = [Moved(action, starts_at, ends_at, said_text(why, WHY_IT_LEAVES))]
    refuse_silent_leave(work, moves)
    move_all(work, moves)


def move_all(work: Work, moves: Sequence[Moved], *, strike: tuple[int, int] | None = None) -> None:
    """The same for several that are locked; an action whose window stays is left alone.

    `strike`: a strike day that moves with all of them, and by how many days. Providers are locked before what partners
    committed to, so places come first.
    """
    operations = {number: work.session.get_one(Operation, number) for number in {m.action.operation_id for m in moves}}
    for one in moves:
        check_times(one.starts_at, one.ends_at)
        refuse_outside(operations[one.action.operation_id], one.starts_at)
    moved = [one for one in moves if one.is_new]
    refuse_limits(work, moved)
    moving = [one.action for one in moved]
    actions = {action.id or 0: action for action in moving}
    nights = {number: first_night(action.starts_at) for number, action in actions.items()}
    before = asked_on(work, moving)
    for one in moved:
        _set_window(work, one)
        sentence = f"{one.action.reference} was moved to {when_words(one.starts_at, one.ends_at, year=True)}."
        work.record_action("move_action", sentence, one.action)
    _end_overrides(work, list(nights))
    move_places(work, actions, nights, strike=strike)
    follow_move(work, moving)
    ask_concerned(work, moving, before)
    check_clashes(work, moving)
    reconsider(work, nights, because="The action was moved.")


def _set_window(work: Work, moved: Moved) -> None:
    """New times for an action that is locked: its calendar entry and its deadline follow."""
    action = moved.action
    if action.decide_by == action.starts_at:
        action.decide_by = moved.starts_at
    if action.state is ActionState.DEFERRED:
        action.state, action.called_off_at = ActionState.PLANNED, None
    action.starts_at, action.ends_at, action.changed_at = moved.starts_at, moved.ends_at, work.now
    action.version, action.calendar_sequence = action.version + 1, action.calendar_sequence + 1
    work.session.add(action)
    leave_when_moved(work, action, moved.why)


def _end_overrides(work: Work, action_ids: Sequence[int]) -> None:
    """An override is for one slot: it does not come back when the action does."""
    o = Override
    standing = sa.update(o).where(col(o.action_id).in_(action_ids), col(o.withdrawn_at).is_(None))
    work.session.execute(standing.values(withdrawn_at=work.now))
