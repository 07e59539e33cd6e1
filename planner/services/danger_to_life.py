"""Immediate danger to life: its own route, entered under the power named, written down afterwards, never blocked."""

from dataclasses import dataclass
from datetime import datetime

from planner.access import Verb, lock_action
from planner.errors import InputError, Refused
from planner.models.last_hours import DangerEntry
from planner.models.operations import Action
from planner.rules.dates import instant_words
from planner.rules.words import ActionState, Post
from planner.services.conduct import enter
from planner.services.decision_log import ground_now
from planner.services.leads import holders
from planner.services.texts import needed_text, said_text
from planner.work import Work

LONGEST_POWER = 120
ENTERED = (ActionState.BEGUN, ActionState.DONE)


@dataclass(frozen=True)
class DangerRequest:
    """When the door was opened, under which power, and what there is to say of it."""

    action: str
    power: str
    entered_at: datetime
    reason: str = ""

    def __post_init__(self) -> None:
        needed_text(self.power, "The power that was used", most=LONGEST_POWER)


def enter_for_danger(work: Work, request: DangerRequest) -> DangerEntry:
    """Neither gate nor go-ahead is asked; the action has begun, care is called, the national Gold is told."""
    action = lock_action(work, request.action, Verb.ENTER_FOR_DANGER)
    if work.session.get(DangerEntry, action.id) is not None:
        raise Refused(f"The entry at {request.action} is written down already.")
    if request.entered_at > work.now:
        raise InputError(f"{instant_words(request.entered_at)} is still to come. Enter when the door was opened.")
    row = DangerEntry(
        action_id=action.id or 0,
        power=needed_text(request.power, "The power that was used", most=LONGEST_POWER),
        entered_at=request.entered_at,
        reason=said_text(request.reason, "What happened"),
        typed_by=work.actor.person_id or 0,
        typed_at=work.now,
    )
    resting = ground_now(work, action.id)
    work.session.add(row)
    if action.state not in ENTERED:
        action.began_at = request.entered_at
        if action.called_off_at is not None:  # it happens after all, and calendars had it as cancelled
            action.called_off_at, action.calendar_sequence = None, action.calendar_sequence + 1
        enter(work, action, ActionState.BEGUN)
    said = f"Immediate danger to life: entry at {action.reference}, {instant_words(row.entered_at)}, under {row.power}."
    told = f"{said} {row.reason}".strip()
    work.record_action("enter_for_danger", told, action, entered_at=row.entered_at, ground=resting)
    _tell(work, action, f"{said} The list of whom to ring for care is open on its page, under On the day.")
    return row


def _tell(work: Work, action: Action, sentence: str) -> None:
    everywhere = (Post.NATIONAL_GOLD, Post.CARE_LEAD, Post.CELL)
    people = {
        *holders(work, everywhere, action.operation_id),
        *holders(work, (Post.GOLD, Post.SILVER), action.operation_id, action.force_id),
    }
    for person_id in sorted(people - {work.actor.person_id or 0}):
        work.notify(
            sentence,
            person_id=person_id,
            action_id=action.id,
            outside="Teams entered for immediate danger to life. Care is needed now.",
            path="/",
        )
