"""Offers, conferences and undertakings as pages show them; a partner sees its own and nothing of others."""

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.db import pick
from planner.models.conferences import Attendance, Conference, ConferenceAction, Undertaking
from planner.models.directory import Agency, Person, Region
from planner.models.operations import Action, DemandLine
from planner.models.reference import CatalogueRole
from planner.models.roles import Condition, RoleOffer
from planner.rules.words import (
    AttendanceState,
    ConditionState,
    ConferenceState,
    Decision,
    Immigration,
    OfferState,
    Post,
    UndertakingState,
)
from planner.work import Look


class OfferRow(NamedTuple):
    id: int
    reference: str
    starts_at: datetime
    role: str
    agency: str
    lead: str
    state: OfferState
    offered_at: datetime
    answer_by: datetime


class ConditionRow(NamedTuple):
    id: int
    offer_id: int
    reference: str
    role: str
    agency: str
    text: str
    state: ConditionState
    answer: str | None


class MyOffer(NamedTuple):
    """What a partner lead is asked: no force, no reference, no premises; immigration's presence always."""

    id: int
    role: str
    responsibilities: str
    region: str
    starts_at: datetime
    ends_at: datetime
    immigration: Immigration
    likely: int
    high: int
    state: OfferState
    answer_by: datetime
    version: int


def role_board(look: Look, reference: str | None = None) -> tuple[OfferRow, ...]:
    """Every offer of visible actions still to come, or of one action."""
    o = RoleOffer
    query = (
        pick(
            *(o.id, Action.reference, Action.starts_at, CatalogueRole.title, Agency.name, Person.title),
            *(o.state, o.offered_at, o.answer_by),
        )
        .join(Action, col(Action.id) == col(o.action_id))
        .join(CatalogueRole, col(CatalogueRole.id) == col(o.role_id))
        .join(Agency, col(Agency.id) == col(o.agency_id))
        .join(Person, col(Person.id) == col(o.lead_id))
        .where(col(Action.id).in_(access.visible_actions(look)), col(o.state) != OfferState.WITHDRAWN)
        .order_by(Action.starts_at, Action.reference, o.id)
    )
    query = query.where(Action.reference == reference) if reference else query.where(Action.ends_at >= look.now)
    return tuple(OfferRow._make(row) for row in look.session.execute(query))


def conditions(look: Look, reference: str | None = None) -> tuple[ConditionRow, ...]:
    """Conditions raised on visible actions, those to answer first."""
    c = Condition
    query = (
        pick(c.id, c.offer_id, Action.reference, CatalogueRole.title, Agency.name, c.text, c.state, c.answer)
        .join(RoleOffer, col(RoleOffer.id) == col(c.offer_id))
        .join(Action, col(Action.id) == col(RoleOffer.action_id))
        .join(CatalogueRole, col(CatalogueRole.id) == col(RoleOffer.role_id))
        .join(Agency, col(Agency.id) == col(RoleOffer.agency_id))
        .where(col(Action.id).in_(access.visible_actions(look)))
        .order_by(sa.case((col(c.state) == ConditionState.RAISED, 0), else_=1), c.id)
    )
    if reference:
        query = query.where(Action.reference == reference)
    return tuple(ConditionRow._make(row) for row in look.session.execute(query))


def my_offers(look: Look) -> tuple[MyOffer, ...]:
    """The offers to the actor's own agency, still to come; what is unanswered first."""
    o = RoleOffer
    own = access.own_agencies(look, Post.PARTNER_LEAD)
    demand = (
        pick(
            DemandLine.action_id,
            sa.func.sum(DemandLine.likely).label("likely"),
            sa.func.sum(DemandLine.high).label("high"),
        )
        .group_by(DemandLine.action_id)
        .subquery()
    )
    query = (
        pick(
            *(o.id, CatalogueRole.title, CatalogueRole.responsibilities, Region.name, Action.starts_at, Action.ends_at),
            *(Action.immigration, sa.func.coalesce(demand.c.likely, 0), sa.func.coalesce(demand.c.high, 0)),
            *(o.state, o.answer_by, o.version),
        )
        .join(Action, col(Action.id) == col(o.action_id))
        .join(Region, col(Region.code) == col(Action.region))
        .join(CatalogueRole, col(CatalogueRole.id) == col(o.role_id))
        .outerjoin(demand, demand.c.action_id == Action.id)
        .where(
            col(o.agency_id).in_(own),
            sa.or_(col(o.lead_id) == look.actor.person_id, col(o.deputy_id) == look.actor.person_id),
            col(o.state) != OfferState.WITHDRAWN,
            Action.ends_at >= look.now,
        )
        .order_by(sa.case((col(o.state) == OfferState.OFFERED, 0), else_=1), Action.starts_at, o.id)
    )
    return tuple(MyOffer._make(row) for row in look.session.execute(query))


class ConferenceRow(NamedTuple):
    id: int
    starts_at: datetime
    ends_at: datetime
    state: ConferenceState
    reference: str
    decision: Decision | None


class SeatRow(NamedTuple):
    code: str
    agency: str
    state: AttendanceState
    may_commit: bool
    victims_advocate: bool
    confidentiality_accepted: bool


class UndertakingRow(NamedTuple):
    id: int
    agency: str
    text: str
    due_at: datetime
    before_action: bool
    state: UndertakingState


def conferences(look: Look, reference: str | None = None) -> tuple[ConferenceRow, ...]:
    """Conferences on visible actions still to come, one row for each action they are about."""
    link = ConferenceAction
    query = (
        pick(Conference.id, Conference.starts_at, Conference.ends_at, Conference.state, Action.reference, link.decision)
        .join(link, col(link.conference_id) == col(Conference.id))
        .join(Action, col(Action.id) == col(link.action_id))
        .where(col(Action.id).in_(access.visible_actions(look)))
        .order_by(Conference.starts_at, Conference.id, Action.reference)
    )
    query = query.where(Action.reference == reference) if reference else query.where(Action.ends_at >= look.now)
    return tuple(ConferenceRow._make(row) for row in look.session.execute(query))


def _visible_conferences(look: Look) -> sa.Select[tuple[int]]:
    found: sa.Select[tuple[int]] = pick(ConferenceAction.conference_id).where(
        col(ConferenceAction.action_id).in_(access.visible_actions(look))
    )
    return found


def seats(look: Look, conference_id: int) -> tuple[SeatRow, ...]:
    t = Attendance
    query = (
        pick(Agency.code, Agency.name, t.state, t.may_commit, t.victims_advocate, t.confidentiality_accepted)
        .join(Agency, col(Agency.id) == col(t.agency_id))
        .where(t.conference_id == conference_id, col(t.conference_id).in_(_visible_conferences(look)))
        .order_by(Agency.name)
    )
    return tuple(SeatRow._make(row) for row in look.session.execute(query))


def undertakings(look: Look, conference_id: int) -> tuple[UndertakingRow, ...]:
    u = Undertaking
    query = (
        pick(u.id, Agency.name, u.text, u.due_at, u.before_action, u.state)
        .join(Agency, col(Agency.id) == col(u.agency_id))
        .where(u.conference_id == conference_id, col(u.conference_id).in_(_visible_conferences(look)))
        .order_by(u.due_at)
    )
    return tuple(UndertakingRow._make(row) for row in look.session.execute(query))


class AgencyChoice(NamedTuple):
    code: str
    name: str
    kind: str


def agencies_near(look: Look, region: str, force_id: int) -> tuple[AgencyChoice, ...]:
    """Agencies of a region, and the owning force, to offer posts to and invite."""
    query = (
        pick(Agency.code, Agency.name, Agency.kind)
        .where(sa.or_(sa.and_(col(Agency.region) == region, col(Agency.fictional)), col(Agency.id) == force_id))
        .order_by(Agency.name)
    )
    return tuple(AgencyChoice._make(row) for row in look.session.execute(query))


def role_choices(look: Look) -> tuple[tuple[str, str, str], ...]:
    """Code, title and agency kinds of every post in the catalogue."""
    query = pick(CatalogueRole.code, CatalogueRole.title, CatalogueRole.agency_kinds).order_by(
        col(CatalogueRole.required).desc(), CatalogueRole.title
    )
    return tuple(tuple(row) for row in look.session.execute(query))
