"""Everything that reaches a browser: bodies of responses and frames of the websocket, as they came over the wire."""

import re
import time
from typing import NamedTuple

from playwright.sync_api import Page, Response, WebSocket
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.conftest import PATIENCE_SECONDS, settled

FRAMEWORK = "/static/"  # the published files of Streamlit, the same for everybody
MEDIA = "/media/"
STILL_MS = 500
STYLER = re.compile(r'\bT_[0-9a-f]{5}_|\buuid: "[0-9a-f]{5}"')  # a styled table's name, drawn by lot in every run
WITHOUT_BODY = range(300, 400)


class Answer(NamedTuple):
    """What somebody was told for one address: status, the page's words, and every drawing sent for it."""

    statuses: tuple[int, ...]
    words: str
    drawn: tuple[str, ...]


class Traffic:
    """Listens to one page of one browser from before its first request."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.frames: list[bytes] = []
        self.bodies: list[bytes] = []
        self._responses: list[Response] = []
        page.on("response", lambda response: self._responses.append(response))
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on(
            "framereceived", lambda frame: self.frames.append(frame if isinstance(frame, bytes) else frame.encode())
        )

    def everything(self) -> list[bytes]:
        return [*self.bodies, *self.frames]

    def open(self, url: str) -> Answer:
        """Open an address, and what came for it."""
        before = len(self.frames)
        self._responses.clear()
        self.page.goto(url)
        settled(self.page)
        words = self._last_words()
        statuses = tuple(sorted(response.status for response in self._kept_bodies()))
        return Answer(statuses, words, _drawings(self.frames[before:]))

    def _last_words(self) -> str:
        """The page's words once they stay the same: on a busy machine some are drawn after the run has ended."""
        words, before = self.page.locator("body").inner_text(), ""
        until = time.monotonic() + PATIENCE_SECONDS
        while words != before and time.monotonic() < until:
            self.page.wait_for_timeout(STILL_MS)
            words, before = self.page.locator("body").inner_text(), words
        return words

    def fetch(self, url: str) -> tuple[int, str]:
        """Ask for an address with this browser's cookies, as a link to a file does."""
        got = self.page.request.get(url, max_redirects=0)
        self.bodies.append(got.body())
        return got.status, got.text()

    def _kept_bodies(self) -> list[Response]:
        """The responses that are not the framework's own files; a body that cannot be read fails the test."""
        kept = [response for response in self._responses if FRAMEWORK not in response.url]
        for response in kept:
            if MEDIA in response.url:  # the page asks whether it is there, and reads it only on a click
                self.fetch(response.url)
            elif response.status not in WITHOUT_BODY:
                self.bodies.append(response.body())
        return kept


def _drawings(frames: list[bytes]) -> tuple[str, ...]:
    """The elements that a run sent, in order, without what differs from session to session."""
    messages = [ForwardMsg.FromString(frame) for frame in frames]
    return tuple(STYLER.sub("", str(message.delta)) for message in messages if message.WhichOneof("type") == "delta")
