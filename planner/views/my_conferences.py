"""What a partner is invited to and has undertaken: its own agency's rows, without an action's reference or place."""

from datetime import datetime
from typing import NamedTuple

from sqlmodel import col

from planner import access
from planner.db import pick
from planner.models.conferences import Attendance, Conference, Undertaking
from planner.rules.words import AttendanceState, ConferenceState, Post, UndertakingState
from planner.work import Look


class MyInvitation(NamedTuple):
    conference_id: int
    starts_at: datetime
    ends_at: datetime
    state: AttendanceState


class MyUndertaking(NamedTuple):
    id: int
    text: str
    due_at: datetime
    before_action: bool


def my_invitations(look: Look) -> tuple[MyInvitation, ...]:
    """Conferences still to come to which the actor's own agency is invited."""
    c, seat = Conference, Attendance
    query = (
        pick(c.id, c.starts_at, c.ends_at, seat.state)
        .join(seat, col(seat.conference_id) == col(c.id))
        .where(
            col(seat.agency_id).in_(access.own_agencies(look, Post.PARTNER_LEAD)),
            c.state == ConferenceState.CONVENED,
            c.ends_at >= look.now,
        )
        .order_by(c.starts_at, c.id)
    )
    return tuple(MyInvitation._make(row) for row in look.session.execute(query))


def my_undertakings(look: Look) -> tuple[MyUndertaking, ...]:
    """What the actor's own agency undertook and has not closed, the first due first."""
    u = Undertaking
    query = (
        pick(u.id, u.text, u.due_at, u.before_action)
        .where(
            col(u.agency_id).in_(access.own_agencies(look, Post.PARTNER_LEAD)),
            u.state == UndertakingState.OPEN,
        )
        .order_by(u.due_at, u.id)
    )
    return tuple(MyUndertaking._make(row) for row in look.session.execute(query))
