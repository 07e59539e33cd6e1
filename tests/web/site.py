"""The gate and its plain pages round an echo that shows what reached it, for a client on this machine or elsewhere."""

import asyncio
import re
import warnings
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import pyotp
from sqlmodel import select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from planner.db import Database
from planner.models.accounts import Account
from planner.services.accounts import add_account
from planner.services.sessions import begin_session
from planner.settings import ROOT, Network, Settings
from planner.web import watch
from planner.web.app import _middleware
from planner.web.devices import Devices
from planner.web.exports import Exports
from planner.web.feeds import Feeds
from planner.web.makers import MAKERS
from planner.web.own_factors import OwnFactors
from planner.web.own_password import OwnPassword
from planner.web.own_sign_in import OwnSignIns
from planner.web.prove import Prove
from planner.web.providers import Provider
from planner.web.second_step import SECOND, SET_UP, SecondStep
from planner.web.setup import SetUp
from planner.web.sign_in import SignIn
from planner.web.welcome import Welcome
from planner.work import Desk, utc_now
from tests.builders import World

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # it prefers a newer httpx and says so on import
    warnings.simplefilter("ignore", UserWarning)
    from starlette.testclient import TestClient

PASSWORD = "a long enough password"
HERE = "http://127.0.0.1:8501"
KEPT: dict[str, list[str]] = {}  # recovery codes by user name


async def echo(request: Request) -> Response:
    return JSONResponse({name: value for name, value in request.headers.items() if name.startswith("x-planner")})


T = TypeVar("T")


def apart(work: Coroutine[Any, Any, T]) -> T:
    """What a coroutine gives, run in a thread of its own: in this one a browser test may keep a loop running."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


async def page(_: Request) -> Response:
    return HTMLResponse('<html><head></head><body><div id="root"></div></body></html>')


async def stream(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_json({name: value for name, value in socket.headers.items() if name.startswith("x-planner")})
    await socket.close()


def settings_for(database: Database, public_url: str = HERE, proxies: tuple[Network, ...] = ()) -> Settings:
    secure = public_url.startswith("https")
    return Settings(str(database.url), Path("var"), ROOT / "data", public_url, secure, proxies=proxies)


def app_for(
    database: Database,
    public_url: str = HERE,
    providers: dict[str, Provider] | None = None,
    proxies: tuple[Network, ...] = (),
) -> tuple[Starlette, SetUp]:
    settings = settings_for(database, public_url, proxies)
    set_up = SetUp(database, settings)
    routes = [
        *SignIn(database, settings, providers).routes(),
        *SecondStep(database, settings).routes(),
        *Prove(database, settings).routes(),
        *OwnFactors(database, settings).routes(),
        *OwnPassword(database, settings).routes(),
        *Welcome(database, settings, providers).routes(),
        *Devices(database, settings).routes(),
        *OwnSignIns(database, settings, providers or {}).routes(),
        *set_up.routes(),
        *Exports(database, MAKERS).routes(),
        *Feeds(database, settings).routes(),
    ]
    routes += [watch.ROUTE, Route("/page", page, methods=["GET"])]
    routes.append(Route("/{rest:path}", echo, methods=["GET", "POST", "PUT"]))
    sockets = WebSocketRoute("/_stcore/stream", stream)
    return Starlette(routes=[sockets, *routes], middleware=_middleware(database, settings)), set_up


def client_of(database: Database, *, caller: str = "127.0.0.1", public_url: str = HERE) -> TestClient:
    return client_on(app_for(database, public_url)[0], caller)


def client_on(app: Starlette, caller: str = "127.0.0.1") -> TestClient:
    return TestClient(app, base_url=HERE, client=(caller, 50000), follow_redirects=False)


def give_account(world: World, name: str = "silver") -> None:
    with Desk(world.database).writing() as work:
        add_account(work, name, world.people[name], PASSWORD)


def session_of(database: Database, name: str, at: datetime | None = None) -> str:
    """The token of a session, whatever it took to begin it."""
    with Desk(database, clock=lambda: at or utc_now()).writing() as work:
        account = work.session.exec(select(Account).where(Account.user_name == name)).one()
        return begin_session(work, account, "a password")


def enter(client: TestClient, name: str = "silver", password: str = PASSWORD, wanted: str = "/") -> int:
    """Sign in, with a second proof where one is asked for; the answer to the password."""
    form = {"user": name, "password": password, "next": wanted}
    answer = client.post("/login", data=form)
    if answer.headers.get("location") == SET_UP:
        KEPT[name] = _set_up(client)
    elif answer.headers.get("location") == SECOND:
        client.post(f"{SECOND}/recovery", data={"answer": KEPT[name].pop()})
    return answer.status_code


def _set_up(client: TestClient) -> list[str]:
    """Set an authenticator app up from what the page shows; the recovery codes that it brings."""
    secret = "".join(re.findall(r"<code>([A-Z2-7 ]+)</code>", client.get(SET_UP).text)[0].split())
    codes = client.post(f"{SET_UP}/code", data={"answer": pyotp.TOTP(secret).now()})
    return re.findall(r"<li><code>([a-z0-9-]+)</code></li>", codes.text)
