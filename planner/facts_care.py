"""Facts of care: bookings by action, the units they are in, shares of reserves, lengths of stay by nation."""

import functools
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner.db import pick
from planner.facts_rows import Of, by_owner, rows
from planner.models.care import (
    Hold,
    HoldLine,
    Reserve,
    ReserveShare,
    Unit,
    UnitExploitation,
    UnitNeed,
    UnitProfile,
    UnitZone,
)
from planner.models.reference import SupportPeriod
from planner.rules.values import HoldFact, ReserveFact, UnitFact
from planner.rules.words import Exploitation, HoldState, Nation, Need, Profile
from planner.work import Look

BOOKED = (HoldState.REQUESTED, HoldState.HELD, HoldState.CONFIRMED)


class Care(NamedTuple):
    holds: Mapping[int, tuple[HoldFact, ...]]
    units: Mapping[int, UnitFact]
    reserves: Mapping[int, tuple[ReserveFact, ...]]


def care_of(look: Look, wanted: Any) -> Care:
    """Bookings and reserves of the actions that are wanted, and the units in which these are."""
    holds, reserves = OF_ACTIONS.by_owner(look, wanted, HoldFact._make), _reserves(look, wanted)
    kept = {hold for own in reserves.values() for reserve in own for hold in reserve.holds}
    within = {hold.unit_id for own in (*holds.values(), kept) for hold in own}
    return Care(holds, units(look, within), reserves)


def _booked(owner: Any, *which: Any) -> Any:
    """Lines of bookings by what they serve: an action, or a reserve."""
    h, line = Hold, HoldLine
    return (
        pick(
            *(owner, h.id, h.state, h.expires_at, h.first_night, h.nights),
            *(line.unit_id, line.profile, line.need, line.places, h.request_id),
        )
        .join(line, col(line.hold_id) == col(h.id))
        .where(*which)
        .order_by(h.id)
    )


# Made once: to make them takes longer than to ask them of one action.
OF_ACTIONS = Of((_booked(Hold.action_id, col(Hold.state).in_(BOOKED)), Hold.action_id))
OF_RESERVES = _booked(Hold.reserve_id, col(Hold.reserve_id).is_not(None), Hold.state == HoldState.CONFIRMED)
_SHARES = pick(ReserveShare.action_id, Reserve.id, Reserve.places).join(
    Reserve, col(Reserve.id) == col(ReserveShare.reserve_id)
)
SHARES = Of((_SHARES.order_by(Reserve.id), ReserveShare.action_id))
SETS = (
    (UnitProfile.unit_id, UnitProfile.profile, Profile),
    (UnitNeed.unit_id, UnitNeed.need, Need),
    (UnitExploitation.unit_id, UnitExploitation.exploitation, Exploitation),
    (UnitZone.unit_id, UnitZone.zone, str),
)
ACCEPTS = Of(
    *(
        (pick(sa.literal(which), number, sa.type_coerce(value, sa.String)), number)
        for which, (number, value, _) in enumerate(SETS)
    )
)
SITES = Of((pick(Unit.id, Unit.site), Unit.id))
EVERY_UNIT = pick(Unit.id)


def units(look: Look, only: Collection[int] | None = None) -> dict[int, UnitFact]:
    """Units with whom they accept and where they serve: a few hundred rows, read whole, or those of a few alone."""
    asked = EVERY_UNIT if only is None else list(only)
    found: list[defaultdict[int, set[Any]]] = [defaultdict(set) for _ in SETS]
    words = [functools.cache(word) for _, _, word in SETS]  # an enumeration takes long to look up its member
    for which, unit, value in ACCEPTS.rows(look, asked):
        found[which][unit].add(words[which](value))
    sites = SITES.rows(look, asked)
    return {unit: UnitFact(site, *(frozenset(each[unit]) for each in found)) for unit, site in sites}


def _reserves(look: Look, wanted: Any) -> dict[int, tuple[ReserveFact, ...]]:
    confirmed = by_owner(rows(look, OF_RESERVES), HoldFact._make)
    return SHARES.by_owner(look, wanted, lambda row: ReserveFact(row[0], row[1], confirmed.get(row[0], ())))


def _in_force() -> Any:
    s, today = SupportPeriod, sa.bindparam("today", type_=sa.Date)
    begun = sa.or_(col(s.valid_from).is_(None), col(s.valid_from) <= today)
    lasts = sa.or_(col(s.valid_to).is_(None), col(s.valid_to) >= today)
    return (
        pick(s.nation, s.days).where(col(s.nation).is_not(None), begun, lasts).order_by(col(s.valid_from).nulls_first())
    )


IN_FORCE = _in_force()


def support_days(look: Look) -> dict[Nation, int]:
    """Days of support in force today by nation: the latest period that has begun."""
    return dict(map(tuple, rows(look, IN_FORCE, today=look.now.date())))
