"""Facts of care: bookings by action, the units they are in, shares of reserves, lengths of stay by nation."""

import functools
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col, select

from planner.db import pick
from planner.facts_rows import facts_by_owner, rows
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
    holds, reserves = _holds(look, wanted), _reserves(look, wanted)
    kept = {hold for own in reserves.values() for reserve in own for hold in reserve.holds}
    within = {hold.unit_id for own in (*holds.values(), kept) for hold in own}
    return Care(holds, units(look, within), reserves)


def _holds(look: Look, wanted: Any) -> dict[int, tuple[HoldFact, ...]]:
    return facts_by_owner(look, OF_ACTIONS.where(col(Hold.action_id).in_(wanted)), HoldFact._make)


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
OF_ACTIONS = _booked(Hold.action_id, col(Hold.state).in_(BOOKED))
OF_RESERVES = _booked(Hold.reserve_id, col(Hold.reserve_id).is_not(None), Hold.state == HoldState.CONFIRMED)
SHARES = (
    pick(ReserveShare.action_id, Reserve.id, Reserve.places)
    .join(Reserve, col(Reserve.id) == col(ReserveShare.reserve_id))
    .order_by(Reserve.id)
)


def units(look: Look, only: Collection[int] | None = None) -> dict[int, UnitFact]:
    """Units with whom they accept and where they serve: a few hundred rows, read whole, or those of a few alone."""

    def asked(query: Any, number: Any) -> Any:
        return query if only is None else query.where(col(number).in_(only))

    sets = (
        (UnitProfile.unit_id, UnitProfile.profile, Profile),
        (UnitNeed.unit_id, UnitNeed.need, Need),
        (UnitExploitation.unit_id, UnitExploitation.exploitation, Exploitation),
        (UnitZone.unit_id, UnitZone.zone, str),
    )
    stored = [
        asked(pick(sa.literal(which), number, sa.type_coerce(value, sa.String)), number)
        for which, (number, value, _) in enumerate(sets)
    ]
    found: list[defaultdict[int, set[Any]]] = [defaultdict(set) for _ in sets]
    words = [functools.cache(word) for _, _, word in sets]  # an enumeration takes long to look up its member
    for which, unit, value in rows(look, sa.union_all(*stored)):
        found[which][unit].add(words[which](value))
    sites = rows(look, asked(pick(Unit.id, Unit.site), Unit.id))
    return {unit: UnitFact(site, *(frozenset(each[unit]) for each in found)) for unit, site in sites}


def _reserves(look: Look, wanted: Any) -> dict[int, tuple[ReserveFact, ...]]:
    confirmed = facts_by_owner(look, OF_RESERVES, HoldFact._make)
    shares = SHARES.where(col(ReserveShare.action_id).in_(wanted))
    return facts_by_owner(look, shares, lambda row: ReserveFact(row[0], row[1], confirmed.get(row[0], ())))


def support_days(look: Look) -> dict[Nation, int]:
    """Days of support in force today by nation: the latest period that has begun."""
    today = look.now.date()
    found = look.session.exec(
        select(SupportPeriod)
        .where(col(SupportPeriod.nation).is_not(None))
        .where(sa.or_(col(SupportPeriod.valid_to).is_(None), col(SupportPeriod.valid_to) >= today))
        .order_by(col(SupportPeriod.valid_from))
    )
    return {row.nation: row.days for row in found if row.nation and (row.valid_from is None or row.valid_from <= today)}
