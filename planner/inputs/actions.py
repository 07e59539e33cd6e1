"""Enforcement actions in: seven columns are needed, the rest may be left out; times are London local time."""

import re
from datetime import date, datetime, time
from typing import TypeVar

from planner.inputs.action_columns import KINDS, PEOPLE, PREMISES, STEPS, exported_text
from planner.inputs.action_rows import ActionRow, DemandRow
from planner.inputs.cells import (
    CellRefused,
    Parse,
    a_day,
    a_number,
    a_reference,
    a_text,
    a_time,
    a_word,
    refuse_doubts,
    shown,
    some,
)
from planner.inputs.columns import Mapping
from planner.inputs.grid import Cell, Grid, is_blank
from planner.inputs.known import Kept, Known, KnownForce
from planner.inputs.places import Finder
from planner.inputs.readings import Progress, Reading, Repeats, RowReader, came_back, read_rows
from planner.rules.demand import MOST_PEOPLE
from planner.rules.markings import ELSEWHERE, is_above, speaks_of_secret
from planner.rules.windows import from_local
from planner.rules.words import ActionKind, Exploitation, Marking, PremisesKind, Profile
from planner.settings import load_settings

T = TypeVar("T", str, tuple[str, ...])
MOST_PREMISES = 200
MOST_VERSION = 10**9

A_KIND = a_word(ActionKind, *KINDS)
A_PREMISES_KIND = a_word(PremisesKind, *PREMISES)
AN_EXPLOITATION = a_word(Exploitation)
A_MARKING = a_word(Marking)
SOME_PREMISES = a_number(1, MOST_PREMISES)
SOME_PEOPLE = a_number(0, MOST_PEOPLE)
A_VERSION = a_number(1, MOST_VERSION)
# A blank cell of these says something in a line that was exported: nobody is expected, no language is needed.
CLEARED = frozenset(
    {"exploitation", "intelligence_system", "intelligence_reference", "languages"}
    | {f"{profile}_{step}" for profile, _ in PEOPLE for step in STEPS}
)
NEVER_BLANK = (
    ("premises_count", f"Write how many, 1 to {MOST_PREMISES}."),
    ("region", "Write the region's code or name."),
    ("marking", "Write OFFICIAL or OFFICIAL-SENSITIVE."),
)


def read_actions(grid: Grid, mapping: Mapping, known: Known, progress: Progress | None = None) -> Reading[ActionRow]:
    """Rows and findings of a file of actions; InputError when a required column is missing."""
    return read_rows(grid, mapping, _ActionReader(known, came_back(grid, mapping)).read, progress=progress)


class _ActionReader:
    """Reads one line at a time, knowing what is known and which references have been seen."""

    def __init__(self, known: Known, came_back: bool) -> None:
        self._known, self._came_back = known, came_back
        self._force = Finder("force", known.forces)
        self._region = Finder("region", known.regions)
        self._references, self._actions = Repeats(), Repeats()

    def read(self, row: RowReader) -> ActionRow | None:
        action = self._planner_reference(row)
        kept = self._known.kept.get((action or "").casefold(), Kept())
        reference = row.take("reference", a_reference)
        if reference is not None and action is None:  # of an exported line it only says what the action is called
            self._references.check(row, "reference", reference)
        force = row.take("force", self._force)
        region = self._region_of(row, force)
        window = self._window(row)
        kind = row.take("kind", A_KIND)
        premises = row.take("premises", A_PREMISES_KIND)
        count = row.take("premises_count", SOME_PREMISES)
        exploitation = row.take("exploitation", AN_EXPLOITATION)
        demand = tuple(line for profile, _ in PEOPLE if (line := _demand(row, profile)))
        system = row.take("intelligence_system", _or_kept(kept.intelligence_system, a_reference))
        intelligence = _intelligence(row, kept)
        languages = row.take("languages", _or_kept(kept.languages, some(_language)))
        marking = row.take("marking", _marking)
        if reference is None or force is None or region is None or kind is None or premises is None or window is None:
            return None
        return ActionRow(
            line=row.line,
            external_reference=reference,
            force_code=force.code,
            region_code=region,
            kind=kind,
            premises_kind=premises,
            premises_count=count or 1,
            starts_at=window[0],
            ends_at=window[1],
            exploitation=exploitation or Exploitation.UNKNOWN,
            demand=demand,
            intelligence_system=system,
            intelligence_reference=intelligence,
            languages=languages or (),
            marking=marking or load_settings().ceiling,
            planner_reference=action,
            version=row.take("version", A_VERSION) if action or self._came_back else None,
            speaks_of=_speaks_of(row) if action else frozenset(),
        )

    def _planner_reference(self, row: RowReader) -> str | None:
        """Which action a line is that was exported, with all that one has; None for any other."""
        reference = row.take("planner_reference", a_reference)
        if reference is not None:
            row.refuse_cleared(*NEVER_BLANK)
            self._actions.check(row, "planner_reference", reference)
        return reference

    def _region_of(self, row: RowReader, force: KnownForce | None) -> str | None:
        """The region named, else the force's own."""
        named = row.take("region", self._region)
        if named:
            return named.code
        if force and force.region is None and is_blank(row.cell("region")):
            row.find("region", f"{force.name} works in every nation.", "Give the region where the action happens.")
        return force.region if force else None

    def _window(self, row: RowReader) -> tuple[datetime, datetime] | None:
        day, start = row.take("date", a_day), row.take("start", a_time)
        end, other_day = row.take("end", a_time), row.take("end_date", a_day)
        self._check_day(row, "date", day)
        self._check_day(row, "end_date", other_day)
        starts_at, ends_at = _instant(row, "start", day, start), _instant(row, "end", other_day or day, end)
        if starts_at is None or ends_at is None:
            return None
        if ends_at <= starts_at:
            why = f"the end is not after the start at {start:%H:%M} on {day:%d/%m/%Y}."
            row.find("end", why, "Give a later time, or an end date where the action ends on another day.")
        return starts_at, ends_at

    def _check_day(self, row: RowReader, column: str, day: date | None) -> None:
        first, last = self._known.first_day, self._known.last_day
        if day and first and day < first:
            why = f"{day:%d/%m/%Y} is before the operation begins on {first:%d/%m/%Y}."
            row.find(column, why, "Give a day of the operation, or change its dates first.")
        if day and last and day > last:
            why = f"{day:%d/%m/%Y} is after the operation ends on {last:%d/%m/%Y}."
            row.find(column, why, "Give a day of the operation, or change its dates first.")


def _speaks_of(row: RowReader) -> frozenset[str]:
    return row.filled | (row.columns & CLEARED)


def _instant(row: RowReader, column: str, day: date | None, at: time | None) -> datetime | None:
    if day is None or at is None:
        return None
    try:
        return from_local(day, at)
    except ValueError as error:
        row.find(column, str(error).removesuffix(" Choose another time."), "Give a time the clock shows once that day.")
        return None


def _demand(row: RowReader, profile: Profile) -> DemandRow | None:
    """Low, likely and high stand together and rise; all three blank says nothing."""
    columns = [f"{profile}_{step}" for step in STEPS]
    blank = [column for column in columns if is_blank(row.cell(column))]
    low, likely, high = (row.take(column, SOME_PEOPLE) for column in columns)
    if 0 < len(blank) < len(columns):
        row.find(blank[0], "low, likely and high stand together.", "Fill in all three, or leave all three blank.")
    if low is None or likely is None or high is None:
        return None
    if not low <= likely <= high:
        row.find(columns[1], f"{low}, {likely}, {high} do not rise from low to high.", "Put them in rising order.")
    return DemandRow(profile, low, likely, high)


def _intelligence(row: RowReader, kept: Kept) -> str | None:
    reference = row.take("intelligence_reference", _or_kept(kept.intelligence_reference, a_reference))
    if reference and is_blank(row.cell("intelligence_system")):
        row.find("intelligence_system", "a reference stands without its system.", "Name the system, such as HOLMES.")
    return reference


def _or_kept(kept: T | None, parse: Parse[T]) -> Parse[T]:
    """What stands there already, put in by other ways, is not refused because it stands in a file."""

    def parse_or_keep(cell: Cell) -> T:
        same = kept is not None and exported_text(kept) == (str(cell).strip() if isinstance(cell, str | int) else None)
        return kept if kept is not None and same else parse(cell)

    return parse_or_keep


def _language(cell: Cell) -> str:
    """A language, or one of its kinds in brackets, as Kurdish (Sorani)."""
    text = a_text(cell)
    letters = re.sub(r"[ '’-]|\([^()]+\)$", "", text)
    if not letters.isalpha() or len(text) > 40:
        raise CellRefused(f"{shown(text)} is not a language.", "Name languages, separated by semicolons.")
    refuse_doubts(text)
    return text[:1].upper() + text[1:]


def _marking(cell: Cell) -> Marking:
    if speaks_of_secret(a_text(cell), prose=False):
        raise CellRefused(
            "SECRET has no place here.", "Plan it on a system accredited for SECRET and take the line out of this file."
        )
    marking, ceiling = A_MARKING(cell), load_settings().ceiling
    if is_above(marking, ceiling):
        raise CellRefused(f"{marking} is above this installation's {ceiling}.", f"Take the line out: {ELSEWHERE}.")
    return marking
