"""What an address of this product looks like, and where somebody who had to sign in may be brought back to."""

import re
from urllib.parse import unquote_plus

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from planner.settings import ROOT

PAGE_NAMES = frozenset({"", *(path.stem for path in (ROOT / "pages").glob("*.py"))})
LONGEST_NEXT = 300
PAGE_AND_QUERY = re.compile(r"/([a-z_]*)(?:\?([A-Za-z0-9_.~%+&=-]*))?")
OWN_PAGE = re.compile(r"/login/(?:add|password|codes|remove/(?:app|[0-9]{1,9}))")
MOST_DECODINGS = 4
ONE_WORD = re.compile(r"/[A-Za-z0-9_-]*/?")
NOT_PAGES = ("/_stcore/", "/static/", "/media/", "/component/", "/files/", "/feeds/", "/login/", "/welcome/")
NOWHERE = "/not-found"


def safe_next(wanted: str | None) -> str:
    """A page of ours with its query, or the first page: no other site, no route that writes, nothing in disguise."""
    found = PAGE_AND_QUERY.fullmatch(wanted or "")
    if wanted is None or found is None or len(wanted) > LONGEST_NEXT:
        return "/"
    name, query = found.groups()
    return wanted if name in PAGE_NAMES and _is_honest(query or "") else "/"


def led_back(wanted: str | None) -> str:
    """Where a fresh proof leads: also one of the plain pages on which an account's owner changes what opens it."""
    return wanted if wanted and OWN_PAGE.fullmatch(wanted) else safe_next(wanted)


def _is_honest(query: str) -> bool:
    """Whether a query, however often it is decoded, holds printable text that names no other place."""
    for _ in range(MOST_DECODINGS):
        decoded = unquote_plus(query, errors="replace")
        if not decoded.isprintable() or "\\" in decoded or "//" in decoded or "\ufffd" in decoded:
            return False
        if decoded == query:
            return True
        query = decoded
    return False


class OneWord:
    """ASGI middleware: a page's address is one word, so that every other one is answered as a page that is missing.

    Streamlit would send its own page for a deeper address, and that page would look for its scripts beside it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if asks_page(scope) and not ONE_WORD.fullmatch(scope["path"]) and not scope["path"].startswith(NOT_PAGES):
            await RedirectResponse(NOWHERE, 303)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def asks_page(scope: Scope) -> bool:
    """Whether a browser asks for a page to show."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    return b"text/html" in dict(scope["headers"]).get(b"accept", b"")
