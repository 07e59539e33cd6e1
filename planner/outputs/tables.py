"""Tables for spreadsheets: CSV and XLSX that carry their marking, who made them and when, and no formula.

A cell that a spreadsheet would take for a formula is written with an apostrophe before it (OWASP, "CSV
injection"). Only text is treated so: a number stays a number, its minus sign included.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import chain

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from planner.rules.markings import Marked
from planner.rules.windows import local

Cell = str | int | float | Decimal | bool | date | datetime | None

# What a spreadsheet passes over before it looks for a formula: spaces of any kind, marks that show nothing.
_PASSED_OVER = (
    " \u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u2060\u3000\ufeff"
)
# The full-width signs are formulas too where a spreadsheet runs in Chinese, Japanese or Korean.
_STARTS_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 32_767  # characters that one cell of XLSX can hold
_WIDEST = 60  # characters of a column's width


def neutral(text: str) -> str:
    """Return the text as a cell that no spreadsheet calculates, without control characters."""
    kept = _CONTROL.sub("", text)
    if kept.lstrip(_PASSED_OVER).startswith(_STARTS_FORMULA):
        kept = f"'{kept}"
    return kept[:_LONGEST]


def table_csv(
    rows: Iterable[Sequence[Cell]], *, columns: Sequence[str], marked: Marked, made_by: str, made_at: datetime
) -> bytes:
    """Return UTF-8 with a byte-order mark, which Excel needs; four lines come before the column names."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)
    preface = _preface(marked, made_by, made_at)
    for row in chain(preface, [columns], rows):
        writer.writerow([_in_csv(cell) for cell in row])
    return file.getvalue().encode("utf-8-sig")


def table_xlsx(
    rows: Iterable[Sequence[Cell]], *, columns: Sequence[str], marked: Marked, made_by: str, made_at: datetime
) -> bytes:
    """Return a workbook of one sheet; its properties and its printed pages carry the marking too."""
    book = Workbook()
    _describe(book, marked, made_by, made_at)
    preface = _preface(marked, made_by, made_at)
    sheet = book.worksheets[0]
    for row in chain(preface, [columns], rows):
        sheet.append([_in_xlsx(cell) for cell in row])
    _lay_out(sheet, columns, marked, names_in_row=len(preface) + 1)
    return _saved(book)


def _preface(marked: Marked, made_by: str, made_at: datetime) -> list[list[Cell]]:
    when = f"{made_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return [[marked.words], [f"Made by {made_by}"], [f"Made at {when}"], ["Times are London time"]]


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


def _london(at: datetime) -> datetime:
    """Return the time on London's clock without a zone, which a spreadsheet has no cell for."""
    if at.tzinfo is None:
        raise ValueError("A time in a table needs a timezone.")
    return local(at).replace(tzinfo=None)


def _describe(book: Workbook, marked: Marked, made_by: str, made_at: datetime) -> None:
    properties = book.properties
    properties.creator = properties.lastModifiedBy = _CONTROL.sub("", made_by)
    properties.created = properties.modified = made_at.astimezone(UTC).replace(tzinfo=None)
    properties.category = properties.keywords = marked.words


def _lay_out(sheet: Worksheet, columns: Sequence[str], marked: Marked, *, names_in_row: int) -> None:
    sheet.title = "Table"
    sheet.freeze_panes = f"A{names_in_row + 1}"
    sheet.print_title_rows = f"{names_in_row}:{names_in_row}"
    if sheet.oddHeader is not None:
        sheet.oddHeader.center.text = marked.words.replace("&", "&&")  # a single one begins a code
    for number, name in enumerate(columns, start=1):
        sheet.cell(names_in_row, number).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = min(max(len(name) + 4, 14), _WIDEST)


def _saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
