"""Undertakings: what an agency promised at a conference, by when, and whether the action waits for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import col, select

from planner.access import Verb, may
from planner.errors import InputError, NotFound, Refused
from planner.models.conferences import Conference, Undertaking
from planner.models.directory import Agency
from planner.models.operations import Action
from planner.rules.dates import instant_words
from planner.rules.words import ActionState, UndertakingState
from planner.services.conferences import lock_conference
from planner.services.gate import reconsider
from planner.services.names import agency_words, seated
from planner.services.texts import needed_text, said_text
from planner.work import Work

CHASED_AGAIN, GIVEN_UP = timedelta(days=1), timedelta(days=14)
NO_UNDERTAKING = "There is no such undertaking, or none that you can open."


@dataclass(frozen=True)
class UndertakingRequest:
    """What an agency undertook, by when, and whether the action waits for it; `owner` is the post that sees to it."""

    conference_id: int
    agency: str
    text: str
    due_at: datetime
    before_action: bool = True
    action: str | None = None
    owner: str = ""


def add_undertaking(work: Work, request: UndertakingRequest) -> Undertaking:
    text = needed_text(request.text, "What is undertaken")
    conference, actions = lock_conference(work, request.conference_id)
    about = next((item.id for item in actions if item.reference == request.action), None)
    agency = seated(work, request.conference_id, request.agency)
    if request.before_action:
        _refuse_after(request.due_at, [item for item in actions if about in (None, item.id)])
    row = Undertaking(
        conference_id=conference.id or 0,
        action_id=about,
        agency_id=agency.id or 0,
        owner=said_text(request.owner, "Whose undertaking it is", most=80),
        text=text,
        due_at=request.due_at,
        before_action=request.before_action,
    )
    work.session.add(row)
    work.session.flush()
    sentence = f"{agency_words(agency)} undertook by {instant_words(row.due_at)}: {row.text}"
    work.record("add_undertaking", sentence, kind="conference", ref=str(conference.id))
    work.notify(f"You undertook by {instant_words(row.due_at)}: {row.text}", agency_id=agency.id)
    reconsider(work, [action.id or 0 for action in actions], because=sentence)
    return row


def _refuse_after(due_at: datetime, actions: Sequence[Action]) -> None:
    """What an action waits for is done before it begins."""
    to_come = [action for action in actions if action.state is not ActionState.STOOD_DOWN]
    first = min(to_come, key=lambda action: action.starts_at, default=None)
    if first is not None and due_at > first.starts_at:
        raise InputError(f"{first.reference} begins on {instant_words(first.starts_at)}: it is due before then.")


def close_undertaking(work: Work, undertaking_id: int, *, done: bool = True) -> None:
    """Done, or dropped; by its own agency or the planners."""
    row = work.session.get(Undertaking, undertaking_id)
    work.attempts("close_undertaking", f"undertaking {undertaking_id}")
    if row is None:
        raise NotFound(NO_UNDERTAKING)
    operation_id = work.session.get_one(Conference, row.conference_id).operation_id
    if not may(work, Verb.CLOSE_UNDERTAKING, agency_id=row.agency_id, operation_id=operation_id):
        try:
            lock_conference(work, row.conference_id)
        except NotFound:
            raise NotFound(NO_UNDERTAKING) from None
    state = UndertakingState.DONE if done else UndertakingState.DROPPED
    if row.state is state:  # the second press of a double click, or of two people
        return
    if row.state is not UndertakingState.OPEN:
        raise Refused(f"This undertaking is {row.state} already.")
    row.state = state
    row.closed_at, row.closed_by = work.now, work.actor.person_id
    work.session.add(row)
    sentence = f"Undertaking {row.state}: {row.text}"
    work.record("close_undertaking", sentence, kind="conference", ref=str(row.conference_id))


def chase_undertaking(work: Work, undertaking_id: int) -> None:
    """The planners remind the agency of what it has not done; once a day is enough."""
    row = work.session.get(Undertaking, undertaking_id)
    work.attempts("chase_undertaking", f"undertaking {undertaking_id}")
    if row is None:
        raise NotFound(NO_UNDERTAKING)
    try:
        lock_conference(work, row.conference_id)
    except NotFound:
        raise NotFound(NO_UNDERTAKING) from None
    row = work.session.get_one(Undertaking, undertaking_id, populate_existing=True)
    if row.state is not UndertakingState.OPEN:
        raise Refused(f"This undertaking is {row.state} already.")
    if row.chased_at is not None and work.now - row.chased_at < CHASED_AGAIN:
        raise Refused(f"The agency was reminded at {instant_words(row.chased_at)}. Ring it, or wait a day.")
    remind_of(work, row)


def remind_of(work: Work, row: Undertaking) -> None:
    """Tell the agency once more, and note when."""
    row.chased_at = work.now
    work.session.add(row)
    late = "is overdue since" if row.due_at <= work.now else "is due by"
    said = f"What you undertook {late} {instant_words(row.due_at)}: {row.text}"
    work.notify(said, agency_id=row.agency_id, outside="Something you undertook is due.", path="/my_part")
    agency = agency_words(work.session.get_one(Agency, row.agency_id))
    sentence = f"{agency} was reminded of what it undertook by {instant_words(row.due_at)}."
    work.record("chase_undertaking", sentence, kind="conference", ref=str(row.conference_id))


def remind_undertakings(work: Work) -> int:
    """By the clock: an undertaking that is overdue, or due within a day, is called to mind once a day."""
    soon = work.now + CHASED_AGAIN
    due = col(Undertaking.due_at) <= soon
    rested = sa.or_(col(Undertaking.chased_at).is_(None), col(Undertaking.chased_at) <= work.now - CHASED_AGAIN)
    fresh = col(Undertaking.due_at) >= work.now - GIVEN_UP
    query = select(Undertaking).where(Undertaking.state == UndertakingState.OPEN, due, rested, fresh)
    rows = work.session.exec(query.order_by(col(Undertaking.id)).with_for_update(skip_locked=True)).all()
    for row in rows:
        remind_of(work, row)
    return len(rows)
