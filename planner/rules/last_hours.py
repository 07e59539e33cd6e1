"""The last hours before an action: a falling gate calls those in command instead of un-authorising moving teams."""

from datetime import datetime, timedelta
from enum import StrEnum

from planner.rules.command import Span
from planner.rules.words import ActionState

LAST = timedelta(hours=12)
TO_COME = (ActionState.PLANNED, ActionState.REQUESTED)


class Answer(StrEnum):
    """What those in command say when they are called."""

    CONTINUE = "continue"
    HOLD = "hold"


def may_be_moving(state: ActionState, slot: Span, now: datetime) -> bool:
    """From twelve hours before the start to the end of the slot, and for as long as the action is under way."""
    return state is ActionState.BEGUN or (state in TO_COME and slot.from_at - LAST <= now < slot.to_at)
