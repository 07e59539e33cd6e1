"""Whatever is done in whatever order: no action begins without a go-ahead that stands, and none stands wrongly."""

import os
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from dataclasses import replace
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from planner.db import Database
from planner.models.directory import Appointment, Person
from planner.rules.words import Post
from tests import ready
from tests.builders import World, a_world, an_action
from tests.conftest import BOTH
from tests.race.command_machine import STEPS, CommandMachine
from tests.race.worlds import Fresh, fresh_worlds

WALKS = {"sqlite": (10, 10_000), "postgres": (2, 500)}
LENGTH = (8, 4)  # of a walk, in chains of a few steps or of up to twenty: many short ones come by more than few long
PART = 50  # walks before a process says how far it is
STAGE: list[Fresh] = []
HAPPENED = ("begun", "go-aheads given", "go-ahead suspended", "go-ahead spent", "go-ahead withdrawn")


def set_stage(database: Database) -> World:
    """An action that is ready, another beside it, a loggist, and a Gold who is Silver as well: four eyes are asked."""
    world = a_world(database)
    ready.make_ready(world)
    an_action(world, "WM-0002")
    with database.write() as session:
        loggist = Person(title="Loggist, West Midlands", agency_id=world.force)
        session.add(loggist)
        session.flush()
        for person, post in ((loggist.id, Post.LOGGIST), (world.people["gold"], Post.SILVER)):
            session.add(
                Appointment(person_id=person or 0, operation_id=world.operation, agency_id=world.force, post=post)
            )
        number = loggist.id or 0
    database.dispose()
    return replace(world, people={**world.people, "loggist": number})


@pytest.fixture(params=BOTH)
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Fresh]:
    yield from fresh_worlds(request, tmp_path, set_stage)


def a_part(fresh: Fresh, number: int, walks: int, length: int) -> Counter[str]:
    """What so many walks saw; the number is their seed, so that a part that fails can be walked again."""
    seen: Counter[str] = Counter()

    @seed(number)
    def machine() -> CommandMachine:
        return CommandMachine(fresh, seen)

    run_state_machine_as_test(
        cast(Any, machine),
        settings=settings(
            max_examples=walks,
            stateful_step_count=length,
            database=None,
            phases=(Phase.generate,),  # to shrink a walk takes minutes
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return seen


def hand_over(fresh: Fresh) -> None:
    """For a process that walks: the world to walk in."""
    STAGE.append(fresh)


def a_part_elsewhere(number: int) -> Counter[str]:
    return a_part(STAGE[-1], number, PART, LENGTH[True])


def walk_in_parts(fresh: Fresh, walks: int) -> Counter[str]:
    """Parts on as many processes as the machine has processors, until so many walks were counted by themselves."""
    seen: Counter[str] = Counter()
    with ProcessPoolExecutor(
        mp_context=get_context("fork"), initializer=hand_over, initargs=(fresh,), max_workers=os.cpu_count()
    ) as pool:
        numbers = count()
        waiting = {pool.submit(a_part_elsewhere, next(numbers)) for _ in range(2 * (os.cpu_count() or 1))}
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for part in done:
                seen.update(part.result())
                print(f"{seen['walks']} walks, {seen['go-aheads given']} go-aheads given", flush=True)
                if seen["walks"] < walks:
                    waiting.add(pool.submit(a_part_elsewhere, next(numbers)))
    return seen


@pytest.mark.heavy
def test_no_go_ahead_stands_wrongly_and_nothing_begins_without_one(
    fresh: Fresh, full: bool, request: pytest.FixtureRequest
) -> None:
    kind: Any = request.node.callspec.params["fresh"]
    every = full and kind == "sqlite"  # of ten thousand walks each step is asked to have succeeded in one

    seen = walk_in_parts(fresh, WALKS[kind][full]) if every else a_part(fresh, 0, WALKS[kind][full], LENGTH[full])

    print(f"{kind}, walks of up to {LENGTH[full]} chains:", dict(sorted(seen.items())))
    assert seen["walks"] >= WALKS[kind][full]
    if every:
        assert [name for name in STEPS if not seen[f"{name}: done"] and name != "give by Silver"] == []
    if full:
        assert [what for what in HAPPENED if not seen[what]] == []
    if full or kind == "sqlite":  # a few walks may come by none
        assert seen["go-aheads given"] > 0
