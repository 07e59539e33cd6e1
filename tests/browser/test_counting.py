"""People counted on a telephone: two who press at once lose nothing, a double click is one, the keyboard stays put."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PHONE, settled
from tests.browser.stage import BEGUN, enter, exercise_at
from tests.browser.walk import PATIENCE_MS, Exercise

pytestmark = [pytest.mark.browser, pytest.mark.heavy]
THUMB = 44  # pixels


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exercise]:
    with exercise_at(tmp_path_factory.mktemp("counting"), actions=40) as exercise:
        yield exercise


@pytest.fixture
def at_the_door(at_width: Callable[..., BrowserContext], exercise: Exercise) -> Callable[[str], Page]:
    def open_tab(who: str) -> Page:
        page = enter(at_width(PHONE, "light"), exercise, who).new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.goto(f"{exercise.address}/action?ref={BEGUN}&tab=On%20the%20day")
        settled(page)
        return page

    return open_tab


def shows(page: Page, words: str) -> None:
    expect(page.locator(".st-key-day-counts").get_by_text(words, exact=True)).to_be_visible(timeout=PATIENCE_MS)


def press(page: Page, label: str, then: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()
    shows(page, then)


def test_two_telephones_count_and_see_each_others_numbers(at_the_door: Callable[[str], Page]) -> None:
    silver, cell = at_the_door("silver"), at_the_door("cell")
    shows(silver, "0 left")

    silver.get_by_role("button", name="+1 left", exact=True).click()
    cell.get_by_role("button", name="+1 left", exact=True).click()

    shows(silver, "2 left")  # without a press: the page looks again
    shows(cell, "2 left")
    box = silver.get_by_role("button", name="+1 left", exact=True).bounding_box()
    assert box is not None
    assert box["height"] >= THUMB


def test_a_double_click_is_one_and_two_presses_are_two(at_the_door: Callable[[str], Page]) -> None:
    page = at_the_door("silver")
    shows(page, "0 in hospital")

    page.get_by_role("button", name="+1 hospital", exact=True).dblclick()
    shows(page, "1 in hospital")
    page.wait_for_timeout(1_000)
    shows(page, "1 in hospital")
    press(page, "+1 hospital", "2 in hospital")


def test_the_keyboard_stays_on_the_button(at_the_door: Callable[[str], Page]) -> None:
    page = at_the_door("silver")
    more = page.get_by_role("button", name="+1 arrested", exact=True)

    more.focus()
    for number in (1, 2):
        page.keyboard.press("Enter")
        shows(page, f"{number} arrested and screened as possible victims")
        page.wait_for_timeout(400)

    expect(more).to_be_focused()
