"""The gate in front of everything: pages, media, uploads and the websocket. Nobody passes without a session.

It strips what a client says about itself and sets its own two headers, which Streamlit puts into st.user.
"""

import time
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from planner.db import Database
from planner.errors import StorageError
from planner.services.accounts import TOUCH_AFTER, Seen, hash_of, live_session, touch
from planner.settings import Settings
from planner.work import utc_now

USER, SESSION = b"x-planner-user", b"x-planner-session"
OPEN_PATHS = ("/login", "/logout", "/setup", "/healthz", "/_stcore/health", "/favicon.png")
SHOW_AGAIN_SECONDS = 2.0


def cookie_name(settings: Settings) -> str:
    return "__Host-planner" if settings.secure_cookies else "planner"


class Gate:
    """ASGI middleware; a checked token is trusted for two seconds, so that one page costs one look-up."""

    def __init__(self, app: ASGIApp, *, database: Database, settings: Settings) -> None:
        self.app, self.database, self.settings = app, database, settings
        self._known: dict[str, tuple[float, Seen]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = [(name, value) for name, value in scope["headers"] if name.lower() not in (USER, SESSION)]
        token_hash = self._token_hash(headers)
        seen = await self._seen(token_hash, scope["path"])
        if seen is not None:
            headers += [(USER, seen.user_name.encode()), (SESSION, token_hash.encode())]
        inner = {**scope, "headers": headers}
        if seen is not None or _is_open(scope["path"]):
            await self.app(inner, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 4401})
        else:
            await _turned_away(scope)(scope, receive, send)

    def _token_hash(self, headers: list[tuple[bytes, bytes]]) -> str:
        raw = b"; ".join(value for name, value in headers if name.lower() == b"cookie").decode("latin-1")
        jar: SimpleCookie = SimpleCookie()
        try:
            jar.load(raw)
        except CookieError:
            return ""
        name = cookie_name(self.settings)
        return hash_of(jar[name].value) if name in jar else ""

    async def _seen(self, token_hash: str, path: str) -> Seen | None:
        if not token_hash:
            return None
        known = self._known.get(token_hash)
        if known and time.monotonic() - known[0] < SHOW_AGAIN_SECONDS:
            return known[1]
        try:
            seen = await run_in_threadpool(self._look, token_hash, path)
        except StorageError:
            return None
        if seen is None:
            self._known.pop(token_hash, None)
        else:
            self._known[token_hash] = (time.monotonic(), seen)
        return seen

    def forget(self, token_hash: str) -> None:
        self._known.pop(token_hash, None)

    def _look(self, token_hash: str, path: str) -> Seen | None:
        now = utc_now()
        with self.database.read() as session:
            found = live_session(session, token_hash, now)
        if found is None:
            return None
        kept, seen = found
        if not path.startswith("/_stcore") and now - kept.seen_at > TOUCH_AFTER:
            with self.database.write() as session:
                again = live_session(session, token_hash, now)
                if again is None:
                    return None
                touch(session, again[0], now)
        return seen


def _is_open(path: str) -> bool:
    return path.startswith("/static/") or any(path == known or path.startswith(known + "/") for known in OPEN_PATHS)


def _turned_away(scope: Scope) -> ASGIApp:
    """A browser asking for a page goes to sign in and comes back; everything else answers alike."""
    accepts = dict(scope["headers"]).get(b"accept", b"")
    if scope["method"] == "GET" and b"text/html" in accepts:
        query = scope["query_string"].decode("latin-1")
        wanted = scope["path"] + (f"?{query}" if query else "")
        return RedirectResponse("/login?next=" + quote(wanted, safe=""), 303)
    return PlainTextResponse("Not found", 404)
