"""The last hours: continue or hold when the gate falls; what truly began earlier is entered with its true time."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import col, select

from planner.access import Verb, lock_action
from planner.errors import InputError, Refused
from planner.models.go_ahead import GoAhead
from planner.models.operations import Action
from planner.models.records import RecordLine
from planner.rules.command import Span
from planner.rules.dates import instant_words, when_words
from planner.rules.decision_log import ground
from planner.rules.drawn import Drawn
from planner.rules.last_hours import Answer, may_be_moving
from planner.rules.words import ActionState, GoAheadState, Outcome, Standing
from planner.services.calls import contacts_of, open_call
from planner.services.conduct import EARLIEST, TO_COME, enter
from planner.services.decision_log import ground_now
from planner.services.drawn import as_drawn
from planner.services.go_ahead import LONGEST_REASON, SHORTEST_REASON, set_aside
from planner.services.legal_basis import spend_warrant
from planner.services.texts import needed_text, said_text
from planner.work import Work

STOOD = ("give_go_ahead", "reaffirm_go_ahead")
FELL = ("suspend_go_ahead", "spend_go_ahead", "withdraw_go_ahead")


def continue_action(work: Work, reference: str, reason: str, *, drawn: Drawn | None = None) -> None:
    """Gold or the delegate lets the teams go on: every blocking finding that may be is overridden, for one reason."""
    action = lock_action(work, reference, Verb.OVERRIDE)
    _refuse_before_last_hours(work, action)
    known, gate = as_drawn(work, action, drawn)
    if not gate.blocking:
        raise Refused(f"Nothing stops {reference} now: there is nothing to continue against.")
    final = next((finding for finding in gate.blocking if finding.final), None)
    if final is not None:
        raise Refused(f"This can only be mended, or {reference} is held: {final.sentence} {final.remedy}")
    why = said_text(reason, "The reason", most=LONGEST_REASON)
    if len(why) < SHORTEST_REASON:
        raise InputError(
            f"To continue needs a reason of at least {SHORTEST_REASON} characters; it prints on the order."
        )
    set_aside(work, action, (known, gate), gate.blocking, why)
    _answer(work, action, (Answer.CONTINUE, "continue_action"), f"{reference} continues: {why}", ground(known, gate))


def hold_action(work: Work, reference: str, reason: str, *, drawn: Drawn | None = None) -> None:
    """Gold, the delegate or Silver stops the teams: the go-ahead is suspended until it is reaffirmed."""
    action = lock_action(work, reference, Verb.HOLD)
    _refuse_before_last_hours(work, action)
    known, gate = as_drawn(work, action, drawn)
    if gate.standing is not Standing.STANDING:
        raise Refused(f"The go-ahead for {reference} is {gate.standing}: there is nothing to hold.")
    why = needed_text(reason, "The reason for holding")
    row = work.session.exec(
        select(GoAhead).where(GoAhead.action_id == action.id).order_by(col(GoAhead.id).desc())
    ).first()
    if row is None:
        raise Refused(f"There is no go-ahead for {reference}.")
    row.state, row.changed_at, row.changed_by = GoAheadState.SUSPENDED, work.now, work.actor.person_id
    row.change_reason, row.version = f"held: {why}", row.version + 1
    work.session.add(row)
    work.record_action("suspend_go_ahead", f"The go-ahead for {reference} is suspended: {row.change_reason}", action)
    said = f"{reference} is held; its go-ahead is suspended: {why}"
    _answer(work, action, (Answer.HOLD, "hold_action"), said, ground(known, gate))


def enter_begun(work: Work, reference: str, began_at: datetime, reason: str) -> None:
    """What truly began earlier and was not entered then: judged by whether the go-ahead stood at that time."""
    action = lock_action(work, reference, Verb.BEGIN)
    if action.state not in TO_COME:
        raise Refused(f"{reference} is {action.state.replace('_', ' ')}: only what is planned is entered as begun.")
    why = needed_text(reason, "Why it is entered afterwards")
    at = instant_words(began_at)
    if began_at > work.now:
        raise InputError(f"{at} is still to come. Enter when it truly began.")
    if not action.starts_at - EARLIEST <= began_at < action.ends_at:
        slot = when_words(action.starts_at, action.ends_at)
        raise Refused(
            f"{reference} was planned for {slot}; {at} is outside of it. Enter danger to life, if it was that."
        )
    if not _stood_at(work, action, began_at):
        raise Refused(
            f"No go-ahead for {reference} stood at {at}. If lives were in danger, enter it as immediate danger to life."
        )
    action.began_at, resting = began_at, ground_now(work, action.id)
    enter(work, action, ActionState.BEGUN)
    spent = spend_warrant(work, action)
    said = f"{reference} began at {at}, entered afterwards: {why}{'' if why.endswith('.') else '.'}{spent}"
    work.record_action("enter_begun", said, action, began_at=began_at, ground=resting)
    for person_id in contacts_of(work, action):
        if person_id != work.actor.person_id:
            work.notify(said, person_id=person_id, action_id=action.id)


def _stood_at(work: Work, action: Action, at: datetime) -> bool:
    """By the record: the last word on the go-ahead up to then was that it stands."""
    line = RecordLine
    query = select(line.verb).where(
        line.action_id == action.id,
        line.outcome == Outcome.DONE,
        col(line.at) <= at,
        col(line.verb).in_((*STOOD, *FELL)),
    )
    return work.session.exec(query.order_by(col(line.number).desc())).first() in STOOD


def _refuse_before_last_hours(work: Work, action: Action) -> None:
    if not may_be_moving(action.state, Span(action.starts_at, action.ends_at), work.now):
        raise Refused(
            f"{action.reference} is not within its last twelve hours: override a check, or withdraw the go-ahead."
        )


def _answer(work: Work, action: Action, answer: tuple[Answer, str], sentence: str, resting: Mapping[str, str]) -> None:
    """The call is answered, where there was one; the other contacts are told what was decided."""
    row = open_call(work, action.id or 0)
    if row is not None:
        row.answer, row.answered_at, row.answered_by = answer[0], work.now, work.actor.person_id
        work.session.add(row)
    work.record_action(answer[1], sentence, action, ground=resting)
    for person_id in contacts_of(work, action):
        if person_id != work.actor.person_id:
            work.notify(sentence, person_id=person_id, action_id=action.id)
