"""The steps of the walk that need care: the go-ahead, which falls when care is short, and standing down."""

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from planner.rules.words import Standing
from planner.services import actions, go_ahead
from tests.race.booking_machine import ENOUGH, WHY, nights_in, picks, references, some
from tests.race.booking_walk import CareWalk, late


class BookingMachine(CareWalk):
    """Every verb of care and of the go-ahead; each walk begins with a go-ahead, a hold and a request that waits."""

    @initialize(places=some)
    def begin_with_bookings(self, places: int) -> None:
        self.begin()
        self.places_are_found("give")
        self.hold("WM-0001", "U1", ENOUGH, 2, False)
        self.ask_both("WM-0002", ENOUGH, places)

    @late
    @rule(reference=references, pick=picks)
    def stand_down(self, reference: str, pick: int) -> None:
        """Rare: nothing is booked for it afterwards."""
        if pick % 4:
            return
        allowed = reference not in self.model.over
        self.do("stand down", "silver", actions.stand_down, reference, "It is empty.", allowed=allowed)
        if allowed:
            self.model.stand_down(reference)

    @rule(then=st.sampled_from(("nothing", "give", "reaffirm")))
    def places_are_found(self, then: str) -> None:
        """Two places are asked for and confirmed, and perhaps the go-ahead follows: in one step, to come by it."""
        unit = "U2" if self.model.has_room("U2", nights_in(ENOUGH), 2) else "U1"
        before = set(self.model.bookings)
        self.hold("WM-0001", unit, ENOUGH, 2, True)
        for number in self.model.bookings.keys() - before:
            self.confirm_one(number)
        if then == "give":
            self.request_go_ahead()
            self.give()
        elif then == "reaffirm":
            self.reaffirm()

    @rule()
    def request_go_ahead(self) -> None:
        allowed = "WM-0001" not in self.model.over
        self.do("request", "silver", go_ahead.request_go_ahead, "WM-0001", allowed=allowed)
        self.model.requested |= allowed

    @rule()
    def give(self) -> None:
        model = self.model
        allowed = model.requested and model.is_ready and model.go_ahead is not Standing.STANDING
        self.do("give", "gold", go_ahead.give_go_ahead, "WM-0001", allowed=allowed)
        model.go_ahead = Standing.STANDING if allowed else model.go_ahead

    @rule()
    def reaffirm(self) -> None:
        model = self.model
        allowed = model.is_ready and model.go_ahead is Standing.SUSPENDED
        self.do("reaffirm", "gold", go_ahead.reaffirm_go_ahead, "WM-0001", allowed=allowed)
        model.go_ahead = Standing.STANDING if allowed else model.go_ahead

    @rule(pick=picks)
    def withdraw(self, pick: int) -> None:
        if pick % 3:
            return
        allowed = self.model.go_ahead in (Standing.STANDING, Standing.SUSPENDED)
        self.do("withdraw", "gold", go_ahead.withdraw_go_ahead, "WM-0001", WHY, allowed=allowed)
        self.model.go_ahead = Standing.WITHDRAWN if allowed else self.model.go_ahead
