"""A grid becomes rows and findings: every line is either a row or has a finding that names line and column."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from planner.inputs.cells import CellRefused, Parse, refuse_formula, shown, without_apostrophe
from planner.inputs.columns import Mapping
from planner.inputs.grid import Cell, Grid, GridRow, is_blank
from planner.rules.asked import made_at_of
from planner.rules.counts import count_words
from planner.rules.fingerprints import is_row_version
from planner.rules.free_text import Kind

Row = TypeVar("Row")
T = TypeVar("T")
Progress = Callable[[int, int], None]
PROGRESS_EVERY = 500


@dataclass(frozen=True)
class RowFinding:
    """What is wrong with a cell; `sentence` stands alone, `remedy` says what to do.

    `in_question` are words that only somebody who looked at them may let through.
    """

    line: int
    column: str
    value_shown: str
    sentence: str
    remedy: str
    in_question: tuple[str, ...] = ()

    @property
    def what(self) -> str:
        """The sentence without its line and column, for a table where these stand beside it."""
        return self.sentence.removeprefix(_where(self.line, self.column))


def finding_at(
    line: int, column: str, why: str, remedy: str, *, value: str = "", in_question: tuple[str, ...] = ()
) -> RowFinding:
    """A finding whose sentence begins "Line 4, Date: "."""
    return RowFinding(line, column, value, f"{_where(line, column)}{why}", remedy, in_question)


def _where(line: int, column: str) -> str:
    return f"Line {line}, {column}: "


class Elsewhere(NamedTuple):
    """So many lines of a sheet are another operation's; `code` and `name` are that operation's."""

    code: str
    name: str
    lines: int

    @property
    def sentence(self) -> str:
        of = f"{count_words(self.lines, 'line')} of the sheet {'is' if self.lines == 1 else 'are'} of {self.name}"
        return f"{of} ({self.code}) and not read here: choose that operation to bring them in."


@dataclass(frozen=True)
class Reading(Generic[Row]):
    """Sound rows and findings; nothing is applied unless it `stands` whole.

    `let_through` are the kinds of what looked like a person and was looked at; `elsewhere` counts lines of a sheet that
    belong to other operations and were not read. `came_back`: the file was exported from here.
    """

    rows: tuple[Row, ...]
    findings: tuple[RowFinding, ...]
    let_through: frozenset[Kind] = frozenset()
    elsewhere: tuple[Elsewhere, ...] = ()
    came_back: bool = False

    @property
    def stands(self) -> bool:
        return not self.findings


class RowReader:
    """One line's cells by column; what is refused becomes a finding and reads as None."""

    def __init__(self, row: GridRow, mapping: Mapping, positions: dict[str, int]) -> None:
        self.line = row.line
        self.findings: list[RowFinding] = []
        self._row = row
        self._mapping = mapping
        self._positions = positions
        self._refuse_surplus()

    @property
    def columns(self) -> frozenset[str]:
        """The columns that the file has."""
        return frozenset(self._positions)

    @property
    def filled(self) -> frozenset[str]:
        """Those in which this line says something."""
        return frozenset(name for name in self._positions if not is_blank(self.cell(name)))

    @property
    def made_from(self) -> str | None:
        """The version that an export wrote; of a column of that name that somebody keeps for himself, nothing."""
        cell = self.cell("version")
        return cell if isinstance(cell, str) and is_row_version(cell) else None

    def cell(self, column: str) -> Cell:
        position = self._positions.get(column)
        return None if position is None or position >= len(self._row.cells) else self._row.cells[position]

    def take(self, column: str, parse: Parse[T]) -> T | None:
        """The value; None when the cell is blank (a finding where the column is required) or refused.

        The apostrophe by which a file says that a text is no formula is none of the text.
        """
        cell = self.cell(column)
        if is_blank(cell):
            if column in self._positions and self._mapping.layout.column(column).required:
                self.find(column, "the cell is empty.", "Fill it in, or take the line out.")
            return None
        try:
            refuse_formula(cell)
            return parse(without_apostrophe(cell))
        except CellRefused as refused:
            self.find(column, refused.sentence, refused.remedy, refused.in_question)
            return None

    def refuse_cleared(self, *remedies: tuple[str, str]) -> None:
        """Of what is there already an export fills these columns in, and nobody can tell what a blank one means."""
        for column, remedy in remedies:
            if self.is_cleared(column):
                self.find(column, "it cannot be blank of something that is there.", remedy)

    def is_cleared(self, column: str) -> bool:
        """Whether the file has the column and this line says nothing in it."""
        return column in self._positions and is_blank(self.cell(column))

    def find(self, column: str, why: str, remedy: str, in_question: tuple[str, ...] = ()) -> None:
        """Add a finding; `why` continues "Line 4, Date: "."""
        self._find(self._mapping.heading(column), shown(self.cell(column)), why, remedy, in_question)

    def _find(self, heading: str, value: str, why: str, remedy: str, in_question: tuple[str, ...] = ()) -> None:
        found = finding_at(self.line, shown(heading), why, remedy, value=value, in_question=in_question)
        self.findings.append(found)

    def _refuse_surplus(self) -> None:
        headings, cells = len(self._mapping.headings), len(self._row.cells)
        if cells > headings:
            why = f"the line has {cells} cells under {headings} headings."
            remedy = "Put a cell that holds a separator in quotation marks, or give its column a heading."
            self._find(f"column {headings + 1}", shown(self._row.cells[headings]), why, remedy)


class Repeats:
    """What must stand once in a file: the second line that has it is refused, naming both."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str, ...], int] = {}

    def check(self, reader: RowReader, column: str, *values: str) -> None:
        spelt = tuple(value.casefold() for value in values)
        first = self._lines.setdefault(spelt, reader.line)
        if first != reader.line:
            why = f"{shown(values[-1])} stands on line {first} and again on line {reader.line}."
            reader.find(column, why, "Keep one of the two lines, or give one another name.")


def came_back(grid: Grid, mapping: Mapping) -> bool:
    """Whether a file was exported from here: its head says when, or it has a column that no other file has."""
    return made_at_of(grid.preface) is not None or mapping.position("planner_reference") is not None


def read_rows(
    grid: Grid, mapping: Mapping, read: Callable[[RowReader], Row | None], *, progress: Progress | None = None
) -> Reading[Row]:
    """Read every line of a grid; `progress` is told (lines done, lines in all)."""
    mapping.refuse_gaps(grid.rows, grid.unread)
    positions = {choice.name: choice.position for choice in mapping.chosen}
    rows: list[Row] = []
    findings: list[RowFinding] = []
    back = came_back(grid, mapping)
    for done, line in enumerate(grid.rows, 1):
        reader = RowReader(line, mapping, positions)
        row = read(reader)
        findings += reader.findings
        back = back or reader.made_from is not None
        if row is not None and not reader.findings:
            rows.append(row)
        if progress and (done % PROGRESS_EVERY == 0 or done == len(grid.rows)):
            progress(done, len(grid.rows))
    return Reading(tuple(rows), tuple(findings), came_back=back)
