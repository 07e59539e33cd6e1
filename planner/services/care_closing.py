"""A provider closes nights over what is booked on them: its alone to do, with a reason; those gates fall at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from planner.access import Verb, own_agencies, require
from planner.errors import InputError, Refused
from planner.models.care import Claim, Hold, Unit
from planner.rules.counts import count_words
from planner.rules.windows import nights_of
from planner.rules.words import HoldState
from planner.services.care_claims import actions_served, delete_expired, end, lock_reserves, lock_served
from planner.services.care_parts import booked_words
from planner.services.care_supply import LONGEST, check_operation, lock_own_unit, set_supply
from planner.services.texts import needed_text
from planner.work import Work


@dataclass(frozen=True)
class ClosingRequest:
    """Nights of one's own unit, first and last included; `bookings` are those the provider knows it takes back."""

    unit: str
    operation_id: int
    first_night: date
    last_night: date
    reason: str
    bookings: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= (self.last_night - self.first_night).days < LONGEST:
            raise InputError(f"Close 1 to {LONGEST} nights at a time, the first before the last.")

    @property
    def nights(self) -> tuple[date, ...]:
        return nights_of(self.first_night, (self.last_night - self.first_night).days + 1)


def close_nights(work: Work, request: ClosingRequest) -> int:
    """Nothing is open on these nights any more; returns how many bookings were taken back whole."""
    require(work, Verb.OPEN_PLACES, ref=request.unit)
    why = needed_text(request.reason, "Why these nights are closed")
    locked = lock_served(work, _booked(work, request))
    unit, provider = lock_own_unit(work, request.unit)
    check_operation(work, request.operation_id)
    delete_expired(work, provider.agency_id)
    work.session.flush()
    booked = _booked(work, request)
    unknown = [hold for hold in booked if hold.id not in request.bookings]
    if unknown:
        raise Refused(
            f"Booked on these nights, and to be placed elsewhere: {booked_words(work, unknown)}. "
            "Say that you take them back; the planners are told at once."
        )
    lock_reserves(work, booked)
    if not locked.issuperset(number for hold in booked for number in actions_served(work, hold)):
        raise Refused("These nights were booked just now, while you closed them. Look at the bookings, then try again.")
    for hold in booked:
        end(work, hold, HoldState.TAKEN_BACK, why, closing=True)
    work.session.flush()
    set_supply(work, unit, request.operation_id, dict.fromkeys(request.nights, 0))
    provider.last_confirmed_at, provider.version = work.now, provider.version + 1
    work.session.add(provider)
    nights = count_words(len(request.nights), "night")
    sentence = f"Unit {unit.code}: closed for {nights} from {request.first_night:%-d %B}: {why}"
    work.record("close_nights", sentence, kind="unit", ref=unit.code, bookings=[hold.id for hold in booked])
    return len(booked)


def _booked(work: Work, request: ClosingRequest) -> Sequence[Hold]:
    """Bookings with a place of one's own unit on one of these nights."""
    claimed = (
        select(Claim.hold_id)
        .join(Unit, col(Unit.id) == col(Claim.unit_id))
        .where(Unit.code == request.unit, col(Unit.provider_id).in_(own_agencies(work, Verb.OPEN_PLACES)))
        .where(col(Claim.night).between(request.first_night, request.last_night))
    )
    found = select(Hold).where(col(Hold.id).in_(claimed)).order_by(col(Hold.id))
    return work.session.exec(found.execution_options(populate_existing=True)).all()
