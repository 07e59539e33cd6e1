"""The access log: one line for each request, without anything that opens a door or names what was looked at.

Of a path only the words that are the same for everybody are written; one-time links, files' names and every query are
left out, and so is the address that a request came from.
"""

import logging
import re
import sys
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from planner.web.addresses import PAGE_NAMES

log = logging.getLogger("planner.access")
CALLER = "planner.caller"
LEFT_OUT = "…"
OWN = ("logout", "setup", "setup/account", "healthz", "today", "watch.js", "security_key.js", "favicon.png")
PLAIN_PATHS = frozenset(f"/{name}" for name in (*PAGE_NAMES, *OWN))
# What follows one of these is left out; the first that fits counts.
BEGINNINGS = re.compile(
    r"/login(?:/(?:second|set-up|with|back|ended|remember|device|add|prove|password|codes|remove)(?:/(?:code|key|recovery)\Z)?)?(?=/|\Z)"
    r"|/files/(?:calendar|disclosures|invitation)(?=/)|/(?:welcome|feeds)(?=/)"
    r"|/_stcore/(?:stream|health|host-config|upload_file|bidi-components)(?=/|\Z)|/(?:media|component|static)(?=/)"
)


def said_path(path: str) -> str:
    """A path as it may be written down."""
    if path in PLAIN_PATHS:
        return path
    found = BEGINNINGS.match(path)
    if found is None:
        return f"/{LEFT_OUT}"
    return found[0] if found.end() == len(path) else f"{found[0]}/{LEFT_OUT}"


def say_user(scope: Scope, name: str) -> None:
    """Whose request this is, for its line."""
    if CALLER in scope:
        scope[CALLER]["user"] = name


def write_to_console() -> None:
    """Lines go to standard error, beside the server's own; once, however often the site is made."""
    if not log.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False


class AccessLog:
    """ASGI middleware: the outermost, so that refusals and errors have their line too."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or scope["path"].startswith("/static/"):
            await self.app(scope, receive, send)
            return
        caller: dict[str, str] = {}
        begun, status = time.perf_counter(), 500

        async def heard(message: Message) -> None:
            nonlocal status
            status = _status(message, status)
            if message["type"] == "websocket.accept":
                _write(scope, status, begun, caller)
            await send(message)

        try:
            await self.app({**scope, CALLER: caller}, receive, heard)
        finally:
            if scope["type"] == "http" or status != 101:
                _write(scope, status, begun, caller)


def _status(message: Message, before: int) -> int:
    if message["type"] == "http.response.start":
        return int(message["status"])
    if message["type"] == "websocket.accept":
        return 101
    return int(message.get("code", 1000)) if message["type"] == "websocket.close" and before != 101 else before


def _write(scope: Scope, status: int, begun: float, caller: dict[str, str]) -> None:
    took = round((time.perf_counter() - begun) * 1000)
    method = scope.get("method", "WEBSOCKET")
    log.info("%s %s %s %s ms %s", method, said_path(scope["path"]), status, took, caller.get("user", "-"))
