"""A calendar file's link says nothing of where: it leads to the action's page for who may see it, and nobody else."""

from urllib.parse import parse_qs, urlsplit

import pytest
from icalendar import Calendar
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from planner.models.records import RecordLine
from planner.services.compartments import close_to
from planner.views.calendar import calendar_bytes
from tests.builders import NOW, World, an_action
from tests.ui.pages import opened, press

ENTRY = "0e0f7c3a-77de-4c0e-9d53-1f2b6f0a4c11"
ODD = ["", " ", "WM-0001", "WM-0002", "A" * 80, "' OR 1=1 --", "%", "-1", "<b>", f"{ENTRY} ", ENTRY.upper()]


@pytest.fixture
def world(world: World) -> World:
    an_action(world, "WM-0001", calendar_uid=ENTRY)
    an_action(world, "WM-0002", calendar_uid="another")
    return world


def by_entry(world: World, name: str = "silver", entry: str = ENTRY) -> AppTest:
    return opened(world, "action.py", name, entry=entry)


def drawn(page: AppTest) -> str:
    assert not page.exception
    return "\n".join(str(getattr(element, "value", "")) for element in page).replace("\\", "")


def titles(page: AppTest) -> list[str]:
    return [title.value.replace("\\", "") for title in page.title]


def at(page: AppTest, **asked: str) -> AppTest:
    for name, value in asked.items():
        page.query_params[name] = value
    return page.run()


def test_the_link_of_a_file_leads_to_the_page_of_its_action(world: World) -> None:
    with world.desk("silver").reading() as look:
        body = calendar_bytes(look, "operation", "OP1")
    urls = {str(event["uid"]): urlsplit(str(event["url"])) for event in Calendar.from_ical(body).events}
    (entry,) = parse_qs(urls[ENTRY].query)["entry"]

    assert (urls[ENTRY].path, entry) == ("/action", ENTRY)
    assert b"WM-00" not in body
    page = by_entry(world, entry=entry)
    assert titles(page) == ["Action WM-0001"]
    by_itself = drawn(page)
    page.query_params.clear()
    assert by_itself == drawn(at(page, ref="WM-0001"))


def test_what_is_pressed_there_is_of_that_action_and_the_address_stays(world: World) -> None:
    page = press(by_entry(world), "Ask for the go-ahead")

    assert "Take the request back" in [button.label for button in page.button]
    assert page.query_params["entry"] == ENTRY
    with world.database.read() as session:
        lines = session.exec(select(RecordLine).where(RecordLine.verb.in_(("view", "request_go_ahead")))).all()
    assert [(line.verb, line.object_ref) for line in lines] == [("view", "WM-0001"), ("request_go_ahead", "WM-0001")]


@pytest.mark.parametrize("name", ["other_silver", "partner", "stranger"])
def test_missing_and_forbidden_answer_alike(world: World, name: str) -> None:
    page = by_entry(world, name)
    forbidden, missing = drawn(page), drawn(at(page, entry=ENTRY[::-1]))

    assert forbidden == missing
    assert ("Not found" in forbidden, "WM-0001" in forbidden) == (True, False)


def test_a_closed_action_is_missing_for_who_is_not_on_its_list(world: World) -> None:
    page = by_entry(world)
    assert titles(page) == ["Action WM-0001"]
    with world.desk("gold", NOW).writing() as work:
        close_to(work, "WM-0001", ())

    assert (titles(page.run()), "WM-0001" in drawn(page)) == (["Not found"], False)


@pytest.mark.parametrize("odd", ODD)
def test_what_is_no_entry_opens_nothing(world: World, odd: str) -> None:
    assert titles(by_entry(world, entry=odd)) == ["Not found"]


def test_a_reference_goes_before_an_entry(world: World) -> None:
    page = opened(world, "action.py", reference="WM-0002", entry=ENTRY)

    assert titles(page) == ["Action WM-0002"]
