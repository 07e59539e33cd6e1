"""Feeds on the calendar's page: what is pressed is about the feed that was chosen, whoever was quicker elsewhere."""

from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from planner.rules.calendar_choice import USUAL, Scope
from planner.services import feeds
from planner.ui.choices import gone_words
from planner.views.feeds import FeedRow, own_feeds
from tests.builders import World, an_action
from tests.ui.pages import opened, press

DEAD = "✓ The feed is dead from now on."


@pytest.fixture
def world(world: World) -> World:
    now = datetime.now(UTC)
    an_action(world, starts_at=now + timedelta(days=3), ends_at=now + timedelta(days=3, hours=3))
    with world.desk("cell", now).writing() as work:
        feeds.allow_feeds(work, "OP1", "DPIA 2026/014")
    return world


def make(world: World, label: str, scope: Scope, name: str) -> int:
    now = datetime.now(UTC)
    asked = feeds.FeedRequest(scope, name, USUAL, label, now.date() + timedelta(days=9), "A reason.")
    with world.desk("silver", now).writing() as work:
        feeds.make_feed(work, asked)
    return next(row.id for row in kept(world) if row.label == label)


def kept(world: World) -> tuple[FeedRow, ...]:
    with world.desk("silver", datetime.now(UTC)).reading() as look:
        return own_feeds(look)


def called(world: World, number: int) -> str:
    return next(f"{row.label}, of {row.words}" for row in kept(world) if row.id == number)


def revoke(world: World, number: int) -> None:
    with world.desk("silver", datetime.now(UTC)).writing() as work:
        feeds.revoke_feed(work, number)


def choose(page: AppTest, number: int) -> AppTest:
    next(field for field in page.selectbox if field.label == "Which feed").set_value(number).run()
    return page


def said(page: AppTest) -> list[str]:
    return [text.value for text in page.text]


def making(page: AppTest) -> AppTest:
    """The fold with a new feed's form, unfolded."""
    page.session_state["make-feed"] = True
    page.run()
    assert not page.exception
    return page


def listed(page: AppTest) -> str:
    return "".join(drawn.proto.body for drawn in page.get("html"))


def test_a_feed_that_was_revoked_elsewhere_is_refused_and_no_other_is_revoked_in_its_place(world: World) -> None:
    one, two = make(world, "Desk", Scope.PERSON, "me"), make(world, "Phone", Scope.OPERATION, "OP1")
    page = choose(opened(world, "calendar.py", tab="Feeds"), one)
    gone = called(world, one)
    assert ("Desk" in listed(page), "Phone" in listed(page)) == (True, True)

    revoke(world, one)
    press(page, "Revoke it")

    assert gone_words(gone) in said(page)
    assert ("Desk" in listed(page), "Phone" in listed(page)) == (False, True)
    assert [row.id for row in kept(world)] == [two]
    press(choose(page, two), "Revoke it")
    assert (DEAD in said(page), gone_words(gone) in said(page), kept(world)) == (True, False, ())


@pytest.mark.parametrize("label", ["Revoke it", "Revoke all of them"])
def test_where_all_were_revoked_elsewhere_the_list_is_gone_and_why_is_said(world: World, label: str) -> None:
    numbers = make(world, "Desk", Scope.PERSON, "me"), make(world, "Phone", Scope.OPERATION, "OP1")
    page = choose(opened(world, "calendar.py", tab="Feeds"), numbers[0])

    refused = gone_words(called(world, numbers[0])) if label == "Revoke it" else feeds.NONE_LEFT
    for number in numbers:
        revoke(world, number)
    press(page, label)

    assert (refused in said(page), listed(page)) == (True, "")


def test_the_second_press_of_a_double_click_revokes_no_other_feed(world: World) -> None:
    one, two = make(world, "Desk", Scope.PERSON, "me"), make(world, "Phone", Scope.OPERATION, "OP1")
    page = choose(opened(world, "calendar.py", tab="Feeds"), one)

    press(press(page, "Revoke it"), "Revoke it")

    assert ([row.id for row in kept(world)], DEAD in said(page)) == ([two], True)


def test_a_double_click_makes_one_feed_and_its_address_stays_to_be_copied(world: World) -> None:
    page = making(opened(world, "calendar.py", tab="Feeds"))
    for field, text in (("What you call it", "Desk"), ("Why you need it", "To see my days.")):
        next(box for box in page.text_input if box.label == field).set_value(text)

    press(page, "Make the feed")
    address = page.code[0].value
    press(page, "Make the feed")

    assert ([row.label for row in kept(world)], [code.value for code in page.code]) == (["Desk"], [address])


def test_the_address_is_gone_after_a_moment(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    page = making(opened(world, "calendar.py", tab="Feeds"))
    for field, text in (("What you call it", "Desk"), ("Why you need it", "To see my days.")):
        next(box for box in page.text_input if box.label == field).set_value(text)
    press(page, "Make the feed")
    assert len(page.code) == 1

    monkeypatch.setattr("planner.ui.shown_once.LINGERS_SECONDS", 0)

    assert len(page.run().code) == 0


def test_all_are_revoked_at_once(world: World) -> None:
    make(world, "Desk", Scope.PERSON, "me"), make(world, "Phone", Scope.OPERATION, "OP1")

    page = press(opened(world, "calendar.py", tab="Feeds"), "Revoke all of them")

    assert ("✓ 2 feeds are dead from now on." in said(page), kept(world)) == (True, ())


def test_a_name_that_is_too_long_is_refused_with_its_length_and_stays_as_it_was_typed(world: World) -> None:
    page, name = making(opened(world, "calendar.py", tab="Feeds")), "Outlook at work, " * 4
    field = next(field for field in page.text_input if field.label == "What you call it")
    assert field.proto.max_chars == 0

    field.set_value(name)
    press(page, "Make the feed")

    refused = "What you call this feed has at most 60 characters; this has 67. Shorten it, then try again."
    assert refused in said(page)
    assert next(field for field in page.text_input if field.label == "What you call it").value == name
    assert kept(world) == ()


def test_what_a_feed_will_show_is_shown_before_it_is_made(world: World) -> None:
    page = making(opened(world, "calendar.py", tab="Feeds", of="operation/OP1"))

    assert any(text.startswith("On the phone it is called “Planner: all entries”. 1 entry: ") for text in said(page))
    assert "Planned action 1/1" in listed(page)
    assert any(text.startswith("It is marked OFFICIAL-SENSITIVE.") for text in said(page))


def test_a_detail_chosen_for_one_calendar_is_not_another_calendars(world: World) -> None:
    def detail(page: AppTest) -> object:
        return next(each for each in page.get("button_group") if each.label == "Detail").value

    page = making(opened(world, "calendar.py", "provider", tab="Feeds"))
    assert detail(page) == "neutral"
    page.query_params["of"] = "person/me"

    assert detail(making(page)) == "busy"
