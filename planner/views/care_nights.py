"""A fortnight of places, unit by unit, for the heat table: whom each takes, how old its provider's word is."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner.access import visible_operations
from planner.db import pick
from planner.models.care import OpenNight, Provider, Unit, UnitProfile, UnitZone
from planner.models.directory import Agency, Region, Zone
from planner.models.operations import Operation
from planner.rules.supply import is_stale
from planner.rules.windows import nights_of
from planner.rules.words import Profile
from planner.views.care import FORTNIGHT, NightRow, Nights, capacity, open_nights, own_providers, sees_providers
from planner.work import Look

PER_PAGE = 15


class NightFilter(NamedTuple):
    """Which units and nights to show; empty means all. `page` counts from 1."""

    first: date
    zone: str = ""
    profile: Profile | None = None
    operation_id: int | None = None
    page: int = 1


class UnitNights(NamedTuple):
    """One unit with its open nights; a night that is missing is unknown, never free.

    That its figures are `stale` is told to everybody; how old exactly would tell which units belong together.
    """

    code: str
    provider: str | None
    confirmed_at: datetime | None
    profiles: tuple[Profile, ...]
    nights: Mapping[date, NightRow]
    stale: bool


class FreeRow(NamedTuple):
    """Places free in a zone for a profile: on the first night shown, and on the fullest of the fortnight."""

    zone: str
    profile: Profile
    first: int
    lowest: int


class Fortnight(NamedTuple):
    """One page of units with something open, how many there are, how many have nothing open or stale figures."""

    units: tuple[UnitNights, ...]
    total: int
    unopened: int
    stale: int


class NightChoices(NamedTuple):
    """What the table can be narrowed to: zones with their regions, and the operations of the reader."""

    zones: dict[str, str]
    operations: dict[int, str]


def fortnight(look: Look, wanted: NightFilter) -> Fortnight:
    """Units that take this profile in this zone; those without an open night are only counted."""
    rows = look.session.execute(_units(look, wanted)).all()
    opened = [row for row in rows if row.has_open]
    page = opened[(wanted.page - 1) * PER_PAGE : wanted.page * PER_PAGE]
    codes = [row.code for row in page]
    named, profiles = sees_providers(look), _profiles(look, codes)
    nights: defaultdict[str, dict[date, NightRow]] = defaultdict(dict)
    for row in capacity(look, first=wanted.first, units=codes, operation_id=wanted.operation_id):
        nights[row.unit][row.night] = row
    units = tuple(
        UnitNights(
            row.code,
            row.name if named else None,
            row.last_confirmed_at if named else None,
            tuple(profiles[row.code]),
            nights[row.code],
            is_stale(row.last_confirmed_at, look.now),
        )
        for row in page
    )
    stale = sum(is_stale(row.last_confirmed_at, look.now) for row in opened)
    return Fortnight(units, len(opened), len(rows) - len(opened), stale)


def free_places_by(look: Look, wanted: NightFilter) -> tuple[FreeRow, ...]:
    """By zone and profile; a unit that serves several zones, or takes several profiles, is counted for each."""
    codes = [row.code for row in look.session.execute(_units(look, wanted)) if row.has_open]
    profiles = _profiles(look, codes)
    nights: defaultdict[str, dict[date, NightRow]] = defaultdict(dict)
    for row in capacity(look, first=wanted.first, units=codes, operation_id=wanted.operation_id):
        nights[row.unit][row.night] = row
    query = pick(Zone.name, Unit.code).join(UnitZone, col(UnitZone.zone) == col(Zone.code))
    query = query.join(Unit, col(Unit.id) == col(UnitZone.unit_id)).where(col(Unit.code).in_(nights))
    if wanted.zone:
        query = query.where(Zone.code == wanted.zone)
    free: defaultdict[tuple[str, Profile], Counter[date]] = defaultdict(Counter)
    for zone, code in look.session.execute(query):
        for profile in profiles[code]:
            free[zone, profile].update({night: max(0, row.free) for night, row in nights[code].items()})
    every = nights_of(wanted.first, FORTNIGHT)
    return tuple(
        FreeRow(zone, profile, there[every[0]], min(there[night] for night in every))
        for (zone, profile), there in sorted(free.items())
        if wanted.profile in (None, profile)
    )


def _units(look: Look, wanted: NightFilter) -> Any:
    here = open_nights(look, Nights(wanted.first, operation_id=wanted.operation_id))
    opened = sa.exists().where(col(OpenNight.unit_id) == col(Unit.id), *here).label("has_open")
    query = (
        pick(Unit.code, Agency.name, Provider.last_confirmed_at, opened)
        .join(Provider, col(Provider.agency_id) == col(Unit.provider_id))
        .join(Agency, col(Agency.id) == col(Unit.provider_id))
        .order_by(Unit.code)
    )
    own = own_providers(look)
    if own is not None:
        query = query.where(col(Unit.provider_id).in_(own))
    if wanted.zone:
        query = query.where(col(Unit.id).in_(pick(UnitZone.unit_id).where(UnitZone.zone == wanted.zone)))
    if wanted.profile:
        query = query.where(col(Unit.id).in_(pick(UnitProfile.unit_id).where(UnitProfile.profile == wanted.profile)))
    return query


def _profiles(look: Look, codes: list[str]) -> defaultdict[str, list[Profile]]:
    found: defaultdict[str, list[Profile]] = defaultdict(list)
    query = pick(Unit.code, UnitProfile.profile).join(UnitProfile, col(UnitProfile.unit_id) == col(Unit.id))
    for code, profile in look.session.execute(query.where(col(Unit.code).in_(codes)).order_by(UnitProfile.profile)):
        found[code].append(profile)
    return found


def night_choices(look: Look) -> NightChoices:
    """Zones that a unit serves, each with the regions in it; operations in which the reader holds a post."""
    served = pick(UnitZone.zone)
    zones = (
        pick(Zone.code, Zone.name, Region.name)
        .outerjoin(Region, col(Region.zone) == col(Zone.code))
        .where(col(Zone.code).in_(served))
        .order_by(Zone.name, Region.name)
    )
    regions: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for code, name, region in look.session.execute(zones):
        regions[code, name] += [region] if region and region != name else []
    operations = pick(Operation.id, Operation.name).where(col(Operation.id).in_(visible_operations(look)))
    return NightChoices(
        {code: f"{name}: {', '.join(inside)}" if inside else name for (code, name), inside in regions.items()},
        dict(tuple(row) for row in look.session.execute(operations.order_by(Operation.name))),
    )
