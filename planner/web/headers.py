"""Response headers: a Content-Security-Policy derived from the installed Streamlit's own page, and the rest."""

import base64
import functools
import hashlib
import importlib.util
import re
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send

FEEDS = "/feeds/"
INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.S)


@functools.cache
def content_security_policy() -> str:
    """Only our own scripts, images and fonts: a link planted in free text fetches nothing."""
    found = importlib.util.find_spec("streamlit")
    page = Path(found.origin or "").parent / "static" / "index.html" if found else Path()
    inline = INLINE.findall(page.read_text(encoding="utf-8")) if page.is_file() else []
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"
        for code in inline
        if code.strip()
    )
    return (
        f"default-src 'self'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data: blob:; worker-src 'self' blob:; "
        "frame-src 'none'; frame-ancestors 'none'; object-src 'none'; base-uri 'self'; form-action 'self'"
    )


class SecurityHeaders:
    """Pure ASGI: the websocket passes through untouched, every response gets the headers."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self.app = app
        extra = {
            "content-security-policy": content_security_policy(),
            "x-frame-options": "DENY",
            "x-content-type-options": "nosniff",
            # Not no-referrer: that would make our own forms send `Origin: null`, which they refuse.
            "referrer-policy": "same-origin",
            "x-robots-tag": "noindex",
        }
        if secure:
            extra["strict-transport-security"] = "max-age=31536000"
        self.extra = [(name.encode(), value.encode()) for name, value in extra.items()]
        self.ours = {name for name, _ in self.extra}
        # A calendar program keeps what it was given and asks whether it still holds; its address goes nowhere.
        apart = {b"referrer-policy": b"no-referrer", b"cache-control": b"private, no-cache"}
        self.of_feeds = [*((name, value) for name, value in self.extra if name not in apart), *apart.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        static = scope["path"].startswith("/static/")

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = self.ours if static else self.ours | {b"cache-control"}
                kept = [(name, value) for name, value in message["headers"] if name.lower() not in ours]
                store = [] if static else [(b"cache-control", b"no-store")]
                message["headers"] = [*kept, *self.extra, *store]
                if scope["path"].startswith(FEEDS):
                    message["headers"] = [*kept, *self.of_feeds]
            await send(message)

        await self.app(scope, receive, with_headers)
