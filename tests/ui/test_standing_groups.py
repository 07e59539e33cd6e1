"""Standing groups on the conferences page: set, held, an action cleared, one meeting moved, the group ended."""

from datetime import timedelta

from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from planner.models.conferences import Conference, ConferenceAction
from planner.models.standing import StandingGroup
from planner.rules.words import Children, ConferenceState
from planner.work import Desk
from tests.builders import World, an_action
from tests.ui.pages import opened, press

MEMBERS = ["force", "ngo", "health", "children"]


def groups(world: World, name: str = "cell") -> AppTest:
    page = opened(world, "conferences.py", name, tab="Standing groups")
    assert not page.exception
    return page


def texts(page: AppTest) -> str:
    return "\n".join(item.value for item in [*page.text, *page.error, *page.success, *page.warning])


def set_one(page: AppTest, name: str = "Strategic group") -> None:
    next(box for box in page.text_input if box.label == "Name").set_value(name)
    next(box for box in page.multiselect if box.label == "Members").set_value(MEMBERS)
    press(page, "Set the group")


def test_the_cell_sets_a_group_and_others_see_it_without_its_verbs(world: World) -> None:
    cell = groups(world)
    assert "There is no standing group." in texts(cell)

    set_one(cell)

    silver = groups(world, "silver")
    assert "Members: Children, Force, Health, Ngo." in texts(cell)
    assert "Members: Children, Force, Health, Ngo." in texts(silver)
    verbs = {"Record who came", "End the group", "Set the group"}
    assert verbs <= {button.label for button in cell.button}
    assert verbs.isdisjoint({button.label for button in silver.button})


def test_a_group_without_a_name_or_members_is_refused_in_a_sentence(world: World) -> None:
    page = groups(world)
    press(page, "Set the group")

    assert "The group's name is missing" in texts(page)


def test_a_meeting_is_held_and_clears_an_action_of_low_risk(world: World) -> None:
    soon = Desk(world.database, None).clock() + timedelta(days=2)
    calm = {"children": Children.NONE, "zero_demand_reason": "A lock-up, empty."}
    an_action(world, starts_at=soon, ends_at=soon + timedelta(hours=2), **calm)
    page = groups(world)
    set_one(page)
    for box in page.checkbox:
        box.set_value(True)
    next(box for box in page.selectbox if box.label == "Victim's advocate").set_value("ngo")
    press(page, "Record who came")
    held = texts(page)
    next(box for box in page.multiselect if box.label.startswith("Actions, with nobody")).set_value(["WM-0001"])
    next(box for box in page.text_area if box.label == "Reasons").set_value("Nobody is there.")
    press(page, "Clear these actions")

    assert "The meeting is quorate." in held
    assert "They are cleared for seven days; their gates say so." in texts(page)
    with world.database.read() as session:
        assert session.exec(select(ConferenceAction.clear_until)).one() is not None
    gate = opened(world, "action.py", "silver", reference="WM-0001")
    assert "Cleared by a standing group on" in "\n".join(item.value for item in [*gate.text, *gate.markdown])


def test_one_meeting_moves_and_the_group_ends(world: World) -> None:
    page = groups(world)
    set_one(page)
    box = next(item for item in page.date_input if item.label == "New day")
    box.set_value(box.value + timedelta(days=1))
    press(page, "Move the conference")
    moved = texts(page)
    next(box for box in page.text_input if box.label == "Why it ends").set_value("The campaign is over.")
    press(page, "End the group")

    assert "Moved from " in moved
    with world.database.read() as session:
        assert session.exec(select(StandingGroup.ended_at)).one() is not None
        states = set(session.exec(select(Conference.state).order_by(col(Conference.id))))
    assert states == {ConferenceState.CANCELLED}
    assert "ended. 0 meetings held." in texts(page)
