"""A spreadsheet goes in through the pages: columns chosen by hand, what it would do, what is wrong, all or nothing."""

import pytest
from pandas import DataFrame
from sqlmodel import select
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from planner.models.care import Unit
from planner.models.directory import Agency
from planner.models.operations import Action
from planner.models.records import RecordLine
from planner.outputs.table_file import table_file
from planner.services.importing import NOTHING_GOES
from planner.settings import ROOT
from tests.builders import World
from tests.inputs.files import a_csv, an_xlsx
from tests.ui.pages import opened, press

TEMPLATES = ROOT / "data" / "templates"
HEADINGS = ["Reference", "Force", "Date", "Start", "End", "Kind", "Premises"]
ACTION = ["EX-1", "force", "10/12/2026", "06:00", "08:30", "warrant", "residential"]
AGENCIES = ["Code", "Name", "Kind", "Nation", "Fictional"]
CHARITY = ["CHARITY", "Example charity", "ngo", "England", "yes"]
PROVIDERS = ["Provider code", "Provider name", "Unit", "Accepts", "Zones", "Places"]
HOUSE = ["HOUSE", "Example House", "HOUSE-A", "woman", "Midlands", "3"]
HOSTILE = "![a](https://example.org/pixel.png)"
IMPORT = "Import a spreadsheet"


def give(page: AppTest, *lines: list[str]) -> AppTest:
    page.file_uploader[0].upload("a file.csv", a_csv(*lines)).run()
    assert not page.exception
    return page


def column(page: AppTest, label: str) -> Selectbox[object]:
    return next(box for box in page.selectbox if box.label == f"Column for {label}")


def texts(page: AppTest) -> list[str]:
    return [text.value for text in page.text]


def buttons(page: AppTest) -> list[str]:
    return [button.label for button in page.button]


def columns_open(page: AppTest) -> bool:
    (block,) = [block for block in page.expander if block.label == "Which column holds what"]
    return bool(block.proto.expanded)


def findings(page: AppTest) -> DataFrame:
    return next(table.value for table in page.table if "Remedy" in table.value)


def foreseen(page: AppTest) -> DataFrame:
    return next(frame.value for frame in page.dataframe if "What happens" in frame.value)


def stored(world: World) -> tuple[int, int, int]:
    with world.database.read() as session:
        actions, agencies, units = (len(session.exec(select(table)).all()) for table in (Action, Agency, Unit))
    return actions, agencies, units


def test_silver_imports_actions_and_the_same_file_then_does_nothing(world: World) -> None:
    page = give(opened(world, "actions.py", "silver", tab=IMPORT), HEADINGS, ACTION, ["EX-2", *ACTION[1:]])

    assert not columns_open(page)
    assert "2 new, 0 changed, 0 as they were." in texts(page)
    rows = foreseen(page)
    assert list(rows["Reference"]) == ["EX-1", "EX-2"]
    assert list(rows["What happens"]) == ["New", "New"]
    assert list(rows["When"]) == ["Thu 10 December 2026, 06:00 to 08:30"] * 2
    assert stored(world)[0] == 0
    press(page, "Import these actions")

    assert "✓ The actions are imported: 2 new, 0 changed." in texts(page)
    assert "Nothing: 2 lines read, and everything is as the file says already." in texts(page)
    assert "Import these actions" not in buttons(page)
    assert stored(world)[0] == 2


def test_a_column_that_is_missing_is_said_and_chosen_by_hand(world: World) -> None:
    page = give(opened(world, "actions.py", "silver", tab=IMPORT), ["Vorgang", *HEADINGS[1:]], ACTION)

    assert columns_open(page)
    assert any(text.startswith("The file has no column “Reference”") for text in texts(page))
    assert "Import these actions" not in buttons(page)
    box = column(page, "Reference (needed)")
    assert (box.value, box.options) == (-1, ["not in the file", "Vorgang", *HEADINGS[1:]])
    box.set_value(0).run()

    assert not any(text.startswith("The file has no column") for text in texts(page))
    press(page, "Import these actions")
    assert stored(world)[0] == 1


def test_the_reading_follows_the_choice_and_one_heading_is_not_read_twice(world: World) -> None:
    page = give(opened(world, "actions.py", "silver", tab=IMPORT), [*HEADINGS, "Second start"], [*ACTION, "07:00"])

    column(page, "Start (needed)").set_value(7).run()
    assert list(foreseen(page)["When"]) == ["Thu 10 December 2026, 07:00 to 08:30"]
    column(page, "End (needed)").set_value(7).run()

    assert "One heading is chosen for “Start”, “End”. Choose a heading of its own for each." in texts(page)
    assert "Import these actions" not in buttons(page)


def test_a_column_that_may_be_either_heading_is_left_to_the_person(world: World) -> None:
    headings = [HEADINGS[0], "Force name", *HEADINGS[2:], "Police force"]
    page = give(opened(world, "actions.py", "silver", tab=IMPORT), headings, [*ACTION, "other_force"])

    assert columns_open(page)
    assert any(text.startswith("More than one column could be “Force”") for text in texts(page))
    assert column(page, "Force (needed)").value is None
    column(page, "Force (needed)").set_value(1).run()

    assert "1 new, 0 changed, 0 as they were." in texts(page)


def test_what_may_hold_people_is_named_and_never_shown(world: World) -> None:
    page = give(
        opened(world, "actions.py", "silver", tab=IMPORT),
        [*HEADINGS, "Victim name", "Remarks"],
        [*ACTION, "CANARY", "x"],
    )

    assert "Neither read nor kept, because of what it may hold: “Victim name”." in texts(page)
    assert "Not read: “Remarks”." in texts(page)
    assert "CANARY" not in repr([element.value for element in (*page.text, *page.dataframe, *page.table)])


def test_bad_cells_are_a_table_of_twenty_a_page_and_nothing_is_offered(world: World) -> None:
    bad = [[f"EX-{number}", "Nowhere", "31/02/2027", *ACTION[3:]] for number in range(10, 25)]
    page = give(opened(world, "actions.py", "silver", tab=IMPORT), HEADINGS, ACTION, *bad)

    assert "30 cells cannot be taken, so none of these actions is imported. Mend them and choose the file again." in (
        texts(page)
    )
    assert "Showing 1 to 20 of 30." in texts(page)
    found = findings(page)
    assert list(found.columns) == ["Line", "Column", "What is wrong", "Remedy"]
    assert (len(found), found["Line"][0], found["Column"][0]) == (20, 3, "Force")
    assert found["What is wrong"][0].replace("\\", "") == "Nowhere is no force known here."
    assert "Import these actions" not in buttons(page)
    assert stored(world)[0] == 0


def test_words_in_question_are_taken_once_somebody_looked_and_the_record_names_their_kind_alone(world: World) -> None:
    charity = ["CHARITY", "Flat 3 Collective", *CHARITY[2:]]
    page = give(opened(world, "directory.py", "cell", tab=IMPORT), AGENCIES, charity)

    assert "1 cell cannot be taken, so none of these agencies is imported. Mend them and choose the file again." in (
        texts(page)
    )
    assert "In question: “Flat 3”" in texts(page)
    press(page, "These are posts, organisations or references and no person's: take them")
    assert "1 new, 0 changed, 0 as they were." in texts(page)
    press(page, "Import these agencies")

    with world.database.read() as session:
        said = session.exec(select(RecordLine.sentence)).all()
        names = session.exec(select(Agency.name)).all()
    assert "Flat 3 Collective" in names
    assert len([line for line in said if line.endswith("What looked like an address was looked at and kept.")]) == 1


def test_free_text_of_a_file_is_drawn_and_never_obeyed(world: World) -> None:
    page = give(
        opened(world, "actions.py", "silver", tab=IMPORT), [*HEADINGS[:-1], HOSTILE], [ACTION[0], HOSTILE, *ACTION[2:]]
    )
    column(page, "Premises (needed)").set_value(6).run()

    drawn = [str(cell) for table in page.table for cell in table.value.to_numpy().ravel()]
    assert any("example" in cell for cell in drawn)
    assert not any("](http" in cell for cell in (*drawn, *(item.value for item in page.markdown)))


def test_a_file_that_is_no_spreadsheet_is_refused_in_one_sentence(world: World) -> None:
    page = opened(world, "actions.py", "silver", tab=IMPORT)

    page.file_uploader[0].upload("a file.csv", b"%PDF-1.7").run()

    assert not page.exception
    assert any(text.startswith("This is a PDF document") for text in texts(page))


def test_who_may_not_plan_is_offered_no_import(world: World) -> None:
    gold, silver = opened(world, "actions.py", "gold", tab=IMPORT), opened(world, "actions.py", "silver", tab=IMPORT)

    assert [len(page.file_uploader) for page in (gold, silver)] == [0, 1]


def test_the_cell_imports_agencies_and_then_care_providers(world: World) -> None:
    before = stored(world)
    page = give(opened(world, "directory.py", "cell", tab=IMPORT), AGENCIES, CHARITY)
    assert list(foreseen(page)["Fictional"]) == ["Yes"]
    press(page, "Import these agencies")
    assert "✓ The agencies are imported: 1 new, 0 changed." in texts(page)

    next(box for box in page.radio if box.label == "What the file holds").set_value("Care providers").run()
    give(page, PROVIDERS, HOUSE)
    rows = foreseen(page)
    assert (rows["Site"][0], rows["Exploitation"][0], rows["Places"][0]) == ("Safe house", "Any", 3)
    press(page, "Import these care providers")

    assert "✓ The care providers are imported: 1 new, 0 changed." in texts(page)
    assert stored(world) == (before[0], before[1] + 2, before[2] + 1)


def test_what_an_exported_sheet_of_the_directory_changes_is_shown_cell_by_cell(world: World) -> None:
    with world.desk("cell").reading() as look:
        body = table_file(look, "agencies", "csv", "To edit it").body
    page = opened(world, "directory.py", "cell", tab=IMPORT)
    page.file_uploader[0].upload("agencies.csv", body.replace(b'"Ngo"', b'"Renamed"')).run()

    said = texts(page)
    assert "0 new, 1 changed, 6 as they were." in said
    assert "Not read from an exported sheet, whatever is typed there: Source." in said
    assert NOTHING_GOES in said
    (rows,) = [table.value for table in page.table if "Becomes" in table.value]
    assert [list(rows[name]) for name in ("Agency", "What", "Now", "Becomes")] == [
        ["ngo"],
        ["Name"],
        ["Ngo"],
        ["Renamed"],
    ]
    press(page, "Import these agencies")
    assert "✓ The agencies are imported: 0 new, 1 changed." in texts(page)


def test_further_sheets_of_a_workbook_are_named_and_of_a_plain_file_no_line_can_be_gone(world: World) -> None:
    page = opened(world, "directory.py", "cell", tab=IMPORT)
    body = an_xlsx(AGENCIES, CHARITY, notes=[["Code", "Name"], ["OTHER", "Another charity"]])
    page.file_uploader[0].upload("agencies.xlsx", body).run()

    assert "Only the first sheet, “Sheet”, is read; the file also has “Words”." in texts(page)
    assert NOTHING_GOES not in texts(page)


def test_what_the_directory_refuses_is_in_the_table_too(world: World) -> None:
    page = give(opened(world, "directory.py", "cell", tab=IMPORT), AGENCIES, ["force", *CHARITY[1:]])

    assert list(findings(page)["What is wrong"]) == ["force is in the directory as police force\\."]
    assert "Import these agencies" not in buttons(page)
    give(page, AGENCIES, CHARITY)
    assert "Import these agencies" in buttons(page)


@pytest.mark.parametrize("name", ["silver", "gold", "national"])
def test_who_does_not_manage_the_directory_sees_no_form(world: World, name: str) -> None:
    page = opened(world, "directory.py", name, tab=IMPORT)

    assert not page.exception
    assert "Import a spreadsheet" not in [header.value for header in page.header]
    assert len(page.file_uploader) == len(page.download_button) == 0


def test_templates_are_given_as_they_lie_there_and_their_columns_explained(world: World) -> None:
    page = opened(world, "directory.py", "cell", tab=IMPORT)

    assert [button.label for button in page.download_button] == ["Template as CSV", "Template as XLSX"]
    assert list(page.table[0].value["Column"])[:4] == AGENCIES[:4]
    assert list(page.table[0].value["Needed"]) == ["Yes"] * 4 + [""] * 3


def test_a_workbook_goes_in_as_well(world: World) -> None:
    page = opened(world, "directory.py", "cell", tab=IMPORT)

    page.file_uploader[0].upload("a file.xlsx", an_xlsx(AGENCIES, CHARITY)).run()
    press(page, "Import these agencies")

    assert "✓ The agencies are imported: 1 new, 0 changed." in texts(page)
