"""Calendars: a large one against the library alone with the same components, and a feed that its reader has already."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from icalendar import Calendar
from sqlmodel import select
from starlette.applications import Starlette

from planner.collector import settle
from planner.db import Database
from planner.models.accounts import Account
from planner.models.operations import Operation
from planner.outputs.calendar import calendar_feed
from planner.outputs.calendar_components import event
from planner.rules.calendar_choice import Scope, usual
from planner.services import feeds
from planner.settings import ROOT, Settings
from planner.views.calendar import NAMES, entries_of
from planner.web.app import _middleware
from planner.web.feeds import Feeds
from planner.work import Desk, utc_now
from tests.benchmarks.table import Row, in_turn, seconds

RATIO, ANSWER_MS = 1.3, 5.0
HERE = "http://127.0.0.1:8501"


def rows(database: Database, rounds: int) -> list[Row]:
    with database.read() as session:
        code = session.exec(select(Operation.code)).one()
        cell = session.exec(select(Account.person_id).where(Account.user_name == "cell")).one()
    desk = Desk(database, cell)
    return [_written(desk, code, rounds), _answered(desk, code, rounds)]


def _written(desk: Desk, code: str, rounds: int) -> Row:
    """Of the whole operation: ours from entries to bytes, the library's own from components to bytes."""
    with desk.reading() as look:
        entries, now = entries_of(look, Scope.OPERATION, code, usual(Scope.OPERATION)), look.now
    components = [event(entry) for entry in entries]

    def ours() -> None:
        calendar_feed(entries, uid="uid", name=NAMES[Scope.OPERATION], opened_at=now, now=now)

    def bare() -> None:
        calendar = Calendar()
        for component in components:
            calendar.add_component(component)
        calendar.to_ical()

    settle()  # as the server does: what stands beside is not walked again for what is made here
    with_us, alone = in_turn(rounds, lambda: seconds(ours), lambda: seconds(bare))
    said = f"{with_us * 1000:.0f} ms against {alone * 1000:.0f} ms; {len(entries):,} entries"
    return Row("A calendar, against the library with its components", with_us / alone, RATIO, "x", said)


def _answered(desk: Desk, code: str, rounds: int) -> Row:
    """From the request to the answer's last byte, through every layer of the server."""
    with desk.writing() as work:
        feeds.allow_feeds(work, code, "Benchmark")
    with desk.writing() as work:
        until = utc_now().date() + timedelta(days=30)
        token = feeds.make_feed(
            work, feeds.FeedRequest(Scope.OPERATION, code, "usual", "Benchmark", until, "Benchmark")
        )
    settings = Settings(str(desk.database.url), Path("var"), ROOT / "data", HERE, False)
    app = Starlette(routes=Feeds(desk.database, settings).routes(), middleware=_middleware(desk.database, settings))
    first = asyncio.run(_ask(app, token, ""))
    tag = dict(first.headers)[b"etag"].decode()
    again = [asyncio.run(_ask(app, token, tag)) for _ in range(rounds * 4)]
    took = sorted(answer.seconds for answer in again)[len(again) // 2]
    said = f"{first.seconds * 1000:.0f} ms for {first.length:,} bytes the first time"
    if {answer.status for answer in again} != {304}:
        raise RuntimeError("A feed that had not changed was sent again.")
    return Row("A feed answered as unchanged", took * 1000, ANSWER_MS, "ms", said)


class _Answer:
    """What was sent, and when the last of it was."""

    def __init__(self) -> None:
        self.status, self.length, self.seconds = 0, 0, 0.0
        self.headers: list[tuple[bytes, bytes]] = []


async def _ask(app: Callable[..., Awaitable[None]], token: str, tag: str) -> _Answer:
    answer, begun = _Answer(), time.perf_counter()
    headers = [(b"host", b"127.0.0.1:8501"), *([(b"if-none-match", tag.encode())] if tag else [])]
    scope: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "path": f"/feeds/{token}.ics",
        "raw_path": b"",
        "query_string": b"",
        "headers": headers,
        "client": ("127.0.0.1", 5000),
        "scheme": "http",
        "server": ("127.0.0.1", 8501),
        "http_version": "1.1",
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            answer.status, answer.headers = message["status"], message["headers"]
        else:
            answer.length += len(message.get("body", b""))
            answer.seconds = time.perf_counter() - begun

    await app(scope, receive, send)
    return answer
