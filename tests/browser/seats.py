"""Browsers that hold nothing of who sat there before but the framework's code.

To fetch and compile that code takes two thirds of what a visit costs, and the page that has it is quick from then on.
So a page that was only looked at and pressed is emptied and kept for the next test; where a test listened to it, or
changed what it is given, it is closed.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page
from playwright.sync_api import Error as PlaywrightError

MOST_IDLE = 4
PATIENCE_MS = 30_000  # playwright's own
NOWHERE = "about:blank"
EMPTY = "() => { localStorage.clear(); sessionStorage.clear(); }"
# What stays with a page or a browser when all that is stored in it is gone.
LASTING = ("on", "once", "route", "route_web_socket", "add_init_script", "expose_function", "expose_binding")
OF_CONTEXT = (*LASTING, "new_cdp_session", "set_offline", "set_extra_http_headers", "grant_permissions")
OF_PAGE = (*LASTING, "emulate_media", "set_extra_http_headers")


@dataclass
class Seat:
    """A browser with its first page; `asked` is what it was opened with, `changed` that it must not be kept."""

    context: BrowserContext
    page: Page
    asked: dict[str, Any]
    changed: bool = False
    is_given: bool = False

    def watch(self) -> None:
        """Its page is the first that is asked for; whatever would outlast a visit is noticed."""
        another = self.context.new_page

        def new_page() -> Page:
            is_first, self.is_given = not self.is_given, True
            return self.page if is_first else another()

        self.context.new_page = new_page  # type: ignore[method-assign]
        for target, names in ((self.context, OF_CONTEXT), (self.page, OF_PAGE)):
            for name in names:
                setattr(target, name, self._noticed(getattr(target, name)))

    def _noticed(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def called(*args: Any, **named: Any) -> Any:
            self.changed = True
            return method(*args, **named)

        return called

    def empty(self) -> None:
        """Nobody is signed in, nothing is stored, one page is open and shows nothing."""
        for page in self.context.pages:
            if page is not self.page:
                page.close()
        if self.page.url.startswith("http"):
            self.page.evaluate(EMPTY)
        self.context.clear_cookies()
        self.page.goto(NOWHERE)
        self.page.set_viewport_size(self.asked["viewport"])
        self.page.set_default_timeout(PATIENCE_MS)
        self.is_given = False


@dataclass
class Seats:
    """Those of one process: taken for a test or a module, given back in the end."""

    browser: Browser
    idle: list[Seat] = field(default_factory=list)
    taken: list[Seat] = field(default_factory=list)

    def take(self, **asked: Any) -> BrowserContext:
        """A browser that was opened like this, used before or new."""
        seat = next((seat for seat in self.idle if seat.asked == asked), None)
        if seat is None:
            context = self.browser.new_context(**asked)
            seat = Seat(context, context.new_page(), asked)
            seat.watch()
        else:
            self.idle.remove(seat)
        self.taken.append(seat)
        return seat.context

    def give_back(self, context: BrowserContext) -> None:
        seat = next(seat for seat in self.taken if seat.context is context)
        self.taken.remove(seat)
        if seat.changed or not self._is_left_empty(seat):
            context.close()
            return
        self.idle.append(seat)
        if len(self.idle) > MOST_IDLE:
            self.idle.pop(0).context.close()

    @staticmethod
    def _is_left_empty(seat: Seat) -> bool:
        with suppress(PlaywrightError):  # its page was closed, or its server is gone
            seat.empty()
            return True
        return False
