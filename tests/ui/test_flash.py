"""What is said of a press is said on the page where it was pressed, and follows nobody to another."""

from streamlit.testing.v1 import AppTest

from planner.settings import ROOT
from planner.ui.looks import FLASH
from tests.builders import World, an_action
from tests.ui.pages import opened, press
from tests.ui.test_directory_page import fill
from tests.ui.test_looks import KEEP, TITLE

DONE = "✓ Gold is no longer asked."
LOOKED = "✓ You looked at what was in question. Press the same button again to keep it."


def said(page: AppTest) -> list[str]:
    assert not page.exception
    return [text.value for text in page.text if text.value.startswith("✓ ")]


def asked_and_taken_back(world: World) -> AppTest:
    for reference in ("WM-0001", "WM-0002"):
        an_action(world, reference)
    page = press(opened(world, "action.py", reference="WM-0001"), "Ask for the go-ahead")
    return press(page, "Take the request back")


def at(page: AppTest, reference: str) -> AppTest:
    page.query_params["ref"] = reference
    return page.run()


def elsewhere(page: AppTest, file: str) -> AppTest:
    """Another page of the same session, as Back or a link leads to it."""
    other = AppTest.from_file(str(ROOT / "pages" / file), default_timeout=30)
    other.user = page.user
    for name in ("open_page", FLASH):
        other.session_state[name] = page.session_state[name]
    return other.run()


def test_it_stays_on_its_page_when_that_is_drawn_again(world: World) -> None:
    page = asked_and_taken_back(world)

    assert said(page) == [DONE]
    assert said(page.run()) == [DONE]


def test_the_page_of_another_action_says_nothing_of_it_and_neither_does_the_first_any_more(world: World) -> None:
    page = asked_and_taken_back(world)

    assert said(at(page, "WM-0002")) == []
    assert said(at(page, "WM-0001")) == []


def test_another_page_says_nothing_of_it(world: World) -> None:
    page = asked_and_taken_back(world)

    assert said(elsewhere(page, "roles.py")) == []


def test_what_was_looked_at_on_one_page_is_not_said_on_another(world: World) -> None:
    page = opened(world, "directory.py", "cell")
    fill(page, **{TITLE: "Silver, Palm Cove"})
    press(press(page, "Add and appoint"), KEEP)

    assert said(page) == [LOOKED]
    assert said(elsewhere(page, "roles.py")) == []
