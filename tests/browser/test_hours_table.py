"""The table of hours in a real browser: a cell is typed over by keyboard and kept; a phone has the form instead."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page
from sqlmodel import col, select

from planner.models.directory import Agency, Availability
from tests.browser.conftest import PHONE, settled
from tests.browser.stage import enter, exercise_at
from tests.browser.walk import PATIENCE_MS, Exercise

pytestmark = [pytest.mark.browser, pytest.mark.heavy]
SMALL = 40
ROW, HEADING = 35, 36  # pixels of a line of the table
OVERLAY = "input.gdg-input"
BEFORE_THE_LAST = 170  # pixels from the right edge: in Actions a day


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exercise]:
    with exercise_at(tmp_path_factory.mktemp("hours"), actions=SMALL) as exercise:
        yield exercise


def seat(context: BrowserContext, exercise: Exercise) -> Page:
    page = enter(context, exercise, "cell").new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{exercise.address}/directory?tab=Availability")
    settled(page)
    return page


def capacity(exercise: Exercise, name: str) -> int | None:
    with exercise.database.read() as session:
        query = select(Availability.actions_a_day).join(Agency, col(Agency.id) == col(Availability.agency_id))
        return session.exec(query.where(Agency.name == name)).one()


def test_a_cell_is_typed_over_by_keyboard_and_kept(at_width: Callable[..., BrowserContext], exercise: Exercise) -> None:
    page = seat(at_width(), exercise)
    table = page.get_by_test_id("stDataFrame")
    box = table.bounding_box() or {}
    page.mouse.click(box["x"] + box["width"] - BEFORE_THE_LAST, box["y"] + HEADING + 3.5 * ROW)
    page.locator('[role="gridcell"][aria-selected="true"]').wait_for(state="attached")

    page.keyboard.press("7")
    page.locator(OVERLAY).wait_for()
    page.keyboard.press("Enter")
    listed = page.get_by_text(", 7 actions a day.").inner_text()
    page.get_by_role("button", name="Keep 1 row").click()
    page.get_by_text("The hours of 1 agency are kept.").wait_for()

    assert capacity(exercise, listed.partition(": ")[0]) == 7


def test_a_phone_has_the_form_and_not_the_table(at_width: Callable[..., BrowserContext], exercise: Exercise) -> None:
    page = seat(at_width(PHONE), exercise)

    page.get_by_text("Say when an agency can be asked").click()

    page.get_by_role("button", name="Keep these hours").wait_for()
    assert not page.get_by_test_id("stDataFrame").is_visible()
