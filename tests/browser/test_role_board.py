"""The role board in a browser: its filter stands in the address and stays from tab to tab; each way leads to Roles."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import settled
from tests.browser.stage import enter, exercise_at
from tests.browser.walk import PATIENCE_MS, Exercise
from tests.posts import ask_for_posts

pytestmark = [pytest.mark.browser, pytest.mark.heavy]
SMALL = 300
CHOSEN = "Posts missing"


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exercise]:
    def ask(exercise: Exercise) -> None:
        ask_for_posts(exercise.database, 1)

    with exercise_at(tmp_path_factory.mktemp("board"), actions=SMALL, prepare=ask) as found:
        yield found


@pytest.fixture
def board(at_width: Callable[..., BrowserContext], exercise: Exercise) -> Page:
    page = enter(at_width(), exercise, "silver").new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{exercise.address}/roles")
    settled(page)
    return page


def test_a_filter_stands_in_the_address_and_stays_when_the_tab_changes(board: Page) -> None:
    choice = board.get_by_role("radio", name=CHOSEN).or_(board.get_by_role("button", name=CHOSEN))
    choice.click()
    board.wait_for_url("**wrong=Posts+missing**")

    board.get_by_role("tab", name="Whom to chase").click()
    board.wait_for_url("**show=Whom+to+chase**")
    settled(board)

    assert "wrong=Posts+missing" in board.url
    board.reload()
    settled(board)
    expect(board.get_by_role("tab", name="Whom to chase")).to_have_attribute("aria-selected", "true")
    expect(choice).to_be_checked()


def test_whom_to_chase_is_reminded_and_the_next_one_comes_up(board: Page) -> None:
    board.get_by_role("tab", name="Whom to chase").click()
    chase = board.get_by_role("button", name="Remind them", exact=True)
    chase.first.wait_for()
    before = board.locator('[class*="st-key-chase-"] [data-testid="stText"]').first.text_content()

    chase.first.click()

    board.get_by_text("is reminded of").wait_for()
    settled(board)
    assert board.locator('[class*="st-key-chase-"] [data-testid="stText"]').first.text_content() != before


@pytest.mark.parametrize("way", ["a row", "whom to chase"])
def test_each_way_opens_the_actions_roles(board: Page, way: str) -> None:
    if way == "a row":
        board.locator(".rows-board a").first.click()
    else:
        board.get_by_role("tab", name="Whom to chase").click()
        board.get_by_role("link", name="Open WM-").first.click()

    board.wait_for_url("**/action?**")
    settled(board)
    expect(board.get_by_role("tab", name="Roles", exact=True)).to_have_attribute("aria-selected", "true")
