"""What a partner lead is invited to and has undertaken: when, and which own posts hang on it."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner.db import pick
from planner.models.conferences import Attendance, Conference, ConferenceAction, Undertaking
from planner.models.directory import Agency, Person
from planner.models.operations import Action
from planner.models.reference import CatalogueRole
from planner.models.roles import RoleOffer
from planner.rules.invitation_words import AnsweredVia, InvitationAnswer
from planner.rules.words import (
    AttendanceState,
    ConferenceKind,
    ConferenceState,
    Marking,
    UndertakingState,
)
from planner.views.my_part import ASKED, mine, own_agencies, own_operations
from planner.work import Look

SOON = timedelta(days=14)


class MyPost(NamedTuple):
    """A post that this lead is asked for, or has taken, at an action that a conference decides for."""

    role: str
    starts_at: datetime
    ends_at: datetime


class MyInvitation(NamedTuple):
    """A conference to come; of what it decides for, how many actions, and this lead's own posts alone."""

    conference_id: int
    kind: ConferenceKind
    starts_at: datetime
    ends_at: datetime
    state: AttendanceState
    actions: int
    agency_id: int
    answer: InvitationAnswer | None
    answered_at: datetime | None
    answered_via: AnsweredVia | None
    comment: str | None
    deputy: str | None
    substitute: str | None
    held: bool
    posts: tuple[MyPost, ...] = ()


class MyUndertaking(NamedTuple):
    id: int
    text: str
    due_at: datetime
    before_action: bool
    marking: Marking
    handling: str | None


def my_invitations(look: Look) -> tuple[MyInvitation, ...]:
    """Conferences to come, or that meet now, to which the own agency is invited; of a group, the next fortnight's."""
    c, seat = Conference, Attendance
    links = sa.select(sa.func.count()).where(col(ConferenceAction.conference_id) == c.id).scalar_subquery()
    query = (
        pick(c.id, c.kind, c.starts_at, c.ends_at, seat.state, links)
        .add_columns(seat.agency_id, seat.answer, seat.answered_at, seat.answered_via, seat.answer_comment)
        .add_columns(Person.title, Agency.name, col(c.state) == ConferenceState.HELD)
        .join(seat, col(seat.conference_id) == col(c.id))
        .outerjoin(Person, col(Person.id) == col(seat.deputy_id))
        .outerjoin(Agency, col(Agency.id) == col(seat.substitute_id))
        .where(
            col(seat.agency_id).in_(own_agencies(look)),
            col(c.operation_id).in_(own_operations(look)),
            c.state != ConferenceState.CANCELLED,
            c.ends_at >= look.now,
            sa.or_(col(c.kind) != ConferenceKind.STANDING, col(c.starts_at) < look.now + SOON),
        )
        .order_by(c.starts_at, c.id)
    )
    rows = [MyInvitation(*row) for row in look.session.execute(query)]
    posts = _posts(look, [row.conference_id for row in rows])
    return tuple(row._replace(posts=posts[row.conference_id]) for row in rows)


def deputies(look: Look, agency_id: int) -> tuple[str, ...]:
    """Others of an own agency, by post, who may come in the reader's place."""
    if agency_id not in own_agencies(look):
        return ()
    people = pick(Person.title).where(Person.agency_id == agency_id, col(Person.active)).order_by(Person.title)
    return tuple(look.session.execute(people.where(col(Person.id) != look.actor.person_id)).scalars())


def _posts(look: Look, conferences: list[int]) -> defaultdict[int, tuple[MyPost, ...]]:
    """The lead's own posts by conference, the first action first."""
    a, held = Action, ConferenceAction
    query = (
        pick(held.conference_id, CatalogueRole.title, a.starts_at, a.ends_at)
        .join(a, col(a.id) == col(held.action_id))
        .join(RoleOffer, col(RoleOffer.action_id) == col(a.id))
        .join(CatalogueRole, col(CatalogueRole.id) == col(RoleOffer.role_id))
        .where(col(held.conference_id).in_(conferences), mine(look), col(RoleOffer.state).in_(ASKED))
        .order_by(a.starts_at, CatalogueRole.title)
    )
    found: defaultdict[int, tuple[MyPost, ...]] = defaultdict(tuple)
    for row in look.session.execute(query):
        found[row[0]] += (MyPost._make(row[1:]),)
    return found


def my_undertakings(look: Look) -> tuple[MyUndertaking, ...]:
    """What the actor's own agency undertook and has not closed, the first due first."""
    u = Undertaking
    query = (
        pick(u.id, u.text, u.due_at, u.before_action, Conference.marking, Conference.handling)
        .join(Conference, col(Conference.id) == col(u.conference_id))
        .where(
            col(u.agency_id).in_(own_agencies(look)),
            col(Conference.operation_id).in_(own_operations(look)),
            u.state == UndertakingState.OPEN,
        )
        .order_by(u.due_at, u.id)
    )
    return tuple(MyUndertaking._make(row) for row in look.session.execute(query))
