"""A review: the same people meet again about the same actions, because what was decided on has changed."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select

from planner.access import Verb, sees
from planner.actors import actors_at
from planner.errors import Refused
from planner.models.conferences import Attendance, Conference
from planner.models.operations import Action
from planner.rules.access import SEAT
from planner.rules.quorum import kinds_in
from planner.rules.words import ConferenceKind, ConferenceState
from planner.services.actions import OVER
from planner.services.conferences import ConveneRequest, Terms, convene, lock_conference
from planner.work import Work

WHAT_CHANGED = "What changed since"


def convene_review(work: Work, conference_id: int, starts_at: datetime, ends_at: datetime, key: str) -> Conference:
    """For a conference that was held: its actions still to come, its seats and its terms, what changed first."""
    before, actions = lock_conference(work, conference_id)
    if before.state is not ConferenceState.HELD:
        raise Refused("This conference is not held yet: hold it, or move it. A review follows one that was held.")
    left = tuple(action.reference for action in actions if action.state not in OVER)
    if not left:
        raise Refused("Every action of this conference is over: there is nothing left to review.")
    seats = select(Attendance.id).where(Attendance.conference_id == conference_id).order_by(col(Attendance.id))
    codes = [f"{SEAT}{number}" for number in work.session.exec(seats)]
    agenda = "\n".join([WHAT_CHANGED, *(line for line in before.agenda.splitlines() if line != WHAT_CHANGED)])
    terms = Terms(
        chair=_chair_still(work, before.chair_id, actions),
        required=kinds_in(before.required_kinds),
        quorum=before.quorum,
        agenda=agenda,
        confidentiality=before.confidentiality,
        join_link=before.join_link,
        strike_day_id=before.strike_day_id,
        review_of=conference_id,
    )
    asked = (left, starts_at, ends_at, tuple(codes), key, ConferenceKind.REVIEW, before.venue, terms)
    return convene(work, ConveneRequest(*asked), seats_of=conference_id)


def _chair_still(work: Work, chair: int, actions: Sequence[Action]) -> int | None:
    """Who chaired, while they still plan all of it; nobody: then whoever convenes the review chairs it."""
    found = actors_at(work.session, {chair}, work.now)
    return chair if found and all(sees(found[0], action, Verb.RECORD_CONFERENCE) for action in actions) else None
