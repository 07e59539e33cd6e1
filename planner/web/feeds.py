"""`/feeds/{secret}.ics`: a calendar for a program that cannot sign in; every failure is the same 404.

The reader's posts are looked up at each fetch, so that what they lost is gone at the next one. What makes a body is its
feed's row, the reader's posts, the day and the record's length: while these stand still so do the bytes, and a program
that has them is answered 304 without making them again.
"""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from planner.actors import actor_at
from planner.db import Database
from planner.errors import PlannerError
from planner.models.feeds import Feed
from planner.services.feed_use import Fetch, count_fetch, find_feed
from planner.settings import Settings
from planner.views.feeds import held_by, state_of
from planner.web.access_log import say_user
from planner.web.attempts import Attempts
from planner.web.callers import caller_of
from planner.work import Look, utc_now

MOST_KEPT = 4096  # feeds whose digest is remembered; the one unused for longest goes first
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "REPORT")
CALENDAR = "text/calendar; charset=utf-8"


class _Known(NamedTuple):
    """The digest of a feed's bytes, in which state of everything, and until when at most."""

    state: tuple[object, ...]
    until: datetime | None
    tag: str


class Found(NamedTuple):
    """What a fetch is answered: a feed's number, its digest, and its bytes where the asker has not these already."""

    feed_id: int
    tag: str
    body: bytes | None


class Missed(NamedTuple):
    """No calendar; `guessed`: of a secret that never was, which alone counts against who asks."""

    guessed: bool


class Feeds:
    """One route for every method, so that none of them tells a live address from a dead one."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        clock: Callable[[], datetime] = utc_now,
        tick: Callable[[], float] = time.monotonic,
    ) -> None:
        self.database, self.settings, self.clock, self.tick = database, settings, clock, tick
        self._known: OrderedDict[int, _Known] = OrderedDict()
        self._failed = Attempts()

    def routes(self) -> list[Route]:
        return [Route("/feeds/{rest:path}", self.send, methods=METHODS)]

    async def send(self, request: Request) -> Response:
        address = caller_of(request.scope, self.settings.proxies)
        if request.method not in ("GET", "HEAD") or self._failed.seconds_to_wait(address, self.tick()):
            return _missing()
        token = request.path_params["rest"].removesuffix(".ics")
        found = await run_in_threadpool(self._found, token, request.headers.get("if-none-match", ""), address)
        if isinstance(found, Missed):
            if found.guessed:
                self._failed.count(address, self.tick())
            return _missing()
        say_user(request.scope, f"feed {found.feed_id}")
        after = BackgroundTask(count_fetch, self.database, Fetch(found.feed_id, address, self.clock()))
        headers = {"etag": found.tag}
        if found.body is None:
            return Response(status_code=304, headers=headers, background=after)
        return Response(found.body, media_type=CALENDAR, headers=headers, background=after)

    def _found(self, token: str, asked: str, address: str) -> Found | Missed:
        now = self.clock()
        try:
            with self.database.read() as session:
                feed = find_feed(session, token, now)
                if feed is not None and not feed.over:
                    return self._made(session, feed.row, asked, now)
            if feed is not None:
                count_fetch(self.database, Fetch(feed.row.id or 0, address, now, refused=True))
            return Missed(guessed=feed is None)
        except PlannerError:  # a person who left, a database that is away
            return Missed(guessed=False)

    def _made(self, session: Session, feed: Feed, asked: str, now: datetime) -> Found:
        number, look = feed.id or 0, Look(session, actor_at(session, feed.person_id, now), now)
        state = state_of(look)
        known = self._known.get(number)
        if known and known.state == state and (known.until is None or now < known.until) and known.tag in asked:
            self._known.move_to_end(number)
            return Found(number, known.tag, None)
        held = held_by(look, feed)
        tag = f'"{hashlib.sha256(held.body).hexdigest()}"'
        self._known[number] = _Known(state, held.until, tag)
        if len(self._known) > MOST_KEPT:
            self._known.popitem(last=False)
        return Found(number, tag, None if tag in asked else held.body)


def _missing() -> Response:
    return PlainTextResponse("Not found", 404)
