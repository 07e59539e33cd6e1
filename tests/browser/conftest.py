"""A real browser and a real server: pages at a desk's width and at a phone's, and what axe finds on them."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from planner.ui.desk import PAGES
from tests.browser.seats import Seats
from tests.needs import chromium, need

ROOT = Path(__file__).resolve().parent.parent.parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--in-process-gpu"]
DESK = (1280, 900)
PHONE = (390, 780)
HEIGHT = '(document.querySelector("[data-testid=stMain]") ?? document.documentElement).scrollHeight'
WIDTH = '(document.querySelector("[data-testid=stMain]") ?? document.documentElement).scrollWidth'
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
APP = '[data-testid="stApp"]'
# As links.js follows a link; done once the page's script has begun to run.
FOLLOWED = f"""(address) => new Promise((begun) => {{
  const state = {{ attributes: true, attributeFilter: ["data-test-script-state"] }};
  new MutationObserver((_, watch) => {{ watch.disconnect(); begun(); }}).observe(
    document.querySelector('{APP}'), state);
  history.pushState({{}}, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
}})"""
PATIENCE_SECONDS = 60
FIRST_PORT = 18_500
IDLE_MS = 5_000
# Our rules of style arrive after the words, and the dark scheme's after a second run.
DRESSED = """() => getComputedStyle(document.documentElement).getPropertyValue("--dressed").trim() ===
  (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")"""
# A link leads as any link does until links.js has come, which a busy machine may bring last.
LINKED = """() => !document.querySelector('script[src="/watch.js"]') || Object.hasOwn(history, "pushState")"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@contextmanager
def serving(script: Path, settings: dict[str, str] | None = None, log: Path | None = None) -> Iterator[str]:
    """A server for one script with the shipped settings; yields its address."""
    port = _port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}
    output = (log or Path(os.devnull)).open("wb")
    process = subprocess.Popen(
        command, cwd=ROOT, env={**kept, **(settings or {})}, stdout=output, stderr=subprocess.STDOUT
    )
    try:
        await_answer(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)
        output.close()


def _port() -> int:
    """The same one for each server of a process, so that browsers know its code; another while that one is taken."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # it may have been left a moment ago
        try:
            free.bind(("127.0.0.1", FIRST_PORT + int(worker)))
        except OSError:
            free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def await_answer(address: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < until:
        try:
            urlopen(address, timeout=5).close()
            return
        except HTTPError as answer:  # a refusal is an answer too
            answer.close()
            return
        except (URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"the server at {address} did not answer; it ended with {process.poll()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    need("browser")
    expect.set_options(timeout=PATIENCE_SECONDS * 1000)  # a busy machine is no fault of the page
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def seats(browser: Browser) -> Seats:
    return Seats(browser)


@pytest.fixture
def at_width(seats: Seats) -> Iterator[Callable[..., BrowserContext]]:
    """Open a browser of a given size, DESK or PHONE, and scheme, "light" or "dark", with nobody signed in."""
    with opening(seats) as open_context:
        yield open_context


@contextmanager
def opening(seats: Seats) -> Iterator[Callable[..., BrowserContext]]:
    """Browsers that are left in the end; one used for several pages keeps what it fetched, as everybody's does."""
    opened: list[BrowserContext] = []

    def open_context(size: tuple[int, int] = DESK, scheme: Any = "light", **more: Any) -> BrowserContext:
        width, height = size
        viewport: Any = {"width": width, "height": height}
        context = seats.take(viewport=viewport, color_scheme=scheme, **{"bypass_csp": True, **more})
        opened.append(context)
        return context

    yield open_context
    for context in opened:
        seats.give_back(context)


@pytest.fixture
def page(at_width: Callable[..., BrowserContext]) -> Page:
    return at_width(DESK).new_page()


@pytest.fixture
def phone(at_width: Callable[..., BrowserContext]) -> Page:
    return at_width(PHONE).new_page()


def is_plain(page: Page) -> bool:
    """Whether this is one of our few pages outside Streamlit."""
    return bool(page.evaluate('!document.querySelector("#root")'))


def go_on(page: Page, address: str) -> None:
    """To another page of the session that is open, as a link leads there: a third of what it costs to open it anew.

    From anywhere else, and to where it is already, it is opened; so is what is not drawn by Streamlit.
    """
    here, there = urlsplit(page.url), urlsplit(address)
    is_ours = there.path.strip("/") in ("", *PAGES)
    if is_ours and here[:2] == there[:2] and here[2:] != there[2:] and page.locator(APP).count():
        page.evaluate(FOLLOWED, address)
    else:
        page.goto(address)


def settled(page: Page) -> None:
    """Wait until the page is drawn, its script has come to rest and all code has been fetched."""
    page.locator("h1").first.wait_for()
    if is_plain(page):
        return
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    page.wait_for_function(DRESSED)
    page.wait_for_function(LINKED)
    # A download button asks whether its file is there and never reads the answer: such a page is never idle.
    with suppress(PlaywrightTimeout):
        page.wait_for_load_state("networkidle", timeout=IDLE_MS)
    page.wait_for_timeout(300)


def axe_findings(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA on the whole page; one line each, none when all is well."""
    before = page.viewport_size
    # axe cannot judge what is scrolled out of sight, nor what the bar at the bottom covers.
    tall = int(page.evaluate(HEIGHT)) + DESK[1]
    page.set_viewport_size({"width": before["width"] if before else DESK[0], "height": tall})
    settled(page)
    asked = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}  # the rest costs as much again
    response = Axe().run(page, options=asked).response
    if before:
        page.set_viewport_size(before)
    broken = [(found["id"], node) for found in response["violations"] for node in found["nodes"]]
    return [f"{rule}: {node['html'][:160]} {node['failureSummary']}" for rule, node in broken]


def scrolls_sideways(page: Page) -> bool:
    return bool(page.evaluate(f"Math.max({WIDTH}, document.documentElement.scrollWidth) > innerWidth"))


def keep_picture(page: Page, name: str) -> None:
    """Keep a screenshot in the folder that PICTURES names, for people to look at."""
    folder = os.environ.get("PICTURES")
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}.png"))
