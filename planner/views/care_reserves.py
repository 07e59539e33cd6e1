"""Reserves as the care lead and the cell see them: what is wanted, which nights are covered, who shares."""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.access import Verb
from planner.db import pick
from planner.errors import NotFound
from planner.models.care import Hold, HoldLine, Reserve, ReserveShare, Unit, UnitExploitation, UnitProfile, UnitZone
from planner.models.directory import Agency, Region
from planner.models.operations import Action, DemandLine, Operation, StrikeDay
from planner.rules.supply import Run, covered
from planner.rules.windows import first_night, local, nights_of
from planner.rules.words import ActionState, Exploitation, HoldState, Profile
from planner.work import Look

TO_COME = (ActionState.PLANNED, ActionState.REQUESTED)


class ReserveRow(NamedTuple):
    """A reserve: `confirmed` is its most on any night from tonight, `covered` the nights with all it wants."""

    id: int
    operation: str
    region: str
    region_name: str
    places: int
    reason: str
    confirmed: int
    covered: tuple[Run, ...]
    waiting: int
    shared_by: int
    strike_day: str | None = None


class Sharer(NamedTuple):
    """An action where nobody is likely, that could share a reserve."""

    reference: str
    starts_at: datetime
    high: int


class ReserveUnit(NamedTuple):
    """A unit that a reserve may ask: it takes people of unknown exploitation and serves the region's zone."""

    code: str
    provider: str
    profiles: tuple[Profile, ...]


class ReserveChoices(NamedTuple):
    """Where a reserve can be set: operations and regions by code, strike days by number."""

    operations: dict[str, str]
    regions: dict[str, str]
    strike_days: dict[int, str]


def _seen(look: Look) -> Any:
    """What belongs to no reserve of the reader's operations is left out; who sets no reserve sees none."""
    kept = access.visible_operations(look) if look.actor.operator else access.operations_for(look, Verb.SET_RESERVE)
    return col(Reserve.operation_id).in_(kept)


def reserves(look: Look) -> tuple[ReserveRow, ...]:
    """Every reserve that this reader may set, by region."""
    query = (
        pick(Reserve.id, Operation.code, Region.code, Region.name, Reserve.places, Reserve.reason, StrikeDay.name)
        .join(Operation, col(Operation.id) == col(Reserve.operation_id))
        .join(Region, col(Region.code) == col(Reserve.region))
        .outerjoin(StrikeDay, col(StrikeDay.id) == col(Reserve.strike_day_id))
        .where(_seen(look))
        .order_by(Region.name, Reserve.id)
    )
    confirmed, waiting = _booked(look)
    shares = _shares(look)
    return tuple(
        ReserveRow(
            id=number,
            operation=operation,
            region=region,
            region_name=name,
            places=places,
            reason=reason,
            confirmed=max(confirmed[number].values(), default=0),
            covered=covered(confirmed[number], places),
            waiting=waiting[number],
            shared_by=shares[number],
            strike_day=strike,
        )
        for number, operation, region, name, places, reason, strike in look.session.execute(query)
    )


def names_of_reserves(look: Look, operation: str) -> frozenset[str]:
    """As bookings name those of one operation that this reader may set."""
    query = pick(Reserve.id).join(Operation, col(Operation.id) == col(Reserve.operation_id))
    found = look.session.execute(query.where(Operation.code == operation, _seen(look))).scalars()
    return frozenset(f"Reserve {number}" for number in found)


def _booked(look: Look) -> tuple[defaultdict[int, Counter[date]], Counter[int]]:
    """By reserve: confirmed places of each night from tonight, and places that still wait for an answer."""
    query = (
        pick(Hold.reserve_id, Hold.state, Hold.first_night, Hold.nights, sa.func.sum(HoldLine.places))
        .join(HoldLine, col(HoldLine.hold_id) == col(Hold.id))
        .join(Reserve, col(Reserve.id) == col(Hold.reserve_id))
        .where(
            col(Hold.state).in_((HoldState.REQUESTED, HoldState.HELD, HoldState.CONFIRMED)),
            sa.or_(col(Hold.expires_at).is_(None), col(Hold.expires_at) > look.now),
            _seen(look),
        )
        .group_by(Hold.id, Hold.reserve_id, Hold.state, Hold.first_night, Hold.nights)
    )
    confirmed: defaultdict[int, Counter[date]] = defaultdict(Counter)
    waiting: Counter[int] = Counter()
    tonight = first_night(look.now)
    for reserve, state, first, nights, places in look.session.execute(query):
        if state is not HoldState.CONFIRMED:
            waiting[reserve] += places
            continue
        for night in nights_of(max(first, tonight), (first + timedelta(days=nights) - max(first, tonight)).days):
            confirmed[reserve][night] += places
    return confirmed, waiting


def _shares(look: Look) -> Counter[int]:
    """How many visible actions share each reserve: an action of a compartment is counted for its own list alone."""
    query = (
        pick(ReserveShare.reserve_id, sa.func.count())
        .where(col(ReserveShare.action_id).in_(access.visible_actions(look)))
        .group_by(ReserveShare.reserve_id)
    )
    return Counter(dict(look.session.execute(query).all()))


def sharers(look: Look, reserve_id: int) -> tuple[Sharer, ...]:
    """Visible actions of a reserve's region still to come, where nobody is likely and that do not share it yet."""
    zero = (
        pick(DemandLine.action_id, sa.func.sum(DemandLine.high).label("high"))
        .group_by(DemandLine.action_id)
        .having(sa.func.sum(DemandLine.likely) == 0)
        .subquery()
    )
    sharing = pick(ReserveShare.action_id).where(ReserveShare.reserve_id == reserve_id)
    query = (
        pick(Action.reference, Action.starts_at, zero.c.high)
        .join(zero, zero.c.action_id == col(Action.id))
        .join(Reserve, sa.and_(col(Reserve.operation_id) == Action.operation_id, col(Reserve.region) == Action.region))
        .where(
            Reserve.id == reserve_id,
            _seen(look),
            col(Action.id).in_(access.visible_actions(look)),
            col(Action.id).not_in(sharing),
            sa.or_(col(Reserve.strike_day_id).is_(None), col(Reserve.strike_day_id) == col(Action.strike_day_id)),
            col(Action.state).in_(TO_COME),
            Action.starts_at > look.now,
        )
        .order_by(Action.starts_at, Action.reference)
    )
    return tuple(Sharer._make(row) for row in look.session.execute(query))


def reserve_units(look: Look, reserve_id: int) -> tuple[ReserveUnit, ...]:
    """The units a reserve may ask for places; missing and forbidden answer alike."""
    zone = look.session.execute(
        pick(Region.zone)
        .join(Reserve, col(Reserve.region) == col(Region.code))
        .where(Reserve.id == reserve_id, _seen(look))
    ).scalar()
    if zone is None:
        raise NotFound("There is no such reserve, or none that you can open.")
    unknown = pick(UnitExploitation.unit_id).where(UnitExploitation.exploitation == Exploitation.UNKNOWN)
    query = (
        pick(Unit.code, Agency.name, UnitProfile.profile)
        .join(Agency, col(Agency.id) == col(Unit.provider_id))
        .join(UnitProfile, col(UnitProfile.unit_id) == col(Unit.id))
        .where(col(Unit.id).in_(pick(UnitZone.unit_id).where(UnitZone.zone == zone)), col(Unit.id).in_(unknown))
        .order_by(Unit.code, UnitProfile.profile)
    )
    found: defaultdict[tuple[str, str], list[Profile]] = defaultdict(list)
    for code, provider, profile in look.session.execute(query):
        found[code, provider].append(profile)
    return tuple(ReserveUnit(code, provider, tuple(profiles)) for (code, provider), profiles in found.items())


def reserve_choices(look: Look) -> ReserveChoices:
    """Operations in which the reader holds a post, and every region."""
    mine = access.operations_for(look, Verb.SET_RESERVE)
    operations = pick(Operation.code, Operation.name).where(col(Operation.id).in_(mine))
    regions = pick(Region.code, Region.name).order_by(Region.name)
    strikes = pick(StrikeDay.id, StrikeDay.name).where(
        col(StrikeDay.operation_id).in_(mine), StrikeDay.day >= local(look.now).date()
    )
    found = map(look.session.execute, (operations.order_by(Operation.name), regions, strikes.order_by(StrikeDay.day)))
    return ReserveChoices(*(dict(tuple(row) for row in rows) for rows in found))
