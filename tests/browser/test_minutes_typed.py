"""Minutes typed by two people at once, while the server is away, past a refusal: no line is lost, none is doubled."""

import os
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlmodel import select

from planner.models.conferences import Conference
from planner.models.minutes import MinuteLine
from tests.browser.conftest import DESK, ROOT, await_answer, settled
from tests.browser.stage import enter, exercise_at
from tests.browser.walk import PATIENCE_MS, Exercise

pytestmark = [pytest.mark.browser, pytest.mark.heavy]
SECONDS = {False: 8, True: 300}
FIELD = "What is said"


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exercise]:
    with exercise_at(tmp_path_factory.mktemp("minutes"), actions=40) as exercise:
        yield exercise


def meeting(exercise: Exercise) -> int:
    """The conference that goes through its agenda."""
    with exercise.database.read() as session:
        found = session.exec(select(Conference.id).where(Conference.opened_at != None)).one()  # noqa: E711
    return found or 0


@pytest.fixture
def at_the_table(at_width: Callable[..., BrowserContext], exercise: Exercise) -> Callable[[str], Page]:
    def sit(who: str) -> Page:
        page = enter(at_width(DESK, "light"), exercise, who).new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.goto(f"{exercise.address}/conferences?conference={meeting(exercise)}")
        settled(page)
        return page

    return sit


def type_line(page: Page, text: str) -> None:
    page.get_by_label(FIELD).fill(text)
    page.get_by_label(FIELD).press("Enter")


def all_kept(page: Page) -> None:
    expect(page.locator(".lines li.waits")).to_have_count(0, timeout=PATIENCE_MS)


def kept(exercise: Exercise, begins: str) -> Counter[str]:
    with exercise.database.read() as session:
        return Counter(row.text for row in session.exec(select(MinuteLine)) if row.text.startswith(begins))


def test_two_people_type_at_once_and_no_line_is_lost(
    exercise: Exercise, at_the_table: Callable[[str], Page], full: bool
) -> None:
    pages = {"cell": at_the_table("cell"), "silver": at_the_table("silver")}
    typed: list[str] = []

    until = time.monotonic() + SECONDS[full]
    while time.monotonic() < until:
        for who, page in pages.items():
            typed.append(f"At once, {who} {len(typed)}.")
            type_line(page, typed[-1])
    for page in pages.values():
        all_kept(page)

    print(f"{len(typed)} lines typed by two people in {SECONDS[full]} s")
    assert kept(exercise, "At once") == Counter(typed)
    expect(pages["cell"].get_by_text(typed[-1])).to_be_visible()  # the other's last line appears by itself


def test_a_refused_line_stays_with_its_writer_and_holds_up_no_other(
    exercise: Exercise, at_the_table: Callable[[str], Page]
) -> None:
    page = at_the_table("cell")
    type_line(page, "Seen there: Anna Kowalska.")
    expect(page.locator(".lines li.refused")).to_have_count(1)

    type_line(page, "Past it: the van is booked.")
    all_kept(page)
    page.get_by_role("button", name="Change it").click()
    expect(page.get_by_label(FIELD)).to_have_value("Seen there: Anna Kowalska.")
    type_line(page, "Past it: one woman was seen there.")
    all_kept(page)

    assert kept(exercise, "Seen there") == Counter()
    assert sorted(kept(exercise, "Past it")) == ["Past it: one woman was seen there.", "Past it: the van is booked."]


def test_lines_typed_while_the_server_is_away_are_kept_once_it_is_back(
    at_width: Callable[..., BrowserContext], exercise: Exercise
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = _serve(port, exercise.var)
    page = enter(at_width(DESK, "light"), Exercise(f"http://127.0.0.1:{port}", exercise.var, exercise.database), "cell")
    tab = page.new_page()
    tab.set_default_timeout(PATIENCE_MS)
    tab.goto(f"http://127.0.0.1:{port}/conferences?conference={meeting(exercise)}")
    settled(tab)
    type_line(tab, "Before it went away.")
    all_kept(tab)

    _stop(server)
    for number in range(3):
        type_line(tab, f"While away {number}.")
    waiting = tab.locator(".lines li.waits").count()
    server = _serve(port, exercise.var)
    all_kept(tab)
    _stop(server)

    assert waiting == 3
    assert kept(exercise, "While away") == Counter(f"While away {number}." for number in range(3))


def _serve(port: int, var: Path) -> "subprocess.Popen[bytes]":
    kept_settings = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}
    settings = {**kept_settings, "PLANNER_VAR": str(var)}
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "streamlit_app.py"), "--server.port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    await_answer(f"http://127.0.0.1:{port}", process)
    return process


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.kill()
    process.wait(20)
