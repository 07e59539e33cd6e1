"""Offers and who can be asked, as planners see them: those of visible actions alone."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from planner import access
from planner.db import holds_words, pick
from planner.facts_people import current_roles
from planner.models.directory import Agency, Appointment, Person
from planner.models.operations import Action
from planner.models.reference import CatalogueRole
from planner.models.roles import RoleOffer, RoleRequest
from planner.rules.access import HIDDEN_PROVIDER
from planner.rules.values import ActionFact
from planner.rules.words import AgencyKind, OfferState, Post
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
    deputy: str | None = None
    reason: str | None = None
    proposal: str | None = None
    asked_because: str | None = None
    first: bool = False
    by_telephone: bool = False
    by_commitment: bool = False
    role_code: str = ""


class OfferFilter(NamedTuple):
    """What to show of the offers still to come; empty means all. `page` counts from 1."""

    text: str = ""
    state: OfferState | None = None
    page: int = 1


PER_PAGE = 50
DEPUTY: Any = aliased(Person)


def role_board(look: Look, reference: str) -> tuple[OfferRow, ...]:
    """Every offer of one visible action that was not withdrawn."""
    query = _joined(look, _columns(look)).where(Action.reference == reference).order_by(RoleOffer.id)
    return tuple(OfferRow._make(row) for row in look.session.execute(query))


def offers(look: Look, wanted: OfferFilter, *, per_page: int | None = PER_PAGE) -> tuple[OfferRow, ...]:
    """One page of the offers of visible actions still to come, the next action first; without a length all of them."""
    query = _filtered(look, _columns(look), wanted).order_by(Action.starts_at, Action.reference, RoleOffer.id)
    page = query.limit(per_page).offset((wanted.page - 1) * (per_page or 0))
    return tuple(OfferRow._make(row) for row in look.session.execute(page))


def count_offers(look: Look, wanted: OfferFilter) -> int:
    query = _filtered(look, pick(sa.func.count()).select_from(RoleOffer), wanted)
    return int(look.session.execute(query).scalar_one())


def names_providers(look: Look) -> bool:
    """Whether the reader may know which care provider is which."""
    return look.actor.operator or access.may(look, access.Verb.SEE_PROVIDERS)


def unless_hidden(look: Look, column: Any, instead: Any = HIDDEN_PROVIDER) -> Any:
    """A column that would tell a care provider's name; for whoever may not know it, what stands in its place."""
    if names_providers(look):
        return column
    return sa.case((col(Agency.kind) == AgencyKind.CARE_PROVIDER, instead), else_=column)


def _columns(look: Look) -> Any:
    o = RoleOffer
    agency, lead, deputy = (unless_hidden(look, col(name)) for name in (Agency.name, Person.title, DEPUTY.title))
    return pick(
        *(o.id, Action.reference, Action.starts_at, CatalogueRole.title, agency, lead),
        *(o.state, o.offered_at, o.answer_by, deputy, o.reason, o.proposal, o.asked_because),
        *(col(item).is_not(None) for item in (RoleRequest.seats, o.telephone_by, o.commitment_id)),
        CatalogueRole.code,
    )


def _joined(look: Look, query: Any) -> Any:
    o = RoleOffer
    return (
        query.join(Action, col(Action.id) == col(o.action_id))
        .join(CatalogueRole, col(CatalogueRole.id) == col(o.role_id))
        .join(Agency, col(Agency.id) == col(o.agency_id))
        .join(Person, col(Person.id) == col(o.lead_id))
        .outerjoin(DEPUTY, DEPUTY.id == o.deputy_id)
        .outerjoin(RoleRequest, col(RoleRequest.id) == col(o.request_id))
        .where(col(Action.id).in_(access.visible_actions(look)), col(o.state) != OfferState.WITHDRAWN)
    )


def _filtered(look: Look, query: Any, wanted: OfferFilter) -> Any:
    query = _joined(look, query).where(Action.ends_at >= look.now)
    if wanted.state:
        query = query.where(RoleOffer.state == wanted.state)
    if wanted.text:
        columns = (col(Action.reference), col(CatalogueRole.title), unless_hidden(look, col(Agency.name)))
        query = query.where(holds_words(wanted.text, *columns))
    return query


class AgencyChoice(NamedTuple):
    """An agency that can be asked; `own` is the force that owns the action."""

    code: str
    name: str
    kind: AgencyKind
    own: bool

    @property
    def usual(self) -> bool:
        """Invited unless somebody says otherwise: the owning force and every partner, other forces on request."""
        return self.own or self.kind is not AgencyKind.POLICE_FORCE


def agencies_near(look: Look, action: ActionFact) -> tuple[AgencyChoice, ...]:
    """Who can be asked and invited: the owning force, and agencies of the region with a lead in the operation."""
    leads = pick(Appointment.agency_id).where(
        col(Appointment.post) == Post.PARTNER_LEAD, col(Appointment.operation_id) == action.operation_id
    )
    here = sa.or_(col(Agency.region) == action.region, col(Agency.region).is_(None))
    query = (
        pick(Agency.code, Agency.name, Agency.kind, (col(Agency.id) == action.force_id).label("own"))
        .where(sa.or_(sa.and_(col(Agency.id).in_(leads), here), col(Agency.id) == action.force_id))
        .order_by(sa.desc("own"), Agency.name)
    )
    if not names_providers(look):  # neither asked nor invited by who may not know which it is
        query = query.where(col(Agency.kind) != AgencyKind.CARE_PROVIDER)
    return tuple(AgencyChoice._make(row) for row in look.session.execute(query))


class RoleChoice(NamedTuple):
    """A post of the catalogue, and the kinds of agency that may fill it."""

    code: str
    title: str
    responsibilities: str
    kinds: tuple[str, ...]


def role_choices(look: Look) -> tuple[RoleChoice, ...]:
    """Every post that is asked for now, required ones first."""
    role = CatalogueRole
    query = pick(role.code, role.title, role.responsibilities, role.agency_kinds)
    query = query.where(col(role.id).in_(current_roles()))
    rows = look.session.execute(query.order_by(col(role.required).desc(), role.title))
    return tuple(RoleChoice(code, title, said, tuple(kinds.split("|"))) for code, title, said, kinds in rows)


def first_open(needed: Mapping[str, int], choices: Sequence[RoleChoice], offers: Sequence[OfferRow]) -> int | None:
    """Which post to offer next: the first of which the action needs more than are asked; none once all are.

    `needed` is how many of each required post the action needs, by the post's code.
    """
    live = Counter(offer.role_code for offer in offers if offer.state is not OfferState.DECLINED)
    short = (at for at, role in enumerate(choices) if live[role.code] < needed.get(role.code, 0))
    return next(short, None)


def whom_to_ask(
    required: Sequence[RoleChoice], offers: Sequence[OfferRow], agencies: Sequence[AgencyChoice]
) -> dict[str, str]:
    """For each required post that nobody is asked for: a partner organisation that may fill it, else the force."""
    live = {offer.role_code for offer in offers if offer.state is not OfferState.DECLINED}
    declined = {(offer.role_code, offer.agency) for offer in offers if offer.state is OfferState.DECLINED}
    found: dict[str, str] = {}
    for role in required:
        fitting = [item for item in agencies if item.kind in role.kinds and (role.code, item.name) not in declined]
        first = sorted(fitting, key=lambda item: (item.kind is not AgencyKind.NGO, not item.own))[:1]
        if role.code not in live and first:
            found[role.code] = first[0].code
    return found
