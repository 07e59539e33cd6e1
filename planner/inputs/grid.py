"""A spreadsheet as read: headings, rows with their line numbers, and the limits of what is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from planner.errors import InputError
from planner.rules.asked import MADE_BY, is_head_line
from planner.rules.markings import ELSEWHERE, is_above, marking_of_line, speaks_of_secret
from planner.settings import load_settings

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 100
ONE_CELL = (
    "The file has no line of column names: no line of it has more than one cell. Give each column a name in a cell of "
    "its own; in CSV they are separated by commas, semicolons, tabs or bars."
)

ONE_CELL_OF_SEVERAL = (
    "Each line of the file is one cell with commas in it: a spreadsheet program opened a CSV file without taking it "
    "apart. Import it there as text, in Excel under Data, From Text/CSV; or take the workbook (XLSX) instead."
)


@dataclass(frozen=True)
class Formula:
    """A formula whose value the workbook does not carry."""

    text: str


Cell = str | int | float | bool | datetime | date | time | timedelta | Formula | None


@dataclass(frozen=True)
class GridRow:
    """One line; `line` is the row number that a spreadsheet program shows."""

    line: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Grid:
    """`preface` are the lines of one cell above the headings: a marking, and what a sheet says of itself.

    `unread` says what else lies in the file, beside the sheet that is read.
    """

    headings: tuple[str, ...]
    rows: tuple[GridRow, ...]
    preface: tuple[str, ...] = ()
    unread: str = ""


class GridBuilder:
    """Takes lines one at a time, so that a file too long is refused before it fills the memory."""

    def __init__(self) -> None:
        self._headings: tuple[str, ...] | None = None
        self._preface: list[str] = []
        self._rows: list[GridRow] = []
        self._in_doubt: tuple[Cell, ...] = ()
        self.beyond = 0

    def add(self, line: int, cells: Sequence[Cell]) -> None:
        """Keep a line; blank ones are passed over, and those past the limit only counted."""
        kept = _without_blank_end(cells)
        if not kept or self._waits(kept) or self._is_preface(kept):
            return
        if len(kept) > MOST_COLUMNS:
            raise InputError(
                f"Line {line} reaches beyond column {MOST_COLUMNS}; a table here has far fewer.", line=line
            )
        if self._headings is None:
            self._headings = _names(kept)
        elif len(self._rows) < MOST_ROWS:
            self._rows.append(GridRow(line, kept))
        else:
            self.beyond += 1

    def _waits(self, kept: tuple[Cell, ...]) -> bool:
        """Whether a line of several cells is an export's "Made by" or names of columns: the line after it tells."""
        line, self._in_doubt = self._in_doubt, ()
        if line and is_of_export(str(kept[0])):
            self._is_preface(line)
        elif line:
            self._headings = _names(line)
        elif self._headings is None and len(kept) > 1 and str(kept[0]).startswith(MADE_BY):
            self._in_doubt = kept
        return bool(self._in_doubt)

    def _is_preface(self, kept: tuple[Cell, ...]) -> bool:
        """Whether a line is none of the table: above the names one of a single cell, and anywhere what an export says.

        A sheet that was sorted whole has that at its end. InputError where a marking is too high.
        """
        first, *others = (cell for cell in kept if not is_blank(cell))
        if not isinstance(first, str) or (others and self._headings is not None):
            return False
        if (others or self._headings is not None) and not is_of_export(first):
            return False
        for said in (first, *others):
            refuse_marking(str(said))
        self._preface.append(first)
        return True

    def grid(self) -> Grid:
        """The whole table; InputError when it is empty or has too many rows."""
        if self.beyond:
            raise too_many_rows(MOST_ROWS + self.beyond)
        if self._in_doubt:
            self._headings = _names(self._in_doubt)
        if self._headings is None and self._preface:
            several = any(said.count(",") > 1 and not is_of_export(said) for said in self._preface)
            raise InputError(ONE_CELL_OF_SEVERAL if several else ONE_CELL)
        if self._headings is None:
            raise InputError("The file is empty. Choose one with a heading line and at least one row.")
        if not self._rows:
            raise InputError("The file has a heading line but no rows beneath it. Add the rows and choose it again.")
        return Grid(self._headings, tuple(self._rows), tuple(self._preface))


def is_of_export(said: str) -> bool:
    """Whether a cell begins a line that a sheet says of itself, or is a marking."""
    return is_head_line(said) or marking_of_line(said) is not None or speaks_of_secret(said, prose=True)


def refuse_marking(said: str) -> None:
    """InputError when a file says at its head that it is marked higher than this installation may hold."""
    if speaks_of_secret(said, prose=True):
        raise InputError(f"The file is marked SECRET, which has no place here: {ELSEWHERE}.")
    marking, ceiling = marking_of_line(said), load_settings().ceiling
    if marking is not None and is_above(marking, ceiling):
        raise InputError(f"The file is marked {marking}, above this installation's {ceiling}: {ELSEWHERE}.")


def too_many_rows(rows: int) -> InputError:
    return InputError(
        f"The file has {rows:,} rows; at most {MOST_ROWS:,} are read at a time. Split it into smaller files."
    )


def _names(kept: tuple[Cell, ...]) -> tuple[str, ...]:
    return tuple("" if cell is None else str(cell).strip() for cell in kept)


def _without_blank_end(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    last = len(cells)
    while last and is_blank(cells[last - 1]):
        last -= 1
    return tuple(cells[:last])


def is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
