"""Places of care night by night for a calendar: those likely needed by its actions, against those booked and free."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.db import pick
from planner.facts_policy import policies
from planner.models.care import Hold, HoldLine, OpenNight, Reserve, UnitProfile, UnitZone
from planner.models.directory import Region
from planner.models.operations import Action, DemandLine
from planner.models.policy import Policy
from planner.rules.pressure import Pressure, unplaced, with_spare
from planner.rules.windows import first_night, nights_of
from planner.rules.words import ActionState, HoldState, Profile
from planner.views.calendar_days import Days, begins_within
from planner.work import Look

GONE = (ActionState.STOOD_DOWN, ActionState.DEFERRED)
BOOKED = (HoldState.HELD, HoldState.CONFIRMED)


Group = tuple[str, Profile]  # people of one profile in one zone


class _Need(NamedTuple):
    """One action's likely people of one profile, from its first night on."""

    action_id: int
    group: Group
    likely: int
    nights: tuple[date, ...]


class _Room(NamedTuple):
    """Places of each unit that are open and not taken, by night; a night on which nothing is open is missing."""

    takers: Mapping[Group, tuple[int, ...]]
    free: Mapping[date, Mapping[int, int]]


def sees_pressure(look: Look) -> bool:
    """Whether places of care may stand beside the days: a provider or a partner sees its own alone."""
    return look.actor.operator or access.may(look, access.Verb.SEE_CARE)


def pressures(look: Look, actions: Any, days: Days) -> dict[date, Pressure]:
    """Each night on which one of these actions, a SELECT of visible ids, likely needs a place; in six queries.

    Free is what units have left that are in reach of that night's people and take such people: a place in one zone
    helps nobody in another, a man's place no woman, and what an action has booked beyond its need no other action.
    """
    needs, operations = _needs(look, actions, days)
    if not needs:
        return {}
    booked = _booked(look, [need.action_id for need in needs], days)
    room = _room(look, {need.group for need in needs}, operations, days)
    needed: defaultdict[date, Counter[Group]] = defaultdict(Counter)
    met: defaultdict[date, Counter[Group]] = defaultdict(Counter)
    for need in needs:
        for night in need.nights:
            needed[night][need.group] += need.likely
            met[night][need.group] += min(need.likely, booked[need.action_id, need.group[1], night])
    return {
        night: _pressure(number, met[night], room.takers, room.free.get(night, {}))
        for night, number in needed.items()
        if days.first <= night <= days.last
    }


def _pressure(
    needed: Counter[Group], met: Counter[Group], takers: Mapping[Group, tuple[int, ...]], free: Mapping[int, int]
) -> Pressure:
    """Of one night, group by group."""
    near = {group: [unit for unit in takers.get(group, ()) if unit in free] for group in needed}
    units = sorted({unit for some in near.values() for unit in some})
    if not units:
        return Pressure(needed.total(), met.total(), None)
    at = {unit: number for number, unit in enumerate(units)}
    to_find = {group: number - met[group] for group, number in needed.items()}
    given = [[at[unit] for unit in near[group]] for group in needed]
    there = [free[unit] for unit in units]
    left = unplaced([*to_find.values()], given, there)
    tight = bool(left) or unplaced([with_spare(number) for number in to_find.values()], given, there) > 0
    return Pressure(needed.total(), met.total(), sum(there), left, tight)


def _needs(look: Look, actions: Any, days: Days) -> tuple[list[_Need], set[int]]:
    """Stays that reach into these days, and the operations they belong to."""
    longest = look.session.execute(sa.select(sa.func.max(col(Policy.nights)))).scalar() or 0
    a, policy = Action, policies(look)
    wide = Days(days.first - timedelta(days=longest), days.last + timedelta(days=1))
    likely, profile = sa.func.sum(DemandLine.likely), DemandLine.profile
    query = (
        pick(a.id, a.operation_id, a.force_id, Region.nation, Region.zone, profile, a.starts_at, likely)
        .join(Region, col(Region.code) == col(a.region))
        .join(DemandLine, col(DemandLine.action_id) == col(a.id))
        .where(col(a.id).in_(actions), col(a.state).not_in(GONE), begins_within(a.starts_at, wide))
        .group_by(a.id, a.operation_id, a.force_id, Region.nation, Region.zone, profile, a.starts_at)
        .having(likely > 0)
    )
    needs, operations = [], set()
    for number, operation_id, force_id, nation, *group, starts_at, people in look.session.execute(query):
        stay = nights_of(first_night(starts_at), policy(operation_id, nation, force_id).nights)
        needs.append(_Need(number, (group[0], group[1]), people, stay))
        operations.add(operation_id)
    return needs, operations


def _booked(look: Look, ids: list[int], days: Days) -> Counter[tuple[int, Profile, date]]:
    """Places held or confirmed for each action, by profile and night."""
    query = _lines(look).where(col(Hold.action_id).in_(ids)).add_columns(col(Hold.action_id), col(HoldLine.profile))
    found: Counter[tuple[int, Profile, date]] = Counter()
    for places, first, nights, action_id, profile in look.session.execute(query):
        for night in _within(first, nights, days):
            found[action_id, profile, night] += places
    return found


def _room(look: Look, groups: set[Group], operations: set[int], days: Days) -> _Room:
    reach: defaultdict[Group, list[int]] = defaultdict(list)
    serves = pick(UnitZone.zone, UnitProfile.profile, UnitZone.unit_id).join(
        UnitProfile, col(UnitProfile.unit_id) == col(UnitZone.unit_id)
    )
    in_reach = serves.where(col(UnitZone.zone).in_({zone for zone, _ in groups})).order_by(UnitZone.unit_id)
    for zone, profile, unit_id in look.session.execute(in_reach):
        if (zone, profile) in groups:
            reach[zone, profile].append(unit_id)
    near = {unit_id for some in reach.values() for unit_id in some}
    o = OpenNight
    opened = (
        pick(o.night, o.unit_id, sa.func.count())
        .where(col(o.night).between(days.first, days.last), col(o.unit_id).in_(near))
        .where(col(o.operation_id).in_(operations))
        .group_by(col(o.night), col(o.unit_id))
    )
    left: defaultdict[date, dict[int, int]] = defaultdict(dict)
    for night, unit_id, number in look.session.execute(opened):
        left[night][unit_id] = number
    lines = (
        _lines(look)
        .outerjoin(Action, col(Action.id) == col(Hold.action_id))
        .outerjoin(Reserve, col(Reserve.id) == col(Hold.reserve_id))
        .where(col(HoldLine.unit_id).in_(near))
        .add_columns(col(HoldLine.unit_id))
        .where(sa.func.coalesce(Action.operation_id, Reserve.operation_id).in_(operations))
    )
    for places, first, nights, unit_id in look.session.execute(lines):
        for each in _within(first, nights, days):
            if unit_id in left[each]:
                left[each][unit_id] = max(0, left[each][unit_id] - places)
    return _Room({group: tuple(some) for group, some in reach.items()}, left)


def _lines(look: Look) -> Any:
    """Lines of bookings that stand now: an expired hold no longer counts."""
    return (
        pick(HoldLine.places, Hold.first_night, Hold.nights)
        .join(Hold, col(Hold.id) == col(HoldLine.hold_id))
        .where(col(Hold.state).in_(BOOKED), sa.or_(col(Hold.expires_at).is_(None), col(Hold.expires_at) > look.now))
    )


def _within(first: date, nights: int, days: Days) -> Iterator[date]:
    return (night for night in nights_of(first, nights) if days.first <= night <= days.last)
