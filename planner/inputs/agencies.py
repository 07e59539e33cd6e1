"""Agencies in: code, name, kind and the nations where each works."""

from dataclasses import dataclass
from typing import TypeVar

from planner.inputs.cells import CellRefused, a_code, a_name, a_word, plain_word, some
from planner.inputs.columns import Column, Layout, Mapping
from planner.inputs.grid import Cell, Grid
from planner.inputs.readings import Progress, Reading, Repeats, RowReader, read_rows
from planner.rules.words import AgencyKind, Nation

T = TypeVar("T")

AGENCIES = Layout(
    "agencies",
    (
        Column("code", "Code", ("agency code", "short code", "id"), required=True),
        Column("name", "Name", ("agency", "agency name", "organisation", "organisation name"), required=True),
        Column("kind", "Kind", ("type", "agency type", "agency kind", "kind of agency"), required=True),
        Column("nation", "Nation", ("nations", "country", "works in"), required=True),
    ),
)
KINDS = (
    ("force", AgencyKind.POLICE_FORCE),
    ("police", AgencyKind.POLICE_FORCE),
    ("charity", AgencyKind.NGO),
    ("council", AgencyKind.LOCAL_AUTHORITY),
    ("prosecution", AgencyKind.PROSECUTOR),
    ("nhs", AgencyKind.HEALTH),
    ("shelter", AgencyKind.CARE_PROVIDER),
    ("interpreter", AgencyKind.INTERPRETERS),
)
UNITED_KINGDOM = (Nation.ENGLAND, Nation.WALES, Nation.SCOTLAND, Nation.NORTHERN_IRELAND)
WHOLE_UK = frozenset({"uk", "united kingdom", "all", "uk wide"})


@dataclass(frozen=True)
class AgencyRow:
    line: int
    code: str
    name: str
    kind: AgencyKind
    nations: tuple[Nation, ...]


def read_agencies(grid: Grid, mapping: Mapping, progress: Progress | None = None) -> Reading[AgencyRow]:
    """Rows and findings of a file of agencies; InputError when a required column is missing."""
    codes = Repeats()
    return read_rows(grid, mapping, lambda row: _agency(row, codes), progress=progress)


def _agency(row: RowReader, codes: Repeats) -> AgencyRow | None:
    code, name = row.take("code", a_code), row.take("name", a_name)
    if code is not None:
        codes.check(row, "code", code)
    kind, nations = row.take("kind", a_word(AgencyKind, *KINDS)), row.take("nation", nations_of)
    if code is None or name is None or kind is None or nations is None:
        return None
    return AgencyRow(row.line, code, name, kind, nations)


def nations_of(cell: Cell) -> tuple[Nation, ...]:
    """One nation or several; "UK" is all four."""
    if isinstance(cell, str) and plain_word(cell) in WHOLE_UK:
        return UNITED_KINGDOM
    return at_least_one(some(a_word(Nation, ("other", Nation.OTHER)))(cell), "nation")


def at_least_one(values: tuple[T, ...], what: str) -> tuple[T, ...]:
    if not values:
        raise CellRefused(f"No {what} stands here.", f"Give at least one {what}.")
    return values
