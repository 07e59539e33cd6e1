"""Places by night in a real browser: one stop for the Tab key, arrows inside, a night opened and said by keyboard."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import DESK, PHONE, scrolls_sideways, settled
from tests.browser.stage import enter, exercise_at
from tests.browser.walk import PATIENCE_MS, Exercise, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.heavy]
SMALL = 40
FOCUSED = "document.activeElement?.dataset?.pick ?? ''"


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exercise]:
    with exercise_at(tmp_path_factory.mktemp("nights"), actions=SMALL) as exercise:
        yield exercise


def seat(context: BrowserContext, exercise: Exercise) -> Page:
    page = enter(context, exercise, "cell").new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{exercise.address}/care?tab=Places+by+night")
    settled(page)
    return page


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_night_is_opened_and_said_by_keyboard_alone(
    at_width: Callable[..., BrowserContext], exercise: Exercise, size: tuple[int, int]
) -> None:
    page = seat(at_width(size), exercise)
    page.get_by_role("button", name="Later fortnight").focus()

    page.keyboard.press("Tab")
    first = page.evaluate(FOCUSED)
    for key in ("ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    chosen = page.evaluate(FOCUSED)
    page.keyboard.press("Enter")
    unit, night = chosen.split()

    expect(page.locator(".nights-said")).to_contain_text(f"Unit {unit}, the night of ")
    expect(page.locator(".nights-said")).to_contain_text(" free")
    expect(page.get_by_role("heading", name=f"Unit {unit}, the night of ")).to_be_in_viewport()
    assert (first[:4], unit) == ("U001", "U002")
    assert night > first.split()[1]
    assert page.evaluate(FOCUSED) == chosen
    assert page.locator('.nights a[aria-current="true"]').get_attribute("data-pick") == chosen
    assert not scrolls_sideways(page)
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == ""
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(FOCUSED) == chosen


def test_the_filter_stays_open_from_one_choice_to_the_next(
    at_width: Callable[..., BrowserContext], exercise: Exercise
) -> None:
    visitor = Visitor(seat(at_width(), exercise), exercise.address)
    visitor.page.get_by_text("Filter", exact=True).click()
    settled(visitor.page)

    visitor.choose("Serving", "Midlands and East of England")
    visitor.choose("Taking", "Men")

    visitor.is_told("Midlands and East of England, men, 14 nights from ")
