"""Holding, confirming, releasing and taking back places; the provider's row is locked before anything is counted."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlmodel import col, select

from planner.access import Verb, lock_action
from planner.errors import InputError, NotFound, Refused, Stale
from planner.models.care import Hold, HoldLine, Provider, Unit
from planner.models.directory import Region
from planner.models.operations import Action
from planner.rules.counts import count_words
from planner.rules.windows import first_night
from planner.rules.words import HoldState
from planner.services.care_claims import claim, delete_expired, end, lock_hold, operation_of, refuse_stood_down, tell
from planner.services.care_eligible import Line, check_eligible, nights_asked
from planner.services.care_filling import follow_confirmed, wanted_now
from planner.services.care_notice import refuse_short_notice
from planner.services.care_parts import Key, keep_only, places_of, release_part
from planner.services.texts import needed_text, said_text
from planner.work import Work

BY_PLANNERS = "Released by the planners."
LONGEST_STAY = 120
LONGEST_EXTENSION = 168


def check_shape(lines: Sequence[Line], nights: int | None) -> None:
    """Whole places, each profile and need once, a stay of sensible length."""
    if not lines or any(places < 1 for _, _, places in lines):
        raise InputError("Ask for at least one place, in whole numbers.")
    if len({line[:2] for line in lines}) < len(lines):
        raise InputError("A profile stands twice with the same need: add its places up in one line.")
    if nights is not None and not 1 <= nights <= LONGEST_STAY:
        raise InputError(f"A booking is for 1 to {LONGEST_STAY} nights; you asked for {nights}.")


@dataclass(frozen=True)
class HoldRequest:
    """Places of one unit for one action; without nights, the policy's, from the action's own night.

    `wait`: the provider is asked, though it allows holds unasked, because none is free now.
    """

    action: str
    unit: str
    lines: tuple[Line, ...]
    request_key: str
    first_night: date | None = None
    nights: int | None = None
    wait: bool = False

    def __post_init__(self) -> None:
        check_shape(self.lines, self.nights)

    @property
    def fingerprint(self) -> str:
        body = (self.action, self.unit, sorted(self.lines), self.first_night, self.nights, *(["wait"] * self.wait))
        return hashlib.sha256(repr(body).encode()).hexdigest()


def hold_places(work: Work, request: HoldRequest) -> Hold:
    """Hold places where the provider allows that unasked, otherwise ask it: a request claims nothing."""
    action = lock_action(work, request.action, Verb.HOLD_PLACES)
    return hold_in(work, action, *lock_unit(work, request.unit), request)


def hold_in(work: Work, action: Action, unit: Unit, provider: Provider, request: HoldRequest) -> Hold:
    """The same for an action and a provider that are locked."""
    if (known := same_request(work, request.request_key, request.fingerprint)) is not None:
        return known
    refuse_stood_down(action)
    region = work.session.get_one(Region, action.region)
    check_eligible(work, [unit], request.lines, zone=region.zone, exploitation=action.exploitation)
    hold = Hold(
        action_id=action.id,
        first_night=request.first_night or first_night(action.starts_at),
        nights=request.nights or nights_asked(work, action),
        request_key=request.request_key,
        request_fingerprint=request.fingerprint,
        **(requested_of(work, provider) if request.wait else asked_of(work, provider)),
    )
    write_hold(work, hold, unit, request.lines)
    booked = count_words(sum(places for _, _, places in request.lines), "place")
    booked += f" {hold.state.replace('requested', 'asked for')}"
    sentence = f"{booked} for {action.reference} from {hold.first_night:%-d %B}."
    work.record_action("hold_places", sentence, action, hold=hold.id, unit=unit.code)
    told = f"{booked} in {region.name} from {hold.first_night:%-d %B}, {count_words(hold.nights, 'night')}."
    work.notify(told, agency_id=provider.agency_id)
    return hold


def lock_unit(work: Work, code: str) -> tuple[Unit, Provider]:
    """A unit by its code, its provider locked."""
    unit = work.session.exec(select(Unit).where(Unit.code == code)).first()
    if unit is None:
        raise NotFound(f"There is no unit {code}. Choose one of the units on the Care page.")
    return unit, work.lock(Provider, unit.provider_id)


def same_request(work: Work, key: str, fingerprint: str) -> Hold | None:
    """The answer that this key was given before; another body under the same key is refused."""
    known = work.session.exec(select(Hold).where(Hold.request_key == key)).first()
    if known is not None and known.request_fingerprint != fingerprint:
        raise Refused("This request was sent before with other contents. Reload the page and ask again.")
    return known


def asked_of(work: Work, provider: Provider) -> dict[str, Any]:
    """Held for as long as the provider allows unasked; otherwise requested."""
    hours = provider.unasked_hold_hours
    if hours is None:
        return requested_of(work, provider)
    return requested_of(work, provider) | {"state": HoldState.HELD, "expires_at": work.now + timedelta(hours=hours)}


def requested_of(work: Work, provider: Provider) -> dict[str, Any]:
    """Asked for: nothing is claimed until the provider answers."""
    return {
        "provider_id": provider.agency_id,
        "state": HoldState.REQUESTED,
        "asked_by": work.actor.person_id or 0,
        "asked_at": work.now,
    }


def write_hold(work: Work, hold: Hold, unit: Unit, lines: Sequence[Line]) -> None:
    """The booking, its lines and, where it is held, its claims; what has expired goes first."""
    write_holds(work, [(unit, hold)], lines)


def write_holds(work: Work, asked: Sequence[tuple[Unit, Hold]], lines: Sequence[Line]) -> None:
    """The same for several units that are asked for the same."""
    tonight = first_night(work.now)
    for _, hold in asked:
        if hold.first_night < tonight:
            past = f"the night of {hold.first_night:%-d %B} is over"
            raise Refused(f"Places cannot be booked backwards: {past}. Ask from {tonight:%-d %B} or later.")
    refuse_short_notice(work, asked)
    work.session.add_all(hold for _, hold in asked)
    work.session.flush()
    work.session.add_all(
        HoldLine(hold_id=hold.id or 0, unit_id=unit.id or 0, profile=profile, need=need, places=places)
        for unit, hold in asked
        for profile, need, places in lines
    )
    delete_expired(work, *{hold.provider_id for _, hold in asked})
    work.session.flush()
    for _, hold in asked:
        if hold.state is HoldState.HELD:
            claim(work, hold, operation_of(work, hold))


def confirm_hold(
    work: Work, hold_id: int, *, version: int | None = None, places: Mapping[Key, int] | None = None
) -> Hold:
    """The provider confirms all, or so many `places`; a request claims them now, and is refused when none are left."""
    hold = lock_hold(work, hold_id, Verb.ANSWER_HOLD)
    if hold.state is HoldState.CONFIRMED:
        return hold
    if version not in (None, hold.version):
        raise Stale(f"This booking changed since your page was drawn: it is {hold.state} now. Reload the page.")
    if hold.instead_of is not None:
        raise Refused("You offered these places instead of what was asked: the planners accept or release them.")
    have = places_of(work, hold)
    less = keep_only(work, hold, _given(have, places, wanted=wanted_now(work, hold, have)), have=have)
    if hold.state is HoldState.REQUESTED:
        claim(work, hold, operation_of(work, hold))
    hold.state, hold.expires_at, hold.answered_at = HoldState.CONFIRMED, None, work.now
    hold.answered_by, hold.version = work.actor.person_id, hold.version + 1
    work.session.add(hold)
    work.session.get_one(Provider, hold.provider_id).last_confirmed_at = work.now
    total = sum(have.values())
    part = f"{total - less} of {total} places are confirmed."
    tell(work, hold, "confirm_hold", part if less else "The places are confirmed.")
    follow_confirmed(work, hold)
    return hold


def _given(
    have: Mapping[Key, int], places: Mapping[Key, int] | None, *, wanted: Mapping[Key, int]
) -> Mapping[Key, int]:
    """What the provider gives, cut to what is still wanted; more than the booking has is left to be refused."""
    if places is None:
        return wanted
    return {key: min(number, wanted[key]) if number <= have.get(key, -1) else number for key, number in places.items()}


def extend_hold(work: Work, hold_id: int, hours: int) -> Hold:
    """The provider lets a held booking stand for some hours longer."""
    if not 1 <= hours <= LONGEST_EXTENSION:
        raise InputError(f"Extend by 1 to {LONGEST_EXTENSION} hours; you entered {hours}.")
    hold = lock_hold(work, hold_id, Verb.ANSWER_HOLD)
    if hold.state is not HoldState.HELD or hold.expires_at is None:
        raise Refused(f"Only a held booking lapses; this one is {hold.state}.")
    hold.expires_at, hold.version = hold.expires_at + timedelta(hours=hours), hold.version + 1
    work.session.add(hold)
    tell(work, hold, "extend_hold", f"The places stay held for {count_words(hours, 'hour')} longer.")
    return hold


def decline_hold(work: Work, hold_id: int, reason: str) -> None:
    """The provider says no to what is not confirmed yet."""
    hold = lock_hold(work, hold_id, Verb.ANSWER_HOLD)
    if hold.state is HoldState.CONFIRMED:
        raise Refused("These places are confirmed. Take them back instead, with a reason.")
    end(work, hold, HoldState.DECLINED, _needed(reason))


def take_back(work: Work, hold_id: int, reason: str) -> None:
    """A provider may take a place back with a reason; the gate falls and a standing go-ahead is suspended."""
    hold = lock_hold(work, hold_id, Verb.ANSWER_HOLD)
    end(work, hold, HoldState.TAKEN_BACK, _needed(reason))


def release_hold(work: Work, hold_id: int, *, keep: Mapping[Key, int] | None = None, reason: str | None = None) -> None:
    """The planners give places back, all or what they do not `keep`; the provider is told so, and never the reason."""
    hold = lock_hold(work, hold_id, Verb.HOLD_PLACES)
    why = BY_PLANNERS if reason is None else f"{BY_PLANNERS} {needed_text(reason, 'Why these places are released')}"
    if keep is not None and any(keep.values()):
        release_part(work, hold, keep, why)
        return
    end(work, hold, HoldState.RELEASED, why)


def _needed(reason: str) -> str:
    why = said_text(reason, "The reason")
    if len(why) < 5:
        raise InputError("Say why in a few words: the people who planned on these places will read it.")
    return why


def sweep(work: Work) -> int:
    """End what has expired by now, provider by provider; returns how many bookings."""
    waiting = select(Hold.provider_id).where(Hold.state == HoldState.HELD, col(Hold.expires_at) <= work.now)
    providers = [work.lock(Provider, number) for number in sorted(set(work.session.exec(waiting)))]
    return sum(delete_expired(work, provider.agency_id) for provider in providers)
