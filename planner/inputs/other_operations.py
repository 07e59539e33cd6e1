"""Lines of a sheet that say which operation they are of: one sheet may hold several, and each comes back by itself."""

from collections import Counter
from collections.abc import Mapping as Named
from dataclasses import replace

from planner.inputs.cells import plain_word, shown
from planner.inputs.columns import Mapping
from planner.inputs.grid import Cell, Grid, GridRow, is_blank
from planner.inputs.readings import Elsewhere, RowFinding, finding_at

COLUMN = "operation"


def part(grid: Grid, mapping: Mapping, code: str, operations: Named[str, str]) -> tuple[Grid, tuple[Elsewhere, ...]]:
    """The grid without lines that name another of the operations (names by code), and how many of each these are.

    What is no operation's code or name says nothing: the column may be somebody's own.
    """
    at = mapping.position(COLUMN)
    if at is None:
        return grid, ()
    called = _called(operations)
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


def strange(grid: Grid, mapping: Mapping, code: str, operations: Named[str, str]) -> tuple[RowFinding, ...]:
    """New lines of an exported sheet that name what is none of the operations, which they are not planned into."""
    at, version = mapping.position(COLUMN), mapping.position("version")
    known_by, called = mapping.position("planner_reference"), _called(operations)
    if at is None or version is None or known_by is None:
        return ()
    remedy = f"Write {code} for an action of {operations.get(code, code)}, or take the line out."
    return tuple(
        finding_at(row.line, mapping.headings[at], f"{shown(row.cells[at])} is no operation that you can open.", remedy)
        for row in grid.rows
        if is_blank(_cell(row, known_by)) and _said(row, at) and _said(row, at) not in called
    )


def _called(operations: Named[str, str]) -> dict[str, str]:
    """The code of each by its name and by its code, as a file may spell them."""
    called = {plain_word(name): each for each, name in operations.items()}
    return called | {plain_word(each): each for each in operations}


def _said(row: GridRow, at: int) -> str:
    cell = _cell(row, at)
    return plain_word(str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell or ""))


def _cell(row: GridRow, at: int) -> Cell:
    return row.cells[at] if at < len(row.cells) else None
