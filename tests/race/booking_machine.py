"""Every verb of care and the go-ahead, walked at random beside a small model: each does or refuses what it expects."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant
from sqlmodel import col, select

from planner import facts
from planner.errors import PlannerError
from planner.models.care import Hold, HoldLine, Provider, Unit
from planner.rules.words import Need, Profile, Standing
from planner.services.verify import troubles
from planner.views import care as view
from planner.work import Desk
from tests.builders import World
from tests.race.booking_model import ALL_NIGHTS, CONFIRMED, HELD, LIVE, UNASKED_HOURS, Booking, Model

WHY, WOMEN = "The boiler failed.", (Profile.WOMAN, Need.NONE)
ENOUGH = (0, 3)
Stay = tuple[int, int]
any_stay = st.tuples(st.integers(0, 4), st.integers(1, 4)).map(lambda stay: (stay[0], min(stay[1], 5 - stay[0])))
stays = st.one_of(st.just(ENOUGH), any_stay)
units, some = st.sampled_from(("U1", "U2")), st.integers(1, 4)
references = st.sampled_from(("WM-0001", "WM-0001", "WM-0002"))
picks = st.integers(0, 99)


def nights_in(stay: Stay) -> tuple[date, ...]:
    return ALL_NIGHTS[stay[0] : sum(stay)]


class Walk(RuleBasedStateMachine):
    """What every walk has: a world of its own, a model, and the count of what was done and refused."""

    def __init__(self, fresh: Callable[[], World], seen: Counter[str]) -> None:
        super().__init__()
        self.fresh, self.seen = fresh, seen

    def begin(self) -> None:
        self.world, self.model, self.keys = self.fresh(), Model(), count()
        self.set_terms()
        with self.world.database.read() as session:
            self.codes = dict(session.exec(select(Unit.id, Unit.code)).all())

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.world.database.dispose()

    def do(self, name: str, by: str, verb: Callable[..., Any], *about: Any, allowed: bool, **named: Any) -> Any:
        """Run a verb and see that it does or refuses as expected: every refusal is one of the product's own."""
        answer, why = None, ""
        try:
            with self.world.desk(by, self.model.now).writing() as work:
                answer = verb(work, *about, **named)
        except PlannerError as refusal:
            why = str(refusal)
            assert why.endswith((".", "?")), why
        assert allowed is not bool(why), f"{name}: {why or 'done'}"
        self.seen[f"{name} {'refused' if why else 'done'}"] += 1
        return answer

    def chosen(self, pick: int) -> tuple[int, Booking]:
        """Often one that still stands."""
        live = [number for number, row in self.model.bookings.items() if row.stands(self.model.now) in LIVE]
        numbers = sorted(live if live and pick % 4 else self.model.bookings)
        return numbers[pick % len(numbers)], self.model.bookings[numbers[pick % len(numbers)]]

    def set_terms(self) -> None:
        hours = UNASKED_HOURS if self.model.unasked else None
        with self.world.database.write() as session:
            session.get_one(Provider, self.world.provider).unasked_hold_hours = hours

    @invariant()
    def what_is_stored_agrees_with_itself_and_with_the_model(self) -> None:
        self.seen["suspended"] += self.model.follow()
        with Desk(self.world.database, None, lambda: self.model.now).reading() as look:
            assert troubles(look) == ()
            rows = view.capacity(look, first=ALL_NIGHTS[0], nights=len(ALL_NIGHTS))
            gate = facts.gates(look, [1])[1]
            confirmed = self._confirmed(look.session)
        shown = {(row.unit, row.night): (row.open, row.held, row.confirmed) for row in rows}
        booked = self.model.booked
        assert shown == {
            (unit, night): (places, booked(unit, night, HELD), booked(unit, night, CONFIRMED))
            for (unit, night), places in self.model.open.items()
            if places
        }
        assert all(held + sure <= places for places, held, sure in shown.values())
        assert gate.standing is self.model.go_ahead
        assert gate.ready is self.model.is_ready, [finding.sentence for finding in gate.blocking]
        assert gate.standing is not Standing.STANDING or confirmed or "WM-0001" in self.model.over

    def _confirmed(self, session: Any) -> bool:
        """Whether what is stored has two confirmed places for the first action on its three nights."""
        lines = select(Hold, HoldLine.places).join(HoldLine, col(HoldLine.hold_id) == col(Hold.id))
        first, day = ALL_NIGHTS[0], timedelta(days=1)
        rows = session.exec(lines.where(Hold.action_id == 1, Hold.state == CONFIRMED)).all()
        ends = [(n, row.first_night + row.nights * day) for row, n in rows if row.first_night <= first]
        return sum(places for places, end in ends if end >= first + 3 * day) >= 2
