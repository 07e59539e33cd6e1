"""Places by unit and night, bookings that wait or lapse; a provider sees its own and no action's reference."""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access, facts
from planner.db import pick
from planner.facts_care import units
from planner.models.care import Claim, Hold, HoldLine, OpenNight, Unit
from planner.models.directory import Agency, Region
from planner.models.operations import Action, Operation
from planner.rules.capacity import Free, Placement, Wanted, placement
from planner.rules.demand import coverage
from planner.rules.windows import first_night, local, nights_of
from planner.rules.words import HoldState, Immigration, Post, Profile
from planner.work import Look

FORTNIGHT = 14
LIVE = (HoldState.REQUESTED, HoldState.HELD, HoldState.CONFIRMED)


class NightRow(NamedTuple):
    """One unit on one night; beyond open nights there is no row: unknown, never free."""

    unit: str
    provider: str
    night: date
    open: int
    held: int
    confirmed: int

    @property
    def free(self) -> int:
        return self.open - self.held - self.confirmed


class HoldRow(NamedTuple):
    id: int
    unit: str
    state: HoldState
    region: str | None
    first_night: date
    nights: int
    profile: Profile
    places: int
    expires_at: datetime | None
    immigration: Immigration | None
    reference: str | None


def _own_providers(look: Look) -> tuple[int, ...] | None:
    """The providers a provider lead speaks for; None for who sees them all."""
    if look.actor.operator or look.actor.holds(Post.CELL, Post.CARE_LEAD, Post.SILVER, Post.REGIONAL_CELL):
        return None
    return access.own_agencies(look, Post.PROVIDER_LEAD)


def capacity(look: Look, *, first: date | None = None, nights: int = FORTNIGHT) -> tuple[NightRow, ...]:
    """Open, held and confirmed places of each unit and night; an expired hold no longer counts."""
    start = first or local(look.now).date()
    own = _own_providers(look)
    supply = (
        pick(Unit.code, Agency.name, OpenNight.night, sa.func.count())
        .join(Unit, col(Unit.id) == col(OpenNight.unit_id))
        .join(Agency, col(Agency.id) == col(Unit.provider_id))
        .where(col(OpenNight.night).between(start, start + timedelta(days=nights - 1)))
        .group_by(Unit.code, Agency.name, OpenNight.night)
        .order_by(Unit.code, OpenNight.night)
    )
    if own is not None:
        supply = supply.where(col(Unit.provider_id).in_(own))
    taken = _taken(look, start, nights)
    named = own is not None or look.actor.operator or access.may(look, access.Verb.SEE_PROVIDERS)
    return tuple(
        NightRow(
            unit,
            provider if named else "–",
            night,
            open_,
            taken[unit, night, HoldState.HELD],
            taken[unit, night, HoldState.CONFIRMED],
        )
        for unit, provider, night, open_ in look.session.execute(supply)
    )


def _taken(look: Look, start: date, nights: int) -> Counter[tuple[str, date, HoldState]]:
    query = (
        pick(Unit.code, Claim.night, Hold.state, sa.func.count())
        .join(Unit, col(Unit.id) == col(Claim.unit_id))
        .join(Hold, col(Hold.id) == col(Claim.hold_id))
        .where(
            col(Claim.night).between(start, start + timedelta(days=nights - 1)),
            sa.or_(col(Hold.expires_at).is_(None), col(Hold.expires_at) > look.now),
        )
        .group_by(Unit.code, Claim.night, Hold.state)
    )
    return Counter({(unit, night, state): number for unit, night, state, number in look.session.execute(query)})


def holds(look: Look) -> tuple[HoldRow, ...]:
    """Live bookings: all of a provider's own without references, or those of visible actions."""
    own = _own_providers(look)
    query = (
        pick(
            *(Hold.id, Unit.code, Hold.state, Region.name, Hold.first_night, Hold.nights, HoldLine.profile),
            *(HoldLine.places, Hold.expires_at, Action.immigration, Action.reference),
        )
        .join(HoldLine, col(HoldLine.hold_id) == col(Hold.id))
        .join(Unit, col(Unit.id) == col(HoldLine.unit_id))
        .outerjoin(Action, col(Action.id) == col(Hold.action_id))
        .outerjoin(Region, col(Region.code) == col(Action.region))
        .where(col(Hold.state).in_(LIVE), sa.or_(col(Hold.expires_at).is_(None), col(Hold.expires_at) > look.now))
        .order_by(Hold.first_night, Hold.id)
    )
    if own is not None:
        query = query.where(col(Hold.provider_id).in_(own))
    else:
        query = query.where(col(Action.id).in_(access.visible_actions(look)))
    rows = (HoldRow._make(row) for row in look.session.execute(query))
    return tuple(row if own is None else row._replace(reference=None) for row in rows)


class OwnUnit(NamedTuple):
    code: str
    name: str


def own_units(look: Look) -> tuple[OwnUnit, ...]:
    own = access.own_agencies(look, Post.PROVIDER_LEAD)
    query = pick(Unit.code, Unit.name).where(col(Unit.provider_id).in_(own)).order_by(Unit.code)
    return tuple(OwnUnit._make(row) for row in look.session.execute(query))


def operation_choices(look: Look) -> dict[int, str]:
    """Operations a provider can open places to: those in which it has a post."""
    query = pick(Operation.id, Operation.name).where(col(Operation.id).in_(access.visible_operations(look)))
    return dict(tuple(row) for row in look.session.execute(query))


class CareCheck(NamedTuple):
    """Whether the likely can be placed from the action's night for the nights policy asks."""

    action: str
    found: Placement
    unit_codes: dict[int, str]
    confirmed: dict[str, int]
    needed: dict[str, int]
    first: date
    last: date


def care_check(look: Look, reference: str) -> CareCheck:
    """Place what is likely and not yet confirmed among places free now."""
    known = facts.facts_of(look, access.action_id_of(look, reference))
    nights = nights_of(first_night(known.action.starts_at), known.policy.nights)
    cover = coverage(known)
    wanted = [
        Wanted(line.profile, line.need, line.likely - line.confirmed - line.held)
        for line in cover
        if line.likely > line.confirmed + line.held
    ]
    free = _free(look, nights[0], len(nights))
    codes = {row[0]: row[1] for row in look.session.execute(pick(Unit.id, Unit.code))}
    known_units = units(look)
    offered = [Free(unit_id, known_units[unit_id], free[code]) for unit_id, code in codes.items()]
    found = placement(wanted, offered, nights, zone=known.action.zone, exploitation=known.action.exploitation)
    return CareCheck(
        reference,
        found,
        codes,
        _by_profile((line.profile, line.confirmed) for line in cover),
        _by_profile((line.profile, line.likely) for line in cover),
        nights[0],
        nights[-1],
    )


def _free(look: Look, first: date, nights: int) -> defaultdict[str, dict[date, int]]:
    free: defaultdict[str, dict[date, int]] = defaultdict(dict)
    supply = (
        pick(Unit.code, OpenNight.night, sa.func.count())
        .join(Unit, col(Unit.id) == col(OpenNight.unit_id))
        .where(col(OpenNight.night).between(first, first + timedelta(days=nights - 1)))
        .group_by(Unit.code, OpenNight.night)
    )
    taken = _taken(look, first, nights)
    for unit, night, open_ in look.session.execute(supply):
        free[unit][night] = open_ - sum(taken[unit, night, state] for state in (HoldState.HELD, HoldState.CONFIRMED))
    return free


def _by_profile(pairs: Any) -> dict[str, int]:
    total: Counter[str] = Counter()
    for profile, number in pairs:
        total[str(profile)] += number
    return dict(total)
