"""Clashes on the action's page: each contact is rung by itself, and what another system said is recorded."""

from typing import Any

from sqlmodel import select
from streamlit.testing.v1 import AppTest

from planner.models.arrangements import Arrangement
from planner.models.operations import Clash
from planner.services.clashes import run_clash_check
from tests.builders import World, an_action
from tests.ui.pages import opened, press

RING = "Another action is near in place or source, and time. Ring the duty officer: West Midlands cell."


def page_of(world: World) -> AppTest:
    """One action near two others, as its Silver sees it now."""
    for reference in ("WM-0001", "WM-0002", "WM-0003"):
        an_action(world, reference, premises_cell="here" if reference != "WM-0003" else None)
    with world.desk("silver").writing() as work:
        run_clash_check(work, "WM-0001")
    return opened(world, "action.py", reference="WM-0001", tab="Plan")


def field(page: AppTest, label: str) -> Any:
    return next(box for box in page.text_input if box.label == label)


def texts(page: AppTest) -> list[str]:
    return [text.value for text in page.text]


def test_a_clash_is_cleared_with_the_post_that_was_rung(world: World) -> None:
    page = page_of(world)
    assert RING in texts(page)

    press(page, "Clear this clash")
    assert any("The post you spoke with is missing" in text for text in texts(page))
    field(page, "Which post you spoke with").set_value("West Midlands cell duty officer")
    press(page, "Clear this clash")

    assert any(text.startswith(f"{RING} Cleared ") for text in texts(page))
    with world.desk("cell").reading() as look:
        row = look.session.exec(select(Clash)).one()
    assert row.cleared_fingerprint == row.fingerprint
    assert row.cleared_by == world.people["silver"]


def test_a_check_outside_is_recorded_and_typed_text_stays_after_a_refusal(world: World) -> None:
    page = page_of(world)

    field(page, "Which office checked").set_value("National tasking desk")
    press(page, "Record the outside check")
    assert any("has a reference there" in text for text in texts(page))
    assert field(page, "Which office checked").value == "National tasking desk"
    field(page, "Its reference there, never what it said").set_value("D/77")
    press(page, "Record the outside check")

    with world.desk("cell").reading() as look:
        row = look.session.exec(select(Arrangement)).one()
    assert (row.answered_post, row.reference) == ("National tasking desk", "D/77")
