"""Tables for spreadsheets: CSV and XLSX that carry their marking, who made them and when, and no formula.

A cell that a spreadsheet would take for a formula is written with an apostrophe before it (OWASP, "CSV
injection"). Only text is treated so: a number stays a number, its minus sign included. A workbook is made in memory
alone: what is in it does not lie in a temporary file that somebody may find.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import chain

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from planner.rules.asked import CLOCK, MADE_BY, Asked, origin_lines
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
_CLOCK, _DAY, _INSTANT = ({"num_format": shown} for shown in ("hh:mm", "yyyy-mm-dd", "yyyy-mm-dd hh:mm"))
_IN_MEMORY = {"in_memory": True}


def neutral(text: str) -> str:
    """Return the text as a cell that no spreadsheet calculates, without control characters."""
    if text[:1].isalnum() and text.isprintable():  # as nearly all are, of many thousands
        return text[:_LONGEST]
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
    names_at, file = len(preface), io.BytesIO()
    with Workbook(file, _IN_MEMORY) as book:
        _describe(book, marked, made_by, made_at)
        sheet = book.add_worksheet("Table")
        _lay_out(sheet, columns, marked, names_at=names_at)
        formats = {datetime: book.add_format(_INSTANT), date: book.add_format(_DAY), time: book.add_format(_CLOCK)}
        for number, line in enumerate(preface):
            _write(sheet, number, line, formats)
        bold = book.add_format({"bold": True})
        for number, name in enumerate(columns):
            sheet.write_string(names_at, number, neutral(name), bold)  # as text: `write` takes some for a formula
        last = names_at
        for last, row in enumerate(rows, start=names_at + 1):
            _write(sheet, last, row, formats)
        sheet.autofilter(names_at, 0, last, len(columns) - 1)
    return file.getvalue()


def _preface(marked: Marked, made_by: str, made_at: datetime, asked: Asked | None, beyond: str) -> list[list[Cell]]:
    """The marking first; what a sheet was narrowed to is of use to its reader; last what is in it, or not."""
    made, narrowed = origin_lines(asked or Asked(), made_at)
    told: list[list[Cell]] = [] if asked is None else [[narrowed]]
    return [[marked.words], [f"{MADE_BY}{made_by}"], [made], *told, [f"{CLOCK}. {beyond}" if beyond else CLOCK]]


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


def _write(sheet: Worksheet, number: int, line: Sequence[Cell], formats: Mapping[type, Format]) -> None:
    """Times to the minute, as they are written here; nothing, or no text, is an empty cell."""
    for column, cell in enumerate(line):
        match cell:
            case None | "":
                continue
            case str():
                sheet.write_string(number, column, neutral(cell))
            case bool():
                sheet.write_string(number, column, str(_in_csv(cell)))
            case datetime():
                sheet.write_datetime(number, column, _london(cell), formats[datetime])
            case date() | time():
                sheet.write_datetime(number, column, cell, formats[type(cell)])
            case _:
                sheet.write_number(number, column, cell)


def _london(at: datetime) -> datetime:
    """Return the time on London's clock without a zone, which a spreadsheet has no cell for."""
    if at.tzinfo is None:
        raise ValueError("A time in a table needs a timezone.")
    return local(at).replace(tzinfo=None)


def _describe(book: Workbook, marked: Marked, made_by: str, made_at: datetime) -> None:
    told = _CONTROL.sub("", marked.words)
    created = made_at.astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"author": _CONTROL.sub("", made_by), "created": created, "category": told, "keywords": told})


def _lay_out(sheet: Worksheet, columns: Sequence[str], marked: Marked, *, names_at: int) -> None:
    sheet.freeze_panes(names_at + 1, 0)
    sheet.repeat_rows(names_at)
    printed = _CONTROL.sub("", marked.words)[:_LONGEST_HEADER].replace("&", "&&")  # a single one begins a code
    sheet.set_header(f"&C{printed}")
    for number, name in enumerate(columns):
        sheet.set_column(number, number, min(max(len(name) + 4, 14), _WIDEST))
