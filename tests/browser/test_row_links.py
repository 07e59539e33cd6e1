"""A link of a row, a task or a way is one step of the browser's history; one press of Back leads to where it stood."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import go_on, settled
from tests.browser.stage import REFERENCE, enter, exercise_at
from tests.browser.walk import PATIENCE_MS, Exercise

pytestmark = [pytest.mark.browser, pytest.mark.heavy]


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exercise]:
    with exercise_at(tmp_path_factory.mktemp("rows"), actions=40) as exercise:
        yield exercise


@pytest.mark.parametrize(
    ("who", "path", "css", "level", "said"),
    [
        ("silver", "actions", ".rows-actions a", 1, f"Action {REFERENCE}"),
        ("cell", "conferences?tab=To+come", ".rows a", 1, " conference"),
        ("gold", "go_ahead", ".ways-waiting a", 1, f"Go-ahead: action {REFERENCE}"),
        ("silver", "roles?show=Whom+to+chase", ".ways-chase a", 1, "Action WM-"),
    ],
)
def test_one_press_of_back_leads_to_the_rows_again(
    at_width: Callable[..., BrowserContext], exercise: Exercise, who: str, path: str, css: str, level: int, said: str
) -> None:
    page = enter(at_width(), exercise, who).new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{exercise.address}/{path}")
    settled(page)
    rows = page.locator(css).filter(has_text=REFERENCE if who == "silver" else "")
    rows.first.wait_for()
    begun, before = page.url, page.evaluate("history.length")
    page.evaluate("window.sameSession = true")

    rows.first.dblclick()
    heading = page.get_by_role("heading", level=level)
    expect(heading).to_contain_text(said)
    settled(page)

    assert page.evaluate("[history.length, window.sameSession]") == [before + 1, True]
    page.go_back()
    page.wait_for_url(begun)
    expect(rows.first).to_be_visible()


def test_a_link_to_a_tab_opens_it_from_another_pages_tab_and_one_back_leads_to_that_again(
    at_width: Callable[..., BrowserContext], exercise: Exercise
) -> None:
    page = enter(at_width(), exercise, "silver").new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{exercise.address}/actions?tab=By+force")
    settled(page)
    before, tab = page.evaluate("history.length"), page.get_by_role("tab", selected=True)

    go_on(page, f"{exercise.address}/action?ref={REFERENCE}&tab=Plan")
    expect(tab).to_have_text("Plan")
    page.get_by_role("tab", name="Roles", exact=True).click()
    page.wait_for_url("**/action?ref=*&tab=Roles")
    settled(page)

    assert page.evaluate("history.length") == before + 1
    page.go_back()
    expect(tab).to_have_text("By force")


def test_with_a_key_held_a_task_opens_in_a_tab_of_its_own(
    at_width: Callable[..., BrowserContext], exercise: Exercise
) -> None:
    page = enter(at_width(), exercise, "gold").new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(exercise.address)
    settled(page)
    begun, before = page.url, page.evaluate("history.length")

    with page.context.expect_page() as coming:
        page.locator(".tasks a").first.click(modifiers=["ControlOrMeta"])

    other = coming.value
    expect(other.get_by_role("heading", level=1)).to_contain_text("Go-ahead: action")
    assert (page.url, page.evaluate("history.length")) == (begun, before)
