"""The Actions page in Chromium against an empty page of the same frame, server and session; then its totals."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, sync_playwright

from planner.settings import ROOT
from tests.benchmarks.table import Row, in_turn
from tests.browser.conftest import DESK, FLAGS, serving
from tests.browser.walk import Visitor
from tests.needs import chromium

BUDGETS = {1: 1.15, 10: 1.25}
TOTALS_SECONDS = 1.5
NIGHTS = 1.25
TOTALS = "By force"
EMPTY = 'import streamlit as st\n\nst.title("Empty", anchor=False)\n'
CLICK = """import streamlit as st

st.title("Click", anchor=False)
if st.button("Again"):
    st.session_state["clicks"] = st.session_state.get("clicks", 0) + 1
st.text(f"Clicked {st.session_state.get('clicks', 0)}.")
"""
BARE = {"empty": EMPTY, "click": CLICK}
LISTED = """
from planner.rules import access
from planner.ui.desk import PAGES, Page

for name in ("empty", "click"):
    PAGES[name] = Page(name.capitalize())
    access.PAGES[name] = ()
"""
# Seen from inside the page, at every frame. Either page is drawn when its heading and the last of the frame round it
# are on the screen and its script rests; then the Actions page must show its rows too.
WATCH = """
window.rests = () => document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "notRunning";
window.framed = (heading) => rests() && document.querySelector("h1")?.textContent === heading
  && document.querySelector('a[href="/logout"]')?.getBoundingClientRect().height > 0;
window.says = (words) =>
  [...document.querySelectorAll('[data-testid="stText"]')].some((text) => text.textContent.includes(words));
window.gates = () => [...document.querySelectorAll(".rows tbody tr")]
  .filter((row) => /^[✓✕]/.test(row.cells[3].textContent) && row.getBoundingClientRect().height > 0);
window.shown = (css) =>
  [...document.querySelectorAll(css)].filter((each) => each.getBoundingClientRect().height > 0).length;
window.tiles = () => shown(".calendar .tile");
window.when = (is_so) => new Promise((tell, give_up) => {
  const look = () => (is_so() ? tell(performance.now()) : requestAnimationFrame(look));
  setTimeout(() => give_up(new Error(`not on the screen within a minute: ${is_so}`)), 60_000);
  look();
});
"""
EMPTY_DRAWN = """() => when(() => framed("Empty"))"""
ACTIONS_DRAWN = """() => when(() => framed("Actions") && says("showing 50") && gates().length === 50)"""
NIGHTS_DRAWN = """() => when(() => framed("Care") && document.querySelectorAll(".nights tbody tr").length === 15
  && document.querySelector(".nights td a").getBoundingClientRect().height > 0)"""
TODAY_DRAWN = """() => when(() => framed("Today") && says("need you.")
  && shown(".tasks li a") > 0 && shown(".figures dd") === 4)"""
GO_AHEAD_DRAWN = """() => when(() => framed("Go-ahead: action WM-0001") && says("Immigration enforcement:")
  && document.querySelectorAll(".st-key-gate tbody tr").length > 10)"""
CALENDAR_DRAWN = """() => when(() => framed("Calendar") && tiles() > 40)"""
TOTALS_DRAWN = """() => when(() => document.querySelector('[data-testid="stVegaLiteChart"] svg .mark-rect path'))"""


def rows(scale: int, rounds: int, settings: dict[str, str], places: str) -> list[Row]:
    """From navigation to the first 50 rows with their gates on the screen, warm; then to the totals after a click.

    And to the first units of the national capacity; `places` says how many there are.
    """
    with signed_in(settings) as (context, address):
        totals: list[float] = []

        def actions() -> float:
            with opened(context, f"{address}/actions") as page:
                taken = float(page.evaluate(ACTIONS_DRAWN))
                page.get_by_role("tab", name=TOTALS).wait_for()
                totals.append(_totals(page))
            return taken

        def empty() -> float:
            with opened(context, f"{address}/empty") as page:
                return float(page.evaluate(EMPTY_DRAWN))

        def nights() -> float:
            return other("care?tab=Places+by+night", NIGHTS_DRAWN)

        def other(path: str, is_drawn: str) -> float:
            with opened(context, f"{address}/{path}") as page:
                return float(page.evaluate(is_drawn))

        def today() -> float:
            return other("", TODAY_DRAWN)

        def one_page() -> float:
            return other("go_ahead?ref=WM-0001", GO_AHEAD_DRAWN)

        def calendar() -> float:
            return other("calendar", CALENDAR_DRAWN)

        in_turn(1, empty, actions, nights, today, one_page, calendar)  # the first of each fills caches
        totals.clear()
        drawn, nothing, capacity, mine, decides, month = in_turn(
            rounds, actions, empty, nights, today, one_page, calendar
        )
        (counted,) = in_turn(len(totals), lambda: totals.pop())
    times = f"{drawn:.0f} ms against {nothing:.0f} ms"
    others = {
        "Today": mine,
        "Go-ahead, one action with its gate": decides,
        "Calendar, a month with its gates and places": month,
    }
    return [
        Row(
            "Actions page, 50 rows with their gates, against an empty one", drawn / nothing, BUDGETS[scale], "x", times
        ),
        Row("Totals by force, after the click", counted, TOTALS_SECONDS, "s"),
        Row(
            "Places by night, first units, against an empty page",
            capacity / nothing,
            NIGHTS,
            "x",
            f"{capacity:.0f} ms against {nothing:.0f} ms; {places}",
        ),
        *(
            Row(f"{name}, against an empty page", taken / nothing, BUDGETS[scale], "x", f"{taken:.0f} ms")
            for name, taken in others.items()
        ),
    ]


def _totals(page: Page) -> float:
    begun = page.evaluate("performance.now()")
    page.get_by_role("tab", name=TOTALS).click()
    return (float(page.evaluate(TOTALS_DRAWN)) - begun) / 1000


@contextmanager
def opened(context: BrowserContext, address: str) -> Iterator[Page]:
    page = context.new_page()
    page.goto(address, wait_until="commit")
    yield page
    page.close()


@contextmanager
def signed_in(settings: dict[str, str]) -> Iterator[tuple[BrowserContext, str]]:
    """The duty officer of the national cell, who sees every action, at a browser of the desk's size."""
    width, height = DESK
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(_site(Path(folder)), settings, log=Path(folder, "log")) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(whole=True), args=FLAGS)
        context = browser.new_context(viewport={"width": width, "height": height}, bypass_csp=True)
        context.add_init_script(WATCH)
        Visitor(context.new_page(), address).sign_in("cell").page.close()
        yield context, address
        browser.close()


def _site(folder: Path) -> Path:
    """The product's own site with two pages more: a heading and nothing else, and a button that counts its clicks."""
    shutil.copytree(ROOT / "pages", folder / "pages")
    for name, code in BARE.items():
        (folder / "pages" / f"{name}.py").write_text(code)
    script = folder / "streamlit_app.py"
    script.write_text(LISTED + (ROOT / "streamlit_app.py").read_text())
    return script
