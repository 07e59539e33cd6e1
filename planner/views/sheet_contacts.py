"""Whom to ring at any hour about one action: who holds command, the cell and care, and what partners confirmed."""

from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner.db import pick
from planner.facts_rows import TOLD_NAME
from planner.models.arrangements import Arrangement
from planner.models.directory import Agency, Appointment, Person
from planner.rules.values import ActionFact
from planner.rules.words import ArrangementKind, ArrangementState, Post
from planner.work import Look

MOST_OF_A_POST = 2
ORDER = (Post.GOLD, Post.SILVER, Post.LOGGIST, Post.NATIONAL_GOLD, Post.CELL, Post.REGIONAL_CELL, Post.CARE_LEAD)
OWN = (Post.GOLD, Post.SILVER, Post.LOGGIST)
# Whoever answers for these is no care provider; a provider on call is reached through the care lead.
TOLD = (
    ArrangementKind.CHILDREN_SERVICE,
    ArrangementKind.MEDICAL,
    ArrangementKind.INTERPRETERS,
    ArrangementKind.TRANSPORT,
)


class Contact(NamedTuple):
    """For what, who by post, and how they are reached where that is recorded."""

    post: str
    who: str
    reached: str


def contacts(look: Look, action: ActionFact) -> tuple[Contact, ...]:
    """Two of each post at most, then partners' duty posts."""
    return (*_posts(look, action), *_partners(look, action))


def _posts(look: Look, action: ActionFact) -> tuple[Contact, ...]:
    a, today = Appointment, look.now.date()
    query = (
        pick(a.post, Person.title, Person.mailbox)
        .join(Person, col(Person.id) == col(a.person_id))
        .where(
            col(Person.active),
            col(a.post).in_(ORDER),
            col(a.operation_id).is_(None) | (col(a.operation_id) == action.operation_id),
            col(a.region).is_(None) | (col(a.region) == action.region),
            col(a.post).not_in(OWN) | (sa.func.coalesce(a.agency_id, Person.agency_id) == action.force_id),
            col(a.valid_from).is_(None) | (col(a.valid_from) <= today),
            col(a.valid_to).is_(None) | (col(a.valid_to) >= today),
        )
        .order_by(Person.title)
        .distinct()
    )
    found: dict[Post, list[Contact]] = {}
    for post, title, mailbox in look.session.execute(query):
        words = post.replace("_", " ").capitalize()
        found.setdefault(post, []).append(Contact(words, title, mailbox or "Through the cell"))
    return tuple(contact for post in ORDER for contact in found.get(post, [])[:MOST_OF_A_POST])


def _partners(look: Look, action: ActionFact) -> tuple[Contact, ...]:
    r = Arrangement
    query = (
        pick(r.kind, TOLD_NAME, r.answered_post, r.in_hours_post, r.out_of_hours_post)
        .select_from(Arrangement)
        .outerjoin(Agency, col(Agency.id) == col(r.agency_id))
        .where(r.action_id == action.id, r.state == ArrangementState.CONFIRMED, col(r.kind).in_(TOLD))
        .order_by(r.id)
    )
    rows = []
    for kind, agency, answered, by_day, by_night in look.session.execute(query):
        who = " · ".join(part for part in (agency, answered) if part)
        reached = f"In hours: {by_day}. Out of hours: {by_night}." if by_night else "Through the cell"
        words = kind.replace("_", " ").replace("children ", "children's ").capitalize()
        rows.append(Contact(words, who, reached))
    return tuple(rows)
