"""Lines of a sheet that say which operation they are of: one sheet may hold several, and each comes back by itself."""

from collections import Counter
from collections.abc import Mapping as Named
from dataclasses import replace
from typing import NamedTuple

from planner.inputs.cells import plain_word
from planner.inputs.columns import Mapping
from planner.inputs.grid import Cell, Grid, GridRow
from planner.rules.counts import count_words

COLUMN = "operation"


class Elsewhere(NamedTuple):
    """So many lines of a sheet are another operation's; `code` and `name` are that operation's."""

    code: str
    name: str
    lines: int

    @property
    def sentence(self) -> str:
        of = f"{count_words(self.lines, 'line')} of the sheet {'is' if self.lines == 1 else 'are'} of {self.name}"
        return f"{of} ({self.code}) and not read here: choose that operation to bring them in."


def part(grid: Grid, mapping: Mapping, code: str, operations: Named[str, str]) -> tuple[Grid, tuple[Elsewhere, ...]]:
    """The grid without lines that name another of the operations (names by code), and how many of each these are.

    What is no operation's code or name says nothing: the column may be somebody's own.
    """
    at = mapping.position(COLUMN)
    if at is None:
        return grid, ()
    called = {plain_word(name): each for each, name in operations.items()}
    called |= {plain_word(each): each for each in operations}
    own: list[GridRow] = []
    others: Counter[str] = Counter()
    for row in grid.rows:
        named = called.get(_said(row, at), code)
        if named == code:
            own.append(row)
        else:
            others[named] += 1
    elsewhere = tuple(Elsewhere(each, operations[each], lines) for each, lines in others.items())
    return replace(grid, rows=tuple(own)), elsewhere


def _said(row: GridRow, at: int) -> str:
    cell: Cell = row.cells[at] if at < len(row.cells) else None
    return plain_word(str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell or ""))
