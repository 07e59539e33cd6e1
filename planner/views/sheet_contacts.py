"""Whom to ring at any hour about one action: who holds command, the cell and care, and what partners confirmed."""

from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner.db import pick
from planner.facts_rows import TOLD_NAME
from planner.models.arrangements import Arrangement
from planner.models.directory import Agency, Appointment, Person
from planner.models.roles import RoleOffer
from planner.rules.values import ActionFact
from planner.rules.words import ANSWERED, AgencyKind, ArrangementKind, ArrangementState, Post
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
    """Two of each post at most, then partners' duty posts, then the duty desks of other agencies that attend."""
    return (*_posts(look, action), *_partners(look, action), *_desks(look, action))


def _posts(look: Look, action: ActionFact) -> tuple[Contact, ...]:
    a, today = Appointment, look.now.date()
    query = (
        pick(a.post, Person.title, Person.duty_number, Person.mailbox)
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
    for post, title, number, mailbox in look.session.execute(query):
        words = post.replace("_", " ").capitalize().replace("National gold", "National Gold")
        found.setdefault(post, []).append(Contact(words, title, _reached(number, mailbox)))
    return tuple(contact for post in ORDER for contact in found.get(post, [])[:MOST_OF_A_POST])


def _partners(look: Look, action: ActionFact) -> tuple[Contact, ...]:
    r = Arrangement
    query = (
        pick(r.kind, TOLD_NAME, r.answered_post, r.in_hours_post, r.out_of_hours_post)
        .add_columns(sa.case((col(Agency.kind) != AgencyKind.CARE_PROVIDER, Agency.duty_number)))
        .select_from(Arrangement)
        .outerjoin(Agency, col(Agency.id) == col(r.agency_id))
        .where(r.action_id == action.id, r.state == ArrangementState.CONFIRMED, col(r.kind).in_(TOLD))
        .order_by(r.id)
    )
    rows = []
    for kind, agency, answered, by_day, by_night, number in look.session.execute(query):
        who = " · ".join(part for part in (agency, answered) if part)
        reached = f"In hours: {by_day}. Out of hours: {by_night}." if by_night else number or "Through the cell"
        words = kind.replace("_", " ").replace("children ", "children's ").capitalize()
        rows.append(Contact(words, who, reached))
    return tuple(rows)


def _desks(look: Look, action: ActionFact) -> tuple[Contact, ...]:
    """Agencies whose post here is accepted and whose duty desk has a number; a care provider's never stands here."""
    accepted = pick(RoleOffer.agency_id).where(RoleOffer.action_id == action.id, col(RoleOffer.state).in_(ANSWERED))
    query = (
        pick(Agency.name, Agency.duty_number)
        .where(
            col(Agency.id).in_(accepted),
            col(Agency.duty_number).is_not(None),
            Agency.kind != AgencyKind.CARE_PROVIDER,
        )
        .order_by(Agency.name)
    )
    return tuple(Contact("Duty desk", name, number) for name, number in look.session.execute(query))


def _reached(number: str | None, mailbox: str | None) -> str:
    """By telephone first: at six in the morning nobody reads mail."""
    return " · ".join(part for part in (number, mailbox) if part) or "Through the cell"
