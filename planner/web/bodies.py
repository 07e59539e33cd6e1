"""How much may be sent to our own routes, and for how long: read whole here, so that no slow sender holds a place.

What is uploaded goes to Streamlit, which counts it as it comes (server.maxUploadSize).
"""

import asyncio

from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from planner.web import plain

MOST_BYTES = 64 * 1024
PATIENCE_SECONDS = 20
UPLOADS = "/_stcore/upload_file/"
TOO_MUCH = f"What was sent is larger than {MOST_BYTES // 1024} KB, the most that any form here takes. Nothing was kept."
TOO_SLOW = f"What was sent did not arrive within {PATIENCE_SECONDS} seconds. Nothing was kept. Send it again."


class TooMuch(Exception):
    """More than any form sends."""


class Bodies:
    """ASGI middleware: a request with a body goes on once the body is here, and never when it is too large."""

    def __init__(self, app: ASGIApp, *, patience_seconds: float = PATIENCE_SECONDS) -> None:
        self.app, self.patience_seconds = app, patience_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(UPLOADS):
            await self.app(scope, receive, send)
            return
        try:
            body = await asyncio.wait_for(_read(scope, receive), self.patience_seconds)
        except TooMuch:
            await _cut_off("Too much was sent", TOO_MUCH, 413)(scope, receive, send)
        except TimeoutError:
            await _cut_off("Too slow", TOO_SLOW, 408)(scope, receive, send)
        else:
            if body is not None:
                await self.app(scope, _Replayed(body, receive), send)


async def _read(scope: Scope, receive: Receive) -> bytes | None:
    """The whole body; None when the sender has gone. TooMuch as soon as it is, by what is announced or what comes."""
    announced = dict(scope["headers"]).get(b"content-length", b"0")
    if not announced.isdigit() or len(announced) > 9 or int(announced) > MOST_BYTES:
        raise TooMuch
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if len(body) > MOST_BYTES:
            raise TooMuch
        if not message.get("more_body"):
            return bytes(body)


class _Replayed:
    """The body once, then whatever the connection says."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self.body: bytes | None = body
        self.receive = receive

    async def __call__(self) -> Message:
        if self.body is None:
            return await self.receive()
        body, self.body = self.body, None
        return {"type": "http.request", "body": body, "more_body": False}


def _cut_off(title: str, sentence: str, status: int) -> Response:
    """The connection ends with the answer: what is still on its way is not read."""
    page = plain.page(title, plain.error(sentence) + plain.link("/login", "Back to the sign-in page"))
    return HTMLResponse(page, status, headers={"connection": "close"})
