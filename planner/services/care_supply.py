"""A provider opens places to an operation, night by night; nothing counts until it does."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count, islice
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from planner.access import Verb, may, operations_for, require
from planner.db import pick
from planner.errors import InputError, NotFound, Refused, Stale
from planner.models.care import Claim, Hold, OpenNight, Place, Provider, Unit
from planner.models.operations import Operation
from planner.rules.counts import count_words
from planner.rules.windows import nights_of
from planner.services.care_claims import delete_expired
from planner.services.care_parts import booked_words
from planner.services.care_waiting import waiting_for
from planner.work import Work

LONGEST = 366
MOST_NIGHTS = 62
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

    @property
    def wanted(self) -> Mapping[date, int]:
        nights = nights_of(self.first_night, (self.last_night - self.first_night).days + 1)
        return dict.fromkeys(nights, self.places)


@dataclass(frozen=True)
class NightsRequest:
    """A number of places of one unit for each night of its own; `version` is the provider's when it was drawn."""

    unit: str
    operation_id: int
    places: Mapping[date, int]
    version: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= len(self.places) <= MOST_NIGHTS:
            raise InputError(f"State 1 to {MOST_NIGHTS} nights at a time; you stated {len(self.places)}.")
        for night, number in sorted(self.places.items()):
            if not 0 <= number <= MOST_PLACES:
                raise InputError(f"A unit opens 0 to {MOST_PLACES} places; you entered {number} for {night:%a %-d %B}.")


def open_places(work: Work, request: OpenRequest) -> None:
    """Set the supply of each night; fewer than are claimed is refused: taking back is a verb of its own."""
    unit = _state(work, request.unit, request.operation_id, request.wanted)
    nights = count_words(len(request.wanted), "night")
    places = count_words(request.places, "place")
    sentence = f"Unit {unit.code}: {places} open for {nights} from {request.first_night:%-d %B}."
    work.record("open_places", sentence, kind="unit", ref=unit.code, places=request.places)


def keep_nights(work: Work, request: NightsRequest) -> None:
    """Set the supply of several nights, each with its own number: all of them or none."""
    unit = _state(work, request.unit, request.operation_id, request.places, version=request.version)
    first, fewest, most = min(request.places), min(request.places.values()), max(request.places.values())
    range_ = f"{fewest} to {most} places" if most > fewest else count_words(most, "place")
    nights = count_words(len(request.places), "night")
    sentence = f"Unit {unit.code}: {range_} open, night by night, for {nights} from {first:%-d %B}."
    stated = {night.isoformat(): number for night, number in sorted(request.places.items())}
    work.record("keep_nights", sentence, kind="unit", ref=unit.code, places=stated)


def _state(work: Work, code: str, operation_id: int, wanted: Mapping[date, int], *, version: int | None = None) -> Unit:
    """What both verbs do under the provider's lock; its figures are confirmed by being stated."""
    unit, provider = lock_own_unit(work, code)
    check_operation(work, operation_id)
    if version not in (None, provider.version):
        raise Stale("Your service kept other numbers since this page was drawn. Reload the page: it shows them.")
    delete_expired(work, provider.agency_id)
    work.session.flush()
    _check_claims(work, unit, operation_id, wanted)
    _tell_of_more(work, unit, operation_id, wanted)
    set_supply(work, unit, operation_id, wanted)
    provider.last_confirmed_at, provider.version = work.now, provider.version + 1
    work.session.add(provider)
    return unit


def _tell_of_more(work: Work, unit: Unit, operation_id: int, wanted: Mapping[date, int]) -> None:
    """Who waits for places of this unit is told where more are open now than before."""
    before = _by_night(work, OpenNight, unit.id or 0, sorted(wanted), OpenNight.operation_id == operation_id)
    more = sorted(night for night, number in wanted.items() if number > len(before[night]))
    for hold in waiting_for(work, (unit.id or 0,), more[0], more[-1]) if more else ():
        said = f"More places are open from {more[0]:%-d %B} where you wait; the provider has still to answer."
        work.notify(said, person_id=hold.asked_by, action_id=hold.action_id)


def check_operation(work: Work, operation_id: int) -> None:
    known = select(Operation.id).where(
        Operation.id == operation_id, col(Operation.id).in_(operations_for(work, Verb.OPEN_PLACES))
    )
    if work.session.exec(known).first() is None:
        raise NotFound("There is no such operation, or none that you can open places to.")


def lock_own_unit(work: Work, code: str) -> tuple[Unit, Provider]:
    """One's own unit, its provider locked; another's answers like none."""
    require(work, Verb.OPEN_PLACES, ref=code)  # the post first: whether a unit exists is said to providers alone
    unit = work.session.exec(select(Unit).where(Unit.code == code)).first()
    if unit is None or not may(work, Verb.OPEN_PLACES, agency_id=unit.provider_id):
        raise NotFound("There is no such unit, or none that you can open.")
    provider = work.lock(Provider, unit.provider_id)
    require(work, Verb.OPEN_PLACES, ref=code, agency_id=provider.agency_id)
    return unit, provider


def _check_claims(work: Work, unit: Unit, operation_id: int, wanted: Mapping[date, int]) -> None:
    """No night may keep fewer places than are booked on it; the night that is shortest is named."""
    booked = work.session.execute(
        pick(Claim.night, sa.func.count())
        .join(OpenNight, _same_place(OpenNight, Claim))
        .where(
            Claim.unit_id == unit.id,
            OpenNight.operation_id == operation_id,
            col(Claim.night).in_(list(wanted)),
        )
        .group_by(Claim.night)
    )
    short = [(wanted[night] - claimed, night, claimed) for night, claimed in booked if claimed > wanted[night]]
    if short:
        _, night, claimed = min(short)
        raise Refused(
            f"{count_words(claimed, 'place')} {'is' if claimed == 1 else 'are'} booked on {night:%a %-d %B} "
            f"({booked_words(work, _booked_on(work, unit, night))}); you cannot open only {wanted[night]}. "
            "Take a booking back first, or close the nights over it, with a reason."
        )


def _same_place(left: Any, right: Any) -> Any:
    return sa.and_(left.unit_id == right.unit_id, left.number == right.number, left.night == right.night)


def _booked_on(work: Work, unit: Unit, night: date) -> Sequence[Hold]:
    claimed = pick(Claim.hold_id).where(Claim.unit_id == unit.id, Claim.night == night)
    return work.session.exec(select(Hold).where(col(Hold.id).in_(claimed)).order_by(col(Hold.id))).all()


def set_supply(work: Work, unit: Unit, operation_id: int, wanted: Mapping[date, int]) -> None:
    """Open or close place numbers night by night; what is claimed, or open to another operation, stays as it is."""
    session, unit_id, nights = work.session, unit.id or 0, sorted(wanted)
    here = OpenNight.operation_id == operation_id
    opened = _by_night(work, OpenNight, unit_id, nights, here)
    elsewhere = _by_night(work, OpenNight, unit_id, nights, OpenNight.operation_id != operation_id)
    claimed = _by_night(work, Claim, unit_id, nights)
    opening: list[tuple[int, date]] = []
    for night in nights:
        surplus = max(0, len(opened[night]) - wanted[night])
        closing = sorted(opened[night] - claimed[night], reverse=True)[:surplus]
        if closing:
            gone = sa.delete(OpenNight).where(col(OpenNight.number).in_(closing))
            session.execute(gone.where(col(OpenNight.unit_id) == unit_id, col(OpenNight.night) == night))
        missing = max(0, wanted[night] - len(opened[night]))
        numbers = (number for number in count(1) if number not in opened[night] | elsewhere[night])
        opening += [(number, night) for number in islice(numbers, missing)]
    _open(work, unit_id, opening, operation_id)


def _open(work: Work, unit_id: int, opening: list[tuple[int, date]], operation_id: int) -> None:
    if not opening:
        return
    have = set(work.session.exec(select(Place.number).where(Place.unit_id == unit_id)))
    work.session.add_all(Place(unit_id=unit_id, number=number) for number in sorted({n for n, _ in opening} - have))
    work.session.flush()
    rows = [
        {"unit_id": unit_id, "number": number, "night": night, "operation_id": operation_id}
        for number, night in opening
    ]
    work.session.execute(sa.insert(OpenNight), rows)


def _by_night(work: Work, table: Any, unit_id: int, nights: Sequence[date], *also: Any) -> defaultdict[date, set[int]]:
    found: defaultdict[date, set[int]] = defaultdict(set)
    query = pick(table.night, table.number).where(
        table.unit_id == unit_id, col(table.night).between(nights[0], nights[-1]), *also
    )
    for night, number in work.session.execute(query):
        found[night].add(number)
    return found
