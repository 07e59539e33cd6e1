"""Programs poll a feed while it is revoked: all that they ask for after the revocation's answer is dead."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import httpx
import pytest
import uvicorn

from planner.db import Database
from planner.services import feeds
from planner.views.feeds import live
from planner.work import Work
from tests.builders import World
from tests.web.wire import Wire, a_wire, make

POLLERS = 3
PATIENCE_SECONDS = 30
LIVE, DEAD = {200, 304}, {404}


class Poll(NamedTuple):
    """When a program began to ask, and what it was answered."""

    begun: float
    status: int


class Poller(threading.Thread):
    """A program that asks again as soon as it is answered, with the tag of what it has."""

    def __init__(self, address: str) -> None:
        super().__init__(daemon=True)
        self.address, self.polls, self.over = address, list[Poll](), threading.Event()

    def run(self) -> None:
        with httpx.Client(timeout=PATIENCE_SECONDS) as client:
            tag = ""
            while not self.over.is_set():
                begun = time.monotonic()
                answer = client.get(self.address, headers={"if-none-match": tag})
                tag = answer.headers.get("etag", tag)
                self.polls.append(Poll(begun, answer.status_code))

    def wait_for(self, enough: Callable[[list[Poll]], bool]) -> None:
        """Until it has asked often enough; a server that answers no more fails the test."""
        late = time.monotonic() + PATIENCE_SECONDS
        while not enough(self.polls):
            assert time.monotonic() < late, self.polls[-3:]
            time.sleep(0.002)


@contextmanager
def served(wire: Wire) -> Iterator[str]:
    """The feeds behind a true server on a free port of this machine."""
    config = uvicorn.Config(wire.app, port=0, log_level="critical", access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    late = time.monotonic() + PATIENCE_SECONDS
    while not server.started:
        assert time.monotonic() < late
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    running.join(PATIENCE_SECONDS)


def revoke_one(work: Work) -> None:
    feeds.revoke_feed(work, work.session.exec(live(work.actor.person_id, work.now.date())).one().id)


@pytest.mark.parametrize("revoke", [revoke_one, feeds.revoke_feeds], ids=["one", "all"])
def test_the_first_fetch_after_a_revocation_finds_nothing(
    database: Database, revoke: Callable[[Work], object], full: bool
) -> None:
    world, rounds, firsts = a_wire(database).world, 20 if full else 3, list[float]()

    for _ in range(rounds):
        with served(Wire(world)) as address:  # a server that has not counted the last round's failures
            firsts += polled(world, f"{address}/feeds/{make(world)}.ics", revoke)

    assert len(firsts) == rounds * POLLERS


def polled(world: World, address: str, revoke: Callable[[Work], object]) -> list[float]:
    """Revoke while every program is at it; how long after the answer each asked first, and was told of nothing."""
    pollers = [Poller(address) for _ in range(POLLERS)]
    for poller in pollers:
        poller.start()
    for poller in pollers:
        poller.wait_for(lambda polls: len(polls) > 2)
    with world.desk("silver").writing() as work:
        revoke(work)
    answered = time.monotonic()
    for poller in pollers:
        poller.wait_for(lambda polls: sum(poll.begun > answered for poll in polls) > 2)
        poller.over.set()
        poller.join(PATIENCE_SECONDS)
    found = []
    for poller in pollers:
        before = [poll for poll in poller.polls if poll.begun <= answered]
        after = [poll for poll in poller.polls if poll.begun > answered]
        assert {poll.status for poll in before[:3]} <= LIVE
        assert 304 in {poll.status for poll in before}
        assert {poll.status for poll in after} == DEAD
        found.append(after[0].begun - answered)
    return found
