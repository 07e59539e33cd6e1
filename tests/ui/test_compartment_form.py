"""Closing an action on its About tab, and opening it again."""

from planner.models.operations import Action
from tests.builders import World, an_action
from tests.ui.pages import opened, press

SILVER = "Silver, West Midlands"


def closed(world: World) -> bool:
    with world.database.read() as session:
        return session.get_one(Action, 1).compartment


def test_gold_closes_an_action_to_a_list_and_opens_it_again(world: World) -> None:
    an_action(world)
    page = opened(world, "action.py", "gold", "WM-0001", tab="About")

    page.multiselect[0].select(SILVER)
    press(page, "Close it to this list")

    assert closed(world)
    assert any("Closed to all but 2 people" in text.value and SILVER in text.value for text in page.text)

    press(page, "Open it again")

    assert not closed(world)
    assert "Open to everybody whose post reaches it." in [text.value for text in page.text]


def test_silver_reads_who_sees_it_and_changes_nothing(world: World) -> None:
    an_action(world)
    page = opened(world, "action.py", "silver", "WM-0001", tab="About")

    assert "Open to everybody whose post reaches it." in [text.value for text in page.text]
    assert "Close it to this list" not in [button.label for button in page.button]
