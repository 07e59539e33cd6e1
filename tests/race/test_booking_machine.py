"""A random walk over every verb of care never leaves the model, on both databases."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from planner.db import Database
from tests.conftest import BOTH
from tests.race.booking_machine import BookingMachine

VERBS = ("open_places", "hold_places", "confirm_hold", "release_hold", "take_back", "decline_hold")


@pytest.fixture(params=BOTH)
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Database]]:
    """A new migrated database for each walk; the one before is given up."""
    if request.param == "sqlite":
        template, numbers = request.getfixturevalue("sqlite_template"), count()
        yield lambda: Database(f"sqlite:///{shutil.copy(template, tmp_path / f'walk{next(numbers)}.db')}")
        return
    server, template = request.getfixturevalue("postgres"), request.getfixturevalue("postgres_template")
    names: list[str] = []

    def create() -> Database:
        for name in names:
            server.drop(name)
        names[:] = [server.create(template=template)]
        return Database(server.url(names[0]))

    yield create
    for name in names:
        server.drop(name)


@pytest.mark.heavy
def test_bookings_stay_within_the_model(fresh: Callable[[], Database], full: bool) -> None:
    seen: Counter[str] = Counter()

    run_state_machine_as_test(
        lambda: BookingMachine(fresh, seen),
        settings=settings(
            max_examples=250 if full else 12,
            stateful_step_count=40 if full else 30,
            derandomize=not full,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

    print(dict(sorted(seen.items())))
    for verb in VERBS:
        assert seen[f"{verb} done"] > 0
        assert seen[f"{verb} refused"] > 0
    assert seen["expired"] > 0
