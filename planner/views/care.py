"""Places by unit and night, open to the operations of who asks."""

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.db import pick
from planner.models.care import Claim, Hold, OpenNight, Unit
from planner.models.directory import Agency
from planner.rules.windows import local
from planner.rules.words import HoldState
from planner.work import Look

FORTNIGHT = 14


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


class Nights(NamedTuple):
    """Which nights to count: from the first on, of some units, open to one operation or to any that is visible.

    What the actions in `given_back` have booked, by their ids, is counted as free.
    """

    first: date
    number: int = FORTNIGHT
    units: Collection[str] | None = None
    operation_id: int | None = None
    given_back: Collection[int] = ()

    @property
    def last(self) -> date:
        return self.first + timedelta(days=self.number - 1)


def own_providers(look: Look) -> tuple[int, ...] | None:
    """The providers a provider lead speaks for; None for who sees them all."""
    if look.actor.operator or access.may(look, access.Verb.SEE_CARE):
        return None
    return access.own_agencies(look, access.Verb.SEE_BOOKINGS)


def sees_providers(look: Look) -> bool:
    """Whether a provider's name may be shown beside its unit: to the care lead, the cell, and the provider itself."""
    return look.actor.operator or own_providers(look) is not None or access.may(look, access.Verb.SEE_PROVIDERS)


def capacity(
    look: Look,
    *,
    first: date | None = None,
    nights: int = FORTNIGHT,
    units: Collection[str] | None = None,
    operation_id: int | None = None,
) -> tuple[NightRow, ...]:
    """Open, held and confirmed places of each unit and night; an expired hold no longer counts."""
    asked = Nights(first or local(look.now).date(), nights, units, operation_id)
    own, taken, named = own_providers(look), _taken(look, asked), sees_providers(look)
    supply = _supply(look, asked)
    if own is not None:
        supply = supply.where(col(Unit.provider_id).in_(own))
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


def _supply(look: Look, asked: Nights) -> Any:
    return (
        pick(Unit.code, Agency.name, OpenNight.night, sa.func.count())
        .join(Unit, col(Unit.id) == col(OpenNight.unit_id))
        .join(Agency, col(Agency.id) == col(Unit.provider_id))
        .where(*open_nights(look, asked))
        .group_by(Unit.code, Agency.name, OpenNight.night)
        .order_by(Unit.code, OpenNight.night)
    )


def open_nights(look: Look, asked: Nights) -> list[Any]:
    """Places are nil until they are opened to an operation: another operation's nights are not this reader's."""
    night = OpenNight
    terms: list[Any] = [
        col(night.night).between(asked.first, asked.last),
        col(night.operation_id).in_(access.visible_operations(look)),
    ]
    if asked.operation_id is not None:
        terms.append(col(night.operation_id) == asked.operation_id)
    if asked.units is not None:
        terms.append(col(Unit.code).in_(asked.units))
    return terms


def _taken(look: Look, asked: Nights) -> Counter[tuple[str, date, HoldState]]:
    night = OpenNight
    same_place = sa.and_(
        col(night.unit_id) == col(Claim.unit_id),
        col(night.number) == col(Claim.number),
        col(night.night) == col(Claim.night),
    )
    query = (
        pick(Unit.code, Claim.night, Hold.state, sa.func.count())
        .join(Unit, col(Unit.id) == col(Claim.unit_id))
        .join(Hold, col(Hold.id) == col(Claim.hold_id))
        .join(night, same_place)
        .where(sa.or_(col(Hold.expires_at).is_(None), col(Hold.expires_at) > look.now), *open_nights(look, asked))
        .group_by(Unit.code, Claim.night, Hold.state)
    )
    if asked.given_back:
        query = query.where(sa.or_(col(Hold.action_id).is_(None), col(Hold.action_id).not_in(asked.given_back)))
    return Counter({(unit, night, state): number for unit, night, state, number in look.session.execute(query)})


def free_places(look: Look, asked: Nights) -> defaultdict[str, dict[date, int]]:
    """Of every unit by night, for who sees the action need not see its providers."""
    free: defaultdict[str, dict[date, int]] = defaultdict(dict)
    taken = _taken(look, asked)
    for unit, _, night, open_ in look.session.execute(_supply(look, asked)):
        free[unit][night] = open_ - sum(taken[unit, night, state] for state in (HoldState.HELD, HoldState.CONFIRMED))
    return free
