"""A random walk over every verb of care and the go-ahead never leaves the model, on both databases."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlmodel import select

from planner.db import Database
from planner.models.policy import Policy
from planner.rules.words import ArrangementKind
from tests import ready
from tests.builders import World, a_world, an_action
from tests.care import a_second_provider
from tests.conftest import BOTH
from tests.race.go_ahead_walk import BookingMachine
from tests.race.worlds import Fresh, fresh_worlds

DONE = {
    *("open", "close", "hold", "wait", "ask", "the same key", "confirm", "confirm a part", "extend", "decline"),
    *("take back", "release", "release a part", "offer instead", "accept", "arrive", "return unused", "sweep"),
    *("stand down", "request", "give", "reaffirm", "withdraw"),
}
REFUSED = DONE - {"the same key", "return unused", "sweep", "stand down"}
HAPPENED = ("expired", "suspended", "came back unused")
WALKS, STEPS = {"sqlite": (10, 250), "postgres": (3, 150)}, (25, 50)
# A few walks come by some of the verbs, others each time that anything changes; the full size asks for all of them.
ENOUGH_DONE, ENOUGH_REFUSED = 10, 6


def set_stage(database: Database) -> World:
    """Two providers, and two actions; the gate of the first is met but for its places, and asks for care alone."""
    world = a_world(database)
    a_second_provider(world)
    ready.plan(world)
    for kind in (ArrangementKind.ONWARD_ROUTE, ArrangementKind.ON_CALL, ArrangementKind.TRANSPORT):
        ready.arrange(world, kind)
    an_action(world, "WM-0002")
    with database.write() as session:
        session.exec(select(Policy)).one().blocks = "care"
    database.dispose()
    return world


@pytest.fixture(params=BOTH)
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Fresh]:
    yield from fresh_worlds(request, tmp_path, set_stage)


@pytest.mark.heavy
def test_care_and_the_go_ahead_stay_within_the_model(fresh: Fresh, full: bool, request: pytest.FixtureRequest) -> None:
    seen: Counter[str] = Counter()
    kind: Any = request.node.callspec.params["fresh"]

    run_state_machine_as_test(
        lambda: BookingMachine(fresh, seen),
        settings=settings(
            max_examples=WALKS[kind][full],
            stateful_step_count=STEPS[full],
            derandomize=not full,
            phases=tuple(Phase) if full else (Phase.generate,),  # to shrink a walk takes minutes
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

    print(f"{kind}, {WALKS[kind][full]} walks of up to {STEPS[full]} steps:", dict(sorted(seen.items())))
    done, refused = ({verb for verb in DONE if seen[f"{verb} {how}"]} for how in ("done", "refused"))
    if full:
        assert DONE - done == set()
        assert REFUSED - refused == set()
        assert [what for what in HAPPENED if not seen[what]] == []
    elif kind == "sqlite":
        assert len(done) >= ENOUGH_DONE
        assert len(refused) >= ENOUGH_REFUSED
        assert seen["suspended"] > 0
