"""Which column of a file holds what: suggested from its headings, changed by the user, complete before reading."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from planner.errors import InputError
from planner.inputs.grid import GridRow

NEVER_KEPT = re.compile(
    r"\b(victims?|suspects?|targets?|subjects?|first ?name|forename|surname|date of birth|dob|address|postcode"
    r"|telephone|phone|mobile|passport|nominals?)\b"
)
FIRST_ROWS = 20


@dataclass(frozen=True)
class Column:
    """`name` is used in code, `title` is the template's heading, `synonyms` others; `holds` says what to type in it.

    `exported`: written by an export, so that it can come back, and in no template.
    """

    name: str
    title: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    holds: str = ""
    exported: bool = False


VERSION = Column("version", "Version", holds="As exported: what the line was made from.", exported=True)


@dataclass(frozen=True)
class Layout:
    """The columns of one kind of file; `what` names its rows."""

    what: str
    columns: tuple[Column, ...]

    @property
    def typed(self) -> tuple[Column, ...]:
        """The columns that somebody fills in: those of the template."""
        return tuple(column for column in self.columns if not column.exported)

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


@dataclass(frozen=True)
class Choice:
    """A column of the layout and the position of the file's column that holds it."""

    name: str
    position: int


@dataclass(frozen=True)
class Mapping:
    """The columns chosen so far; `doubled` names those for which several columns of the file could be meant."""

    layout: Layout
    headings: tuple[str, ...]
    chosen: tuple[Choice, ...]
    doubled: tuple[str, ...] = ()

    def position(self, name: str) -> int | None:
        return next((choice.position for choice in self.chosen if choice.name == name), None)

    def heading(self, name: str) -> str:
        """The file's own heading, or the template's where the file has no such column."""
        position = self.position(name)
        return self.layout.column(name).title if position is None else self.headings[position]

    def choose(self, name: str, position: int | None) -> "Mapping":
        """The user's own choice for a column; None leaves it out."""
        kept = tuple(choice for choice in self.chosen if choice.name != name and choice.position != position)
        added = () if position is None else (Choice(name, position),)
        return replace(self, chosen=kept + added, doubled=tuple(other for other in self.doubled if other != name))

    def choose_all(self, positions: Iterable[tuple[str, int | None]]) -> "Mapping":
        """What a person chose for every column at once, one heading chosen twice included."""
        said = dict(positions)
        chosen = tuple(Choice(name, position) for name, position in said.items() if position is not None)
        return replace(self, chosen=chosen, doubled=tuple(name for name in self.doubled if name not in said))

    @property
    def shared(self) -> tuple[str, ...]:
        """Titles of columns that are to be read from one and the same heading; the first such heading alone."""
        for position in range(len(self.headings)):
            names = [choice.name for choice in self.chosen if choice.position == position]
            if len(names) > 1:
                return tuple(self.layout.column(name).title for name in names)
        return ()

    @property
    def missing(self) -> tuple[str, ...]:
        """Titles of required columns that nothing is chosen for."""
        taken = {choice.name for choice in self.chosen}
        return tuple(column.title for column in self.layout.columns if column.required and column.name not in taken)

    @property
    def unused(self) -> tuple[str, ...]:
        """Headings of the file that are not read."""
        taken = {choice.position for choice in self.chosen}
        return tuple(heading for at, heading in enumerate(self.headings) if heading and at not in taken)

    @property
    def never_kept(self) -> tuple[str, ...]:
        """Unused headings that speak of people or addresses: those cells are neither read nor kept."""
        return tuple(heading for heading in self.unused if NEVER_KEPT.search(_plain(heading)))

    def refuse_gaps(self, rows: Sequence[GridRow], beside: str = "") -> None:
        """InputError when a required column is missing, a column is doubled or a heading is chosen twice.

        Where the names stand on one of the first rows instead of above them, it says on which; else what lies `beside`.
        """
        if self.shared:
            raise InputError(f"One heading is chosen for {_listed(self.shared)}. Choose a heading of its own for each.")
        if self.doubled:
            titles = _listed(self.layout.column(name).title for name in self.doubled)
            raise InputError(f"More than one column could be {titles}. Choose which one holds it, or rename the other.")
        if self.missing and (line := _names_on(rows[:FIRST_ROWS], self)):
            raise InputError(f"The column names stand on line {line}. Take out what stands above it, and try again.")
        if self.missing:
            has = _listed(heading[:40] for heading in self.headings[:20] if heading)
            why = f"The file has no column {_listed(self.missing)}; it has {has}. Choose or rename columns."
            raise InputError(f"{why} {beside}".strip())


def _names_on(rows: Sequence[GridRow], mapping: Mapping) -> int | None:
    """The line that has a name for more of the needed columns than the headings have, if one has at least two more."""
    needed = [_spellings(column) for column in mapping.layout.columns if column.required]
    least = len(needed) - len(mapping.missing) + 2
    for row in rows:
        said = {_plain(cell) for cell in row.cells if isinstance(cell, str)}
        if sum(not said.isdisjoint(spellings) for spellings in needed) >= least:
            return row.line
    return None


def suggest_mapping(headings: Iterable[str], layout: Layout) -> Mapping:
    """Each column by its title, else its name or a synonym; a required one also by a heading nearly spelt so."""
    found = tuple(headings)
    mapping = Mapping(layout, found, ())
    for column in layout.columns:
        mapping = _suggest(mapping, column)
    for column in layout.columns:
        if column.required and column.title in mapping.missing and column.name not in mapping.doubled:
            mapping = _suggest_nearest(mapping, column)
    return mapping


def _suggest(mapping: Mapping, column: Column) -> Mapping:
    positions = _headed(mapping, (_plain(column.title),)) or _headed(mapping, _spellings(column))
    if len(positions) > 1:
        return replace(mapping, doubled=(*mapping.doubled, column.name))
    return mapping.choose(column.name, positions[0]) if positions else mapping


def _headed(mapping: Mapping, spellings: Collection[str]) -> list[int]:
    return [at for at, heading in enumerate(mapping.headings) if _plain(heading) in spellings]


def _suggest_nearest(mapping: Mapping, column: Column) -> Mapping:
    free = {_plain(heading): mapping.headings.index(heading) for heading in mapping.unused}
    near = [match for spelling in _spellings(column) for match in get_close_matches(spelling, free, 1, 0.88)]
    return mapping.choose(column.name, free[near[0]]) if near else mapping


def _spellings(column: Column) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_plain(word) for word in (column.title, column.name, *column.synonyms)))


def _plain(heading: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", heading[:80].casefold()))


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"“{word}”" for word in words) or "no headings"
