"""A newcomer finds on Today what needs their post, and the first thing on it leads to where it is done."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import PHONE, settled
from tests.browser.stage import enter, exercise_at
from tests.browser.walk import PATIENCE_MS, Exercise

pytestmark = [pytest.mark.browser, pytest.mark.heavy]
# Who has something to do this morning, and where the first of it leads.
POSTS = {
    "silver": ("/action", "/go_ahead"),
    "gold": ("/go_ahead",),
    "cell": ("/action", "/conferences", "/go_ahead"),
    "care": ("/action", "/care"),
    "partner": ("/my_part",),
    "officer": ("/my_part",),
    "provider": ("/care",),
}


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exercise]:
    with exercise_at(tmp_path_factory.mktemp("tour"), actions=60) as found:
        yield found


@pytest.mark.parametrize("who", POSTS)
def test_the_first_thing_on_today_leads_to_where_it_is_done(
    at_width: Callable[..., BrowserContext], exercise: Exercise, who: str
) -> None:
    size = (PHONE, "light") if who in ("partner", "provider") else ()
    page = enter(at_width(*size), exercise, who).new_page()
    page.set_default_timeout(PATIENCE_MS)

    page.goto(exercise.address)
    settled(page)
    expect(page.get_by_text("need you.").or_(page.get_by_text("needs you.")).first).to_be_visible()
    primary, begun = page.locator(".tasks a.primary"), page.url
    expect(primary).to_have_count(1)
    before = page.evaluate("history.length")
    page.evaluate("window.sameSession = true")
    primary.click()
    page.wait_for_url(lambda url: url.split("?")[0] != f"{exercise.address}/")
    settled(page)

    assert page.url.removeprefix(exercise.address).split("?")[0] in POSTS[who]
    assert "Not found" not in page.locator("h1").first.inner_text()
    expect(page.get_by_text("✕ Refused")).to_have_count(0)
    assert page.evaluate("[history.length, window.sameSession]") == [before + 1, True]
    page.go_back()
    page.wait_for_url(begun)
    expect(primary).to_be_visible()


def test_a_stranger_finds_that_nothing_is_for_them(at_width: Callable[..., BrowserContext], exercise: Exercise) -> None:
    page = enter(at_width(), exercise, "stranger").new_page()

    page.goto(exercise.address)
    settled(page)

    expect(page.get_by_text("Nothing here is for you yet.")).to_be_visible()
