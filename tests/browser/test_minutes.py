"""Minutes in a real browser: issued by the cell, read and received on a partner's phone, and what the two PDFs hold."""

import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
import sqlalchemy as sa
from playwright.sync_api import BrowserContext, Page
from pypdf import PdfReader
from sqlmodel import col, select

from planner.models.conferences import Conference
from planner.models.directory import Agreement
from planner.models.minutes import MinutesCopy, MinutesIssue
from planner.rules.words import AttendanceState
from planner.services import attendance
from planner.work import Desk, utc_now
from tests.browser.conftest import DESK, PHONE, axe_findings, scrolls_sideways, settled
from tests.browser.stage import REFERENCE, enter, exercise_at
from tests.browser.walk import PATIENCE_MS, Exercise, person

pytestmark = [pytest.mark.browser, pytest.mark.heavy]
SMALL = 300
SAID, DISSENT = "Two places are confirmed.", "We would wait for the third place."


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exercise]:
    with exercise_at(tmp_path_factory.mktemp("minutes"), actions=SMALL, prepare=prepare) as exercise:
        yield exercise


def prepare(exercise: Exercise) -> None:
    """Health comes as well, so that the conference whose agenda is open is quorate."""
    with Desk(exercise.database, person(exercise, "cell")).writing() as work:
        seat = attendance.Seat("X-HEALTH-west_midlands", AttendanceState.ATTENDED, True, False, True)
        assert attendance.take_seat(work, meeting(exercise), seat, held_now=True) == ()


def meeting(exercise: Exercise) -> int:
    with exercise.database.read() as session:
        return session.exec(select(Conference.id).where(col(Conference.opened_at).is_not(None))).one() or 0


def opened(context: BrowserContext, exercise: Exercise, who: str, path: str) -> Page:
    page = enter(context, exercise, who).new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{exercise.address}/{path}")
    settled(page)
    return page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    settled(page)


def read_here(page: Page, name: str) -> None:
    page.get_by_text(name, exact=True).click()
    page.get_by_role("heading", name="1 The conference").wait_for()
    settled(page)


def pdf_of(page: Page, exercise: Exercise, number: int, why: str) -> str:
    answer = page.request.get(f"{exercise.address}/files/minutes/{number}.pdf/{quote(why)}")
    assert answer.ok
    return " ".join(" ".join(each.extract_text().split()) for each in PdfReader(io.BytesIO(answer.body())).pages)


def test_minutes_go_from_the_chairs_screen_to_a_partners_phone(
    at_width: Callable[..., BrowserContext], exercise: Exercise
) -> None:
    found: list[Any] = []
    cell = opened(at_width(DESK), exercise, "cell", f"conferences?conference={meeting(exercise)}")
    press(cell, "Issue the minutes")
    read_here(cell, "Read my copy here")
    found += axe_findings(cell)
    with exercise.database.read() as session:
        number = session.exec(select(MinutesIssue.id)).one() or 0

    phone = opened(at_width(PHONE, "dark"), exercise, "partner", "my_part")
    read_here(phone, "Read our copy here")
    found += axe_findings(phone)
    sideways = scrolls_sideways(phone)
    press(phone, "We have it: take receipt")

    assert found == []
    assert not sideways
    whole, agreed = pdf_of(cell, exercise, number, "For the file"), pdf_of(phone, exercise, number, "Ours")
    with exercise.database.write() as session:
        session.execute(sa.update(Agreement).values(valid_to=utc_now().date() - timedelta(days=1)))
    without = pdf_of(phone, exercise, number, "Ours")
    words = (SAID, DISSENT, REFERENCE)
    held = {name: [word in text for word in words] for name, text in (("cell", whole), ("agreed", agreed))}
    assert held == {"cell": [True, True, True], "agreed": [True, True, False]}
    assert [word for word in words if word in without] == []
    with exercise.database.read() as session:
        received = session.exec(select(MinutesCopy).where(col(MinutesCopy.received_at).is_not(None))).all()
    assert [row.received_by for row in received] == [person(exercise, "partner")]
