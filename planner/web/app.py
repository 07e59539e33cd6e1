"""Everything the server needs beside the pages: routes, middleware, what happens at the start."""

import gc
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, NamedTuple

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from planner import migrations
from planner.db import Database
from planner.settings import load_settings
from planner.web.gate import Gate
from planner.web.headers import SecurityHeaders
from planner.web.setup import SetUp, is_empty
from planner.web.sign_in import SignIn


class Site(NamedTuple):
    """What streamlit_app.py hands to Streamlit."""

    routes: list[Route]
    middleware: list[Middleware]
    lifespan: Callable[[Any], AbstractAsyncContextManager[None]]


class FirstRun:
    """While nobody has an account, every page leads to the set-up page."""

    def __init__(self, app: ASGIApp, *, database: Database) -> None:
        self.app, self.database, self.empty = app, database, True

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asks_page = scope["type"] == "http" and scope["method"] == "GET" and scope["path"] in ("/", "/login")
        if asks_page and self.empty:
            self.empty = is_empty(self.database)
            if self.empty:
                await RedirectResponse("/setup", 303)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def site() -> Site:
    """The site for the database and settings of the environment."""
    settings = load_settings()
    database = Database(settings.database_url)
    routes = [
        Route("/healthz", health, methods=["GET"]),
        *SignIn(database, settings).routes(),
        *SetUp(database, settings).routes(),
    ]
    middleware = [
        Middleware(SecurityHeaders, secure=settings.secure_cookies),
        Middleware(FirstRun, database=database),
        Middleware(Gate, database=database, settings=settings),
    ]

    @asynccontextmanager
    async def lifespan(_: Any) -> AsyncIterator[None]:
        migrations.self_check(database)
        import altair  # noqa: F401  (loaded here once: the first page would wait two seconds for them)
        import pandas  # noqa: F401

        gc.collect()
        gc.freeze()
        yield

    return Site(routes, middleware, lifespan)


async def health(_: Request) -> Response:
    return JSONResponse({"ok": True})
