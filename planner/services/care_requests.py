"""One request to several units, and a provider's other offer: nothing is claimed by asking alone."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col, select

from planner.access import Verb, lock_action
from planner.errors import InputError, NotFound, Refused
from planner.models.care import Hold, PlaceRequest, PlaceRequestLine, Provider, Reserve, Unit
from planner.models.directory import Region
from planner.models.operations import Action
from planner.rules.counts import count_words
from planner.rules.windows import first_night
from planner.rules.words import Exploitation, HoldState
from planner.services.care import check_shape, requested_of, write_hold, write_holds
from planner.services.care_claims import end, lock_hold, refuse_stood_down, tell
from planner.services.care_eligible import Line, check_eligible, nights_asked
from planner.services.care_filling import follow_confirmed, wanted_now
from planner.services.care_parts import places_of
from planner.services.texts import needed_text
from planner.work import Work

MOST_UNITS = 20
OFFERED_FOR = timedelta(hours=48)


@dataclass(frozen=True)
class PlacesAsked:
    """The same places asked of several units by their codes; without nights, the policy's from the action's own."""

    action: str
    units: tuple[str, ...]
    lines: tuple[Line, ...]
    request_key: str
    first_night: date | None = None
    nights: int | None = None

    def __post_init__(self) -> None:
        check_shape(self.lines, self.nights)
        if not 1 <= len(set(self.units)) <= MOST_UNITS:
            raise InputError(f"Ask 1 to {MOST_UNITS} units at once; you chose {len(set(self.units))}.")

    @property
    def fingerprint(self) -> str:
        body = (self.action, sorted(set(self.units)), sorted(self.lines), self.first_night, self.nights)
        return hashlib.sha256(repr(body).encode()).hexdigest()


def ask_places(work: Work, request: PlacesAsked) -> PlaceRequest:
    """Ask them all or none; who confirms first lessens what is asked of the others, until nothing more is."""
    action = lock_action(work, request.action, Verb.HOLD_PLACES)
    known = work.session.exec(select(PlaceRequest).where(PlaceRequest.request_key == request.request_key)).first()
    if known is not None:
        if known.request_fingerprint != request.fingerprint:
            raise Refused("This request was sent before with other contents. Reload the page and ask again.")
        return known
    refuse_stood_down(action)
    units = _units(work, request.units)
    providers = {number: work.lock(Provider, number) for number in sorted({unit.provider_id for unit in units})}
    region = work.session.get_one(Region, action.region)
    check_eligible(work, units, request.lines, zone=region.zone, exploitation=action.exploitation)
    made = PlaceRequest(
        action_id=action.id or 0,
        first_night=request.first_night or first_night(action.starts_at),
        nights=request.nights or nights_asked(work, action),
        asked_by=work.actor.person_id,
        asked_at=work.now,
        request_key=request.request_key,
        request_fingerprint=request.fingerprint,
    )
    work.session.add(made)
    work.session.flush()
    for profile, need, places in request.lines:
        work.session.add(PlaceRequestLine(request_id=made.id or 0, profile=profile, need=need, places=places))
    asked = [(unit, _asked(work, action, made, providers[unit.provider_id])) for unit in units]
    write_holds(work, asked, request.lines)
    total = count_words(sum(places for _, _, places in request.lines), "place")
    nights = f"{made.first_night:%-d %B}, {count_words(made.nights, 'night')}"
    others = "; other units are asked too, the first to confirm has them" if len(units) > 1 else ""
    told = f"{total} asked for in {region.name} from {nights}{others}."
    for unit in units:
        work.notify(told, agency_id=unit.provider_id)
    sentence = f"{total} from {made.first_night:%-d %B} asked of {count_words(len(units), 'unit')}."
    work.record_action("ask_places", sentence, action, request=made.id, units=[unit.code for unit in units])
    return made


def _units(work: Work, codes: Sequence[str]) -> tuple[Unit, ...]:
    found = work.session.exec(select(Unit).where(col(Unit.code).in_(codes)).order_by(col(Unit.id))).all()
    missing = sorted(set(codes) - {unit.code for unit in found})
    if missing:
        raise NotFound(f"There is no unit {missing[0]}. Choose among the units on the Care page.")
    return tuple(found)


def _asked(work: Work, action: Action, made: PlaceRequest, provider: Provider) -> Hold:
    return Hold(
        action_id=action.id,
        first_night=made.first_night,
        nights=made.nights,
        request_id=made.id,
        **requested_of(work, provider),
    )


@dataclass(frozen=True)
class OtherPlaces:
    """What a provider offers in place of what it was asked: a unit of its own, for whom, which nights."""

    unit: str
    lines: tuple[Line, ...]
    first_night: date
    nights: int
    reason: str

    def __post_init__(self) -> None:
        check_shape(self.lines, self.nights)


def offer_instead(work: Work, hold_id: int, other: OtherPlaces) -> Hold:
    """The provider declines and holds other places for the planners, for 48 hours; they accept or release them."""
    asked = lock_hold(work, hold_id, Verb.ANSWER_HOLD)
    if asked.state is HoldState.CONFIRMED:
        raise Refused("These places are confirmed. Take them back first if you must, with a reason.")
    why = needed_text(other.reason, "Why other places are offered")
    unit = work.session.exec(select(Unit).where(Unit.code == other.unit)).first()
    if unit is None or unit.provider_id != asked.provider_id:
        raise NotFound(f"There is no unit {other.unit} of yours. Choose one of your own.")
    zone, exploitation = _asked_for(work, asked)
    check_eligible(work, [unit], other.lines, zone=zone, exploitation=exploitation)
    end(work, asked, HoldState.DECLINED, f"Other places are offered instead. {why}")
    made = Hold(
        provider_id=asked.provider_id,
        action_id=asked.action_id,
        reserve_id=asked.reserve_id,
        state=HoldState.HELD,
        first_night=other.first_night,
        nights=other.nights,
        asked_by=asked.asked_by,
        asked_at=work.now,
        expires_at=work.now + OFFERED_FOR,
        request_id=asked.request_id,
        instead_of=asked.id,
        reason=why,
    )
    write_hold(work, made, unit, other.lines)
    total = count_words(sum(places for _, _, places in other.lines), "place")
    nights = f"{count_words(other.nights, 'night')} from {other.first_night:%-d %B}"
    tell(
        work,
        made,
        "offer_instead",
        f"{total} in unit {unit.code} are offered instead, {nights}: accept or release. {why}",
    )
    return made


def _asked_for(work: Work, hold: Hold) -> tuple[str, Exploitation]:
    """The zone and the kind of exploitation that a booking is for; of a reserve nobody knows the kind yet."""
    if hold.action_id is not None:
        action = work.session.get_one(Action, hold.action_id)
        return work.session.get_one(Region, action.region).zone, action.exploitation
    reserve = work.session.get_one(Reserve, hold.reserve_id)
    return work.session.get_one(Region, reserve.region).zone, Exploitation.UNKNOWN


def accept_offer(work: Work, hold_id: int) -> Hold:
    """The planners take what a provider offered instead: it is confirmed, since its provider has said yes already."""
    hold = lock_hold(work, hold_id, Verb.HOLD_PLACES)
    if hold.instead_of is None:
        raise Refused("Only the provider confirms what it was asked for. Wait for its answer, or ring it.")
    if hold.state is HoldState.CONFIRMED:
        return hold
    wanted_now(work, hold, places_of(work, hold))
    hold.state, hold.expires_at, hold.version = HoldState.CONFIRMED, None, hold.version + 1
    hold.answered_by, hold.answered_at = work.actor.person_id, work.now
    work.session.add(hold)
    tell(work, hold, "accept_offer", "The places that were offered instead are accepted, and confirmed.")
    work.notify(f"What you offered from {hold.first_night:%-d %B} is accepted.", agency_id=hold.provider_id)
    follow_confirmed(work, hold)
    return hold
