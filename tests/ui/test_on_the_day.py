"""People are counted with one press each on the action's page; a difference is said, explained, and waits on Today."""

import time
from contextlib import suppress

import pytest
from streamlit.testing.v1 import AppTest

from planner.errors import InputError
from planner.facts_day import counted_at
from planner.rules.on_the_day import Count
from planner.services.on_the_day import CountRequest, count_people
from planner.services.sessions import hash_of
from planner.settings import ROOT
from planner.ui.on_the_day import AGAIN_SECONDS
from tests.builders import World, an_action
from tests.day import REFERENCE, a_loggist, begun, press
from tests.ui.pages import press as click
from tests.ui.tasks import sentences
from tests.web.site import give_account, session_of


def seen(world: World, page: str, who: str, **asked: str) -> AppTest:
    """A page anew, for somebody who may have looked before."""
    with suppress(InputError):  # the account is there from the last look
        give_account(world, who)
    test = AppTest.from_file(str(ROOT / "pages" / page), default_timeout=30)
    test.user = {"username": who, "sid": hash_of(session_of(world.database, who))}
    for name, value in asked.items():
        test.query_params[name] = value
    test.run()
    assert not test.exception
    return test


def the_tab(world: World, who: str = "silver") -> AppTest:
    return seen(world, "action.py", who, ref=REFERENCE, tab="On the day")


def today(world: World, who: str = "silver") -> AppTest:
    return seen(world, "today.py", who)


def met(world: World) -> int:
    with world.desk("silver").reading() as look:
        return counted_at(look, 1).totals.encountered


def said(page: AppTest) -> str:
    return "\n".join([*(item.value for item in (*page.text, *page.markdown)), *sentences(page)])


def labels(page: AppTest) -> list[str]:
    return [button.label for button in page.button]


def a_moment() -> None:
    time.sleep(AGAIN_SECONDS + 0.05)


def test_before_it_begins_the_tab_says_so_and_has_no_buttons(world: World) -> None:
    an_action(world)

    page = the_tab(world)

    assert "WM-0001 has not begun: people are counted from the moment it does." in said(page)
    assert not [label for label in labels(page) if label.startswith(("+1", "−1"))]


def test_a_press_is_one_more_and_a_difference_is_said_at_once(world: World) -> None:
    begun(world)
    page = the_tab(world)

    click(page, "+1 encountered")
    assert "1 of 1 encountered is not accounted for." in said(page)
    click(page, "+1 reception")
    assert "The one encountered is accounted for." in said(page)
    a_moment()
    click(page, "+1 encountered")
    assert "1 of 2 encountered is not accounted for." in said(page)
    click(page, "−1 encountered")

    assert met(world) == 1


def test_a_double_click_counts_once_and_two_presses_count_two(world: World) -> None:
    begun(world)
    page = the_tab(world)

    click(page, "+1 encountered")
    click(page, "+1 encountered")  # sooner than a hand that has seen the new number
    assert met(world) == 1
    a_moment()
    click(page, "+1 encountered")

    assert met(world) == 2


def test_a_press_that_is_refused_says_why_and_the_next_one_counts(world: World) -> None:
    begun(world)
    press(world, Count.ENCOUNTERED)
    page = the_tab(world)
    with world.desk("cell").writing() as work:
        count_people(work, CountRequest(REFERENCE, Count.ENCOUNTERED, "down", step=-1))

    click(page, "−1 encountered")

    assert "Nobody is counted as encountered: 0 goes no lower" in said(page)
    click(page, "+1 encountered")
    assert met(world) == 1


def test_who_moves_on_stays_one_person(world: World) -> None:
    begun(world)
    press(world, Count.ENCOUNTERED, Count.RECEPTION)
    page = the_tab(world)

    click(page, "One moved on")

    assert "All" not in said(page)
    assert "**1** placed" in said(page)
    assert "**0** at reception" in said(page)
    assert "The one encountered is accounted for." in said(page)


def test_a_difference_is_explained_and_waits_on_today_until_then(world: World) -> None:
    begun(world)
    a_loggist(world)
    press(world, *[Count.ENCOUNTERED] * 7, *[Count.RECEPTION] * 6)
    waits = f"{REFERENCE}: 1 of 7 encountered is not accounted for."

    for who in ("silver", "cell", "care_lead", "loggist"):
        assert waits in said(today(world, who)), who
    for who in ("gold", "partner", "provider", "other_silver"):
        assert REFERENCE + ": 1 of 7" not in said(today(world, who)), who
    page = the_tab(world, "loggist")
    next(box for box in page.text_input if box.label == "Why the numbers differ").set_value("One ran before the door.")
    click(page, "Keep this explanation")

    page = the_tab(world)
    assert "One ran before the door. (" in said(page)
    assert "loggist, example" in said(page)
    assert waits not in said(today(world))
    press(world, Count.ENCOUNTERED, key="later")
    assert f"{REFERENCE}: 2 of 8 encountered are not accounted for." in said(today(world))


def test_what_was_counted_since_the_page_was_drawn_is_not_explained_away(world: World) -> None:
    begun(world)
    press(world, Count.ENCOUNTERED)
    page = the_tab(world)
    press(world, Count.ENCOUNTERED, who="cell")
    next(box for box in page.text_input if box.label == "Why the numbers differ").set_value("One ran before the door.")

    click(page, "Keep this explanation")
    assert "Somebody counted since your page was drawn." in said(page)
    click(page, "Keep this explanation")

    assert "One ran before the door. (" in said(the_tab(world))


def test_that_nobody_was_met_is_one_press(world: World) -> None:
    begun(world)
    assert f"{REFERENCE} has begun, and nobody has been counted." in said(today(world))
    page = the_tab(world)

    click(page, "Nobody was encountered")

    assert "Nobody was encountered. (" in said(the_tab(world))
    assert "nobody has been counted" not in said(today(world))


@pytest.mark.parametrize("who", ["gold", "national"])
def test_who_may_not_count_reads_the_numbers(world: World, who: str) -> None:
    begun(world)
    press(world, Count.ENCOUNTERED)

    page = the_tab(world, who)

    assert "1 of 1 encountered is not accounted for." in said(page)
    assert not [label for label in labels(page) if label.startswith(("+1", "−1", "Keep", "Nobody"))]


@pytest.mark.parametrize("who", ["partner", "provider", "other_silver", "stranger"])
def test_nobody_else_finds_the_page(world: World, who: str) -> None:
    begun(world)
    press(world, Count.ENCOUNTERED)

    page = the_tab(world, who)

    assert [item.value for item in page.title] == ["Not found"]
    assert "encountered" not in said(page)
