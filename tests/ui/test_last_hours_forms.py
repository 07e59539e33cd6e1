"""The last hours on the pages: a late beginning, and an entry for danger to life."""

from datetime import timedelta

import pytest
from sqlmodel import select

from planner.models.last_hours import DangerEntry
from planner.rules.words import ActionState
from planner.views.one_action import one_action
from planner.work import utc_now
from tests.builders import World, an_action
from tests.ui.pages import opened, press

TAB = "Move and begin"


@pytest.fixture
def soon(world: World) -> World:
    """An action of today that has neither gate nor go-ahead."""
    at = utc_now()
    an_action(world, starts_at=at - timedelta(hours=1), ends_at=at + timedelta(hours=3))
    return world


def state(world: World) -> ActionState:
    with world.desk("silver").reading() as look:
        return one_action(look, "WM-0001").row.state


def test_an_entry_for_danger_to_life_is_written_down_in_one_press(soon: World) -> None:
    page = opened(soon, "action.py", reference="WM-0001", tab=TAB)
    power = next(box for box in page.text_input if box.label == "The power that was used")
    assert power.value == "PACE 1984 s.17(1)(e)"

    press(page, "Write the entry down")

    assert state(soon) is ActionState.BEGUN
    with soon.desk("silver").reading() as look:
        assert [row.power for row in look.session.exec(select(DangerEntry))] == ["PACE 1984 s.17(1)(e)"]


def test_what_has_begun_is_moved_no_more_and_says_so(soon: World) -> None:
    page = opened(soon, "action.py", reference="WM-0001", tab=TAB)

    press(page, "Write the entry down")

    assert "This action is begun: it is not moved any more." in [element.value for element in page.text]
    assert "See what follows" not in [button.label for button in page.button]


def test_what_began_without_a_go_ahead_is_refused_in_a_sentence(soon: World) -> None:
    page = opened(soon, "action.py", reference="WM-0001", tab=TAB)
    next(box for box in page.text_input if box.label == "Why it is entered afterwards").set_value("No signal.")

    press(page, "Enter that it began then")

    assert "If lives were in danger, enter it as immediate danger to life." in "\n".join(
        element.value for element in page.text
    )
    assert state(soon) is ActionState.PLANNED
