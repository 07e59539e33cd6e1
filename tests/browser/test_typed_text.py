"""What was being typed when a session ended is back after signing in again: for the same person alone."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.stage import REFERENCE, enter, exercise_at
from tests.browser.walk import PASSWORD, PATIENCE_MS, Exercise

TYPED = "The lead is on leave until Thursday."
FIELD = "Why it waits or will not happen"
SMALL = 40


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exercise]:
    with exercise_at(tmp_path_factory.mktemp("exercise"), actions=SMALL) as found:
        yield found


def begin_to_type(page: Page, exercise: Exercise) -> None:
    page.goto(f"{exercise.address}/action?ref={REFERENCE}&tab=Move+and+begin")
    field = page.get_by_label(FIELD).first
    field.wait_for(timeout=PATIENCE_MS)
    field.fill(TYPED)
    page.wait_for_timeout(2500)  # it is looked at every second


def end_session(page: Page, exercise: Exercise) -> None:
    """As an idle session ends: elsewhere, while the page is open."""
    page.request.post(f"{exercise.address}/logout")
    page.get_by_role("heading", name="You are signed out").wait_for(timeout=PATIENCE_MS)
    page.wait_for_timeout(1500)


def sign_in_again(page: Page, name: str) -> None:
    page.get_by_role("link", name="Sign in again").click()
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label(FIELD).first.wait_for(timeout=PATIENCE_MS)


def test_what_was_typed_is_back_after_signing_in_again(
    at_width: Callable[..., BrowserContext], exercise: Exercise
) -> None:
    page = enter(at_width(), exercise, "silver").new_page()
    begin_to_type(page, exercise)
    end_session(page, exercise)

    sign_in_again(page, "silver")

    expect(page.get_by_label(FIELD).first).to_have_value(TYPED, timeout=PATIENCE_MS)
    expect(page.get_by_role("status").filter(has_text="What you were typing is back.")).to_be_visible()
    assert page.evaluate("Object.entries(sessionStorage)") == []


def test_another_person_at_the_same_screen_gets_nothing_of_it(
    at_width: Callable[..., BrowserContext], exercise: Exercise
) -> None:
    page = enter(at_width(), exercise, "silver").new_page()
    begin_to_type(page, exercise)
    end_session(page, exercise)

    sign_in_again(page, "gold")
    page.wait_for_timeout(3000)

    expect(page.get_by_label(FIELD).first).to_have_value("")
    assert page.evaluate("Object.entries(sessionStorage)") == []


def test_while_the_session_lives_nothing_typed_is_kept_in_the_browser(
    at_width: Callable[..., BrowserContext], exercise: Exercise
) -> None:
    page = enter(at_width(), exercise, "silver").new_page()

    begin_to_type(page, exercise)

    assert page.evaluate("JSON.stringify([sessionStorage, localStorage])").count(TYPED) == 0
