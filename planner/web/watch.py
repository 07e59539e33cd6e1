"""A small script beside every page of Streamlit's, one file of two.

It leaves for the sign-in page once the session has ended (watch.js); links of rows stay in the session (links.js).
"""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from planner.web.addresses import asks_page

HERE = Path(__file__).parent
SCRIPT = "\n".join((HERE / name).read_text() for name in ("watch.js", "links.js"))
TAG = b'<script src="/watch.js" async></script></head>'
STREAMLIT = b'id="root"'  # our own plain pages have nothing to leave, and signing in is not to be broken off
SIZED_ANEW = (b"content-length", b"etag", b"last-modified")
# Compressed or in part, the page could not be read here; and "not modified" would be said of a page without the script,
# which another app at this address has left in the browser.
ASKED_WHOLE = (b"accept-encoding", b"range", b"if-range", b"if-none-match", b"if-modified-since")


async def _script(_: Request) -> Response:
    return Response(SCRIPT, media_type="text/javascript")


ROUTE = Route("/watch.js", _script, methods=["GET"])


class Watch:
    """ASGI middleware: adds the script to each page of Streamlit; everything else passes untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not asks_page(scope):
            await self.app(scope, receive, send)
            return
        headers = [(name, value) for name, value in scope["headers"] if name.lower() not in ASKED_WHOLE]
        await self.app({**scope, "headers": headers}, receive, _Added(send))


class _Added:
    """What is sent, held back until it is whole where it is HTML."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.start: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_html(message):
            self.start = message
        elif self.start is None or message["type"] != "http.response.body":
            await self.send(message)
        else:
            self.body += message.get("body", b"")
            if not message.get("more_body"):
                await self._send_whole(self.start)

    async def _send_whole(self, start: Message) -> None:
        body = self.body.replace(b"</head>", TAG, 1) if STREAMLIT in self.body else self.body
        kept = [(name, value) for name, value in start["headers"] if name.lower() not in SIZED_ANEW]
        await self.send({**start, "headers": [*kept, (b"content-length", str(len(body)).encode())]})
        await self.send({"type": "http.response.body", "body": body})


def _is_html(message: Message) -> bool:
    kind = dict(message["headers"]).get(b"content-type", b"")
    return bool(message["status"] == 200 and kind.startswith(b"text/html"))
