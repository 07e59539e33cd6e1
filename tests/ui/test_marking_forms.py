"""Markings on pages: the operation's form, the conference's beside its minutes, and what a page of several says."""

import pytest
from streamlit.testing.v1 import AppTest

from planner.models.operations import Operation
from planner.rules.markings import Marked
from planner.rules.words import Marking
from planner.services.operations import remark_operation
from planner.services.sessions import hash_of
from planner.settings import ROOT
from planner.ui.widgets import MARKING
from planner.views.conferences import conferences
from tests.builders import World, an_action
from tests.services.test_marked_conferences import held
from tests.ui.pages import opened, press
from tests.web.site import give_account, session_of

LOW, HIGH = Marking.OFFICIAL, Marking.OFFICIAL_SENSITIVE
HANDLING = "Handling instructions, where there are any"


def badges(page: AppTest) -> list[str]:
    """The markings on the page, as they are drawn."""
    drawn = [element.value for element in page.markdown if "gray-badge[OFFICIAL" in element.value]
    return [text.removeprefix(":gray-badge[").removesuffix("]").replace("\\", "") for text in drawn]


def choose(page: AppTest, form: str, marking: Marking, handling: list[str]) -> None:
    """In the form that a button of this label sends."""
    form_id = next(button for button in page.button if button.label == form).form_id
    next(box for box in page.selectbox if box.label == "Marking" and box.form_id == form_id).set_value(marking)
    next(box for box in page.multiselect if box.label == HANDLING and box.form_id == form_id).set_value(handling)


def texts(page: AppTest) -> str:
    return "\n".join(text.value for text in page.text)


def operation(world: World) -> Marked:
    with world.database.read() as session:
        row = session.get_one(Operation, world.operation)
    return Marked(row.marking, row.handling)


def test_the_cell_marks_the_operation_anew_on_its_page(world: World) -> None:
    page = opened(world, "operation.py", "cell")

    choose(page, "Keep this marking", LOW, ["PERSONAL DATA", "RECIPIENTS ONLY"])
    press(page, "Keep this marking")

    assert operation(world) == Marked(LOW, "RECIPIENTS ONLY - PERSONAL DATA")
    assert badges(page)[0] == "OFFICIAL - RECIPIENTS ONLY - PERSONAL DATA"
    assert "Operation One is marked OFFICIAL - RECIPIENTS ONLY - PERSONAL DATA." in texts(page)


def test_the_form_opens_inside_the_frame_which_keeps_its_own_marking(world: World) -> None:
    give_account(world, "cell")
    page = (ROOT / "pages" / "operation.py").read_text("utf-8")
    framed = AppTest.from_string(f"import streamlit\nstreamlit.session_state[{MARKING!r}] = {HIGH.value!r}\n{page}")
    framed.user = {"username": "cell", "sid": hash_of(session_of(world.database, "cell"))}

    framed.run(timeout=30)

    assert not framed.exception
    assert "Keep this marking" in {button.label for button in framed.button}


def test_a_marking_below_an_action_is_refused_on_the_page(world: World) -> None:
    an_action(world, marking=HIGH)
    page = opened(world, "operation.py", "cell")

    choose(page, "Keep this marking", LOW, [])
    press(page, "Keep this marking")

    assert "1 action in it is marked higher" in texts(page)
    assert operation(world) == Marked(HIGH)


def test_a_page_that_was_left_open_overwrites_nothing(world: World) -> None:
    page = opened(world, "operation.py", "cell")
    with world.desk("cell").writing() as work:
        remark_operation(work, "OP1", HIGH, "LEGAL")

    choose(page, "Keep this marking", LOW, [])
    press(page, "Keep this marking")

    assert "changed while your page was open" in texts(page)
    assert operation(world) == Marked(HIGH, "LEGAL")


def test_a_silver_is_offered_no_marking_of_the_operation(world: World) -> None:
    assert "Keep this marking" not in {button.label for button in opened(world, "operation.py", "silver").button}


def test_minutes_are_marked_where_they_are_typed_and_say_so_wherever_they_are_shown(world: World) -> None:
    an_action(world, marking=LOW)
    conference = held(world, "WM-0001")
    page = opened(world, "conferences.py", conference=str(conference))
    next(area for area in page.text_area if area.label == "Reasons").set_value("Care is there.")

    choose(page, "Record the decision", HIGH, ["RECIPIENTS ONLY"])
    press(page, "Record the decision")

    said = "OFFICIAL-SENSITIVE - RECIPIENTS ONLY"
    with world.desk("silver").reading() as look:
        assert [(row.id, row.marked.words) for row in conferences(look, "WM-0001")] == [(conference, said)]
    assert said in badges(page)
    assert said in badges(opened(world, "go_ahead.py", "gold", reference="WM-0001"))


def test_minutes_are_not_marked_below_their_action_on_the_page(world: World) -> None:
    an_action(world, marking=HIGH)
    conference = held(world, "WM-0001")
    page = opened(world, "conferences.py", conference=str(conference))
    next(area for area in page.text_area if area.label == "Reasons").set_value("Care is there.")

    choose(page, "Record the decision", LOW, [])
    press(page, "Record the decision")

    assert "cannot be marked OFFICIAL: WM-0001 is marked OFFICIAL-SENSITIVE" in texts(page)


@pytest.mark.parametrize("file", ["today.py", "actions.py", "calendar.py", "care.py", "roles.py", "conferences.py"])
def test_with_a_ceiling_of_official_no_page_claims_more(
    world: World, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(world, file, "cell")
    before = badges(page)
    monkeypatch.setenv("PLANNER_CEILING", "OFFICIAL")

    page.run()

    assert (before, badges(page)) == (["OFFICIAL-SENSITIVE"], ["OFFICIAL"])
