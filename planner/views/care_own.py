"""A provider's own side: its units, the operations it can open places to, what it has open night by night."""

from collections import Counter
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.access import Verb
from planner.db import pick
from planner.errors import NotFound
from planner.models.care import Claim, Hold, OpenNight, Provider, Unit
from planner.models.operations import Operation
from planner.rules.windows import nights_of
from planner.views.care import FORTNIGHT
from planner.work import Look


class Sections(NamedTuple):
    """Which parts of the Care page are for this reader."""

    provides: bool
    plans: bool
    sets_reserves: bool


class OwnUnit(NamedTuple):
    code: str
    name: str


class OwnNight(NamedTuple):
    """Places open on a night, and how many of them are held or confirmed."""

    night: date
    open: int
    booked: int


class OwnSupply(NamedTuple):
    """A fortnight of one's own unit, the version of its provider, and when the figures were last confirmed."""

    version: int
    confirmed_at: datetime | None
    nights: tuple[OwnNight, ...]


def sections(look: Look) -> Sections:
    may = access.may
    return Sections(may(look, Verb.SEE_BOOKINGS), may(look, Verb.SEE_CARE), may(look, Verb.SET_RESERVE))


def own_units(look: Look) -> tuple[OwnUnit, ...]:
    own = access.own_agencies(look, Verb.OPEN_PLACES)
    query = pick(Unit.code, Unit.name).where(col(Unit.provider_id).in_(own)).order_by(Unit.code)
    return tuple(OwnUnit._make(row) for row in look.session.execute(query))


def operation_choices(look: Look) -> dict[int, str]:
    """Operations a provider can open places to: those in which it has a post."""
    query = pick(Operation.id, Operation.name).where(
        col(Operation.id).in_(access.operations_for(look, Verb.OPEN_PLACES))
    )
    return dict(tuple(row) for row in look.session.execute(query.order_by(Operation.name)))


def own_supply(look: Look, unit: str, operation_id: int, first: date) -> OwnSupply:
    """What one's own unit has open to an operation for a fortnight; another's unit answers like none."""
    own = access.own_agencies(look, Verb.OPEN_PLACES)
    query = pick(Unit.id, Provider.version, Provider.last_confirmed_at).join(
        Provider, col(Provider.agency_id) == col(Unit.provider_id)
    )
    found = look.session.execute(query.where(Unit.code == unit, col(Unit.provider_id).in_(own))).first()
    if found is None:
        raise NotFound("There is no such unit, or none that you can open.")
    nights = nights_of(first, FORTNIGHT)
    mine = sa.and_(
        col(OpenNight.unit_id) == found.id,
        col(OpenNight.operation_id) == operation_id,
        col(OpenNight.night).between(nights[0], nights[-1]),
    )
    opened, booked = _opened(look, mine), _booked(look, mine)
    return OwnSupply(
        found.version,
        found.last_confirmed_at,
        tuple(OwnNight(night, opened[night], booked[night]) for night in nights),
    )


def _opened(look: Look, mine: Any) -> Counter[date]:
    query = pick(OpenNight.night, sa.func.count()).where(mine).group_by(OpenNight.night)
    return Counter(dict(look.session.execute(query).all()))


def _booked(look: Look, mine: Any) -> Counter[date]:
    same_place = sa.and_(
        col(OpenNight.unit_id) == col(Claim.unit_id),
        col(OpenNight.number) == col(Claim.number),
        col(OpenNight.night) == col(Claim.night),
    )
    query = (
        pick(Claim.night, sa.func.count())
        .join(OpenNight, same_place)
        .join(Hold, col(Hold.id) == col(Claim.hold_id))
        .where(mine, sa.or_(col(Hold.expires_at).is_(None), col(Hold.expires_at) > look.now))
        .group_by(Claim.night)
    )
    return Counter(dict(look.session.execute(query).all()))
