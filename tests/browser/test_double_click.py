"""A double click whose second press waits behind a slow write: done once, and said as after a single click."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from sqlmodel import col, func, select

from planner.models.care import Hold
from planner.rules.words import HoldState
from tests.browser.conftest import DESK, settled
from tests.browser.stage import REFERENCE, enter, exercise_at
from tests.browser.walk import PATIENCE_MS, Exercise

pytestmark = [pytest.mark.browser, pytest.mark.heavy]
SLOW_MS = 700


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exercise]:
    with exercise_at(tmp_path_factory.mktemp("double"), actions=40) as exercise:
        yield exercise


@pytest.fixture
def page(at_width: Callable[..., BrowserContext], exercise: Exercise, request: pytest.FixtureRequest) -> Page:
    who, path = request.param
    page = enter(at_width(DESK, "light"), exercise, who).new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{exercise.address}/{path}")
    settled(page)
    return page


def press_twice(exercise: Exercise, page: Page, button: Locator) -> None:
    """Somebody else writes for a while: the first press waits for them, the second for the first."""
    with exercise.database.write() as session:
        session.exec(select(Hold.id)).first()  # the first statement takes the lock
        button.click()
        page.wait_for_timeout(SLOW_MS)  # the first press is being written when the second comes
        button.click()
        page.wait_for_timeout(SLOW_MS)
    settled(page)


def bookings(exercise: Exercise, *which: object) -> int:
    with exercise.database.read() as session:
        return int(session.exec(select(func.count()).select_from(Hold).where(*which)).one())


@pytest.mark.parametrize("page", [("provider", "care")], indirect=True)
def test_a_provider_that_confirms_twice_reads_that_it_is_confirmed(exercise: Exercise, page: Page) -> None:
    before = bookings(exercise, col(Hold.state) == HoldState.CONFIRMED)

    press_twice(exercise, page, page.get_by_role("button", name="Confirm", exact=True).first)

    expect(page.get_by_text("confirmed; the planners are told.")).to_be_visible()
    assert bookings(exercise, col(Hold.state) == HoldState.CONFIRMED) == before + 1


@pytest.mark.parametrize("page", [("silver", f"action?ref={REFERENCE}&tab=Care")], indirect=True)
def test_a_planner_who_presses_twice_books_once(exercise: Exercise, page: Page) -> None:
    before = bookings(exercise)

    press_twice(exercise, page, page.get_by_role("button", name="Hold places", exact=True))

    expect(page.get_by_text("The places are held until ")).to_be_visible()
    assert bookings(exercise) == before + 1
