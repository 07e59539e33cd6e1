"""The nightly check: one sweep finds what comparing each with each finds, and what each action's own check does."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations
from pathlib import Path

import pytest
from sqlmodel import col, select

from planner.actors import SWEEP
from planner.db import Database
from planner.facts_clashes import sides
from planner.models.directory import Appointment
from planner.models.operations import Action, Clash, ClashCheck
from planner.models.records import Notice, RecordLine
from planner.rules.clashes import Ground, all_clashes, grounds
from planner.rules.words import Post
from planner.services.clashes import run_clash_check
from planner.services.clashes_nightly import check_all_clashes
from planner.services.exercise import load_pentameter2
from planner.work import Desk
from tests.builders import DAWN, NOW, World, a_world, an_action
from tests.crowded import crowd

SMALL = 200
SEEDS = [pytest.param(seed, marks=[pytest.mark.full_size] if seed > 2 else []) for seed in range(1, 11)]
NIGHT = NOW + timedelta(days=1)


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


@pytest.fixture
def exercise(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'exercise.db'}")
    yield database
    database.dispose()


@pytest.mark.heavy
@pytest.mark.parametrize("scale", [1, pytest.param(10, marks=pytest.mark.full_size)])
@pytest.mark.parametrize("seed", SEEDS)
def test_the_sweep_equals_brute_force_on_a_seeded_exercise(
    exercise: Database, seed: int, scale: int, *, full: bool
) -> None:
    """Two seeds of a small exercise in CI; ten at both scales at the full size."""
    load_pentameter2(exercise, seed=seed, scale=scale, actions=None if full else SMALL)
    number = crowd(exercise, seed)

    with Desk(exercise).reading() as look:
        every = sides(look)
    found = all_clashes(every)

    every.sort(key=lambda side: side.id)
    assert found == {(one.id, other.id): why for one, other in combinations(every, 2) if (why := grounds(one, other))}
    of = Counter(ground for why in found.values() for ground in why)
    print(f"\nseed {seed}, {number:,} actions: {len(found):,} clashes, {dict(sorted(of.items()))}")  # noqa: T201
    assert set(of) == {*Ground}


@pytest.mark.heavy
def test_what_the_night_writes_each_actions_own_check_finds_too(exercise: Database) -> None:
    load_pentameter2(exercise, actions=60)
    crowd(exercise, 1)

    with Desk(exercise).writing() as work:
        work.actor = SWEEP
        number = check_all_clashes(work)
    by_night = pairs(exercise)
    with exercise.read() as session:
        references = session.exec(select(Action.reference).where(Action.state == "planned")).all()
        cell = session.exec(select(RecordLine.sentence).where(RecordLine.verb == "check_all_clashes")).one()
    assert cell.startswith(f"The nightly clash check looked at {len(references)} actions and found {number} clashes, ")
    with Desk(exercise, person(exercise)).writing() as work:
        for reference in references:
            run_clash_check(work, reference)

    assert len(by_night) == number > 0
    assert pairs(exercise) == by_night


def person(database: Database) -> int:
    """The national cell's duty officer."""
    with database.read() as session:
        found = session.exec(select(Appointment.person_id).where(Appointment.post == Post.CELL)).first()
    return found or 0


def pairs(database: Database) -> dict[tuple[int, int], tuple[str, str]]:
    with database.read() as session:
        return {(row.first_id, row.second_id): (row.grounds, row.fingerprint) for row in session.exec(select(Clash))}


def at_night(world: World, at: object = NIGHT) -> int:
    with Desk(world.database, clock=lambda: at).writing() as work:  # type: ignore[arg-type, return-value]
        work.actor = SWEEP
        return check_all_clashes(work)


def lines(world: World) -> int:
    with world.desk("cell").reading() as look:
        return len(look.session.exec(select(RecordLine).where(RecordLine.verb == "check_all_clashes")).all())


def test_it_runs_once_a_night_and_after_what_was_never_looked_at(world: World) -> None:
    an_action(world, premises_cell="here")
    an_action(world, "WM-0002", premises_cell="here", starts_at=DAWN + timedelta(hours=1))

    assert at_night(world, NOW) == 1
    assert (at_night(world, NOW + timedelta(hours=1)), lines(world)) == (0, 1)
    assert (at_night(world), lines(world)) == (1, 2)
    with world.desk("cell").reading() as look:
        assert set(look.session.exec(select(ClashCheck.ran_at))) == {NIGHT}
    an_action(world, "WM-0003")
    assert (at_night(world, NIGHT + timedelta(minutes=1)), lines(world)) == (1, 3)


def test_what_the_night_finds_is_told_to_the_planners_of_both_sides_once(world: World) -> None:
    an_action(world, premises_cell="here")
    an_action(world, "WM-0002", premises_cell="here", force_id=world.force + 1)

    at_night(world, NOW)
    at_night(world)

    with world.desk("cell").reading() as look:
        told = look.session.exec(select(Notice).order_by(col(Notice.id))).all()
    said = "Another action is near in place or source, and time. Ring the duty officer: West Midlands cell."
    assert [(notice.person_id, notice.sentence) for notice in told] == [
        (world.people["silver"], f"WM-0001: {said}"),
        (world.people["other_silver"], f"WM-0002: {said}"),
    ]


def test_a_clash_that_ended_unseen_is_gone_the_next_night(world: World) -> None:
    an_action(world, premises_cell="here")
    second = an_action(world, "WM-0002", premises_cell="here")
    at_night(world, NOW)
    with world.database.write() as session:
        row = session.get_one(Action, second)
        row.premises_cell = "elsewhere"
        session.add(row)

    assert at_night(world) == 0
    assert pairs(world.database) == {}
