"""Undertakings: what an agency promised at a conference, by when, and whether the action waits for it."""

from dataclasses import dataclass
from datetime import datetime

from planner.access import Verb, may
from planner.errors import NotFound
from planner.models.conferences import Conference, Undertaking
from planner.rules.dates import instant_words
from planner.rules.words import UndertakingState
from planner.services.conferences import lock_conference
from planner.services.gate import reconsider
from planner.services.names import agency_words, seated
from planner.services.texts import needed_text
from planner.work import Work

NO_UNDERTAKING = "There is no such undertaking, or none that you can open."


@dataclass(frozen=True)
class UndertakingRequest:
    """What an agency undertook, by when, and whether the action waits for it."""

    conference_id: int
    agency: str
    text: str
    due_at: datetime
    before_action: bool = True
    action: str | None = None


def add_undertaking(work: Work, request: UndertakingRequest) -> Undertaking:
    text = needed_text(request.text, "What is undertaken")
    conference, actions = lock_conference(work, request.conference_id)
    about = next((item.id for item in actions if item.reference == request.action), None)
    agency = seated(work, request.conference_id, request.agency)
    row = Undertaking(
        conference_id=conference.id or 0,
        action_id=about,
        agency_id=agency.id or 0,
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
    row.state = UndertakingState.DONE if done else UndertakingState.DROPPED
    row.closed_at, row.closed_by = work.now, work.actor.person_id
    work.session.add(row)
    sentence = f"Undertaking {row.state}: {row.text}"
    work.record("close_undertaking", sentence, kind="conference", ref=str(row.conference_id))
