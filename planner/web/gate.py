"""The gate in front of everything: pages, media, uploads and the websocket. Nobody passes without a session.

It strips what a client says about itself and sets its own two headers, which Streamlit puts into st.user.
"""

import re
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from planner.db import Database
from planner.errors import StorageError
from planner.rules.access import DEVICE_PAGES
from planner.services.sessions import Seen, check_session, hash_of, was_session
from planner.settings import Settings
from planner.web.access_log import say_user
from planner.web.addresses import asks_page
from planner.web.cookies import cookie_name, device_name
from planner.web.notes import Notes
from planner.web.origins import same_origin
from planner.work import utc_now

USER, SESSION = b"x-planner-user", b"x-planner-session"
STEPS = (
    *("second", "second/code", "second/key", "second/recovery", "set-up", "set-up/code", "set-up/key"),
    *("remember", "device", "add"),
)
OPEN_PATTERN = re.compile(r"/welcome/[A-Za-z0-9_-]{20,80}|/login/(?:with|back|ended)/\w{1,40}")
PLAIN = ("/login", "/logout", "/setup", "/setup/account", "/healthz", "/security_key.js")
OPEN_PATHS = frozenset({*PLAIN, *(f"/login/{step}" for step in STEPS), "/_stcore/health", "/favicon.png"})
CLAIMED = "A request said by itself who is signed in; that was left out."
FOREIGN = "A page of another site, or at another port, tried to open a page's connection with a session of this one."
UNKNOWN = "A request showed a session that was never begun here."
# How many people work now and what the server remembers is for nobody; neither is a way in beside the pages.
CLOSED_PATHS = ("/_stcore/metrics", "/_stcore/agent")


class Gate:
    """ASGI middleware; every request is looked up afresh, so that a session ended is ended at once."""

    def __init__(self, app: ASGIApp, *, database: Database, settings: Settings) -> None:
        self.app, self.database, self.settings = app, database, settings
        self.notes = Notes(database, settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = [(name, value) for name, value in scope["headers"] if name.lower() not in (USER, SESSION)]
        if len(headers) != len(scope["headers"]):
            await run_in_threadpool(self.notes.note, scope, CLAIMED)
        if _is_open(scope["path"]):
            await self.app({**scope, "headers": headers}, receive, send)
            return
        token_hash = self._token_hash(headers)
        if scope["type"] == "websocket" and not same_origin(HTTPConnection(scope)):
            await run_in_threadpool(self.notes.note, scope, FOREIGN)
            await _refused(receive, send)
            return
        seen = await self._seen(token_hash, scope["path"])
        if seen is not None and scope["path"].startswith(CLOSED_PATHS):
            await PlainTextResponse("Not found", 404)(scope, receive, send)
        elif seen is not None:
            say_user(scope, seen.user_name)
            headers += [(USER, seen.user_name.encode()), (SESSION, token_hash.encode())]
            await self.app({**scope, "headers": headers}, receive, send)
        elif scope["type"] == "websocket":
            await run_in_threadpool(self._note_unknown, scope, token_hash)
            await _refused(receive, send)
        else:
            await run_in_threadpool(self._note_unknown, scope, token_hash)
            await self._turned_away(scope, headers)(scope, receive, send)

    def _token_hash(self, headers: list[tuple[bytes, bytes]]) -> str:
        token = _cookie(headers, cookie_name(self.settings))
        return hash_of(token) if token else ""

    def _note_unknown(self, scope: Scope, token_hash: str) -> None:
        """A session that ended is nothing to note; one that never was is made up, or another installation's."""
        try:
            if token_hash and not was_session(self.database, token_hash):
                self.notes.note(scope, UNKNOWN)
        except StorageError:
            return

    def _turned_away(self, scope: Scope, headers: list[tuple[bytes, bytes]]) -> ASGIApp:
        """A browser asking for a page proves itself and comes back; everything else answers alike."""
        if not asks_page(scope):
            return PlainTextResponse("Not found", 404)
        query = scope["query_string"].decode("latin-1")
        wanted = quote(scope["path"] + (f"?{query}" if query else ""), safe="")
        known = scope["path"].removeprefix("/") in DEVICE_PAGES and _cookie(headers, device_name(self.settings))
        return RedirectResponse(f"/login/device?next={wanted}" if known else f"/login?next={wanted}", 303)

    async def _seen(self, token_hash: str, path: str) -> Seen | None:
        """Opening a page is activity; the parts of a page, and what reconnects by itself, are not."""
        if not token_hash:
            return None
        active = not path.startswith(("/_stcore", "/media", "/component"))
        try:
            return await run_in_threadpool(check_session, self.database, token_hash, utc_now(), active=active)
        except StorageError:
            return None


async def _refused(receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "websocket.close", "code": 4401})


def _cookie(headers: list[tuple[bytes, bytes]], name: str) -> str:
    raw = b"; ".join(value for kind, value in headers if kind.lower() == b"cookie").decode("latin-1")
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load(raw)
    except CookieError:
        return ""
    return jar[name].value if name in jar else ""


def _is_open(path: str) -> bool:
    """Our plain pages, the framework's published files, which hold nothing of ours, feeds by their secret address."""
    return path.startswith(("/static/", "/feeds/")) or path in OPEN_PATHS or OPEN_PATTERN.fullmatch(path) is not None
