"""A server of feeds whose clock the test sets, and a feed made by whoever may."""

from datetime import datetime, timedelta

from icalendar import Calendar
from starlette.applications import Starlette
from starlette.testclient import TestClient

from planner.db import Database
from planner.rules.calendar_choice import Scope
from planner.services import feeds
from planner.web.app import _middleware
from planner.web.feeds import Feeds
from tests.builders import NOW, World, a_world, an_action
from tests.web.site import client_on, give_account, settings_for


class Wire:
    """A server whose clock the test sets, and a calendar program before it."""

    def __init__(self, world: World) -> None:
        self.world, self.at = world, NOW
        settings = settings_for(world.database)
        self.feeds = Feeds(world.database, settings, clock=lambda: self.at)
        self.app = Starlette(routes=self.feeds.routes(), middleware=_middleware(world.database, settings))

    def client(self, caller: str = "127.0.0.1") -> TestClient:
        return client_on(self.app, caller)

    def events(self, token: str) -> list[tuple[str, str, int, datetime]]:
        """Of each entry: uid, status, sequence, start."""
        answer = self.client().get(f"/feeds/{token}.ics")
        assert answer.status_code == 200
        found = Calendar.from_ical(answer.content).events
        return sorted((str(e["uid"]), str(e["status"]), int(e["sequence"]), e.start) for e in found)


def a_wire(database: Database) -> Wire:
    """The small world with one action and two people who have accounts, its operation's feeds allowed."""
    world = a_world(database)
    for name in ("silver", "partner"):
        give_account(world, name)
    an_action(world, calendar_uid="7f3a")
    with world.desk("cell").writing() as work:
        feeds.allow_feeds(work, "OP1", "DPIA 2026/014")
    return Wire(world)


def make(world: World, who: str = "silver", scope: Scope = Scope.FORCE, name: str = "force", **more: str) -> str:
    until = NOW.date() + timedelta(days=30)
    with world.desk(who).writing() as work:
        request = feeds.FeedRequest(scope, name, more.get("choice", "usual"), "Outlook", until, "For my day.")
        return feeds.make_feed(work, request)
