"""The limit at the door: an address that failed too often waits, and so does whoever comes while too many are served.

Who succeeds is never counted, so that an office behind one address gets in. Sessions that are open stay open.
"""

import math
import re
import time
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from planner.db import Database
from planner.rules.counts import count_words
from planner.settings import Settings
from planner.web import plain
from planner.web.attempts import MOST_FAILURES, WITHIN_SECONDS, Attempts, Busy, Turns
from planner.web.callers import caller_of
from planner.web.notes import Notes

PROVES = re.compile(r"/login(?:/(?:prove|password))?|/login/(?:second|set-up)/.+|/welcome/.+|/setup/account")
PROVIDERS = re.compile(r"/login/(with|back|ended)/.+")
SERVED = ("GET", "HEAD", "POST")
PAUSED = f"Signing in from an address is paused: it failed {count_words(MOST_FAILURES, 'time')} in ten minutes."
BUSY = "Too many people are signing in just now. Wait a few seconds, then try again."
BUSY_SECONDS = 5
NO_FAULT_OF_THEIRS = 503


class Door:
    """ASGI middleware round every route that takes a proof."""

    def __init__(
        self, app: ASGIApp, *, database: Database, settings: Settings, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.app, self.settings, self.clock = app, settings, clock
        self.attempts, self.turns, self.notes = Attempts(), Turns(), Notes(database, settings, clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asks = scope["type"] == "http" and scope["method"] in SERVED
        provider = PROVIDERS.fullmatch(scope["path"]) if asks else None
        if provider is not None:
            await self._tried(scope, receive, send, step=provider[1])
        elif asks and scope["method"] == "POST" and PROVES.fullmatch(scope["path"]):
            await self._in_turn(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _in_turn(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An address that waits takes nobody's place in the line."""
        address = caller_of(scope, self.settings.proxies)
        if self.attempts.seconds_to_wait(address, self.clock()):
            await self._tried(scope, receive, send)
            return
        try:
            async with self.turns.taken():
                await self._tried(scope, receive, send)
        except Busy:
            await _said("Wait a moment", BUSY, 503, BUSY_SECONDS)(scope, receive, send)

    async def _tried(self, scope: Scope, receive: Receive, send: Send, *, step: str = "") -> None:
        address = caller_of(scope, self.settings.proxies)
        wait = self.attempts.seconds_to_wait(address, self.clock())
        if wait:
            await run_in_threadpool(self.notes.note, scope, PAUSED)
            await _paused(wait)(scope, receive, send)
            return
        heard = _Heard(send)
        try:
            await self.app(scope, receive, heard)
        finally:
            self._judge(address, heard.status, step)

    def _judge(self, address: str, status: int, step: str) -> None:
        """To be sent away to a provider is to have begun: it counts until somebody comes back and is in."""
        failed = status >= 400 and status != NO_FAULT_OF_THEIRS
        if failed or step == "with":
            self.attempts.count(address, self.clock())
        elif step == "back":
            self.attempts.forgive_last(address)


class _Heard:
    """What is sent on, and with which status; a request that ended without an answer failed."""

    def __init__(self, send: Send) -> None:
        self.send, self.status = send, 500

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        await self.send(message)


def _paused(wait_seconds: float) -> Response:
    minutes = math.ceil(wait_seconds / 60)
    sentence = (
        f"Signing in failed {count_words(MOST_FAILURES, 'time')} from your address within "
        f"{count_words(WITHIN_SECONDS // 60, 'minute')}. Try again in {count_words(minutes, 'minute')}. "
        "Whoever is signed in stays signed in."
    )
    return _said("Signing in is paused", sentence, 429, math.ceil(wait_seconds))


def _said(title: str, sentence: str, status: int, seconds: int) -> Response:
    body = plain.error(sentence) + plain.link("/login", "Back to the sign-in page")
    return HTMLResponse(plain.page(title, body), status, headers={"retry-after": str(seconds)})
