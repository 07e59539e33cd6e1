"""Facts of people: required posts, offers and conditions, training, double bookings, conferences."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from planner.db import pick
from planner.facts_rows import TOLD_NAME, WANTED, Of, rows
from planner.models.conferences import Attendance, Conference, ConferenceAction, Undertaking
from planner.models.directory import Agency, Availability, Training
from planner.models.operations import Action
from planner.models.reference import CatalogueRole
from planner.models.roles import Condition, RoleOffer
from planner.rules.board import Place, in_two_places
from planner.rules.catalogue import serves
from planner.rules.conference_values import ConferenceFact, SeatFact, UndertakingFact
from planner.rules.training_words import OF_A_TRAINED_OFFICER
from planner.rules.values import ActionFact, ConditionFact, OfferFact, RoleFact
from planner.rules.words import ActionKind, ActionState, ConferenceState, Nation, OfferState
from planner.work import Look

LIVE = (ActionState.PLANNED, ActionState.REQUESTED, ActionState.BEGUN)
ACCEPTED = (OfferState.ACCEPTED, OfferState.ACCEPTED_WITH_CONDITIONS)
# Made once: making an alias takes longer than asking the database for one action's facts.
MINE: Any = aliased(RoleOffer)
ROLE: Any = aliased(CatalogueRole)
NEWER: Any = aliased(CatalogueRole)


def _offer_columns() -> Any:
    o, r, a = RoleOffer, CatalogueRole, Agency
    return (
        pick(
            *(o.action_id, o.id, r.code, r.title, r.on_entry, r.needs_training, a.id, TOLD_NAME, a.kind),
            *(a.nation, a.nations, a.first_responder, o.lead_id, o.state, r.concerns),
        )
        .join(r, col(o.role_id) == col(r.id))
        .join(a, col(o.agency_id) == col(a.id))
        .where(col(o.state).not_in((OfferState.WITHDRAWN, OfferState.DECLINED)))
        .order_by(o.id)
    )


def _condition_columns() -> Any:
    c, o = Condition, RoleOffer
    return (
        pick(o.action_id, c.offer_id, c.text, c.state, c.changed_to)
        .join(o, col(c.offer_id) == col(o.id))
        .where(o.state == OfferState.ACCEPTED_WITH_CONDITIONS)
        .order_by(c.id)
    )


def _elsewhere(wanted: Any) -> Any:
    """Where the leads of these actions are expected beside them, between the first that begins and the last that ends.

    At live actions, which the reader may not see: the gate says that, not which.
    """
    o, a = RoleOffer, Action
    leads = pick(MINE.lead_id).where(col(MINE.action_id).in_(wanted), col(MINE.state).in_(ACCEPTED))
    return (
        pick(o.lead_id, a.id, a.starts_at, a.ends_at)
        .join(a, col(a.id) == col(o.action_id))
        .where(
            *(col(o.lead_id).in_(leads), col(o.state).in_(ACCEPTED), col(a.id).not_in(wanted)),
            *(col(a.state).in_(LIVE), a.starts_at < sa.bindparam("last"), a.ends_at > sa.bindparam("first")),
        )
    )


def _seat_columns() -> Any:
    t = Attendance
    columns = (t.state, t.may_commit, t.victims_advocate, t.confidentiality_accepted)
    return pick(t.conference_id, TOLD_NAME, Agency.kind, *columns).join(Agency, col(t.agency_id) == col(Agency.id))


def _undertaking_columns() -> Any:
    u = Undertaking
    return (
        pick(u.conference_id, u.action_id, u.text, TOLD_NAME, u.due_at, u.state)
        .join(Agency, col(u.agency_id) == col(Agency.id))
        .where(col(u.before_action).is_(True))
        .order_by(u.due_at)
    )


def _conference_columns() -> Any:
    c, link = Conference, ConferenceAction
    lapsed = col(link.clear_until) <= sa.bindparam("now")  # a clearance that is over counts where there is nothing else
    return (
        pick(link.action_id, c.id, c.kind, c.state, c.starts_at, c.held_at, link.decision, link.decided_on)
        .add_columns(c.quorum, c.required_kinds, link.clear_until)
        .join(c, col(link.conference_id) == col(c.id))
        .where(c.state != ConferenceState.CANCELLED)
        .order_by(sa.case((lapsed, 0), (col(c.state) == ConferenceState.HELD, 2), else_=1), c.starts_at)
    )


OFFERED, ON_CONDITION = Of((_offer_columns(), RoleOffer.action_id)), Of((_condition_columns(), RoleOffer.action_id))
MET = Of((_conference_columns(), ConferenceAction.action_id))
SEATED = Of((_seat_columns(), Attendance.conference_id))
UNDERTAKEN = Of((_undertaking_columns(), Undertaking.conference_id))
ELSEWHERE = _elsewhere(WANTED)
TRAINED = pick(Training.person_id).where(
    sa.or_(col(Training.valid_to).is_(None), col(Training.valid_to) >= sa.bindparam("today")),
    col(Training.skill) == OF_A_TRAINED_OFFICER,
)
STATED = pick(Availability.agency_id, Availability.actions_a_day).where(col(Availability.actions_a_day).is_not(None))


class Offers(NamedTuple):
    offers: Mapping[int, tuple[OfferFact, ...]]
    conditions: Mapping[int, tuple[ConditionFact, ...]]


class Conferences(NamedTuple):
    """The conference that counts for each action: the last one held, or else the next one convened.

    What was undertaken at an earlier one is owed until it is done: `linked` are all of an action's conferences.
    """

    conferences: Mapping[int, ConferenceFact]
    linked: Mapping[int, list[int]]
    seats: Mapping[int, tuple[SeatFact, ...]]
    undertakings: Mapping[int, tuple[tuple[int | None, UndertakingFact], ...]]

    def seats_of(self, action_id: int) -> tuple[SeatFact, ...]:
        held = self.conferences.get(action_id)
        return self.seats.get(held.id, ()) if held else ()

    def undertakings_of(self, action_id: int) -> tuple[UndertakingFact, ...]:
        about = [self.undertakings[number] for number in self.linked.get(action_id, ()) if number in self.undertakings]
        return tuple([fact for found in about for owner, fact in found if owner in (None, action_id)])


def current_roles() -> Any:
    """A SELECT of the ids of the posts that are asked for now: the latest version of each that is not retired."""
    newer = sa.select(NEWER.id).where(NEWER.code == ROLE.code, NEWER.version > ROLE.version)
    return sa.select(ROLE.id).where(ROLE.retired_at.is_(None), ~newer.exists())


def _required() -> Any:
    r = CatalogueRole
    columns = (r.code, r.title, r.needed, r.on_entry, r.needs_training, r.action_kinds, r.nations)
    return pick(*columns).where(col(r.id).in_(current_roles()), col(r.required)).order_by(r.code)


REQUIRED = _required()


def required_roles(look: Look) -> Callable[[ActionKind, Nation], tuple[RoleFact, ...]]:
    """The posts required of a kind of action in a nation, from the catalogue's latest versions."""
    required = rows(look, REQUIRED)
    cache: dict[tuple[ActionKind, Nation], tuple[RoleFact, ...]] = {}

    def of(kind: ActionKind, nation: Nation) -> tuple[RoleFact, ...]:
        if (kind, nation) not in cache:
            cache[kind, nation] = tuple(
                RoleFact(row.code, row.title, row.needed, row.on_entry, row.needs_training)
                for row in required
                if serves(row.action_kinds, row.nations, kind, nation)
            )
        return cache[kind, nation]

    return of


def offers_of(look: Look, wanted: Any) -> Offers:
    return Offers(
        OFFERED.by_owner(look, wanted, OfferFact._make), ON_CONDITION.by_owner(look, wanted, ConditionFact._make)
    )


def trained_people(look: Look) -> frozenset[int]:
    """Whose course in what a trained officer must know still counts."""
    return frozenset([person_id for (person_id,) in rows(look, TRAINED, today=look.now.date())])


def double_booked(
    look: Look, actions: Sequence[ActionFact], wanted: Any, offers: Mapping[int, tuple[OfferFact, ...]]
) -> dict[int, frozenset[int]]:
    """Leads who accepted a post at another live action whose window overlaps, by action.

    `wanted` names the actions in a query; `offers` are theirs, so that only what stands beside them is read.
    """
    if not actions:
        return {}
    mine, live = defaultdict[int, list[Place]](list), defaultdict[int, list[Place]](list)
    for action in actions:
        place = Place(action.id, action.starts_at, action.ends_at)
        for lead_id in {offer.lead_id for offer in offers.get(action.id, ()) if offer.state in ACCEPTED}:
            mine[lead_id].append(place)
            if action.state in LIVE:
                live[lead_id].append(place)
    span = {"first": min([each.starts_at for each in actions]), "last": max([each.ends_at for each in actions])}
    few = {"wanted": wanted} if isinstance(wanted, list) else {}
    for lead_id, *about in rows(look, ELSEWHERE if few else _elsewhere(wanted), **few, **span):
        live[lead_id].append(Place._make(about))
    found: defaultdict[int, set[int]] = defaultdict(set)
    for lead_id, places in mine.items():
        for action_id in in_two_places(places, live[lead_id]):
            found[action_id].add(lead_id)
    return {key: frozenset(leads) for key, leads in found.items()}


def daily_capacity(look: Look) -> dict[int, int]:
    """How many actions an agency says that it can stand in a day, by its id; of who says nothing there is none."""
    return dict(map(tuple, rows(look, STATED)))


def conferences_of(look: Look, wanted: Any) -> Conferences:
    chosen: dict[int, ConferenceFact] = {}
    linked: defaultdict[int, list[int]] = defaultdict(list)
    for action_id, *about in MET.rows(look, wanted, now=look.now):
        chosen[action_id] = ConferenceFact._make(about)
        linked[action_id].append(chosen[action_id].id)
    link = ConferenceAction
    these = {number for several in linked.values() for number in several}
    few = isinstance(wanted, list)
    met: Any = list(these) if few else pick(link.conference_id).where(col(link.action_id).in_(wanted))
    owed = UNDERTAKEN.by_owner(look, met, lambda row: (row[0], UndertakingFact._make(row[1:])))
    return Conferences(chosen, linked, SEATED.by_owner(look, met, SeatFact._make), owed)
