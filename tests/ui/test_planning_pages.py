"""An action is planned and stood down through the pages, as Silver does it."""

from datetime import date

from sqlmodel import select

from planner.models.operations import Action
from planner.rules.words import ActionState
from tests.builders import World, an_action
from tests.ui.pages import opened, press


def actions(world: World) -> list[Action]:
    with world.desk("cell").reading() as look:
        return list(look.session.exec(select(Action)))


def test_silver_plans_an_action_for_the_own_force(world: World) -> None:
    page = opened(world, "actions.py", tab="Plan an action")
    forces = next(box for box in page.selectbox if box.label == "Force that owns it")
    assert forces.options == ["Force"]

    next(box for box in page.date_input if box.label == "Day").set_value(date(2026, 12, 10))
    press(page, "Plan this action")

    assert not page.exception
    assert [(row.reference, row.force_id) for row in actions(world)] == [("W-0001", world.force)]


def test_who_may_not_plan_is_offered_no_form(world: World) -> None:
    page = opened(world, "actions.py", "gold", tab="Plan an action")

    assert not page.exception
    assert "Plan this action" not in [button.label for button in page.button]


def test_silver_stands_an_action_down_with_a_reason(world: World) -> None:
    an_action(world)
    page = opened(world, "action.py", reference="WM-0001", tab="Move and begin")

    press(page, "Stand down: it will not happen")
    assert actions(world)[0].state is ActionState.PLANNED
    next(box for box in page.text_input if box.label == "Why it waits or will not happen").set_value(
        "No longer needed."
    )
    press(page, "Stand down: it will not happen")

    assert not page.exception
    assert actions(world)[0].state is ActionState.STOOD_DOWN
