"""What care should be, in the tests' own words: what is open, what is booked by whom, what the go-ahead rests on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from planner.rules.windows import first_night, nights_of
from planner.rules.words import HoldState, Standing
from tests.builders import FIRST_NIGHT, NOW

ALL_NIGHTS = nights_of(FIRST_NIGHT, 5)
NEEDED_NIGHTS, LIKELY = set(ALL_NIGHTS[:3]), 2  # what WM-0001 asks for; its plan to high is a provider on call
ROOM = {"U1": 4, "U2": 6}
LEADS = {"U1": "provider", "U2": "second_provider"}
UNASKED_HOURS, OFFERED_HOURS, RETURNED_AFTER = 12, 48, timedelta(hours=12)
REQUESTED, HELD, CONFIRMED = HoldState.REQUESTED, HoldState.HELD, HoldState.CONFIRMED
LIVE = (REQUESTED, HELD, CONFIRMED)


@dataclass
class Booking:
    """One booking; `request`: asked of several units at once; `instead`: offered in place of another."""

    unit: str
    action: str
    state: HoldState
    places: int
    nights: tuple[date, ...]
    expires_at: datetime | None = None
    request: int | None = None
    instead: bool = False
    arrived: int = 0
    last_arrival_at: datetime | None = None

    def stands(self, now: datetime) -> HoldState:
        lapsed = self.state is HELD and self.expires_at is not None and self.expires_at <= now
        return HoldState.EXPIRED if lapsed else self.state


@dataclass
class Model:
    """Everything that the machine expects to find."""

    now: datetime = NOW
    unasked: bool = True
    open: dict[tuple[str, date], int] = field(
        default_factory=lambda: {(unit, night): places for unit, places in ROOM.items() for night in ALL_NIGHTS}
    )
    bookings: dict[int, Booking] = field(default_factory=dict)
    wanted: dict[int, int] = field(default_factory=dict)
    over: set[str] = field(default_factory=set)
    requested: bool = False
    go_ahead: Standing = Standing.NONE

    def may_begin(self, nights: tuple[date, ...], action: str) -> bool:
        return action not in self.over and nights[0] >= first_night(self.now)

    def booked(self, unit: str, night: date, *states: HoldState, without: Booking | None = None) -> int:
        mine = (row for row in self.bookings.values() if row.unit == unit and night in row.nights)
        return sum(row.places for row in mine if row.stands(self.now) in states and row is not without)

    def claimed(self, unit: str, night: date, without: Booking | None = None) -> int:
        return self.booked(unit, night, HELD, CONFIRMED, without=without)

    def has_room(self, unit: str, nights: tuple[date, ...], places: int, without: Booking | None = None) -> bool:
        return all(self.open[unit, night] - self.claimed(unit, night, without) >= places for night in nights)

    def on(self, unit: str, nights: tuple[date, ...]) -> list[int]:
        """Bookings with a place there on one of these nights."""
        rows = self.bookings.items()
        there = [(number, row) for number, row in rows if row.unit == unit and set(row.nights) & set(nights)]
        return [number for number, row in there if row.stands(self.now) in (HELD, CONFIRMED)]

    def left(self, row: Booking) -> int:
        """How many of its places are still wanted."""
        if row.request is None:
            return row.places
        elsewhere = sum(other.places for other in self.others(row) if other.state is CONFIRMED)
        return min(row.places, max(0, self.wanted[row.request] - elsewhere))

    def others(self, row: Booking) -> Iterator[Booking]:
        if row.request is None:
            return iter(())
        return (other for other in self.bookings.values() if other.request == row.request and other is not row)

    def confirm(self, row: Booking, places: int) -> None:
        """Confirmed for so many; whoever was asked with it is asked for what is left, or for nothing more."""
        row.state, row.expires_at, row.places = CONFIRMED, None, places
        for other in self.others(row):
            if other.stands(self.now) not in (REQUESTED, HELD):
                continue
            other.places, gone = self.left(other) or other.places, not self.left(other)
            other.state = HoldState.RELEASED if gone else other.state

    def give_back_unused(self) -> int:
        """What nobody came for, half a day after the last arrival; how many bookings changed."""
        changed = 0
        for row in self.bookings.values():
            due = row.last_arrival_at is not None and row.last_arrival_at <= self.now - RETURNED_AFTER
            if row.state is CONFIRMED and due and row.arrived < row.places:
                row.places, changed = row.arrived or row.places, changed + 1
                row.state = CONFIRMED if row.arrived else HoldState.RELEASED
        return changed

    def expire(self) -> int:
        expired = [row for row in self.bookings.values() if row.state is not row.stands(self.now)]
        for row in expired:
            row.state = HoldState.EXPIRED
        return len(expired)

    def stand_down(self, action: str) -> None:
        self.over.add(action)
        if action == "WM-0001" and self.go_ahead in (Standing.STANDING, Standing.SUSPENDED):
            self.go_ahead = Standing.SPENT
        for row in self.bookings.values():
            if row.action == action and row.state in LIVE:
                row.state = HoldState.RELEASED

    @property
    def is_ready(self) -> bool:
        """Whether confirmed places reach likely for WM-0001, on each of the nights that policy asks."""
        mine = (row for row in self.bookings.values() if row.action == "WM-0001" and row.state is CONFIRMED)
        return sum(row.places for row in mine if set(row.nights) >= NEEDED_NIGHTS) >= LIKELY

    def follow(self) -> bool:
        """A go-ahead is suspended as soon as care is short; whether it was just now."""
        falls = self.go_ahead is Standing.STANDING and not self.is_ready and "WM-0001" not in self.over
        self.go_ahead = Standing.SUSPENDED if falls else self.go_ahead
        return falls
