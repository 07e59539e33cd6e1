"""The operation page: the cell sets one up with its phases, the national Gold its objectives, nobody else either."""

from datetime import date

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from planner.models.directory import Appointment
from planner.models.operations import Objective, Operation, Phase
from planner.models.policy import Policy
from planner.rules.words import PhaseKind, Post
from planner.ui.operation_tabs import TABS
from tests.builders import World
from tests.ui.pages import opened, press


def type_into(page: AppTest, label: str, text: str) -> None:
    next(field for field in [*page.text_input, *page.text_area] if field.label == label).set_value(text)


def test_the_cell_sets_up_another_operation_and_its_phases(world: World) -> None:
    with world.database.write() as session:
        session.add(Appointment(person_id=world.people["cell"], post=Post.CELL))
    page = opened(world, "operation.py", "cell")

    type_into(page, "Name of the operation", "Operation Two")
    type_into(page, "Its code, in letters, digits and hyphens", "OP 2")
    press(page, "Set up this operation")
    refused = [text.value for text in page.text if "may hold letters" in text.value]
    type_into(page, "Its code, in letters, digits and hyphens", "OP2")
    press(page, "Set up this operation")
    next(box for box in page.checkbox if box.label == "Preparation").check()
    press(page, "Keep these phases")

    assert not page.exception
    assert len(refused) == 1
    with world.desk("cell").reading() as look:
        assert list(look.session.exec(select(Operation.code).order_by(Operation.code))) == ["OP1", "OP2"]
        phases = [(row.kind, row.starts_on) for row in look.session.exec(select(Phase))]
        assert phases == [(PhaseKind.PREPARATION, date(2026, 10, 1))]


def test_a_cell_of_one_operation_is_offered_no_form_for_another(world: World) -> None:
    labels = {button.label for button in opened(world, "operation.py", "cell").button}

    assert "Keep these phases" in labels
    assert "Set up this operation" not in labels


def test_the_national_gold_sets_objectives(world: World) -> None:
    page = opened(world, "operation.py", "national", tab="Objectives")

    type_into(page, "Objectives, one a line", "Find and protect victims.\n\nCare before arrests.")
    type_into(page, "Why they are changed", "Partners asked.")
    next(box for box in page.selectbox if box.label == "Days of entry").select("The gate blocks")
    press(page, "Keep objectives and parameters")

    assert not page.exception
    with world.desk("cell").reading() as look:
        said = [row.text for row in look.session.exec(select(Objective).order_by(Objective.number))]
        assert said == ["Find and protect victims.", "Care before arrests.", "Entry is on Monday to Friday."]
    assert any("Version 2" in text.value and "Reason: Partners asked." in text.value for text in page.text)


@pytest.mark.parametrize("tab", TABS)
def test_a_silver_is_offered_no_form_on_any_tab(world: World, tab: str) -> None:
    page = opened(world, "operation.py", "silver", tab=tab)

    assert not page.exception
    labels = {button.label for button in page.button}
    assert not labels & {
        "Keep this policy",
        "Keep objectives and parameters",
        "Ask for this pause",
        "Set up this operation",
    }


def test_the_forces_gold_tightens_its_policy_and_is_refused_what_is_looser(world: World) -> None:
    page = opened(world, "operation.py", "gold", tab="Policy")
    page.selectbox[0].select("Force").run()

    quorum = next(field for field in page.number_input if field.label.startswith("Quorum"))
    quorum.set_value(2)
    type_into(page, "Why it is changed", "We want more of them there.")
    press(page, "Keep this policy")
    refused = [text.value for text in page.text if "where the minimum is 3 agencies" in text.value]
    next(field for field in page.number_input if field.label.startswith("Quorum")).set_value(5)
    press(page, "Keep this policy")

    assert quorum.label == "Quorum of a conference, in agencies (at least 3)"
    assert len(refused) == 1
    with world.desk("cell").reading() as look:
        kept = [
            (row.version, row.quorum) for row in look.session.exec(select(Policy).where(Policy.force_id == world.force))
        ]
    assert kept == [(1, 5)]
    assert any("3 agencies, now 5 agencies. Reason: We want" in text.value for text in page.text)
