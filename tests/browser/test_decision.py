"""Gold's decision on a real page: a refusal leaves every button, and what is open, where it was."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.stage import REFERENCE, enter, exercise_at
from tests.browser.walk import PATIENCE_MS, Exercise, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.heavy]
NO_REASON = "An override needs a reason of at least 10 characters; it prints on the order."


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exercise]:
    with exercise_at(tmp_path_factory.mktemp("decision"), actions=60) as found:
        yield found


def test_after_a_refusal_the_next_press_answers_in_the_form_that_is_open(
    at_width: Callable[..., BrowserContext], exercise: Exercise
) -> None:
    page = enter(at_width(), exercise, "gold").new_page()
    page.set_default_timeout(PATIENCE_MS)
    gold = Visitor(page, exercise.address)
    gold.open(f"go_ahead?ref={REFERENCE}")
    gold.press("Give the go-ahead")
    page.get_by_text(f"{REFERENCE} is not ready").wait_for()

    gold.press("Override a check…")
    gold.press("Override this check")

    page.get_by_text(NO_REASON).wait_for()
    assert page.get_by_role("button", name="Override this check").is_visible()
    assert not page.get_by_role("button", name="Send it back to Silver").is_visible()


def test_a_form_that_is_done_with_opens_no_other_in_its_place(
    at_width: Callable[..., BrowserContext], exercise: Exercise
) -> None:
    page = enter(at_width(), exercise, "gold").new_page()
    page.set_default_timeout(PATIENCE_MS)
    gold = Visitor(page, exercise.address)
    gold.open(f"go_ahead?ref={REFERENCE}")
    gold.press("Override a check…")

    for check in ("Conference", "Roles", "Care"):
        gold.choose("Check", check)
        page.get_by_role("textbox", name="Reason", exact=True).fill("Agreed by voice at noon.")
        gold.press("Override this check")
        gold.is_told(f"{check} is overridden for this slot.")

    assert page.get_by_test_id("stPopoverBody").count() == 0
