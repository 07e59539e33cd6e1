"""Each sample of an error is refused in exactly these words, beside the template, which is read whole."""

# ruff: noqa: E501 -- a sentence stands whole, as a person reads it

from pathlib import Path

import pytest
from openpyxl import load_workbook

from planner.errors import InputError
from planner.inputs.action_columns import ACTIONS
from planner.inputs.action_rows import ActionRow
from planner.inputs.actions import read_actions
from planner.inputs.columns import suggest_mapping
from planner.inputs.readings import Reading
from planner.inputs.spreadsheets import read_grid
from tests.inputs.known import KNOWN
from tests.inputs.make_samples import ERRORS, TEMPLATES, write_templates

SAVE_AS = "Save the table as CSV (UTF-8) or as an Excel workbook (.xlsx) and choose that file."

WHOLE_FILES = {
    "a_damaged_workbook.xlsx": f"The workbook is damaged and cannot be opened. {SAVE_AS}",
    "a_pdf.csv": f"This is a PDF document, not a spreadsheet that can be read. {SAVE_AS}",
    "a_picture.csv": f"This is a picture, not a spreadsheet that can be read. {SAVE_AS}",
    "a_web_page.csv": f"This is a web page or XML, not a spreadsheet that can be read. {SAVE_AS}",
    "a_workbook_with_macros.xlsx": f"This is a workbook with macros (.xlsm), not a spreadsheet that can be read. {SAVE_AS}",
    "an_old_workbook.xlsx": f"This is an old Excel file (.xls) or one with a password, not a spreadsheet that can be read. {SAVE_AS}",
    "an_unfolding_workbook.xlsx": "The workbook unfolds to 70 MB, more than is read. Keep one sheet with values and no pictures.",
    "another_archive.xlsx": f"This is a compressed file or another program's document, not a spreadsheet that can be read. {SAVE_AS}",
    "column_missing.csv": "The file has no column “Premises”; it has “Reference”, “Force”, “Date”, “Start”, “End”, “Kind”. Choose or rename columns.",
    "column_twice.csv": "More than one column could be “Force”. Choose which one holds it, or rename the other.",
    "control_character.csv": "Line 2 holds the control character 0x07: the file is damaged or no text. Save it as CSV (UTF-8) and choose it again.",
    "empty.csv": "The file is empty. Choose one with a heading line and at least one row.",
    "heading_line_alone.csv": "The file has a heading line but no rows beneath it. Add the rows and choose it again.",
    "nul_byte.csv": "Line 2 holds a NUL byte: the file is damaged or no text. Save it as CSV (UTF-8) and choose it again.",
    "quotation_mark_open.csv": "Line 2: a quotation mark is not closed, or a cell is too long. Mend the line and try again.",
    "too_many_rows.csv": "The file has 20,001 rows; at most 20,000 are read at a time. Split it into smaller files.",
    "unknown_encoding.csv": "The file is neither UTF-8 nor Windows-1252 at byte 49 (0x81). Save it as CSV (UTF-8) and choose it again.",
    "utf16_cut_short.csv": "The file is not sound UTF-16 at byte 199. Save it as CSV (UTF-8) and choose it again.",
}

# Sentences and their remedies, line by line; every sample has one sound line, which is read.
BAD_LINES = {
    "clocks_go_back.csv": (
        (
            "Line 3, Start: 01:30 happens twice on 25 October 2026: the clocks go back.",
            "Give a time the clock shows once that day.",
        ),
    ),
    "clocks_go_forward.csv": (
        (
            "Line 3, Start: 01:30 does not exist on 28 March 2027: the clocks go forward.",
            "Give a time the clock shows once that day.",
        ),
    ),
    "date_after_operation.csv": (
        (
            "Line 3, Date: 14/01/2030 is after the operation ends on 30/04/2027.",
            "Give a day of the operation, or change its dates first.",
        ),
    ),
    "date_before_operation.csv": (
        (
            "Line 3, Date: 14/01/2020 is before the operation begins on 01/10/2026.",
            "Give a day of the operation, or change its dates first.",
        ),
    ),
    "date_in_words.csv": (
        ("Line 3, Date: next Tuesday is not a date.", "Give the day first, as 14/03/2027, or as 2027-03-14."),
    ),
    "date_that_does_not_exist.csv": (
        (
            "Line 3, Date: 30/02/2027 is a date that does not exist.",
            "Give the day first, as 14/03/2027, or as 2027-03-14.",
        ),
    ),
    "demand_falling.csv": (
        ("Line 3, Women likely: 3, 1, 4 do not rise from low to high.", "Put them in rising order."),
    ),
    "demand_incomplete.csv": (
        ("Line 3, Women likely: low, likely and high stand together.", "Fill in all three, or leave all three blank."),
    ),
    "duplicate_reference.csv": (
        (
            "Line 4, Reference: ex-1 stands on line 2 and again on line 4.",
            "Keep one of the two lines, or give one another name.",
        ),
    ),
    "empty_cell.csv": (("Line 3, Force: the cell is empty.", "Fill it in, or take the line out."),),
    "end_before_start.csv": (
        (
            "Line 3, End: the end is not after the start at 08:30 on 14/01/2027.",
            "Give a later time, or an end date where the action ends on another day.",
        ),
    ),
    "excel_error.csv": (
        (
            "Line 3, Number of premises: #REF! is an error of the spreadsheet.",
            "Mend the formula, then paste as values.",
        ),
    ),
    "force_of_every_nation_without_region.csv": (
        (
            "Line 3, Region: British Transport Police works in every nation.",
            "Give the region where the action happens.",
        ),
    ),
    "formula_without_value.xlsx": (("Line 3, Start: =D2 is a formula.", "Copy the column and paste it as values."),),
    "intelligence_without_system.csv": (
        ("Line 3, Intelligence system: a reference stands without its system.", "Name the system, such as HOLMES."),
    ),
    "month_first_date.csv": (
        (
            "Line 3, Date: 01/14/2027 is a date that does not exist.",
            "Give the day first, as 14/03/2027, or as 2027-03-14.",
        ),
    ),
    "negative_number.csv": (("Line 3, Number of premises: -2 is negative.", "Give a number from 1 to 200."),),
    "not_a_language.csv": (
        ("Line 3, Languages: 0800 555 is not a language.", "Name languages, separated by semicolons."),
    ),
    "number_out_of_range.csv": (("Line 3, Number of premises: 5000 is out of range.", "Give a number from 1 to 200."),),
    "reference_with_content.csv": (
        ("Line 3, Reference: =1+1 is a formula.", "Copy the column and paste it as values."),
        (
            "Line 4, Reference: EX 3: see the file! is not a reference.",
            "Use a letter or digit first, then letters, digits, spaces and . / - _ only, 60 at most; no content.",
        ),
    ),
    "secret_marking.csv": (
        (
            "Line 3, Marking: SECRET has no place here.",
            "Plan it on a system accredited for SECRET and take the line out of this file.",
        ),
    ),
    "several_faults_in_one_line.csv": (
        ("Line 3, Force: Nowhere is no force known here.", "Use a force's code or name."),
        (
            "Line 3, Date: 31/04/2027 is a date that does not exist.",
            "Give the day first, as 14/03/2027, or as 2027-03-14.",
        ),
        ("Line 3, Start: 6am is not a time of day.", "Give hours and minutes, as 05:30."),
        ("Line 3, Premises: the cell is empty.", "Fill it in, or take the line out."),
    ),
    "surplus_cell.csv": (
        (
            "Line 3, column 8: the line has 9 cells under 7 headings.",
            "Put a cell that holds a separator in quotation marks, or give its column a heading.",
        ),
    ),
    "text_for_a_number.csv": (
        ("Line 3, Number of premises: two is not a whole number.", "Give a whole number in digits, such as 4."),
    ),
    "time_that_does_not_exist.csv": (
        ("Line 3, Start: 25:00 is a time that does not exist.", "Give a time from 00:00 to 23:59."),
        ("Line 3, End: 26:00 is a time that does not exist.", "Give a time from 00:00 to 23:59."),
    ),
    "two_digit_year.csv": (
        ("Line 3, Date: 14/01/27 has a year of two digits.", "Write the year in full, as 14/03/2027."),
    ),
    "unknown_force.csv": (("Line 3, Force: Glostershire is no force known here.", "Use a force's code or name."),),
    "unknown_kind.csv": (("Line 3, Kind: raid is not known here.", "Use one of: warrant, visit, port."),),
    "unknown_marking.csv": (
        ("Line 3, Marking: RESTRICTED is not known here.", "Use one of: OFFICIAL, OFFICIAL-SENSITIVE."),
    ),
    "unknown_premises.csv": (
        (
            "Line 3, Premises: castle is not known here.",
            "Use one of: parlour or sauna, residential, not typed, workplace, port.",
        ),
    ),
    "unknown_region.csv": (("Line 3, Region: Mercia is no region known here.", "Use a region's code or name."),),
    "workbook_cells.xlsx": (
        ("Line 3, Date: 14/01/2027 06:00 holds a time as well.", "Give the date alone here."),
        ("Line 4, Date: 46000 is not a date.", "Give the day first, as 14/03/2027, or as 2027-03-14."),
        ("Line 4, Start: 06:00:30 has seconds.", "Give hours and minutes, as 05:30."),
        ("Line 4, End: 0.25 is not a time of day.", "Give hours and minutes, as 05:30."),
        ("Line 4, Premises: True is not text.", "Type plain text; format the cell as text."),
    ),
}


def reading(name: str) -> Reading[ActionRow]:
    grid = read_grid((ERRORS / name).read_bytes())
    return read_actions(grid, suggest_mapping(grid.headings, ACTIONS), KNOWN)


@pytest.mark.parametrize("name", WHOLE_FILES)
def test_a_file_that_cannot_be_taken_is_refused_in_one_sentence(name: str) -> None:
    with pytest.raises(InputError) as refused:
        reading(name)

    assert str(refused.value) == WHOLE_FILES[name]


@pytest.mark.parametrize("name", BAD_LINES)
def test_a_bad_line_is_named_by_line_and_column_with_a_remedy(name: str) -> None:
    found = reading(name)

    assert tuple((finding.sentence, finding.remedy) for finding in found.findings) == BAD_LINES[name]
    assert not found.stands


@pytest.mark.parametrize("name", BAD_LINES)
def test_the_sound_line_beside_it_is_read(name: str) -> None:
    references = [row.external_reference for row in reading(name).rows]

    assert references[0] == "EX-1"


def test_every_sample_has_its_sentence() -> None:
    assert {path.name for path in ERRORS.iterdir()} == {*WHOLE_FILES, *BAD_LINES}


@pytest.mark.parametrize("name", ["actions.csv", "actions.xlsx"])
def test_the_template_is_read_whole(name: str) -> None:
    grid = read_grid((TEMPLATES / name).read_bytes())

    found = read_actions(grid, suggest_mapping(grid.headings, ACTIONS), KNOWN)

    assert found.findings == ()
    assert [row.external_reference for row in found.rows] == ["EXAMPLE-1", "EXAMPLE-2", "EXAMPLE-3"]


def test_both_templates_hold_the_same_actions() -> None:
    grids = [read_grid((TEMPLATES / name).read_bytes()) for name in ("actions.csv", "actions.xlsx")]

    from_csv, from_xlsx = (read_actions(grid, suggest_mapping(grid.headings, ACTIONS), KNOWN) for grid in grids)

    assert from_csv == from_xlsx


def test_templates_are_those_that_the_columns_make(tmp_path: Path) -> None:
    write_templates(tmp_path)

    made = {path.name for path in tmp_path.iterdir()}
    assert made == {path.name for path in TEMPLATES.iterdir() if path.is_file()}
    for name in made:
        ours, kept = (folder / name for folder in (tmp_path, TEMPLATES))
        if name.endswith(".xlsx"):  # another release of the compressor packs the same sheets otherwise
            assert sheets(ours) == sheets(kept)
        else:
            assert ours.read_bytes() == kept.read_bytes()


def sheets(path: Path) -> dict[str, list[tuple[object, ...]]]:
    return {sheet.title: list(sheet.values) for sheet in load_workbook(path).worksheets}
