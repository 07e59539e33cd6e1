"""Bookings of one unit walked at random beside a small model: what is open, what is booked, what time it is."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from planner.db import Database
from planner.errors import Refused
from planner.models.care import Provider
from planner.rules.windows import nights_of
from planner.rules.words import HoldState, Need, Profile
from planner.services import care
from planner.services.care_supply import OpenRequest, open_places
from planner.services.verify import troubles
from planner.views import care as view
from planner.work import Desk
from tests.builders import FIRST_NIGHT, NOW, a_world, an_action

ALL_NIGHTS = nights_of(FIRST_NIGHT, 5)
UNASKED_HOURS = 12
WHY = "The boiler failed."
stays = st.tuples(st.integers(0, 4), st.integers(1, 4)).map(lambda stay: (stay[0], min(stay[1], 5 - stay[0])))


@dataclass
class Booking:
    state: HoldState
    places: int
    nights: tuple[date, ...]
    expires_at: datetime | None

    def stands(self, now: datetime) -> HoldState:
        lapsed = self.state is HoldState.HELD and self.expires_at is not None and self.expires_at <= now
        return HoldState.EXPIRED if lapsed else self.state


class BookingMachine(RuleBasedStateMachine):
    """Every verb must do, or refuse, what the model expects."""

    def __init__(self, fresh: Callable[[], Database], seen: Counter[str]) -> None:
        super().__init__()
        self.fresh, self.seen = fresh, seen

    @initialize()
    def begin(self) -> None:
        self.world = a_world(self.fresh())
        an_action(self.world)
        self.now, self.unasked = NOW, False
        self.change_terms_now()
        self.open = dict.fromkeys(ALL_NIGHTS, 4)
        self.bookings: dict[int, Booking] = {}
        self.keys = count()

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.world.database.dispose()

    def booked(self, night: date, *states: HoldState) -> int:
        mine = (row for row in self.bookings.values() if night in row.nights)
        return sum(row.places for row in mine if row.stands(self.now) in states)

    def claimed(self, night: date) -> int:
        return self.booked(night, HoldState.HELD, HoldState.CONFIRMED)

    def has_room(self, nights: tuple[date, ...], places: int) -> bool:
        return all(self.open[night] - self.claimed(night) >= places for night in nights)

    def do(self, by: str, verb: Callable[..., Any], *arguments: Any, allowed: bool) -> Any:
        """Run a verb and see that it does or refuses as expected."""
        answer, done = None, True
        try:
            with self.world.desk(by, self.now).writing() as work:
                answer = verb(work, *arguments)
        except Refused:
            done = False
        assert done == allowed, f"{verb.__name__} {'done' if done else 'refused'}"
        self.seen[f"{verb.__name__} {'done' if done else 'refused'}"] += 1
        return answer

    @rule(stay=stays, places=st.integers(0, 5))
    def open_nights(self, stay: tuple[int, int], places: int) -> None:
        nights = ALL_NIGHTS[stay[0] : sum(stay)]
        request = OpenRequest("U1", self.world.operation, nights[0], nights[-1], places)
        allowed = all(self.claimed(night) <= places for night in nights)
        self.do("provider", open_places, request, allowed=allowed)
        if allowed:
            self.open.update(dict.fromkeys(nights, places))

    @rule(stay=stays, places=st.integers(1, 3))
    def hold(self, stay: tuple[int, int], places: int) -> None:
        nights = ALL_NIGHTS[stay[0] : sum(stay)]
        lines = ((Profile.WOMAN, Need.NONE, places),)
        request = care.HoldRequest("WM-0001", "U1", lines, f"k{next(self.keys)}", nights[0], len(nights))
        allowed = not self.unasked or self.has_room(nights, places)
        row = self.do("silver", care.hold_places, request, allowed=allowed)
        if allowed:
            lapses = self.now + timedelta(hours=UNASKED_HOURS) if self.unasked else None
            state = HoldState.HELD if self.unasked else HoldState.REQUESTED
            self.bookings[row.id] = Booking(state, places, nights, lapses)
            again = self.do("silver", care.hold_places, request, allowed=True)
            assert again.id == row.id

    def chosen(self, pick: int) -> tuple[int, Booking]:
        number = sorted(self.bookings)[pick % len(self.bookings)]
        return number, self.bookings[number]

    @precondition(lambda self: self.bookings)
    @rule(pick=st.integers(0, 99))
    def confirm(self, pick: int) -> None:
        number, row = self.chosen(pick)
        state = row.stands(self.now)
        asked = state is HoldState.REQUESTED and self.has_room(row.nights, row.places)
        allowed = asked or state in (HoldState.HELD, HoldState.CONFIRMED)
        self.do("provider", care.confirm_hold, number, allowed=allowed)
        if allowed:
            row.state, row.expires_at = HoldState.CONFIRMED, None

    @precondition(lambda self: self.bookings)
    @rule(pick=st.integers(0, 99))
    def release(self, pick: int) -> None:
        self.finish(pick, "silver", care.release_hold, HoldState.RELEASED)

    @precondition(lambda self: self.bookings)
    @rule(pick=st.integers(0, 99))
    def take_back(self, pick: int) -> None:
        self.finish(pick, "provider", care.take_back, HoldState.TAKEN_BACK, WHY)

    @precondition(lambda self: self.bookings)
    @rule(pick=st.integers(0, 99))
    def decline(self, pick: int) -> None:
        self.finish(pick, "provider", care.decline_hold, HoldState.DECLINED, WHY)

    def finish(self, pick: int, by: str, verb: Callable[..., Any], state: HoldState, *why: str) -> None:
        number, row = self.chosen(pick)
        ending = (HoldState.REQUESTED, HoldState.HELD)
        ending += () if state is HoldState.DECLINED else (HoldState.CONFIRMED,)
        allowed = row.stands(self.now) in ending
        self.do(by, verb, number, *why, allowed=allowed)
        if allowed:
            row.state = state

    @rule(hours=st.sampled_from([1, 6, 12]))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def sweep(self) -> None:
        self.do("silver", care.sweep, allowed=True)
        for row in self.bookings.values():
            self.seen["expired"] += row.state is not row.stands(self.now)
            row.state = row.stands(self.now)

    @rule()
    def change_terms(self) -> None:
        """The provider allows holds unasked, or no longer does."""
        self.change_terms_now()

    def change_terms_now(self) -> None:
        self.unasked = not self.unasked
        with self.world.database.write() as session:
            session.get_one(Provider, self.world.provider).unasked_hold_hours = UNASKED_HOURS if self.unasked else None

    @invariant()
    def what_is_stored_agrees_with_itself_and_with_the_model(self) -> None:
        with Desk(self.world.database, None, lambda: self.now).reading() as look:
            assert troubles(look) == ()
            rows = view.capacity(look, first=ALL_NIGHTS[0], nights=len(ALL_NIGHTS))
        shown = {row.night: (row.open, row.held, row.confirmed) for row in rows}
        expected = {
            night: (places, self.booked(night, HoldState.HELD), self.booked(night, HoldState.CONFIRMED))
            for night, places in self.open.items()
            if places
        }
        assert shown == expected
