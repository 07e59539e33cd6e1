"""Every page in a real browser: axe finds nothing against WCAG 2.2 A and AA, and a phone never scrolls sideways."""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import product
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import BrowserContext, Page

from planner.db import Database
from planner.migrations import upgrade
from planner.services.reference import load_reference
from planner.settings import ROOT as HOME
from planner.ui.action_tabs import TABS
from planner.ui.desk import PAGES
from planner.ui.directory_tabs import TABS as DIRECTORY_TABS
from planner.ui.operation_tabs import TABS as OPERATION_TABS
from planner.ui.record_tabs import TABS as RECORD_TABS
from tests.browser.conftest import DESK, PHONE, ROOT, axe_findings, go_on, opening, scrolls_sideways, serving, settled
from tests.browser.seats import NOWHERE, Seats
from tests.browser.stage import BEGUN, MISSING, REFERENCE, enter, exercise_at
from tests.browser.walk import PATIENCE_MS, Exercise

pytestmark = [pytest.mark.browser, pytest.mark.heavy]
VIEWS = [(scheme, size) for scheme, size in product(("light", "dark"), (DESK, PHONE))]
SMALL = 300  # actions; the full size has all of them
# Open what is folded: axe judges only what is drawn.
UNFOLD = "[...document.querySelectorAll('details:not([open]) > summary')].forEach(each => each.click())"
PLANTED = """() => document.querySelector("[data-testid=stForm]").insertAdjacentHTML("beforeend",
  '<img src="data:,"><input><p style="color:#bbb;background:#fff;width:900px">Too pale and too wide</p>')"""


class Sight(NamedTuple):
    """A page as one person sees it, with a tab pressed first, then a button or what looks like one."""

    who: str
    path: str
    tab: str = ""
    button: str = ""

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.who, self.path or "today", self.tab, self.button) if part)


SIGHTS = (
    *(Sight(who, "") for who in ("gold", "silver", "cell", "partner", "provider", "stranger")),
    Sight("partner", "my_part"),
    Sight("provider", "my_part"),
    *(Sight("cell", "operation", tab) for tab in OPERATION_TABS),
    Sight("gold", "operation", "Policy"),
    *(Sight("silver", "actions", tab) for tab in ("All actions", "By force", "Plan an action", "Import a spreadsheet")),
    *(Sight(who, "actions", "Strike days") for who in ("silver", "cell")),
    *(Sight("silver", f"action?ref={REFERENCE}", tab) for tab in TABS),
    *(Sight(who, f"action?ref={BEGUN}", "On the day") for who in ("silver", "care", "gold")),
    Sight("silver", f"action?ref={MISSING}"),
    Sight("silver", "action"),
    *(Sight("silver", "calendar", tab) for tab in ("Calendar", "Take it out", "Feeds")),
    *(Sight("cell", "calendar", button=shape) for shape in ("Month", "Week", "Agenda")),
    Sight("cell", "calendar?filter=open"),
    *(Sight(who, "calendar") for who in ("partner", "provider")),
    *(Sight("silver", "roles", tab) for tab in ("Board", "Whom to chase", "Conditions", "All offers")),
    Sight("cell", "roles", button="Agencies"),
    *(
        Sight("cell", "conferences", tab)
        for tab in ("To come", "Undertakings", "Convene", "Replies", "Standing groups", "What they begin with")
    ),
    Sight("cell", f"action?ref={REFERENCE}", "Conference", button="Open the conference"),
    Sight("provider", "care"),
    *(Sight("cell", "care", tab) for tab in ("Bookings", "Places by night", "Reserves")),
    Sight("gold", f"go_ahead?ref={REFERENCE}"),
    Sight("gold", "go_ahead"),
    *(Sight("cell", "directory", tab) for tab in DIRECTORY_TABS),
    Sight("silver", "directory"),
    *(Sight("cell", "record", tab) for tab in RECORD_TABS),
    Sight("partner", "account"),
    Sight("cell", "accounts"),
    Sight("", "login"),
    Sight("", "actions"),
)
Sit = Callable[[str, str, tuple[int, int]], Page]


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory, full: bool) -> Iterator[Exercise]:
    with exercise_at(tmp_path_factory.mktemp("sights"), actions=None if full else SMALL) as exercise:
        yield exercise


@pytest.fixture(scope="module")
def seat(seats: Seats, exercise: Exercise) -> Iterator[Sit]:
    """The page of a browser in a scheme and a size; one after the other sits there, and goes from page to page."""
    with opening(seats) as open_context:
        sessions: dict[str, Any] = {}
        sitting: dict[Page, str] = {}

        @cache
        def opened(scheme: str, size: tuple[int, int]) -> Page:
            page = open_context(size, scheme).new_page()
            page.set_default_timeout(PATIENCE_MS)
            return page

        def sit(who: str, scheme: str, size: tuple[int, int]) -> Page:
            page = opened(scheme, size)
            if sitting.get(page) == who:
                return page
            sitting[page] = who
            page.goto(NOWHERE)
            page.context.clear_cookies()
            if who and who not in sessions:
                sessions[who] = enter(page.context, exercise, who).cookies()
            page.context.add_cookies(sessions.get(who, []))
            return page

        yield sit


def look_at(page: Page, address: str, sight: Sight) -> None:
    go_on(page, f"{address}/{sight.path}")
    if not sight.who:
        page.locator("h1").wait_for()
        return
    settled(page)
    if sight.tab:
        page.get_by_role("tab", name=sight.tab, exact=True).click()
        # A tab is drawn once it is open: without this wait an empty one would be judged.
        page.locator('[role="tabpanel"] [data-testid="stElementContainer"]:visible').first.wait_for()
        settled(page)
    if sight.button:
        button = page.get_by_role("radio", name=sight.button).or_(page.get_by_role("button", name=sight.button))
        button.or_(page.get_by_role("link", name=sight.button, exact=True)).first.click()
    page.evaluate(UNFOLD)
    settled(page)


def wrong_with(page: Page) -> list[str]:
    """What axe does not say: a page that broke or was not found has little in it to find fault with."""
    told = {"Something went wrong": "the page broke", "Page not found": "there is no such page"}
    found = [words for sentence, words in told.items() if page.get_by_text(sentence).count()]
    return found + (["the page scrolls sideways"] if scrolls_sideways(page) else [])


def views_of(number: int, full: bool) -> list[tuple[str, tuple[int, int]]]:
    """All four at the full size; otherwise a phone, in one scheme and, from page to page, the other."""
    return VIEWS if full else [(("light", "dark")[number % 2], PHONE)]


def test_every_page_is_looked_at() -> None:
    assert {sight.path.partition("?")[0] or "today" for sight in SIGHTS} == {*PAGES, "login"}


@pytest.mark.parametrize("number", range(len(SIGHTS)), ids=[sight.name for sight in SIGHTS])
def test_a_page_is_accessible_and_fits_a_phone(seat: Sit, exercise: Exercise, full: bool, number: int) -> None:
    sight, found = SIGHTS[number], []

    for scheme, size in views_of(number, full):
        page = seat(sight.who, scheme, size)
        look_at(page, exercise.address, sight)
        found += [f"{scheme} {size[0]}: {finding}" for finding in (*wrong_with(page), *axe_findings(page))]

    print(f"{sight.name}: {len(found)} findings", *found, sep="\n  ")  # noqa: T201
    assert found == []


def test_a_fault_that_is_planted_is_found(seat: Sit, exercise: Exercise) -> None:
    page = seat("silver", "light", PHONE)
    look_at(page, exercise.address, Sight("silver", f"action?ref={REFERENCE}", "Plan"))

    page.evaluate(PLANTED)

    assert wrong_with(page) == ["the page scrolls sideways"]
    assert {finding.partition(":")[0] for finding in axe_findings(page)} == {"image-alt", "label", "color-contrast"}


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: f"{view[0]} {view[1][0]}")
def test_the_set_up_page_is_accessible_and_fits_a_phone(
    at_width: Callable[..., BrowserContext], empty: str, view: tuple[str, tuple[int, int]]
) -> None:
    scheme, size = view
    page = at_width(size, scheme).new_page()
    page.goto(f"{empty}/setup")
    page.locator("h1").wait_for()

    assert not scrolls_sideways(page)
    assert axe_findings(page) == []


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server whose database has no account yet."""
    var = tmp_path_factory.mktemp("empty")
    database = Database(f"sqlite:///{var / 'planner.db'}")
    upgrade(database)
    with database.write() as session:
        load_reference(session, HOME / "data")
    database.dispose()
    with serving(ROOT / "streamlit_app.py", {"PLANNER_VAR": str(var)}, log=var / "log") as address:
        yield address
