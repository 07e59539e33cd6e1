"""Gold's one page as Gold uses it."""

import pytest
from streamlit.testing.v1 import AppTest

from planner.rules.words import ActionState, Immigration, Standing
from planner.services import actions, go_ahead
from planner.views.one_action import OneAction, one_action
from tests import ready
from tests.builders import World, an_action
from tests.ui.pages import opened, press

REFERENCE = "WM-0001"


@pytest.fixture
def asked(world: World) -> World:
    ready.make_ready(world)
    with world.desk("silver").writing() as work:
        go_ahead.request_go_ahead(work, REFERENCE, why_now="The warrant ends on Friday.")
    return world


def seen(world: World) -> OneAction:
    with world.desk("gold").reading() as look:
        return one_action(look, REFERENCE)


def said(page: AppTest) -> str:
    """What is read: in Markdown each mark of a sentence has a stroke before it."""
    return "\n".join(element.value.replace("\\", "") for element in (*page.text, *page.markdown))


def test_the_page_says_what_when_where_and_why_now(asked: World) -> None:
    page = opened(asked, "go_ahead.py", "gold", reference=REFERENCE)

    assert not page.exception
    assert "West Midlands · Force · Warrant, 1 residential premises" in said(page)
    assert "Why now: The warrant ends on Friday." in said(page)
    assert "You look at this for the first time." in said(page)


def test_an_unmet_check_says_who_mends_it_and_by_when(world: World) -> None:
    an_action(world)

    page = opened(world, "go_ahead.py", "gold", reference=REFERENCE)

    assert "No case conference is convened. → Cell: convene one, at once: it was due" in said(page) or (
        "No case conference is convened. → Cell: convene one, by" in said(page)
    )


def test_gold_gives_and_the_page_says_so(asked: World) -> None:
    page = opened(asked, "go_ahead.py", "gold", reference=REFERENCE)
    if "Give the go-ahead" in [button.label for button in page.button]:
        press(page, "Give the go-ahead")

    assert not page.exception


def test_a_press_on_what_changed_is_refused_and_says_what_changed(asked: World) -> None:
    page = opened(asked, "go_ahead.py", "gold", reference=REFERENCE)
    with asked.desk("silver").writing() as work:
        actions.set_immigration(work, REFERENCE, Immigration.ON_CALL)

    press(page, "Give the go-ahead")

    assert "changed while your page was open: Immigration enforcement at WM-0001: on call." in said(page)
    assert seen(asked).gate.standing is Standing.NONE


def test_silver_says_why_now_when_asking(world: World) -> None:
    an_action(world)
    page = opened(world, "action.py", reference=REFERENCE)
    next(box for box in page.text_input if box.label == "Why now").set_value("The house is full tonight.")

    press(page, "Ask for the go-ahead")

    one = seen(world)
    assert one.row.state is ActionState.REQUESTED
    assert one.asked is not None
    assert one.asked.why_now == "The house is full tonight."


def test_the_second_gold_who_gives_is_told_that_it_was_given_already(asked: World) -> None:
    page = opened(asked, "go_ahead.py", "gold", reference=REFERENCE)
    with asked.desk("gold").writing() as work:
        go_ahead.give_go_ahead(work, REFERENCE)

    press(page, "Give the go-ahead")

    assert "WM-0001 was decided on while your page was open." in said(page)
    page.run()
    assert "while your page was open" not in said(page)
