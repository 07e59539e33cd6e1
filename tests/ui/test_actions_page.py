"""The list of actions: what the filter says holds while it is folded, and no page lies beyond the last."""

from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from tests.builders import World, an_action
from tests.ui.pages import opened

MANY = 101


@pytest.fixture
def page(world: World) -> AppTest:
    """Pages live by the true clock: the actions are still to come."""
    starts = datetime.now(UTC) + timedelta(days=5)
    for number in range(1, MANY + 1):
        an_action(world, f"WM-{number:04d}", starts_at=starts, ends_at=starts + timedelta(hours=3))
    return opened(world, "actions.py")


def said(page: AppTest) -> str:
    assert not page.exception
    return next(text.value for text in page.text if "showing" in text.value)


def fold(page: AppTest, *, is_open: bool) -> AppTest:
    page.session_state["filter"] = is_open
    return page.run()


def test_the_filter_holds_while_it_is_folded(page: AppTest) -> None:
    assert said(page) == "101 actions; showing 50."

    fold(page, is_open=True).text_input(key="text").set_value("WM-000").run()
    open_filter = said(page)
    fold(page, is_open=False)
    folded, again = said(page), said(page.run())

    assert {open_filter, folded, again} == {"9 actions; showing 9."}
    assert fold(page, is_open=True).text_input(key="text").value == "WM-000"


def test_one_action_is_one_action(page: AppTest) -> None:
    fold(page, is_open=True).text_input(key="text").set_value("WM-0007").run()

    assert said(page) == "1 action; showing 1."


def test_a_filter_with_fewer_pages_shows_its_last_one(page: AppTest) -> None:
    page.session_state["page"] = 3
    assert said(page.run()) == "101 actions; showing 1."

    fold(page, is_open=True).text_input(key="text").set_value("WM-00").run()

    assert said(page) == "99 actions; showing 49."
