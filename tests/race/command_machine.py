"""A walk over every verb that leads to a go-ahead or away from one; after each step what stands must be right."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import NamedTuple

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from sqlmodel import col, select

from planner import facts
from planner.errors import PlannerError
from planner.models.go_ahead import GoAhead
from planner.models.last_hours import DangerEntry
from planner.models.operations import Action
from planner.models.records import RecordLine
from planner.rules.readiness import Gate
from planner.rules.words import ActionState, GoAheadState, Standing
from planner.services.calls import open_call
from planner.web.clock import DUE
from planner.work import Desk
from tests import ready
from tests.builders import DAWN, NOW, World
from tests.race.command_choice import Choice
from tests.race.command_steps import COMMAND
from tests.race.planning_steps import PLANNING

STEPS = {**COMMAND, **PLANNING}
# What a walk must do often, to come by anything: a chain of steps that mends, asks and gives.
OFTEN = ("request", "give", "give", "reaffirm", "begin", "clash check", "answer", "confirm again", "confirm places")
MEND = (
    *("answer", "answer", "answer", "confirm again", "confirm again", "confirm again", "confirm again"),
    *("answer a condition", "hold", "confirm places", "children", "power", "confer", "clash check", "clear clashes"),
    *("request", "give"),
)
CHAINS = {
    "mend": MEND,
    "mend and go": (*MEND, "the hour comes", "clash check", "clear clashes", "reaffirm", "begin", "finish"),
    "ask and give": ("clash check", "request", "give"),
    "reaffirm": ("clash check", "answer", "confirm again", "confirm places", "reaffirm"),
    "telephone": ("clash check", "request", "type a decision", "confirm a decision"),
    "delegate": ("delegate", "accept a delegation"),
    "slip and undo": ("slip", "undo"),
    "on a condition": (
        *("attendance", "answer", "answer", "answer", "answer a condition", "answer a condition"),
        *("agree to it", "agree to it", "agree to it"),
    ),
    "set aside": ("take places back", *(["override"] * 5), "take an override back"),
    "the last hours": (*MEND, "the night before", "clash check", "reaffirm", "take places back", "continue", "begin"),
    "held": (*MEND, "the night before", "clash check", "reaffirm", "take places back", "hold the action"),
    "entered late": (*MEND, "the hour comes", "clash check", "reaffirm", "time passes", "begun earlier"),
}
EXPLAINS = {
    GoAheadState.SUSPENDED: "suspend_go_ahead",
    GoAheadState.SPENT: "spend_go_ahead",
    GoAheadState.WITHDRAWN: "withdraw_go_ahead",
}
NAMES = [*sorted(STEPS), *OFTEN, *(["time passes"] * 6)]
CLOCK = {"the hour comes": DAWN, "the night before": DAWN - timedelta(hours=8)}
HOURS = (1, 1, 6, 13, 25)
MENDS = ("mend", "mend and go", "the last hours", "held", "entered late")
WELL = 1  # the choice by which every step mends: yes, a power that lasts, proceed
seeds = st.integers(0, 2**31)  # dealt out evenly; what Hypothesis draws itself comes again and again


class Kept(NamedTuple):
    """What is stored of one go-ahead."""

    state: GoAheadState
    given_by: int
    requested_by: int
    fingerprint: str


class Seen(NamedTuple):
    """The action as anybody may read it: its state, its gate, every go-ahead ever given, the record's length."""

    state: ActionState
    gate: Gate
    given: dict[int, Kept]
    lines: int
    called: bool
    danger: bool


class CommandMachine(RuleBasedStateMachine):
    """A world in which an action is ready, and half of the time has its go-ahead."""

    def __init__(self, fresh: Callable[[], World], seen: Counter[str]) -> None:
        super().__init__()
        self.fresh, self.seen = fresh, seen

    @initialize(given=st.booleans())
    def begin(self, given: bool) -> None:
        self.world, self.keys, self.now = self.fresh(), count(), NOW + timedelta(hours=1)
        self.spent: set[int] = set()
        self.seen["walks"] += 1
        if given:
            ready.give(self.world)
        self.before = self.look()

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.world.database.dispose()

    @rule(seed=seeds, number=st.integers(2, 4))
    def any_steps(self, seed: int, number: int) -> None:
        dice = random.Random(seed)
        for _ in range(number):
            self.step(dice.choice(NAMES), dice.randrange(100))

    def step(self, name: str, pick: int) -> None:
        if name in ("time passes", *CLOCK):
            self.time_passes(CLOCK.get(name) or self.now + timedelta(hours=HOURS[pick % len(HOURS)]))
            return
        how, why = "done", "."
        with self.world.database.read() as session:
            choice = Choice(self.world, self.now, pick, f"k{next(self.keys)}", session)
            try:
                by, verb = STEPS[name](choice)
            except PlannerError:
                self.seen[f"{name}: refused"] += 1
                return
        try:
            with self.world.desk(by, self.now).writing() as work:
                verb(work)
        except PlannerError as refusal:
            how, why = "refused", str(refusal)
        assert why.endswith((".", "?")), why
        self.seen[f"{name}: {how}"] += 1
        if how == "done":  # what was refused changed nothing
            self.check(name)

    @rule(chain=st.sampled_from(sorted(CHAINS)), seed=seeds)
    def several(self, chain: str, seed: int) -> None:
        """Steps that are of use only after one another; a walk would seldom come by them."""
        dice = random.Random(seed)
        for name in CHAINS[chain]:
            self.step(name, WELL if name in MEND and chain in MENDS else dice.randrange(100))

    def time_passes(self, to: datetime) -> None:
        """The clock's own verbs run, as they do each minute."""
        self.now = max(self.now, to)
        for verb in DUE:
            with self.world.desk("cell", self.now).writing() as work:
                verb(work)
        self.seen["time passes: done"] += 1
        self.check("")

    def look(self) -> Seen:
        with Desk(self.world.database, None, lambda: self.now).reading() as look:
            rows = look.session.exec(select(GoAhead).where(GoAhead.action_id == 1)).all()
            given = {row.id or 0: Kept(row.state, row.given_by, row.requested_by, row.fingerprint) for row in rows}
            lines = look.session.exec(select(RecordLine.number).order_by(col(RecordLine.number).desc())).first() or 0
            state, danger = look.session.get_one(Action, 1).state, look.session.get(DangerEntry, 1) is not None
            return Seen(state, facts.gates(look, [1])[1], given, lines, open_call(look, 1) is not None, danger)

    def check(self, did: str) -> None:
        before, now = self.before, self.look()
        self.before = now
        if now.state is ActionState.BEGUN and before.state is not ActionState.BEGUN:
            self._check_begun(did, before, now)
        if now.gate.standing is Standing.STANDING and now.state in (ActionState.PLANNED, ActionState.REQUESTED):
            assert now.gate.ready or now.called, [finding.sentence for finding in now.gate.blocking]
            self.seen["called, and stands"] += not now.gate.ready
        self._check_given(before, now)

    def _check_begun(self, did: str, before: Seen, now: Seen) -> None:
        """What began stood, or was entered as having stood, or was danger to life and is recorded as that."""
        assert did in ("begin", "begun earlier", "danger to life"), did
        assert now.danger is (did == "danger to life")
        if did == "begin":
            assert before.gate.standing is Standing.STANDING
            assert before.gate.ready, [finding.sentence for finding in before.gate.blocking]
        elif did == "begun earlier":
            assert now.given, "a go-ahead stood then"
        self.seen["begun"] += did == "begin"

    def _check_given(self, before: Seen, now: Seen) -> None:
        for number, row in now.given.items():
            assert row.given_by != row.requested_by
            then = before.given.get(number)
            self.seen["go-aheads given"] += then is None
            if then is None or then.state is row.state:
                continue
            assert then.state not in (GoAheadState.SPENT, GoAheadState.WITHDRAWN), "revived"
            assert row.fingerprint == then.fingerprint
            if row.state in EXPLAINS:
                self.seen[f"go-ahead {row.state}"] += 1
                assert EXPLAINS[row.state] in self._verbs_since(before.lines), row.state
        newest = max(now.given, default=0)
        if newest in self.spent:
            assert now.gate.standing is Standing.SPENT, "revived after its fingerprint changed"
        if newest and now.gate.standing is Standing.SPENT:
            self.spent.add(newest)

    def _verbs_since(self, number: int) -> set[str]:
        with self.world.database.read() as session:
            return set(session.exec(select(RecordLine.verb).where(col(RecordLine.number) > number)))
