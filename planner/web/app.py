"""Everything the server needs beside the pages: routes, middleware, what happens at the start and by the clock."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from planner.collector import settle
from planner.db import Database
from planner.errors import StorageError
from planner.outputs.mail import MailServer, load_mail
from planner.settings import Settings, load_settings
from planner.web import clock, watch
from planner.web.access_log import AccessLog, write_to_console
from planner.web.addresses import OneWord, asks_page
from planner.web.bodies import Bodies
from planner.web.devices import Devices
from planner.web.door import Door
from planner.web.exports import Exports
from planner.web.feeds import Feeds
from planner.web.gate import Gate
from planner.web.headers import SecurityHeaders
from planner.web.makers import MAKERS
from planner.web.own_factors import OwnFactors
from planner.web.own_password import OwnPassword
from planner.web.own_sign_in import OwnSignIns
from planner.web.prove import Prove
from planner.web.providers import load_providers
from planner.web.second_step import SecondStep
from planner.web.serve import prepared
from planner.web.setup import SetUp, is_empty
from planner.web.sign_in import SignIn
from planner.web.trouble import Trouble
from planner.web.welcome import Welcome


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
        if self.empty and asks_page(scope) and not scope["path"].startswith(("/setup", "/healthz")):
            self.empty = await run_in_threadpool(self._still_empty)
            if self.empty:
                await RedirectResponse("/setup", 303)(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _still_empty(self) -> bool:
        try:
            return is_empty(self.database)
        except StorageError:
            return False


def site() -> Site:
    """The site for the settings of the environment; a database that is not safe to use ends the server."""
    settings = load_settings()
    try:
        database, providers = prepared(settings), load_providers(settings.oidc_file)
        mail = load_mail(settings.mail_file)
    except StorageError as error:
        print(str(error), file=sys.stderr, flush=True)  # noqa: T201
        raise SystemExit(1) from None
    write_to_console()
    set_up = SetUp(database, settings)
    routes = [
        Route("/healthz", health, methods=["GET"]),
        Route("/today", first_page, methods=["GET"]),
        watch.ROUTE,
        *SignIn(database, settings, providers).routes(),
        *SecondStep(database, settings).routes(),
        *Prove(database, settings).routes(),
        *OwnFactors(database, settings).routes(),
        *OwnPassword(database, settings).routes(),
        *Welcome(database, settings, providers).routes(),
        *Devices(database, settings).routes(),
        *OwnSignIns(database, settings, providers).routes(),
        *set_up.routes(),
        *Exports(database, MAKERS).routes(),
        *Feeds(database, settings).routes(),
    ]
    return Site(routes, _middleware(database, settings), _lifespan(database, settings, set_up, mail))


def _middleware(database: Database, settings: Settings) -> list[Middleware]:
    hosts = ["localhost", "127.0.0.1", urlsplit(settings.public_url).hostname or "localhost"]
    return [
        Middleware(AccessLog),
        Middleware(SecurityHeaders, secure=settings.secure_cookies),
        Middleware(Trouble),
        # Against DNS rebinding: another site's name that points at this machine.
        Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False),
        Middleware(FirstRun, database=database),
        Middleware(Bodies),
        Middleware(Door, database=database, settings=settings),
        Middleware(Gate, database=database, settings=settings),
        Middleware(OneWord),
        Middleware(watch.Watch),
    ]


def _lifespan(
    database: Database, settings: Settings, set_up: SetUp, mail: MailServer | None
) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: Any) -> AsyncIterator[None]:
        set_up.tell_code()
        loading = asyncio.create_task(run_in_threadpool(load_what_pages_draw_with))
        async with clock.running(database, settings, mail):
            yield
        await loading

    return lifespan


def load_what_pages_draw_with() -> None:
    """Two seconds that the first page would wait; meanwhile the sign-in page, which needs none of it, is there."""
    import altair  # noqa: F401
    import pandas  # noqa: F401
    import pyarrow  # type: ignore[import-untyped]  # noqa: F401

    settle()


async def first_page(_: Request) -> Response:
    """Today is the first page: its address is the site's own, and this one leads there."""
    return RedirectResponse("/", 307)


async def health(_: Request) -> Response:
    return JSONResponse({"ok": True})
