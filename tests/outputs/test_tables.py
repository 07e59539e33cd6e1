"""A table that leaves the house carries its marking, who and when, and nothing that a spreadsheet would run."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from planner.outputs.tables import Cell, neutral, table_csv, table_xlsx
from planner.rules.markings import Marked
from planner.rules.words import Marking

NOW = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)
SIGNS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]
BEFORE = ["", " ", "   ", "\ufeff", " \ufeff ", "\u00a0", "\u200b", "\u3000", "\x00", "\x1f "]
DANGEROUS = [f"{before}{sign}cmd|' /C calc'!A0" for sign in SIGNS for before in BEFORE]
HARMLESS = ["", " ", "East force", "a=b", "2-4", "'=1+1", "é", "A-12", "Thu 26 November", "1e5", "<b>"]


def as_csv(*rows: list[Cell], columns: list[str] | None = None, **changes: Any) -> list[list[str]]:
    body = table_csv(rows, columns=columns or ["What"], **(heading() | changes))
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def as_book(*rows: list[Cell], columns: list[str] | None = None, **changes: Any) -> Workbook:
    body = table_xlsx(rows, columns=columns or ["What"], **(heading() | changes))
    return load_workbook(io.BytesIO(body))


def heading() -> dict[str, Any]:
    return {"marked": Marked(Marking.OFFICIAL_SENSITIVE), "made_by": "Silver, East", "made_at": NOW}


PREFACE = [["OFFICIAL-SENSITIVE"], ["Made by Silver, East"], ["Made at 2026-07-01 09:30 UTC"]]


def test_a_csv_begins_with_its_marking_who_and_when_and_then_its_columns() -> None:
    read = as_csv(["A-12", 4], columns=["Action", "Places"])

    assert read == [*PREFACE, ["Times are London time"], ["Action", "Places"], ["A-12", "4"]]


def test_handling_stands_in_every_place_of_the_marking_and_is_no_code_of_a_printed_page() -> None:
    marked = Marked(Marking.OFFICIAL, "R&D USE ONLY")

    book = as_book(["A-12"], marked=marked)

    assert as_csv(["A-12"], marked=marked)[0] == ["OFFICIAL - R&D USE ONLY"]
    assert (book.active["A1"].value, book.properties.category) == (marked.words, marked.words)
    assert book.active.oddHeader.center.text == "OFFICIAL - R&&D USE ONLY"


def test_a_csv_opens_in_excel_as_unicode() -> None:
    body = table_csv([["é"]], columns=["What"], **heading())

    assert body.startswith(b"\xef\xbb\xbf")
    assert body.endswith('"é"\r\n'.encode())


def test_a_workbook_carries_marking_who_and_when_in_its_lines_its_properties_and_on_paper() -> None:
    book = as_book(["A-12"])

    sheet = book.active
    assert [[cell.value for cell in row] for row in sheet.iter_rows(max_row=3)] == PREFACE
    told = book.properties
    assert (told.creator, told.category, told.created) == (
        "Silver, East",
        "OFFICIAL-SENSITIVE",
        datetime(2026, 7, 1, 9, 30),  # noqa: DTZ001  a workbook's properties are UTC without a zone
    )
    assert sheet.oddHeader.center.text == "OFFICIAL-SENSITIVE"
    assert sheet.print_title_rows == "$5:$5"
    assert sheet.freeze_panes == "A6"
    assert sheet.auto_filter.ref == "A5:A6"


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_cell_that_could_run_is_neutralised_in_both_kinds_of_file(text: str) -> None:
    cell = as_book([text]).active["A6"]

    assert as_csv([text])[5][0].startswith("'")
    assert str(cell.value).startswith("'")
    assert cell.data_type == "s"


@pytest.mark.parametrize("text", HARMLESS)
def test_a_harmless_cell_is_left_as_it_is(text: str) -> None:
    assert neutral(text) == text
    assert as_csv([text])[5] == [text]


@pytest.mark.parametrize("text", DANGEROUS)
def test_column_names_and_the_maker_are_neutralised_too(text: str) -> None:
    read = as_csv(["x"], columns=[text], made_by=text)
    book = as_book(["x"], columns=[text], made_by=text)

    assert read[4][0].startswith("'")
    assert read[1][0].startswith("Made by ")
    assert book.active["A5"].data_type == "s"
    assert str(book.active["A5"].value).startswith("'")


@pytest.mark.parametrize("text", ["{=1+1}", "https://example.org", "mailto:a@example.org", "internal:Table!A1"])
def test_what_a_library_would_take_for_a_formula_or_a_link_is_text_in_a_name_and_in_a_cell(text: str) -> None:
    sheet = as_book([text], columns=[text]).active

    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in sheet["A"][4:]] == [(text, "s", None)] * 2


@given(st.text())
def test_no_text_at_all_starts_a_formula(text: str) -> None:
    shown = neutral(text)

    assert not shown.strip(" \ufeff").startswith(("=", "+", "-", "@", "\t", "\r"))
    assert neutral(shown) == shown


def test_numbers_stay_numbers() -> None:
    numbers: list[Cell] = [-5, 0, 12, -1.5, Decimal("2.25")]

    columns = list("ABCDE")
    assert as_csv(numbers, columns=columns)[5] == ["-5", "0", "12", "-1.5", "2.25"]
    cells = as_book(numbers, columns=columns).active[6]
    assert [(cell.value, cell.data_type) for cell in cells] == [
        (-5, "n"),
        (0, "n"),
        (12, "n"),
        (-1.5, "n"),
        (2.25, "n"),
    ]


def test_times_are_londons_days_are_days_and_nothing_is_nothing() -> None:
    row: list[Cell] = [datetime(2026, 7, 1, 5, 0, tzinfo=UTC), date(2026, 7, 2), True, None]

    columns = ["Starts", "Night", "Ready", "Note"]
    assert as_csv(row, columns=columns)[5] == ["2026-07-01 06:00", "2026-07-02", "yes", ""]
    cells = as_book(row, columns=columns).active[6]
    assert [cell.value for cell in cells] == [
        datetime(2026, 7, 1, 6, 0),  # noqa: DTZ001  a spreadsheet has no zones
        datetime(2026, 7, 2),  # noqa: DTZ001
        "yes",
        None,
    ]


def test_a_time_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 7, 1, 5, 0)  # noqa: DTZ001

    with pytest.raises(ValueError, match="needs a timezone"):
        as_csv([naive])
    with pytest.raises(ValueError, match="needs a timezone"):
        as_book([naive])


def test_text_that_a_workbook_cannot_hold_is_made_to_fit() -> None:
    cell = as_book(["a\x00b\x0bc\ud800" + "x" * 40_000]).active["A6"]

    assert str(cell.value) == "abc" + "x" * (32_767 - 3)


def test_lines_and_quotes_inside_a_cell_stay_inside_it() -> None:
    text = 'one "two", three;\nfour'

    assert as_csv([text, "next"], columns=["A", "B"])[5] == [text, "next"]
    assert as_book([text]).active["A6"].value == text
