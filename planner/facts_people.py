"""Facts of people: required posts, offers and conditions, training, double bookings, conferences."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from planner.db import pick
from planner.facts_rows import TOLD_NAME, facts_by_owner, rows
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


def _expected() -> Any:
    """Where leads who accepted a post are expected."""
    o, a = RoleOffer, Action
    columns = (o.lead_id, a.id, a.starts_at, a.ends_at)
    return pick(*columns).join(a, col(a.id) == col(o.action_id)).where(col(o.state).in_(ACCEPTED))


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


OFFERED, ON_CONDITION, EXPECTED = _offer_columns(), _condition_columns(), _expected()
SEATED, UNDERTAKEN = _seat_columns(), _undertaking_columns()


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


def required_roles(look: Look) -> Callable[[ActionKind, Nation], tuple[RoleFact, ...]]:
    """The posts required of a kind of action in a nation, from the catalogue's latest versions."""
    query = select(CatalogueRole).where(col(CatalogueRole.id).in_(current_roles()), col(CatalogueRole.required))
    required = look.session.exec(query.order_by(col(CatalogueRole.code))).all()
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
    mine = col(RoleOffer.action_id).in_(wanted)
    return Offers(
        facts_by_owner(look, OFFERED.where(mine), OfferFact._make),
        facts_by_owner(look, ON_CONDITION.where(mine), ConditionFact._make),
    )


def _leads(wanted: Any) -> Any:
    return pick(MINE.lead_id).where(col(MINE.action_id).in_(wanted), col(MINE.state).in_(ACCEPTED))


def trained_people(look: Look) -> frozenset[int]:
    """Whose course in what a trained officer must know still counts."""
    today = look.now.date()
    current = sa.or_(col(Training.valid_to).is_(None), col(Training.valid_to) >= today)
    query = select(Training.person_id).where(current, col(Training.skill) == OF_A_TRAINED_OFFICER)
    return frozenset(look.session.exec(query))


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
    beside = EXPECTED.where(
        *(col(RoleOffer.lead_id).in_(_leads(wanted)), col(Action.id).not_in(wanted), col(Action.state).in_(LIVE)),
        col(Action.starts_at) < max([action.ends_at for action in actions]),
        col(Action.ends_at) > min([action.starts_at for action in actions]),
    )
    for lead_id, *about in rows(look, beside):
        live[lead_id].append(Place._make(about))
    found: defaultdict[int, set[int]] = defaultdict(set)
    for lead_id, places in mine.items():
        for action_id in in_two_places(places, live[lead_id]):
            found[action_id].add(lead_id)
    return {key: frozenset(leads) for key, leads in found.items()}


def daily_capacity(look: Look) -> dict[int, int]:
    """How many actions an agency says that it can stand in a day, by its id; of who says nothing there is none."""
    a = Availability
    query = pick(a.agency_id, a.actions_a_day).where(col(a.actions_a_day).is_not(None))
    return dict(map(tuple, rows(look, query)))


def conferences_of(look: Look, wanted: Any) -> Conferences:
    c, link = Conference, ConferenceAction
    lapsed = col(link.clear_until) <= look.now  # a clearance that is over counts where there is nothing else
    query = (
        pick(link.action_id, c.id, c.kind, c.state, c.starts_at, c.held_at, link.decision, link.decided_on)
        .add_columns(c.quorum, c.required_kinds, link.clear_until)
        .join(c, col(link.conference_id) == col(c.id))
        .where(col(link.action_id).in_(wanted), c.state != ConferenceState.CANCELLED)
        .order_by(sa.case((lapsed, 0), (col(c.state) == ConferenceState.HELD, 2), else_=1), c.starts_at)
    )
    chosen: dict[int, ConferenceFact] = {}
    linked: defaultdict[int, list[int]] = defaultdict(list)
    for action_id, *about in rows(look, query):
        chosen[action_id] = ConferenceFact._make(about)
        linked[action_id].append(chosen[action_id].id)
    of_these = pick(link.conference_id).where(col(link.action_id).in_(wanted))
    return Conferences(chosen, linked, _seats(look, of_these), _undertakings(look, of_these))


def _seats(look: Look, of_these: Any) -> dict[int, tuple[SeatFact, ...]]:
    t = Attendance
    return facts_by_owner(look, SEATED.where(col(t.conference_id).in_(of_these)), SeatFact._make)


def _undertakings(look: Look, of_these: Any) -> dict[int, tuple[tuple[int | None, UndertakingFact], ...]]:
    u = Undertaking
    owed = UNDERTAKEN.where(col(u.conference_id).in_(of_these))
    return facts_by_owner(look, owed, lambda row: (row[0], UndertakingFact._make(row[1:])))
