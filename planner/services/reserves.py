"""Reserves: confirmed places of a region, shared by actions where nobody is likely and somebody may yet be found."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from planner.access import Verb, lock_action, operations_for, require
from planner.errors import InputError, NotFound, Refused
from planner.models.care import Hold, Reserve, ReserveShare
from planner.models.directory import Person, Region
from planner.models.operations import Action, Operation, StrikeDay
from planner.rules.counts import count_words
from planner.rules.words import Exploitation
from planner.services.care import asked_of, check_shape, lock_unit, same_request, write_hold
from planner.services.care_eligible import Line, check_eligible
from planner.services.strike_days import NO_STRIKE_DAY
from planner.services.texts import said_text
from planner.work import Work

MOST_PLACES = 200
NO_RESERVE = "There is no such reserve, or none that you can open."


@dataclass(frozen=True)
class ReserveRequest:
    """So many places for a region of an operation, or for a strike day in it; sized from what is expected there."""

    operation: str
    region: str
    places: int
    reason: str
    request_key: str
    strike_day_id: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.places <= MOST_PLACES:
            raise InputError(f"A reserve has 1 to {MOST_PLACES} places; you entered {self.places}.")
        if len(said_text(self.reason, "The reason")) < 5:
            raise InputError("Say in a few words why so many: those who share the reserve will read it.")


@dataclass(frozen=True)
class ReserveHold:
    """Places of one unit for a reserve, from a night for so many nights."""

    reserve_id: int
    unit: str
    lines: tuple[Line, ...]
    request_key: str
    first_night: date
    nights: int

    def __post_init__(self) -> None:
        check_shape(self.lines, self.nights)

    @property
    def fingerprint(self) -> str:
        body = (self.reserve_id, self.unit, sorted(self.lines), self.first_night, self.nights)
        return hashlib.sha256(repr(body).encode()).hexdigest()


def set_reserve(work: Work, request: ReserveRequest) -> Reserve:
    """Begin a reserve; nothing stands until its places are confirmed."""
    require(work, Verb.SET_RESERVE, ref=request.region)
    work.lock(Person, work.actor.person_id)  # one person's double click waits for the first
    mine = col(Operation.id).in_(operations_for(work, Verb.SET_RESERVE))
    operation = work.session.exec(select(Operation.id).where(Operation.code == request.operation, mine)).first()
    if operation is None or work.session.get(Region, request.region) is None:
        raise NotFound(f"There is no region {request.region} in an operation {request.operation} that you can open.")
    strike = _strike_day(work, operation, request)
    reserve = Reserve(
        operation_id=operation,
        region=request.region,
        strike_day_id=request.strike_day_id,
        places=request.places,
        reason=said_text(request.reason, "The reason"),
        request_key=request.request_key,
    )
    known = work.session.exec(select(Reserve).where(Reserve.request_key == request.request_key)).first()
    if known is not None:
        if known.model_dump(exclude={"id"}) != reserve.model_dump(exclude={"id"}):
            raise Refused("This request was sent before with other contents. Reload the page and ask again.")
        return known
    work.session.add(reserve)
    work.session.flush()
    places = count_words(request.places, "place")
    said = f"A reserve of {places} for {request.region}{strike and f', strike day {strike}'}: {reserve.reason}"
    work.record("set_reserve", said, kind="reserve", ref=str(reserve.id))
    return reserve


def _strike_day(work: Work, operation_id: int, request: ReserveRequest) -> str:
    """The name of the strike day that a reserve is kept for, if it is kept for one: of this operation and region."""
    if request.strike_day_id is None:
        return ""
    strike = work.session.get(StrikeDay, request.strike_day_id)
    if strike is None or strike.operation_id != operation_id:
        raise NotFound(NO_STRIKE_DAY)
    if strike.region not in (None, request.region):
        raise Refused(f"{strike.name} is in another region than this reserve. Choose its own region.")
    return strike.name


def share_reserve(work: Work, reserve_id: int, references: Sequence[str]) -> None:
    """Let actions of its region share a reserve; the actions are locked first, then the reserve itself."""
    known = _reserve(work, reserve_id)
    if not references:
        raise InputError("Choose at least one action that is to share this reserve.")
    found = select(Action.reference).where(col(Action.reference).in_(set(references))).order_by(col(Action.id))
    ordered = list(work.session.exec(found))
    missing = sorted(set(references) - set(ordered))
    if missing:
        raise NotFound(f"There is no action {missing[0]}, or none that you can open.")
    actions = [lock_action(work, reference, Verb.SET_RESERVE) for reference in ordered]
    work.lock(Reserve, reserve_id)
    for action in actions:
        if (action.operation_id, action.region) != (known.operation_id, known.region):
            raise Refused(f"{action.reference} lies outside this reserve's region. Share one of its own region.")
        if known.strike_day_id not in (None, action.strike_day_id):
            raise Refused(f"{action.reference} is no member of the strike day that this reserve is kept for.")
        if work.session.get(ReserveShare, (reserve_id, action.id)) is None:
            work.session.add(ReserveShare(reserve_id=reserve_id, action_id=action.id or 0))
            work.record_action("share_reserve", f"{action.reference} shares reserve {reserve_id}.", action)


def hold_for_reserve(work: Work, request: ReserveHold) -> Hold:
    """Ask a provider for places of a reserve, or hold them where it allows that unasked."""
    require(work, Verb.SET_RESERVE, ref=f"reserve {request.reserve_id}")
    reserve = _reserve(work, request.reserve_id)
    unit, provider = lock_unit(work, request.unit)
    known = same_request(work, request.request_key, request.fingerprint)
    if known is not None:
        return known
    region = work.session.get_one(Region, reserve.region)
    # Nobody knows yet whom a reserve will take, so its units must take people of unknown exploitation.
    check_eligible(work, [unit], request.lines, zone=region.zone, exploitation=Exploitation.UNKNOWN)
    hold = Hold(
        reserve_id=reserve.id,
        first_night=request.first_night,
        nights=request.nights,
        request_key=request.request_key,
        request_fingerprint=request.fingerprint,
        **asked_of(work, provider),
    )
    write_hold(work, hold, unit, request.lines)
    booked = f"{count_words(sum(places for _, _, places in request.lines), 'place')} {hold.state}"
    told = f"{booked} in {region.name} from {hold.first_night:%-d %B}, {count_words(hold.nights, 'night')}."
    work.record("hold_for_reserve", told, kind="reserve", ref=str(reserve.id), hold=hold.id, unit=unit.code)
    work.notify(told, agency_id=provider.agency_id)
    return hold


def _reserve(work: Work, reserve_id: int) -> Reserve:
    """A reserve of a visible operation."""
    require(work, Verb.SET_RESERVE, ref=f"reserve {reserve_id}")
    mine = col(Reserve.operation_id).in_(operations_for(work, Verb.SET_RESERVE))
    found = work.session.exec(select(Reserve).where(Reserve.id == reserve_id, mine)).first()
    if found is None:
        raise NotFound(NO_RESERVE)
    return found
