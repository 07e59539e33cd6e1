"""An exported sheet edited and chosen again: differences, what follows, what is missing, and exactly that is done."""

from streamlit.testing.v1 import AppTest

from planner.models.slips import Slip
from planner.outputs.table_file import table_file
from planner.rules.words import ActionState
from tests.builders import World, an_action
from tests.services.test_sheet_back import Edit, edited, gone, put, stored
from tests.ui.pages import opened, press
from tests.ui.test_import_pages import ACTION, HEADINGS, IMPORT, buttons, column, findings, give, texts


def given(world: World, *edits: Edit, by: str = "silver") -> AppTest:
    with world.desk(by).reading() as look:
        body = table_file(look, "actions", "xlsx", "To edit it").body
    for edit in edits:
        body = edited(body, edit)
    page = opened(world, "actions.py", by, tab=IMPORT)
    page.file_uploader[0].upload("actions.xlsx", body).run()
    assert not page.exception
    return page


def test_a_changed_cell_is_shown_listed_and_then_done(world: World) -> None:
    an_action(world)
    page = given(world, put("WM-0001", Number_of_premises=3))

    table = next(table.value for table in page.table if "Becomes" in table.value)
    assert table.iloc[0].tolist() == [7, "WM\\-0001", "Number of premises", "1", "3"]
    assert ("List what follows" in buttons(page), "Do exactly this" in buttons(page)) == (True, False)
    press(page, "List what follows")

    assert any("The premises are others than before." in text for text in texts(page))
    assert stored(world).premises_count == 1
    press(page, "Do exactly this")

    assert stored(world).premises_count == 3
    assert any(text.startswith("✓ The actions are imported: 0 new, 1 changed.") for text in texts(page))
    with world.database.read() as session:
        assert session.get(Slip, 1) is not None


def test_another_choice_of_column_is_listed_anew(world: World) -> None:
    page = opened(world, "actions.py", "silver", tab=IMPORT)
    lines = [[*HEADINGS, "Second end", "Third end"], [*ACTION, "09:00", "09:30"]]
    press(give(page, *lines), "Import these actions")
    column(page, "End (needed)").set_value(7).run()
    press(page, "List what follows")
    assert "Do exactly this" in buttons(page)

    column(page, "End (needed)").set_value(8).run()

    assert ("List what follows" in buttons(page), "Do exactly this" in buttons(page)) == (True, False)


def test_a_line_taken_out_is_asked_about_and_stood_down_with_a_reason(world: World) -> None:
    an_action(world)
    an_action(world, "WM-0002")
    page = given(world, gone("WM-0002"))

    assert any("1 action that stands in no line of it any more: WM-0002." in text for text in texts(page))
    assert "List what follows" not in buttons(page)
    page.radio(key=page.radio[0].key).set_value("Stand them down").run()
    next(box for box in page.text_input if box.label == "Why they are stood down").set_value("Merged").run()
    press(page, "List what follows")
    assert any("It is stood down" in text for text in texts(page))
    press(page, "Do exactly this")

    assert stored(world, "WM-0002").state is ActionState.STOOD_DOWN


def test_of_several_that_were_taken_out_each_that_is_meant_is_named(world: World) -> None:
    for reference in ("WM-0001", "WM-0002", "WM-0003"):
        an_action(world, reference)
    page = given(world, gone("WM-0002", "WM-0003"))

    page.radio(key=page.radio[0].key).set_value("Stand them down").run()
    assert "List what follows" not in buttons(page)
    next(box for box in page.multiselect if box.label == "Which of them").set_value(["WM-0003"]).run()
    next(box for box in page.text_input if box.label == "Why they are stood down").set_value("Merged").run()
    press(page, "List what follows")
    press(page, "Do exactly this")

    assert (stored(world, "WM-0002").state, stored(world, "WM-0003").state) == (
        *(ActionState.PLANNED, ActionState.STOOD_DOWN),
    )


def test_lines_that_a_verb_refuses_stand_in_the_table_of_findings(world: World) -> None:
    an_action(world)
    an_action(world, "WM-0002")
    page = given(world, put("WM-0001", Date="20/11/2026"), put("WM-0002", Number_of_premises=2))

    press(page, "List what follows")

    found = findings(page)
    assert len(found) == 1
    assert "is over or has begun" in found.iloc[0]["What is wrong"]
    assert "Do exactly this" not in buttons(page)
    assert stored(world, "WM-0002").premises_count == 1
