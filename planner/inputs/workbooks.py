"""An Excel workbook in: its first sheet, read as a stream within limits: a small file may unfold into a huge one."""

import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import islice
from typing import Any

from planner.errors import InputError
from planner.inputs.cells import shown
from planner.inputs.grid import MOST_ROWS, Cell, Formula, Grid, GridBuilder, too_many_rows

MOST_UNFOLDED = 64 * 1024 * 1024
MOST_PART = 16 * 1024 * 1024
MOST_CELLS = 10_000_000
LAST_ROW = 1_048_576
FIRST_ROWS = 1_000  # of a further sheet, to see whether anything stands there
MOST_NAMED = 3
NOTES = ("Column", "Needed", "What it holds")
CHUNK = 1024 * 1024
ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
DAMAGED = "The workbook is damaged and cannot be read. Open it in Excel, save it again as .xlsx and choose that file."


@dataclass(frozen=True)
class Survey:
    """What the raw parts hold, found out before anything is built from them."""

    rows: int
    formulas: bool


def read_workbook(data: bytes) -> Grid:
    """The first sheet of an .xlsx file; a formula is taken by the value that the workbook carries for it."""
    try:
        survey = _survey(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and of dates it cannot read
            return _read_rows(data, survey)
    except InputError:
        raise
    except Exception as error:  # whatever a parser of other people's bytes raises: the file is not sound
        raise InputError(DAMAGED) from error


def _survey(data: bytes) -> Survey:
    rows, formulas = 0, False
    with zipfile.ZipFile(BytesIO(data)) as archive:
        _refuse_unfolding(archive.infolist())
        for part in archive.infolist():
            if not part.filename.endswith((".xml", ".rels")):
                continue
            found = _survey_part(archive, part)
            if part.filename.startswith("xl/worksheets/"):
                rows, formulas = max(rows, found.rows), formulas or found.formulas
    return Survey(rows, formulas)


def _survey_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Survey:
    rows, formulas = 0, False
    for piece in _pieces(archive, part):
        _refuse_declarations(piece)
        rows += len(ROW.findall(piece))
        formulas = formulas or FORMULA.search(piece) is not None
    return Survey(rows, formulas)


def _refuse_unfolding(parts: list[zipfile.ZipInfo]) -> None:
    """Sizes are those the archive declares; zipfile never reads past them."""
    total = sum(part.file_size for part in parts)
    heavy = any(p.file_size > MOST_PART for p in parts if not p.filename.startswith("xl/worksheets/"))
    if total > MOST_UNFOLDED or heavy or len(parts) > 1_000:
        size = f"{total / 1024 / 1024:.0f} MB"
        raise InputError(
            f"The workbook unfolds to {size}, more than is read. Keep one sheet with values and no pictures."
        )


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part in pieces that never cut a tag in two."""
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            whole, opening, rest = (rest + chunk).rpartition(b"<")
            rest = opening + rest
            yield whole
    yield rest


def _refuse_declarations(piece: bytes) -> None:
    """A workbook has no document type; entities declared in one can unfold without end."""
    if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
        raise InputError(DAMAGED)


def _read_rows(data: bytes, survey: Survey) -> Grid:
    book = _open(data, values_alone=True)
    builder = GridBuilder()
    seen = 0
    for line, cells in enumerate(_rows(data, book, formulas=survey.formulas), 1):
        seen += len(cells)
        if seen > MOST_CELLS or line > LAST_ROW:
            raise InputError("The sheet reaches too far right or down. Copy the table alone into a new workbook.")
        builder.add(line, cells)
        if builder.beyond:
            raise too_many_rows(max(survey.rows - 1, MOST_ROWS + 1))
    beside = _beside(book)
    try:
        return replace(builder.grid(), unread=beside)
    except InputError as error:
        raise InputError(f"{error} {beside}".strip()) from error


def _beside(book: Any) -> str:
    """Which further sheets have cells, if any: a table that stands there is not missed in silence."""
    first, *others = book.worksheets
    named = [f"“{shown(sheet.title)}”" for sheet in others if _has_cells(sheet)]
    if not named:
        return ""
    more = ", ".join(named[:MOST_NAMED]) + (f" and {len(named) - MOST_NAMED} more" if len(named) > MOST_NAMED else "")
    return f"Only the first sheet, “{shown(first.title)}”, is read; the file also has {more}."


def _has_cells(sheet: Any) -> bool:
    """Whether anything stands there; what each column holds, which a template says on its second sheet, is no table."""
    sheet.reset_dimensions()
    rows = islice(sheet.iter_rows(values_only=True), FIRST_ROWS)
    filled = next((row for row in rows if any(cell is not None for cell in row)), None)
    return filled is not None and tuple(filled[: len(NOTES)]) != NOTES


def _rows(data: bytes, book: Any, *, formulas: bool) -> Iterable[tuple[Cell, ...]]:
    values = _sheet_rows(book)
    if not formulas:
        return values
    return (_marked(*pair) for pair in zip(values, _sheet_rows(_open(data, values_alone=False)), strict=False))


def _open(data: bytes, *, values_alone: bool) -> Any:
    from openpyxl import load_workbook  # with numpy, a quarter second of every start that reads no workbook

    book = load_workbook(BytesIO(data), read_only=True, data_only=values_alone, keep_links=False)
    if not book.worksheets:
        raise InputError("The workbook has no sheet with a table. Put the table on its first sheet.")
    return book


def _sheet_rows(book: Any) -> Iterator[tuple[Any, ...]]:
    sheet = book.worksheets[0]
    sheet.reset_dimensions()  # a sheet may declare any size; only the cells that stand there count
    return iter(sheet.iter_rows(values_only=True))


def _marked(values: tuple[Cell, ...], written: tuple[Any, ...]) -> tuple[Cell, ...]:
    """Values, with a mark where a formula stands and no value was kept."""
    return tuple(
        Formula(str(formula)) if value is None and formula is not None else value
        for value, formula in zip(values, written, strict=False)
    )
