"""The list of conferences: each with its link, found by reference or state, its counts in good English."""

from datetime import timedelta

from streamlit.testing.v1 import AppTest

from planner.services.conferences import ConveneRequest, convene
from planner.work import Desk
from tests.builders import World, an_action
from tests.ui.pages import opened

HOUR = timedelta(hours=1)


def convened(world: World, *references: str) -> None:
    """One conference about all of them, tomorrow by the true clock."""
    desk = Desk(world.database, world.people["cell"])
    at = desk.clock() + 24 * HOUR
    for reference in references:
        an_action(world, reference, starts_at=at + 24 * HOUR, ends_at=at + 27 * HOUR)
    with desk.writing() as work:
        convene(work, ConveneRequest(references, at, at + HOUR, ("force", "ngo"), references[0]))


def said(page: AppTest) -> list[str]:
    assert not page.exception
    return [text.value for text in page.text if "showing" in text.value]


def test_conferences_are_found_by_reference_and_by_state(world: World) -> None:
    convened(world, "WM-0001", "WM-0002")
    convened(world, "WM-0003")
    page = opened(world, "conferences.py")
    everything = said(page)
    drawn = page.get("html")[0].proto.body

    next(box for box in page.text_input if box.label == "Find").set_value("wm-0003").run()
    found = said(page)
    next(box for box in page.selectbox if box.label == "State").set_value("✓ Held").run()

    assert everything == ["2 conferences on 3 actions still to come; showing 2."]
    assert found == ["1 conference on 1 action still to come; showing 1."]
    assert said(page) == []
    assert '<a href="conferences?conference=1" target="_self">1</a>' in drawn
    assert "WM-0001, WM-0002" in drawn


def test_another_forces_conference_is_not_listed(world: World) -> None:
    convened(world, "WM-0001")

    page = opened(world, "conferences.py", "other_silver")

    assert not page.exception
    assert "No conference is convened." in [text.value for text in page.text]
    assert [element for element in page.get("html") if "WM-0001" in element.proto.body] == []
