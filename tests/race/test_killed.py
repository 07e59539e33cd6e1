"""A process killed in the middle of a booking leaves all of it or nothing, and what it was told stays true."""

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from planner.db import Database
from planner.models.care import Hold
from planner.rules.words import HoldState
from planner.services.records import verify_record
from planner.services.verify import troubles
from planner.work import Desk
from tests.builders import World, a_world, an_action

ROOT = Path(__file__).parents[2]


def killed_after(url: str, person: int, life: int, seconds: float) -> list[tuple[str, int]]:
    """Start a holder, kill it after some seconds of work, and return what it had been told."""
    command = [sys.executable, "-m", "tests.race.holder", url, str(person), str(life)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        told = [line.split() for line in process.stdout.read().splitlines()]
    return [(row[0], int(row[1])) for row in told if len(row) == 2]


def check(world: World, told: list[tuple[str, int]]) -> None:
    with Desk(world.database).reading() as look:
        assert troubles(look) == ()
        assert verify_record(look).whole
        last = {number: word for word, number in told if number}
        for number, word in last.items():
            state = look.session.get_one(Hold, number).state
            assert state is HoldState.RELEASED or (word, state) == ("held", HoldState.HELD)


@pytest.mark.heavy
def test_a_killed_booking_is_whole_or_not_there(database: Database, full: bool) -> None:
    world = a_world(database)
    an_action(world)
    url = database.url.render_as_string(hide_password=False)
    chance = random.Random(1)
    answers: Counter[str] = Counter()

    for life in range(60 if full else 4):
        told = killed_after(url, world.people["silver"], life, chance.uniform(0.05, 0.6))
        check(world, told)
        answers.update(word for word, _ in told)

    print("killed holders were told:", dict(answers))
    assert answers["held"] > 0
    assert answers["released"] > 0
