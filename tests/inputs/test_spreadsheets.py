"""What is read of a spreadsheet: encodings, separators, limits, formulas with their values."""

import tracemalloc
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from planner.errors import InputError
from planner.inputs.action_columns import ACTIONS
from planner.inputs.action_rows import ActionRow
from planner.inputs.actions import read_actions
from planner.inputs.columns import suggest_mapping
from planner.inputs.grid import Formula
from planner.inputs.readings import Reading
from planner.inputs.spreadsheets import read_grid
from planner.inputs.workbooks import NOTES
from tests.inputs.files import a_csv, an_xlsx, with_part
from tests.inputs.known import KNOWN
from tests.inputs.make_samples import GOOD, HEADINGS

MEGABYTE = 1024 * 1024


def actions(data: bytes) -> Reading[ActionRow]:
    grid = read_grid(data)
    return read_actions(grid, suggest_mapping(grid.headings, ACTIONS), KNOWN)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_heading_with_an_accent_is_read_in_every_encoding(encoding: str) -> None:
    data = a_csv(["Référence", "Force"], ["EX-1", "GLO"]).decode().encode(encoding)

    assert read_grid(data).headings == ("Référence", "Force")


def test_utf16_without_its_mark_is_refused_for_its_nul_bytes() -> None:
    data = a_csv(HEADINGS, GOOD).decode().encode("utf-16-le")

    with pytest.raises(InputError, match=r"^Line 1 holds a NUL byte"):
        read_grid(data)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found_in_the_heading_line(separator: str) -> None:
    data = "\r\n".join(separator.join(line) for line in (HEADINGS, GOOD)).encode()

    assert [row.external_reference for row in actions(data).rows] == ["EX-1"]


def test_blank_lines_are_passed_over_and_line_numbers_stay_those_of_the_file() -> None:
    data = a_csv([], HEADINGS, [], ["", "", ""], GOOD)

    assert [row.line for row in actions(data).rows] == [5]


@pytest.mark.parametrize(
    ("typed", "starts_at"),
    [("14/01/2027", "2027-01-14T06:00"), ("2027-01-14", "2027-01-14T06:00"), ("1/4/2027", "2027-04-01T05:00")],
)
def test_dates_are_day_first_and_times_are_london_s(typed: str, starts_at: str) -> None:
    found = actions(a_csv(HEADINGS, [*GOOD[:2], typed, *GOOD[3:]]))

    assert [row.starts_at for row in found.rows] == [datetime.fromisoformat(f"{starts_at}+00:00")]


@pytest.mark.parametrize("at", [time(5, 30), time(5, 29, 59, 999_999), "05:30", "5:30", "0530", "05:30:00"])
def test_a_time_is_read_however_it_was_typed(at: Any) -> None:
    line = ["EX-1", "GLO", date(2027, 1, 14), at, time(8), "warrant", "residential"]

    found = actions(an_xlsx(HEADINGS, line))

    assert [f"{row.starts_at:%H:%M}" for row in found.rows] == ["05:30"]


def test_a_home_office_code_that_lost_its_nought_is_understood() -> None:
    found = actions(an_xlsx(HEADINGS, ["EX-1", 1, *GOOD[2:]]))

    assert [row.force_code for row in found.rows] == ["MET"]


def test_a_formula_is_taken_by_the_value_the_workbook_carries() -> None:
    headings = [*HEADINGS, "Number of premises"]
    without_value = an_xlsx(headings, [*GOOD, "=1+2"])
    with_value = with_part(without_value, "xl/worksheets/sheet1.xml", (b"<f>1+2</f><v/>", b"<f>1+2</f><v>3</v>"))

    assert read_grid(without_value).rows[0].cells[-1] == Formula("=1+2")
    assert [row.premises_count for row in actions(with_value).rows] == [3]


def test_a_hundred_thousand_rows_are_refused_with_their_number() -> None:
    data = a_csv(HEADINGS, *([f"EX-{number}", *GOOD[1:]] for number in range(100_000)))

    with pytest.raises(InputError) as refused:
        read_grid(data)

    assert str(refused.value) == (
        "The file has 100,000 rows; at most 20,000 are read at a time. Split it into smaller files."
    )


def test_twenty_thousand_rows_are_read_and_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    grid = read_grid(a_csv(HEADINGS, *([f"EX-{number}", *GOOD[1:]] for number in range(20_000))))

    found = read_actions(
        grid, suggest_mapping(grid.headings, ACTIONS), KNOWN, lambda done, all_: told.append((done, all_))
    )

    assert (len(found.rows), found.findings) == (20_000, ())
    assert told == [(done, 20_000) for done in range(500, 20_001, 500)]


def test_a_workbook_of_too_many_rows_is_refused_before_it_fills_the_memory() -> None:
    row = b'<row r="2"><c r="A2" t="inlineStr"><is><t>EX-1</t></is></c></row>'
    many = b"".join(row.replace(b'"2"', b'"%d"' % n).replace(b"A2", b"A%d" % n) for n in range(2, 100_002))
    sheet = b"</sheetData>"
    data = with_part(an_xlsx(HEADINGS), "xl/worksheets/sheet1.xml", (sheet, many + sheet))

    tracemalloc.start()
    with pytest.raises(InputError) as refused:
        read_grid(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert str(refused.value) == (
        "The file has 100,000 rows; at most 20,000 are read at a time. Split it into smaller files."
    )
    assert peak < 64 * MEGABYTE


def test_a_workbook_that_lies_about_its_size_is_read_by_what_stands_there() -> None:
    data = an_xlsx(HEADINGS, GOOD)
    sheet = "xl/worksheets/sheet1.xml"

    lying = with_part(data, sheet, (b'<dimension ref="A1:G2"/>', b'<dimension ref="A1:XFD1048576"/>'))

    assert read_grid(lying) == read_grid(data)


def test_a_workbook_that_reaches_past_the_last_row_is_refused() -> None:
    data = an_xlsx(HEADINGS, GOOD)

    far = with_part(data, "xl/worksheets/sheet1.xml", (b'<row r="2">', b'<row r="99999999999">'))

    with pytest.raises(InputError, match=r"^The sheet reaches too far right or down"):
        read_grid(far)


def test_a_workbook_that_declares_entities_is_refused() -> None:
    declared = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet'

    hostile = with_part(an_xlsx(HEADINGS, GOOD), "xl/worksheets/sheet1.xml", (b"<worksheet", declared))

    with pytest.raises(InputError, match=r"^The workbook is damaged"):
        read_grid(hostile)


def test_a_date_that_no_calendar_has_is_a_finding_and_not_a_crash() -> None:
    sheet = "xl/worksheets/sheet1.xml"
    data = an_xlsx(HEADINGS, ["EX-1", "GLO", date(2027, 1, 14), *GOOD[3:]])

    broken = with_part(data, sheet, (b"<v>46401</v>", b"<v>9999999999</v>"))

    assert [finding.sentence for finding in actions(broken).findings] == [
        "Line 2, Date: #VALUE! is an error of the spreadsheet."
    ]


def test_a_file_of_more_than_twenty_megabytes_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        read_grid(b"x" * (21 * MEGABYTE))

    assert str(refused.value) == "The file is 21 MB; at most 20 MB are read. Split it."


def test_reading_changes_no_file(tmp_path: Path) -> None:
    path = tmp_path / "actions.csv"
    path.write_bytes(a_csv(HEADINGS, GOOD))

    assert actions(path.read_bytes()) == actions(path.read_bytes())


def test_further_sheets_with_cells_are_named_and_a_template_s_notes_are_none() -> None:
    book, body = load_workbook(BytesIO(an_xlsx(["Reference", "Force"], ["EX-1", "Kent"], notes=[NOTES]))), BytesIO()
    book.worksheets[0].title = "October"
    book.create_sheet("Blank")
    book.create_sheet("November").append(["EX-2", "Kent"])
    book.save(body)

    grid = read_grid(body.getvalue())

    said = "Only the first sheet, “October”, is read; the file also has “November”."
    assert grid.unread == said
    with pytest.raises(InputError, match=f"Choose or rename columns. {said}"):
        suggest_mapping(grid.headings, ACTIONS).refuse_gaps(grid.rows, grid.unread)
    del book["November"]
    body = BytesIO()
    book.save(body)
    assert read_grid(body.getvalue()).unread == ""
    book.worksheets[0].delete_rows(1, 2)
    book.create_sheet("November").append(["EX-2", "Kent"])
    body = BytesIO()
    book.save(body)
    with pytest.raises(InputError, match=f"The file is empty.* {said}"):
        read_grid(body.getvalue())


def test_a_time_that_a_workbook_keeps_as_a_date_is_not_said_as_a_day_that_nobody_sees() -> None:
    found = read_actions(
        read_grid(an_xlsx(HEADINGS, [*GOOD[:3], date(1901, 6, 13), *GOOD[4:]])),
        suggest_mapping(HEADINGS, ACTIONS),
        KNOWN,
    ).findings

    assert [item.sentence for item in found] == ["Line 2, Start: a number or a date stands here, not a time."]
