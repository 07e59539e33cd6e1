"""Tables for spreadsheets: CSV and XLSX that carry their marking, who made them and when, and no formula.

A cell that a spreadsheet would take for a formula is written with an apostrophe before it (OWASP, "CSV
injection"). Only text is treated so: a number stays a number, its minus sign included. A workbook is written row by
row: of many thousands of actions no second copy is held.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import chain
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from planner.rules.asked import Asked, origin_lines
from planner.rules.markings import Marked
from planner.rules.windows import local

Cell = str | int | float | Decimal | bool | date | datetime | time | None

# What a spreadsheet passes over before it looks for a formula: spaces of any kind, marks that show nothing.
_PASSED_OVER = (
    " \u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u2060\u3000\ufeff"
)
# The full-width signs are formulas too where a spreadsheet runs in Chinese, Japanese or Korean.
_STARTS_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
# And what turns the direction of writing: a reference would be read backwards.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_LONGEST = 32_767  # characters that one cell of XLSX can hold
_WIDEST = 60  # characters of a column's width
_LONGEST_HEADER = 120  # characters of a printed page's marking: Excel mends a file whose header is over 255
_CLOCK, _INSTANT = "hh:mm", "yyyy-mm-dd hh:mm"


def neutral(text: str) -> str:
    """Return the text as a cell that no spreadsheet calculates, without control characters."""
    kept = _CONTROL.sub("", text)
    if kept.lstrip(_PASSED_OVER).startswith(_STARTS_FORMULA):
        kept = f"'{kept}"
    return kept[:_LONGEST]


def table_csv(
    rows: Iterable[Sequence[Cell]],
    *,
    columns: Sequence[str],
    marked: Marked,
    made_by: str,
    made_at: datetime,
    asked: Asked | None = None,
    beyond: str = "",
) -> bytes:
    """Return UTF-8 with a byte-order mark, which Excel needs; four lines or five come before the column names."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)
    preface = _preface(marked, made_by, made_at, asked, beyond)
    for row in chain(preface, [columns], rows):
        writer.writerow([_in_csv(cell) for cell in row])
    return file.getvalue().encode("utf-8-sig")


def table_xlsx(
    rows: Iterable[Sequence[Cell]],
    *,
    columns: Sequence[str],
    marked: Marked,
    made_by: str,
    made_at: datetime,
    asked: Asked | None = None,
    beyond: str = "",
) -> bytes:
    """Return a workbook of one sheet; its properties and its printed pages carry the marking too."""
    preface = _preface(marked, made_by, made_at, asked, beyond)
    # All of them before the sheet begins: one that is left halfway leaves its file behind.
    lines = [[_in_xlsx(cell) for cell in row] for row in chain(preface, [columns], rows)]
    book = Workbook(write_only=True)
    _describe(book, marked, made_by, made_at)
    sheet: Any = book.create_sheet("Table")  # the stubs know a sheet that is written at once
    _lay_out(sheet, columns, marked, names_in_row=len(preface) + 1)
    sheet.auto_filter.ref = f"A{len(preface) + 1}:{get_column_letter(len(columns))}{len(lines)}"
    for number, line in enumerate(lines):
        sheet.append([_bold(sheet, name) for name in line] if number == len(preface) else _formatted(sheet, line))
    return _saved(book)


def _preface(marked: Marked, made_by: str, made_at: datetime, asked: Asked | None, beyond: str) -> list[list[Cell]]:
    """The marking first; what a sheet was narrowed to is of use when it comes back; last what is not in it."""
    made, narrowed = origin_lines(asked or Asked(), made_at)
    told: list[list[Cell]] = [] if asked is None else [[narrowed]]
    clock = f"Times are London time. {beyond}" if beyond else "Times are London time"
    return [[marked.words], [f"Made by {made_by}"], [made], *told, [clock]]


def _in_csv(cell: Cell) -> str | int | float | Decimal:
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case datetime():
            return f"{_london(cell):%Y-%m-%d %H:%M}"
        case date():
            return cell.isoformat()
        case time():
            return f"{cell:%H:%M}"
        case str():
            return neutral(cell)
    return cell


def _in_xlsx(cell: Cell) -> Cell:
    match cell:
        case bool() | str():
            return _in_csv(cell)
        case datetime():
            return _london(cell)
    return cell


def _formatted(sheet: Any, line: Sequence[Cell]) -> list[Any]:
    """Times to the minute, as they are written here; a day and a number are shown as they are."""
    return [_cell(sheet, value) if isinstance(value, datetime | time) else value for value in line]


def _cell(sheet: Any, value: Any) -> Any:
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = _CLOCK if isinstance(value, time) else _INSTANT
    return cell


def _bold(sheet: Any, name: Any) -> Any:
    cell = WriteOnlyCell(sheet, name)
    cell.font = Font(bold=True)
    return cell


def _london(at: datetime) -> datetime:
    """Return the time on London's clock without a zone, which a spreadsheet has no cell for."""
    if at.tzinfo is None:
        raise ValueError("A time in a table needs a timezone.")
    return local(at).replace(tzinfo=None)


def _describe(book: Workbook, marked: Marked, made_by: str, made_at: datetime) -> None:
    properties = book.properties
    properties.creator = properties.lastModifiedBy = _CONTROL.sub("", made_by)
    properties.created = properties.modified = made_at.astimezone(UTC).replace(tzinfo=None)
    properties.category = properties.keywords = _CONTROL.sub("", marked.words)


def _lay_out(sheet: Any, columns: Sequence[str], marked: Marked, *, names_in_row: int) -> None:
    """Before the first row: a sheet that is written row by row begins with all this."""
    sheet.freeze_panes = f"A{names_in_row + 1}"
    sheet.print_title_rows = f"{names_in_row}:{names_in_row}"
    printed = _CONTROL.sub("", marked.words)[:_LONGEST_HEADER]
    sheet.HeaderFooter.oddHeader.center.text = printed.replace("&", "&&")  # a single one begins a code
    for number, name in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = min(max(len(name) + 4, 14), _WIDEST)


def _saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
