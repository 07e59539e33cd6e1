"""The steps of the walk: what each verb must do or refuse, and what it leaves behind."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlmodel import select

from planner.models.care import Hold
from planner.rules.windows import first_night
from planner.rules.words import HoldState
from planner.services import care, care_arrivals, care_closing, care_requests
from planner.services.care_supply import OpenRequest, open_places
from tests.race.booking_machine import WHY, WOMEN, Stay, Walk, nights_in, picks, references, some, stays, units
from tests.race.booking_model import (
    CONFIRMED,
    HELD,
    LEADS,
    LIVE,
    OFFERED_HOURS,
    REQUESTED,
    RETURNED_AFTER,
    UNASKED_HOURS,
    Booking,
)

booked = precondition(lambda self: self.model.bookings)
late = precondition(lambda self: len(self.model.bookings) > 6)


class CareWalk(Walk):
    """Every verb of care."""

    @rule(unit=units, stay=stays, places=st.integers(0, 5))
    def open_nights(self, unit: str, stay: Stay, places: int) -> None:
        nights = nights_in(stay)
        request = OpenRequest(unit, self.world.operation, nights[0], nights[-1], places)
        allowed = all(self.model.claimed(unit, night) <= places for night in nights)
        self.do("open", LEADS[unit], open_places, request, allowed=allowed)
        if allowed:
            self.model.open.update(dict.fromkeys(((unit, night) for night in nights), places))

    @rule(unit=units, stay=stays, known=st.booleans())
    def close_nights(self, unit: str, stay: Stay, known: bool) -> None:
        nights, there = nights_in(stay), self.model.on(unit, nights_in(stay))
        numbers = tuple(there) if known else ()
        request = care_closing.ClosingRequest(unit, self.world.operation, nights[0], nights[-1], WHY, numbers)
        allowed = known or not there
        self.do("close", LEADS[unit], care_closing.close_nights, request, allowed=allowed)
        if allowed:
            self.model.open.update(dict.fromkeys(((unit, night) for night in nights), 0))
            for number in there:
                self.model.bookings[number].state = HoldState.TAKEN_BACK

    @rule(reference=references, unit=units, stay=stays, places=some, wait=st.booleans())
    def hold(self, reference: str, unit: str, stay: Stay, places: int, wait: bool) -> None:
        model, nights = self.model, nights_in(stay)
        lines, key = ((*WOMEN, places),), f"k{next(self.keys)}"
        request = care.HoldRequest(reference, unit, lines, key, nights[0], len(nights), wait)
        held = model.unasked and unit == "U1" and not wait
        allowed = model.may_begin(nights, reference) and (not held or model.has_room(unit, nights, places))
        row = self.do("hold" if held else "wait", "silver", care.hold_places, request, allowed=allowed)
        if allowed:
            until = model.now + timedelta(hours=UNASKED_HOURS) if held else None
            model.bookings[row.id] = Booking(unit, reference, HELD if held else REQUESTED, places, nights, until)
            assert self.do("the same key", "silver", care.hold_places, request, allowed=True).id == row.id

    @rule(reference=references, stay=stays, places=some)
    def ask_both(self, reference: str, stay: Stay, places: int) -> None:
        nights, lines = nights_in(stay), ((*WOMEN, places),)
        request = care_requests.PlacesAsked(
            reference, ("U1", "U2"), lines, f"k{next(self.keys)}", nights[0], len(nights)
        )
        allowed = self.model.may_begin(nights, reference)
        made = self.do("ask", "silver", care_requests.ask_places, request, allowed=allowed)
        if allowed:
            self.model.wanted[made.id] = places
            with self.world.database.read() as session:
                rows = session.exec(select(Hold).where(Hold.request_id == made.id)).all()
            for row in rows:
                unit = "U1" if row.provider_id == self.world.provider else "U2"
                self.model.bookings[row.id] = Booking(unit, reference, REQUESTED, places, nights, request=made.id)

    @booked
    @rule(pick=picks, part=st.one_of(st.none(), st.none(), st.integers(0, 4)))
    def confirm(self, pick: int, part: int | None) -> None:
        self.confirm_one(self.chosen(pick)[0], part)

    def confirm_one(self, number: int, part: int | None = None) -> None:
        row = self.model.bookings[number]
        state, left = row.stands(self.model.now), self.model.left(row)
        given = left if part is None else min(part, left) if part <= row.places else 0
        room = state is HELD or self.model.has_room(row.unit, row.nights, given)
        asked = state in (REQUESTED, HELD) and not row.instead  # what it offered itself is for the planners to accept
        allowed = state is CONFIRMED or (asked and given > 0 and room)
        places = None if part is None else {WOMEN: part}
        name = "confirm" if part is None else "confirm a part"
        self.do(name, LEADS[row.unit], care.confirm_hold, number, places=places, allowed=allowed)
        if allowed and state is not CONFIRMED:
            self.model.confirm(row, given)

    @booked
    @rule(pick=picks, hours=st.integers(0, 12))
    def extend(self, pick: int, hours: int) -> None:
        """Every other time of a held one, where there is any: they are few."""
        held = [number for number, row in self.model.bookings.items() if row.stands(self.model.now) is HELD]
        number = held[pick % len(held)] if held and pick % 2 else self.chosen(pick)[0]
        row = self.model.bookings[number]
        allowed = row.stands(self.model.now) is HELD and hours > 0
        self.do("extend", LEADS[row.unit], care.extend_hold, number, hours, allowed=allowed)
        if allowed and row.expires_at is not None:
            row.expires_at += timedelta(hours=hours)

    @booked
    @rule(pick=picks)
    def decline(self, pick: int) -> None:
        self.finish("decline", pick, care.decline_hold, HoldState.DECLINED)

    @booked
    @rule(pick=picks)
    def take_back(self, pick: int) -> None:
        self.finish("take back", pick, care.take_back, HoldState.TAKEN_BACK)

    def finish(self, name: str, pick: int, verb: Callable[..., Any], state: HoldState) -> None:
        number, row = self.chosen(pick)
        ending = LIVE if state is HoldState.TAKEN_BACK else (REQUESTED, HELD)
        allowed = row.stands(self.model.now) in ending
        self.do(name, LEADS[row.unit], verb, number, WHY, allowed=allowed)
        row.state = state if allowed else row.state

    @booked
    @rule(pick=picks, keep=st.one_of(st.none(), st.integers(0, 4)))
    def release(self, pick: int, keep: int | None) -> None:
        number, row = self.chosen(pick)
        live, whole = row.stands(self.model.now) in LIVE, not keep
        allowed = live and (whole or (keep or 0) < row.places)
        kept = None if keep is None else {WOMEN: keep}
        name = "release" if whole else "release a part"
        self.do(name, "silver", care.release_hold, number, keep=kept, allowed=allowed)
        if allowed:
            row.state, row.places = (HoldState.RELEASED, row.places) if whole else (row.state, keep or 0)

    @booked
    @rule(pick=picks, stay=stays, places=some)
    def offer_instead(self, pick: int, stay: Stay, places: int) -> None:
        model, nights, (number, row) = self.model, nights_in(stay), self.chosen(pick)
        other = care_requests.OtherPlaces(row.unit, ((*WOMEN, places),), nights[0], len(nights), WHY)
        asked = row.stands(model.now) in (REQUESTED, HELD)
        begins = nights[0] >= first_night(model.now)
        allowed = asked and begins and model.has_room(row.unit, nights, places, without=row)
        made = self.do("offer instead", LEADS[row.unit], care_requests.offer_instead, number, other, allowed=allowed)
        if allowed:
            row.state, until = HoldState.DECLINED, model.now + timedelta(hours=OFFERED_HOURS)
            model.bookings[made.id] = Booking(
                row.unit, row.action, HELD, places, nights, until, row.request, instead=True
            )

    @precondition(lambda self: any(row.instead for row in self.model.bookings.values()))
    @rule(pick=picks)
    def accept(self, pick: int) -> None:
        offered = {number: row for number, row in self.model.bookings.items() if row.instead}
        number, row = self.chosen(pick) if pick % 5 == 0 else list(offered.items())[pick % len(offered)]
        state = row.stands(self.model.now)
        allowed = row.instead and (state is CONFIRMED or (state is HELD and self.model.left(row) > 0))
        self.do("accept", "silver", care_requests.accept_offer, number, allowed=allowed)
        if allowed and state is HELD:
            self.model.confirm(row, row.places)

    @booked
    @rule(pick=picks, came=st.integers(0, 4))
    def arrive(self, pick: int, came: int) -> None:
        sure = [number for number, row in self.model.bookings.items() if row.state is CONFIRMED]
        number = sorted(sure)[pick % len(sure)] if sure and pick % 5 else self.chosen(pick)[0]
        row = self.model.bookings[number]
        begun = first_night(self.model.now) >= row.nights[0]
        allowed = row.state is CONFIRMED and begun and came <= row.places
        self.do("arrive", LEADS[row.unit], care_arrivals.record_arrivals, number, {WOMEN: came}, allowed=allowed)
        if allowed:
            row.arrived, row.last_arrival_at = came, self.model.now

    @rule()
    def return_unused(self) -> None:
        changed = self.do("return unused", "silver", care_arrivals.return_unused, allowed=True)
        assert changed == self.model.give_back_unused()
        self.seen["came back unused"] += changed

    @late
    @rule(pick=picks, came=st.integers(0, 1))
    def places_come_back(self, pick: int, came: int) -> None:
        """Half a day after one woman came or none: in one step, to come by it."""
        sure = [row for row in self.model.bookings.values() if row.state is CONFIRMED]
        if sure and pick % 3 == 0:
            begins = datetime.combine(sure[pick % len(sure)].nights[0], time(12), UTC)
            self.model.now = max(self.model.now, begins)
            self.arrive(pick, came)
            self.model.now += RETURNED_AFTER
            self.return_unused()

    @rule(hours=st.sampled_from([1, 6, 12, 24]))
    def time_goes_by(self, hours: int) -> None:
        self.model.now += timedelta(hours=hours)
        self.seen["expired"] += sum(row.state is not row.stands(self.model.now) for row in self.model.bookings.values())

    @rule()
    def sweep(self) -> None:
        ended = self.do("sweep", "silver", care.sweep, allowed=True)
        expired = self.model.expire()
        assert ended <= expired

    @rule()
    def change_terms(self) -> None:
        """The provider of U1 allows holds unasked, or no longer does."""
        self.model.unasked = not self.model.unasked
        self.set_terms()
