"""Holding, confirming, releasing and taking back places; the provider's row is locked before anything is counted."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from planner import facts
from planner.access import Verb, lock_action, require
from planner.db import pick
from planner.errors import InputError, NotFound, Refused
from planner.facts_care import units
from planner.models.care import Claim, Hold, HoldLine, OpenNight, Provider, Unit
from planner.models.operations import Action
from planner.rules.capacity import Wanted, numbers_for, takes
from planner.rules.counts import count_words
from planner.rules.windows import first_night, nights_of
from planner.rules.words import HoldState, Need, Profile
from planner.services.gate import reconsider
from planner.work import Work

LIVE = (HoldState.REQUESTED, HoldState.HELD, HoldState.CONFIRMED)
LONGEST_STAY = 120


@dataclass(frozen=True)
class HoldRequest:
    """Places of one unit for one action; without nights, the policy's, from the action's own night."""

    action: str
    unit: str
    lines: tuple[tuple[Profile, Need, int], ...]
    request_key: str
    first_night: date | None = None
    nights: int | None = None

    def __post_init__(self) -> None:
        if not self.lines or any(places < 1 for _, _, places in self.lines):
            raise InputError("Ask for at least one place, in whole numbers.")
        if self.nights is not None and not 1 <= self.nights <= LONGEST_STAY:
            raise InputError(f"A booking is for 1 to {LONGEST_STAY} nights; you asked for {self.nights}.")

    @property
    def fingerprint(self) -> str:
        body = (self.action, self.unit, sorted(self.lines), self.first_night, self.nights)
        return hashlib.sha256(repr(body).encode()).hexdigest()


def hold_places(work: Work, request: HoldRequest) -> Hold:
    """Hold places where the provider allows that unasked, otherwise ask it: a request claims nothing."""
    action = lock_action(work, request.action, Verb.HOLD_PLACES)
    unit = work.session.exec(select(Unit).where(Unit.code == request.unit)).first()
    if unit is None:
        raise NotFound(f"There is no unit {request.unit}. Choose one of the units on the Care page.")
    provider = work.lock(Provider, unit.provider_id)
    known = work.session.exec(select(Hold).where(Hold.request_key == request.request_key)).first()
    if known is not None:
        if known.request_fingerprint == request.fingerprint:
            return known
        raise Refused("This request was sent before with other contents. Reload the page and ask again.")
    hold = _new_hold(work, request, action, provider)
    _check_eligible(work, unit, action, request.lines)
    work.session.add(hold)
    work.session.flush()
    for profile, need, places in request.lines:
        work.session.add(
            HoldLine(hold_id=hold.id or 0, unit_id=unit.id or 0, profile=profile, need=need, places=places)
        )
    delete_expired(work, provider.agency_id)
    if hold.state is HoldState.HELD:
        claim(work, hold)
    total = sum(places for _, _, places in request.lines)
    words = "held" if hold.state is HoldState.HELD else "asked for"
    sentence = f"{count_words(total, 'place')} {words} for {action.reference} from {hold.first_night:%-d %B}."
    work.record_action("hold_places", sentence, action, hold=hold.id, unit=unit.code)
    region = action.region.replace("_", " ")
    asked = f"{count_words(total, 'place')} {words} in {region} from {hold.first_night:%-d %B}, {hold.nights} nights."
    work.notify(asked, agency_id=provider.agency_id)
    return hold


def _new_hold(work: Work, request: HoldRequest, action: Action, provider: Provider) -> Hold:
    policy = facts.facts_of(work, action.id or 0).policy
    unasked = provider.unasked_hold_hours
    return Hold(
        provider_id=provider.agency_id,
        action_id=action.id,
        state=HoldState.REQUESTED if unasked is None else HoldState.HELD,
        first_night=request.first_night or first_night(action.starts_at),
        nights=request.nights or policy.nights,
        asked_by=work.actor.person_id or 0,
        asked_at=work.now,
        expires_at=None if unasked is None else work.now + timedelta(hours=unasked),
        request_key=request.request_key,
        request_fingerprint=request.fingerprint,
    )


def _check_eligible(work: Work, unit: Unit, action: Action, lines: Sequence[tuple[Profile, Need, int]]) -> None:
    known = facts.facts_of(work, action.id or 0).action
    unit_fact = units(work)[unit.id or 0]
    for profile, need, places in lines:
        if not takes(unit_fact, Wanted(profile, need, places), known.zone, known.exploitation):
            words = profile.replace("_", " ")
            raise Refused(
                f"Unit {unit.code} does not take this: {words}, need {need}, {known.exploitation} exploitation, "
                f"zone {known.zone.replace('_', ' ')}. Choose a unit that does."
            )


def delete_expired(work: Work, provider_id: int) -> int:
    """An expired hold is free from its instant: its claims go before anything is counted. Returns how many holds."""
    expired = work.session.exec(
        select(Hold).where(
            Hold.provider_id == provider_id, Hold.state == HoldState.HELD, col(Hold.expires_at) <= work.now
        )
    ).all()
    for hold in expired:
        _end(work, hold, HoldState.EXPIRED, "Its time ran out.")
    return len(expired)


def claim(work: Work, hold: Hold) -> None:
    """Claim one place for each night of each line; the provider is locked, the primary key is the last word."""
    lines = work.session.exec(select(HoldLine).where(HoldLine.hold_id == hold.id)).all()
    nights = nights_of(hold.first_night, hold.nights)
    for unit_id in sorted({line.unit_id for line in lines}):
        wanted = sum(line.places for line in lines if line.unit_id == unit_id)
        open_, taken = (_numbers(work, table, unit_id, nights) for table in (OpenNight, Claim))
        for night in nights:
            numbers = numbers_for(wanted, open_[night], frozenset(taken[night]))
            if len(numbers) < wanted:
                left = count_words(len(numbers), "place")
                raise Refused(f"The unit has {left} left on {night:%a %-d %B}; you asked for {wanted}.")
            work.session.add_all(
                Claim(unit_id=unit_id, number=number, night=night, hold_id=hold.id or 0) for number in numbers
            )
    work.session.flush()


def _numbers(work: Work, table: Any, unit_id: int, nights: Sequence[date]) -> Mapping[date, list[int]]:
    """Place numbers by night, of open nights or of claims."""
    found: defaultdict[date, list[int]] = defaultdict(list)
    query = pick(table.night, table.number).where(
        table.unit_id == unit_id, col(table.night).between(nights[0], nights[-1])
    )
    for night, number in work.session.execute(query):
        found[night].append(number)
    return found


def _lock_hold(work: Work, hold_id: int, verb: Verb) -> Hold:
    """Lock action, then provider, then read the hold again; who may not see it is told that there is none."""
    work.attempts(verb.name.lower(), f"hold {hold_id}")
    found = work.session.get(Hold, hold_id)
    if found is None:
        raise NotFound("There is no such booking, or none that you can open.")
    action = work.lock(Action, found.action_id) if found.action_id else None
    work.lock(Provider, found.provider_id)
    hold = work.session.get(Hold, hold_id, populate_existing=True)
    if hold is None:
        raise NotFound("There is no such booking, or none that you can open.")
    if verb is Verb.ANSWER_HOLD:
        require(work, verb, ref=f"hold {hold_id}", agency_id=hold.provider_id)
    else:
        require(work, verb, ref=f"hold {hold_id}", action=action)
    delete_expired(work, hold.provider_id)
    if hold.state not in LIVE:
        raise Refused(f"This booking is {hold.state.replace('_', ' ')} already.")
    return hold


def confirm_hold(work: Work, hold_id: int) -> Hold:
    """The provider confirms; a request claims its places now, and is refused when none are left."""
    hold = _lock_hold(work, hold_id, Verb.ANSWER_HOLD)
    if hold.state is HoldState.CONFIRMED:
        return hold
    if hold.state is HoldState.REQUESTED:
        claim(work, hold)
    hold.state, hold.expires_at, hold.answered_at = HoldState.CONFIRMED, None, work.now
    hold.answered_by, hold.version = work.actor.person_id, hold.version + 1
    work.session.add(hold)
    provider = work.session.get(Provider, hold.provider_id)
    if provider is not None:
        provider.last_confirmed_at = work.now
        work.session.add(provider)
    _tell(work, hold, "confirm_hold", "The places are confirmed.")
    return hold


def decline_hold(work: Work, hold_id: int, reason: str) -> None:
    hold = _lock_hold(work, hold_id, Verb.ANSWER_HOLD)
    _end(work, hold, HoldState.DECLINED, _needed(reason))


def take_back(work: Work, hold_id: int, reason: str) -> None:
    """A provider may take a place back with a reason; the gate falls and a standing go-ahead is suspended."""
    hold = _lock_hold(work, hold_id, Verb.ANSWER_HOLD)
    _end(work, hold, HoldState.TAKEN_BACK, _needed(reason))


def release_hold(work: Work, hold_id: int) -> None:
    hold = _lock_hold(work, hold_id, Verb.HOLD_PLACES)
    _end(work, hold, HoldState.RELEASED, "Released by the planners.")


def _needed(reason: str) -> str:
    if len(reason.strip()) < 5:
        raise InputError("Say why in a few words: the people who planned on these places will read it.")
    return reason.strip()[:300]


def _end(work: Work, hold: Hold, state: HoldState, reason: str) -> None:
    """Delete the claims and keep the booking; what it undid is reconsidered."""
    work.session.execute(sa.delete(Claim).where(col(Claim.hold_id) == hold.id))
    hold.state, hold.reason, hold.answered_at, hold.version = state, reason, work.now, hold.version + 1
    work.session.add(hold)
    _tell(work, hold, f"{state}_hold", f"A booking of places is {state.replace('_', ' ')}: {reason}")


def _tell(work: Work, hold: Hold, verb: str, sentence: str) -> None:
    action = work.session.get(Action, hold.action_id) if hold.action_id else None
    if action is None:
        work.record(verb, sentence, kind="reserve", ref=str(hold.reserve_id), hold=hold.id)
        return
    work.record_action(verb, sentence, action, hold=hold.id)
    work.notify(f"{action.reference}: {sentence}", person_id=hold.asked_by, action_id=action.id)
    reconsider(work, [action.id or 0], because=sentence)


def sweep(work: Work) -> int:
    """End what has expired by now, provider by provider; returns how many bookings."""
    waiting = work.session.exec(
        select(Hold.action_id, Hold.provider_id).where(Hold.state == HoldState.HELD, col(Hold.expires_at) <= work.now)
    ).all()
    for action_id in sorted({action for action, _ in waiting if action is not None}):
        work.lock(Action, action_id)
    ended = 0
    for provider in sorted({provider for _, provider in waiting}):
        work.lock(Provider, provider)
        ended += delete_expired(work, provider)
    return ended
