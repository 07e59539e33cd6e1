"""What a lead shares with the other leads of the agency: who may stand in, what was promised in advance, what ended."""

from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.db import pick
from planner.models.directory import Agency, Appointment, Person, Region
from planner.models.operations import Action
from planner.models.reference import CatalogueRole
from planner.models.roles import RoleOffer, StandingCommitment
from planner.rules.words import OfferState, Post
from planner.work import Look


class Colleague(NamedTuple):
    """Somebody who may commit the same agency in an operation."""

    agency_id: int
    operation_id: int
    title: str


class MyCommitment(NamedTuple):
    id: int
    role: str
    region: str
    weekdays: str
    per_day: int
    with_immigration: bool
    valid_from: date
    valid_to: date
    lead: str


class MyEnded(NamedTuple):
    """What is no longer asked: filled by another agency, or withdrawn, and why."""

    role: str
    region: str
    starts_at: datetime
    ends_at: datetime
    filled: bool
    reason: str | None


def colleagues(look: Look) -> tuple[Colleague, ...]:
    """The other leads of the actor's own agencies, by operation."""
    own, today = access.own_agencies(look, access.Verb.SEE_OFFERS), look.now.date()
    p = Appointment
    query = (
        pick(p.agency_id, p.operation_id, Person.title)
        .distinct()
        .join(Person, col(Person.id) == col(p.person_id))
        .where(
            col(p.agency_id).in_(own),
            col(p.operation_id).in_(access.operations_for(look, access.Verb.SEE_OFFERS)),
            p.post == Post.PARTNER_LEAD,
            col(Person.active),
            p.person_id != look.actor.person_id,
            sa.or_(col(p.valid_from).is_(None), col(p.valid_from) <= today),
            sa.or_(col(p.valid_to).is_(None), col(p.valid_to) >= today),
        )
        .order_by(Person.title)
    )
    return tuple(Colleague._make(row) for row in look.session.execute(query))


def my_commitments(look: Look) -> tuple[MyCommitment, ...]:
    """Standing commitments of the actor's own agencies that have not ended, the first made first."""
    c, r = StandingCommitment, CatalogueRole
    latest = pick(r.code, sa.func.max(r.version).label("version")).group_by(r.code).subquery()
    query = (
        pick(
            *(c.id, r.title, Region.name, c.weekdays, c.per_day, c.with_immigration),
            *(c.valid_from, c.valid_to, Person.title),
        )
        .join(latest, latest.c.code == c.role_code)
        .join(r, sa.and_(col(r.code) == latest.c.code, col(r.version) == latest.c.version))
        .join(Region, col(Region.code) == col(c.region))
        .join(Person, col(Person.id) == col(c.lead_id))
        .where(
            col(c.agency_id).in_(access.own_agencies(look, access.Verb.SEE_OFFERS)),
            col(c.ended_at).is_(None),
            c.valid_to >= look.now.date(),
        )
        .order_by(c.id)
    )
    return tuple(MyCommitment._make(row) for row in look.session.execute(query))


def committable(look: Look) -> tuple[dict[str, str], dict[str, str]]:
    """Posts that the actor's agencies may fill, and where they work (everywhere for one of no region), by code."""
    own = access.own_agencies(look, access.Verb.SEE_OFFERS)
    found = look.session.execute(pick(Agency.kind, Agency.region).where(col(Agency.id).in_(own))).all()
    kinds, where = {kind for kind, _ in found}, {region for _, region in found}
    r = CatalogueRole
    rows = look.session.execute(pick(r.code, r.title, r.agency_kinds).order_by(r.version, r.title))
    posts = {code: title for code, title, allowed in rows if kinds & set(allowed.split("|"))}
    regions = pick(Region.code, Region.name).order_by(Region.name)
    if None not in where:
        regions = regions.where(col(Region.code).in_(where))
    return posts, dict(look.session.execute(regions).all())


def my_ended(look: Look, most: int) -> tuple[MyEnded, ...]:
    """Posts still to come that are no longer asked of this lead or deputy, the next first."""
    o, a = RoleOffer, Action
    named = sa.or_(col(o.lead_id) == look.actor.person_id, col(o.deputy_id) == look.actor.person_id)
    query = (
        pick(CatalogueRole.title, Region.name, a.starts_at, a.ends_at, col(o.filled_by).is_not(None), o.reason)
        .select_from(RoleOffer)
        .join(a, col(a.id) == col(o.action_id))
        .join(Region, col(Region.code) == col(a.region))
        .join(CatalogueRole, col(CatalogueRole.id) == col(o.role_id))
        .where(
            named,
            col(o.agency_id).in_(access.own_agencies(look, access.Verb.SEE_OFFERS)),
            col(a.operation_id).in_(access.operations_for(look, access.Verb.SEE_OFFERS)),
            o.state == OfferState.WITHDRAWN,
            a.ends_at >= look.now,
        )
        .order_by(a.starts_at, o.id)
        .limit(most)
    )
    return tuple(MyEnded._make(row) for row in look.session.execute(query))
