"""What the role board reads: of thousands of offers numbers and a word alone, every name once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.db import pick
from planner.facts_people import ACCEPTED, LIVE, daily_capacity
from planner.facts_rows import rows
from planner.models.directory import Agency, Person, Region
from planner.models.operations import Action
from planner.models.reference import CatalogueRole
from planner.models.roles import Condition, RoleOffer
from planner.rules import board as rules
from planner.rules.access import told_name
from planner.rules.board import Place, Seat
from planner.rules.windows import local
from planner.rules.words import ActionKind, ActionState, ConditionState, Nation, OfferState
from planner.work import Look

OFF = (ActionState.STOOD_DOWN, ActionState.DEFERRED)
A_DAY = timedelta(days=1)
STATES = {str(state): (state, state in ACCEPTED) for state in OfferState}


class ActionLine(NamedTuple):
    id: int
    reference: str
    starts_at: datetime
    ends_at: datetime
    force: int
    region: str
    kind: ActionKind
    nation: Nation


class PostLine(NamedTuple):
    """A post of the catalogue as its latest version says."""

    code: str
    title: str
    needed: int


def actions(look: Look, wanted: Any) -> tuple[ActionLine, ...]:
    """The actions wanted, the next first."""
    a = Action
    query = (
        pick(a.id, a.reference, a.starts_at, a.ends_at, a.force_id, a.region, a.kind, Region.nation)
        .join(Region, col(Region.code) == col(a.region))
        .where(col(a.id).in_(wanted))
        .order_by(a.starts_at, a.reference)
    )
    return tuple(map(ActionLine._make, rows(look, query)))


def catalogue(look: Look) -> dict[int, PostLine]:
    """Every post by the id of any of its versions."""
    r = CatalogueRole
    found = rows(look, pick(r.id, r.code, r.title, r.needed).order_by(r.version))
    latest = {code: PostLine(code, title, needed) for _, code, title, needed in found}
    return {number: latest[code] for number, code, *_ in found}


def seats(look: Look, wanted: Any, posts: Mapping[int, PostLine]) -> dict[int, tuple[Seat, ...]]:
    """Every offer of the actions wanted that was not withdrawn, by action."""
    o = RoleOffer
    on_condition = pick(o.id).where(o.state == OfferState.ACCEPTED_WITH_CONDITIONS)
    refusals = pick(Condition.offer_id).where(
        Condition.state == ConditionState.REFUSED, col(Condition.offer_id).in_(on_condition)
    )
    refused = {number for (number,) in rows(look, refusals)}
    word = sa.type_coerce(col(o.state), sa.String())  # a thousand words are read sooner than a thousand members
    late = sa.and_(col(o.answer_by) <= look.now, col(o.state) == OfferState.OFFERED)
    query = (
        pick(o.action_id, o.id, o.role_id, o.agency_id, o.lead_id, word, late)
        .where(col(o.action_id).in_(wanted), col(o.state) != OfferState.WITHDRAWN)
        .order_by(o.id)
    )
    codes = {number: post.code for number, post in posts.items()}
    found: defaultdict[int, list[Seat]] = defaultdict(list)
    for action_id, number, role_id, agency_id, lead_id, said, late in rows(look, query):
        state, accepted = STATES[said]
        holds = accepted and number not in refused
        found[action_id].append(Seat(number, codes[role_id], agency_id, lead_id, state, holds, bool(late)))
    return {action_id: tuple(seats) for action_id, seats in found.items()}


def booked_twice(
    look: Look, wanted: Any, found: Iterable[ActionLine], seats: Mapping[int, Iterable[Seat]]
) -> dict[int, dict[int, frozenset[int]]]:
    """By action its leads who accepted a post at another live action that overlaps, and those actions.

    The gate asks the same of `facts_people.double_booked`, which does not tell at which.
    """
    places: defaultdict[int, dict[int, Place]] = defaultdict(dict)
    for row in found:
        place = Place(row.id, row.starts_at, row.ends_at)
        for seat in seats.get(row.id, ()):
            if seat.state in ACCEPTED:
                places[seat.lead_id][row.id] = place
    for lead_id, *about in rows(look, _elsewhere(wanted)):
        places[lead_id][about[0]] = Place._make(about)
    booked: defaultdict[int, dict[int, frozenset[int]]] = defaultdict(dict)
    for lead_id, expected in places.items():
        for action_id, others in rules.double_booked(expected.values()).items() if len(expected) > 1 else ():
            booked[action_id][lead_id] = others
    return {row.id: booked[row.id] for row in found if row.id in booked}


def _elsewhere(wanted: Any) -> Any:
    """Where the leads of these actions are expected beside them: at live actions that may not be visible here."""
    o = RoleOffer
    leads = pick(o.lead_id).where(col(o.action_id).in_(wanted), col(o.state).in_(ACCEPTED))
    return (
        pick(o.lead_id, Action.id, Action.starts_at, Action.ends_at)
        .join(Action, col(Action.id) == col(o.action_id))
        .where(
            *(col(o.lead_id).in_(leads), col(o.state).in_(ACCEPTED)),
            *(col(Action.state).in_(LIVE), col(Action.id).not_in(wanted)),
        )
    )


def beyond_capacity(
    look: Look, wanted: Any, found: Iterable[ActionLine], seats: Mapping[int, Iterable[Seat]]
) -> frozenset[tuple[int, date]]:
    """Agencies and days with more accepted than the agency states, in all operations."""
    stated = daily_capacity(look)
    held = [
        (seat.agency_id, local(row.starts_at).date(), row.id)
        for row in found
        for seat in seats.get(row.id, ())
        if seat.agency_id in stated and seat.state in ACCEPTED
    ]
    beside = rows(look, _accepted_beside(look, wanted, stated))
    held += [(agency_id, local(starts_at).date(), action_id) for agency_id, starts_at, action_id in beside]
    return rules.beyond_capacity(held, stated)


def _accepted_beside(look: Look, wanted: Any, stated: Collection[int]) -> Any:
    """What these agencies accepted beside the actions wanted; one closed to a list counts to who sees it."""
    seen = sa.or_(col(Action.compartment).is_(False), col(Action.id).in_(access.visible_actions(look)))
    return (
        pick(RoleOffer.agency_id, Action.starts_at, Action.id)
        .join(Action, col(Action.id) == col(RoleOffer.action_id))
        .where(
            *(col(RoleOffer.agency_id).in_(list(stated)), col(RoleOffer.state).in_(ACCEPTED), seen),
            *(col(Action.state).not_in(OFF), col(Action.id).not_in(wanted)),
            col(Action.starts_at) >= look.now - A_DAY,
        )
    )


def agencies(look: Look) -> dict[int, str]:
    """Every agency's name; that of a care provider to who may know it."""
    named = access.may(look, access.Verb.SEE_PROVIDERS)
    found = rows(look, pick(Agency.id, Agency.name, Agency.kind))
    return {number: told_name(name, kind, named=named) for number, name, kind in found}


def regions(look: Look) -> dict[str, str]:
    return dict(map(tuple, rows(look, pick(Region.code, Region.name))))


def people(look: Look, wanted: Collection[int]) -> dict[int, str]:
    """People by the post they are known by; of a care provider's nothing to who may not know its name."""
    named = access.may(look, access.Verb.SEE_PROVIDERS)
    query = pick(Person.id, Person.title, Agency.kind).join(Agency, col(Agency.id) == col(Person.agency_id))
    found = rows(look, query.where(col(Person.id).in_(wanted)))
    return {number: told_name(title, kind, named=named) for number, title, kind in found}
