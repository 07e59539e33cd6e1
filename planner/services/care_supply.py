"""A provider opens places to an operation, night by night; nothing counts until it does."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from planner.access import Verb, require
from planner.db import pick
from planner.errors import InputError, NotFound, Refused
from planner.models.care import Claim, OpenNight, Place, Provider, Unit
from planner.rules.windows import nights_of
from planner.services.care import delete_expired
from planner.work import Work

LONGEST = 366
MOST_PLACES = 200


@dataclass(frozen=True)
class OpenRequest:
    """So many places of one unit on every night from first to last, both included."""

    unit: str
    operation_id: int
    first_night: date
    last_night: date
    places: int

    def __post_init__(self) -> None:
        if self.last_night < self.first_night:
            raise InputError(
                f"The last night, {self.last_night:%-d %B}, is before the first, {self.first_night:%-d %B}."
            )
        if (self.last_night - self.first_night).days >= LONGEST:
            raise InputError(f"Open at most {LONGEST} nights at a time.")
        if not 0 <= self.places <= MOST_PLACES:
            raise InputError(f"A unit opens 0 to {MOST_PLACES} places; you entered {self.places}.")


def open_places(work: Work, request: OpenRequest) -> None:
    """Set the supply of each night; fewer than are claimed is refused: taking back is a verb of its own."""
    work.attempts(Verb.OPEN_PLACES.name.lower(), request.unit)
    unit = work.session.exec(select(Unit).where(Unit.code == request.unit)).first()
    if unit is None:
        raise NotFound("There is no such unit, or none that you can open.")
    provider = work.lock(Provider, unit.provider_id)
    require(work, Verb.OPEN_PLACES, ref=request.unit, agency_id=provider.agency_id)
    delete_expired(work, provider.agency_id)
    _check_claims(work, unit, request)
    _set_supply(work, unit, request)
    provider.last_confirmed_at, provider.version = work.now, provider.version + 1
    work.session.add(provider)
    nights = (request.last_night - request.first_night).days + 1
    sentence = f"Unit {unit.code}: {request.places} places open for {nights} nights from {request.first_night:%-d %B}."
    work.record("open_places", sentence, kind="unit", ref=unit.code, places=request.places, nights=nights)


def _check_claims(work: Work, unit: Unit, request: OpenRequest) -> None:
    """Place numbers above the new supply must be free of claims."""
    busiest = work.session.execute(
        pick(Claim.night, sa.func.count().label("claimed"))
        .where(Claim.unit_id == unit.id, col(Claim.night).between(request.first_night, request.last_night))
        .group_by(Claim.night)
        .order_by(sa.desc("claimed"))
    ).first()
    if busiest is not None and busiest.claimed > request.places:
        raise Refused(
            f"{busiest.claimed} places are booked on {busiest.night:%a %-d %B}; you cannot open only {request.places}. "
            "Take a booking back first, with a reason."
        )


def _set_supply(work: Work, unit: Unit, request: OpenRequest) -> None:
    """Add or close place numbers night by night; numbers that are claimed stay open."""
    session, unit_id = work.session, unit.id or 0
    have = set(session.exec(select(Place.number).where(Place.unit_id == unit_id)))
    numbers = range(1, request.places + 1)
    session.add_all(Place(unit_id=unit_id, number=number) for number in numbers if number not in have)
    session.flush()
    nights = nights_of(request.first_night, (request.last_night - request.first_night).days + 1)
    open_, claimed = (_by_night(work, table, unit_id, nights) for table in (OpenNight, Claim))
    for night in nights:
        closing = sorted(open_[night] - claimed[night], reverse=True)[: max(0, len(open_[night]) - request.places)]
        for number in closing:
            session.delete(session.get(OpenNight, (unit_id, number, night)))
        spare = [number for number in numbers if number not in open_[night]]
        for number in spare[: max(0, request.places - len(open_[night]))]:
            session.add(OpenNight(unit_id=unit_id, number=number, night=night, operation_id=request.operation_id))
    session.flush()


def _by_night(work: Work, table: Any, unit_id: int, nights: Sequence[date]) -> defaultdict[date, set[int]]:
    found: defaultdict[date, set[int]] = defaultdict(set)
    query = pick(table.night, table.number).where(
        table.unit_id == unit_id, col(table.night).between(nights[0], nights[-1])
    )
    for night, number in work.session.execute(query):
        found[night].add(number)
    return found
