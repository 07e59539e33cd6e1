"""A process killed in the middle of a step of care leaves all of it or nothing, and what it was told stays true."""

import time
from collections import Counter
from collections.abc import Sequence
from multiprocessing.connection import Connection
from random import Random
from typing import Any

import pytest
from sqlmodel import col, select

from planner.db import Database
from planner.models.records import RecordLine
from planner.rules.words import Outcome
from planner.services import care, care_requests
from planner.services.records import verify_record
from planner.services.verify import troubles
from planner.work import Desk
from tests.builders import World
from tests.race.holder import Stored, Told, live, stored, time_of
from tests.race.mixed import Mix, Taken, a_mixed_world, hold_request, places_asked
from tests.race.processes import START

Step = tuple[tuple[str, str], Told | None]


def killed_after(url: str, world: World, life: int, chance: Random) -> list[Step]:
    """Start a holder, kill it in the middle of some step; its steps, the last of them perhaps without an end."""
    hear, tell = START.Pipe(duplex=False)
    process = START.Process(target=live, args=(url, world.people, life, tell))
    process.start()
    tell.close()
    heard = [hear.recv() for _ in range(chance.randint(8, 40))]
    time.sleep(chance.uniform(0, 0.03))
    process.kill()
    process.join()
    heard += _heard(hear)
    ends = [*heard[1::2], *[None] * (len(heard) % 2)]
    return list(zip(heard[::2], ends, strict=True))


def _heard(hear: Connection) -> Any:
    try:
        while True:
            yield hear.recv()
    except (EOFError, OSError):  # OSError: the last word was cut short, and so is no word
        return


def check(world: World, before: Stored, steps: Sequence[Step]) -> str:
    """Nothing that was told is lost, nothing is half there; what became of the step that was under way."""
    told = [end.stored for _, end in steps if end is not None]
    last = told[-1] if told else before
    with Desk(world.database).reading() as look:
        assert troubles(look) == ()
        assert verify_record(look).whole
        now = stored(look.session)
        new = select(RecordLine.outcome).where(col(RecordLine.number) > last.lines)
        outcomes = set(look.session.exec(new))
    assert now.lines >= last.lines
    if outcomes != {Outcome.DONE}:
        assert now.bookings == last.bookings
    if not outcomes:
        return "nothing of it there"
    assert len(outcomes) == 1
    return "all of it there" if outcomes == {Outcome.DONE} else "its refusal there"


def ask_again(world: World, life: int, steps: Sequence[Step]) -> Counter[str]:
    """The same key gives the same answer: what was told, or twice the same for the step that was under way."""
    mix, found = Mix(world.database, world.people, Random(life)), Counter[str]()
    now = time_of(life)
    for (name, key), end in steps:
        if name not in ("hold", "ask") or (end is not None and end.taken.said):
            continue
        first = end.taken if end is not None else _again(mix, name, key, now)
        assert _again(mix, name, key, now) == first
        found["told before" if end is not None else "under way"] += 1
    return found


def _again(mix: Mix, name: str, key: str, now: Any) -> Taken:
    if name == "hold":
        return mix.take(name, ("silver", lambda work: care.hold_places(work, hold_request(key, now))), now)
    return mix.take(name, ("silver", lambda work: care_requests.ask_places(work, places_asked(key, now))), now)


@pytest.mark.heavy
def test_a_killed_step_is_whole_or_not_there(database: Database, full: bool) -> None:
    world = a_mixed_world(database)
    url = database.url.render_as_string(hide_password=False)
    chance, lives = Random(1), 50 if full else 4
    told, under_way, again = Counter[str](), Counter[str](), Counter[str]()

    for life in range(lives):
        with database.read() as session:
            before = stored(session)
        steps = killed_after(url, world, life, chance)
        under_way[check(world, before, steps)] += 1
        again.update(ask_again(world, life, steps))
        told.update(f"{end.taken.verb} {'refused' if end.taken.said else 'done'}" for _, end in steps if end)

    print("told:", dict(sorted(told.items())))
    print("under way when killed:", dict(under_way), "; asked again by the same key:", dict(again))
    assert told["hold done"] > 0
    assert any(words.endswith(" refused") for words in told)
    assert again["told before"] > 0
    assert under_way.total() == lives
