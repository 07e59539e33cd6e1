"""What a partner lead is asked, invited to and has undertaken: its own, without an action's reference or place."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.db import pick
from planner.models.directory import Agency, Person, Region
from planner.models.operations import Action
from planner.models.reference import CatalogueRole
from planner.models.roles import Condition, RoleOffer, RoleRequest
from planner.rules.words import (
    AgencyKind,
    ConditionState,
    Immigration,
    OfferState,
)
from planner.views.shared import LOGISTICS_ONLY, Asked, Shared, shared_parts
from planner.work import Look

LATELY = timedelta(days=14)
ASKED = (OfferState.OFFERED, OfferState.ACCEPTED, OfferState.ACCEPTED_WITH_CONDITIONS)


class MyCondition(NamedTuple):
    """`changed_to` is another wording that the planners offer; `settled` that the answer was agreed to."""

    id: int
    text: str
    state: ConditionState
    answer: str | None
    changed_to: str | None = None
    settled: bool = False
    broken: bool = False

    @property
    def waits_for_word(self) -> bool:
        """Whether the planners answered it, other than with no, and the partner has still to say if that will do."""
        return self.answer is not None and self.state is not ConditionState.REFUSED and not self.settled


class MyOffer(NamedTuple):
    """What a lead is asked: no reference; immigration's presence always; `shared` is what else is agreed.

    `others` are the kinds of agency asked beside it, never which ones nor what they answered; `first` says that
    several were asked for this very post and that the first to accept have it.
    """

    id: int
    role: str
    responsibilities: str
    region: str
    starts_at: datetime
    ends_at: datetime
    immigration: Immigration
    state: OfferState
    answer_by: datetime
    version: int
    answered_at: datetime | None = None
    agency_id: int = 0
    operation_id: int = 0
    lead: str = ""
    asked_because: str | None = None
    answered_by_me: bool = False
    by_telephone: bool = False
    by_commitment: bool = False
    first: bool = False
    others: tuple[AgencyKind, ...] = ()
    conditions: tuple[MyCondition, ...] = ()
    shared: Shared = LOGISTICS_ONLY

    @property
    def waits_for_word(self) -> bool:
        """Whether the planners answered a condition, and the partner has still to say whether that will do."""
        return any(item.waits_for_word for item in self.conditions)


def my_offers(look: Look) -> tuple[MyOffer, ...]:
    """The offers to this lead or deputy, still to come; what is unanswered first."""
    return _read(look, _offers(look).where(col(Action.ends_at) >= look.now))


def my_past(look: Look) -> tuple[MyOffer, ...]:
    """What was accepted on conditions and took place lately, the last first: whether they were kept is known now."""
    accepted = col(RoleOffer.state) == OfferState.ACCEPTED_WITH_CONDITIONS
    lately = sa.and_(col(Action.starts_at) <= look.now, col(Action.ends_at) > look.now - LATELY)
    return _read(look, _offers(look).where(accepted, lately))[::-1]


def _read(look: Look, query: Any) -> tuple[MyOffer, ...]:
    rows = [(Asked(*row[:4]), MyOffer(*row[4:])) for row in look.session.execute(query).all()]
    others = _others(look, {asked.action_id for asked, _ in rows})
    conditions, shared = (
        _conditions(look, [row.id for _, row in rows]),
        shared_parts(look, [item for item, row in rows if row.state in ASKED]),
    )
    return tuple(
        row._replace(
            others=others[asked.action_id], conditions=conditions[row.id], shared=shared.get(asked, LOGISTICS_ONLY)
        )
        for asked, row in rows
    )


def _offers(look: Look) -> Any:
    o, a, r = RoleOffer, Action, CatalogueRole
    return (
        pick(
            *(a.id, o.agency_id, a.force_id, r.concerns),
            *(o.id, r.title, r.responsibilities, Region.name, a.starts_at, a.ends_at, a.immigration),
            *(o.state, o.answer_by, o.version, o.answered_at, o.agency_id, a.operation_id, Person.title),
            o.asked_because,
            sa.case((col(o.answered_by) == look.actor.person_id, sa.true()), else_=sa.false()),
            *(col(item).is_not(None) for item in (o.telephone_by, o.commitment_id, RoleRequest.seats)),
        )
        .outerjoin(RoleRequest, col(RoleRequest.id) == col(o.request_id))
        .join(Person, col(Person.id) == col(o.lead_id))
        .join(a, col(a.id) == col(o.action_id))
        .join(Region, col(Region.code) == col(a.region))
        .join(r, col(r.id) == col(o.role_id))
        .where(mine(look), col(o.state) != OfferState.WITHDRAWN)
        .order_by(sa.case((col(o.state) == OfferState.OFFERED, 0), else_=1), a.starts_at, o.id)
    )


def mine(look: Look) -> Any:
    """Offers to the actor's own agency, in an operation of theirs, that name the actor as lead or deputy."""
    named = sa.or_(col(RoleOffer.lead_id) == look.actor.person_id, col(RoleOffer.deputy_id) == look.actor.person_id)
    here = pick(Action.id).where(col(Action.operation_id).in_(own_operations(look)))
    return sa.and_(col(RoleOffer.agency_id).in_(own_agencies(look)), col(RoleOffer.action_id).in_(here), named)


def own_agencies(look: Look) -> tuple[int, ...]:
    return access.own_agencies(look, access.Verb.SEE_OFFERS)


def own_operations(look: Look) -> Any:
    return access.operations_for(look, access.Verb.SEE_OFFERS)


def _others(look: Look, actions: set[int]) -> defaultdict[int, tuple[AgencyKind, ...]]:
    """Kinds of agency that are asked for a post at the same action, the actor's own left out."""
    own = own_agencies(look)
    query = (
        pick(RoleOffer.action_id, Agency.kind)
        .distinct()
        .join(Agency, col(Agency.id) == col(RoleOffer.agency_id))
        .where(
            col(RoleOffer.action_id).in_(actions),
            col(RoleOffer.state).in_(ASKED),
            col(RoleOffer.agency_id).not_in(own),
        )
        .order_by(Agency.kind)
    )
    found: defaultdict[int, tuple[AgencyKind, ...]] = defaultdict(tuple)
    for action, kind in look.session.execute(query):
        found[action] += (kind,)
    return found


def _conditions(look: Look, offers: list[int]) -> defaultdict[int, tuple[MyCondition, ...]]:
    c = Condition
    dates = (col(c.confirmed_at).is_not(None), col(c.broken_at).is_not(None))
    columns = pick(c.offer_id, c.id, c.text, c.state, c.answer, c.changed_to, *dates)
    query = columns.where(col(c.offer_id).in_(offers)).order_by(c.id)
    found: defaultdict[int, tuple[MyCondition, ...]] = defaultdict(tuple)
    for row in look.session.execute(query):
        found[row[0]] += (MyCondition._make(row[1:]),)
    return found
