"""What nobody caught: a plain page with a number, and in the server's log a trace from which every secret is cut."""

import logging
import re
import secrets
import traceback
from urllib.parse import parse_qsl, unquote, unquote_plus

from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from planner.web import plain
from planner.web.access_log import LEFT_OUT, said_path

log = logging.getLogger("planner")
SHORTEST_SECRET = 6
WORDS = re.compile(r"[^/;,=&\s]+")


class Trouble:
    """ASGI middleware: an error ends here, so that the server below writes no trace of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def heard(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, heard)
        except Exception as error:
            number = _told(scope, error)
            if begun:
                raise RuntimeError(f"unexpected error {number} in the middle of an answer") from None
            await HTMLResponse(plain.page("Something went wrong", _body(number)), 500)(scope, receive, send)


def _told(scope: Scope, error: Exception) -> str:
    number = secrets.token_hex(4)
    trace = without_secrets("".join(traceback.format_exception(error)), scope)
    log.error("unexpected error %s at %s %s\n%s", number, scope["method"], said_path(scope["path"]), trace)
    return number


def _body(number: str) -> str:
    sentence = f"What was not confirmed was not written. Tell the cell this number: {number}."
    return plain.error(sentence) + plain.link("/", "Go to the first page")


def without_secrets(text: str, scope: Scope) -> str:
    """A text without whatever the request brought in its path, its query and its cookies."""
    for secret in sorted(_secrets(scope), key=len, reverse=True):
        text = text.replace(secret, LEFT_OUT)
    return text


def _secrets(scope: Scope) -> set[str]:
    path = scope["path"]
    unsaid = path.removeprefix(said_path(path).removesuffix(LEFT_OUT))
    query = scope.get("query_string", b"").decode("latin-1")
    cookies = [value.decode("latin-1") for name, value in scope["headers"] if name.lower() == b"cookie"]
    raw = [unsaid, unquote(unsaid), query, *(value for _, value in parse_qsl(query)), *cookies]
    words = {word for text in raw for word in (text, *WORDS.findall(text))}
    words |= {unquote_plus(word) for word in words}
    return {word for word in words if len(word) >= SHORTEST_SECRET}
