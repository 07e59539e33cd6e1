"""What every import of a spreadsheet shares: what becomes of each line, the count, all or nothing."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

from sqlalchemy.exc import IntegrityError

from planner.access import Verb, may
from planner.db import Table
from planner.errors import InputError, NotAllowed, Refused
from planner.inputs.columns import Layout, Mapping
from planner.inputs.grid import Grid
from planner.inputs.readings import Progress, Reading, RowFinding
from planner.known_names import known_names
from planner.questions import Typing, let_through, typing_at
from planner.rules.access import posts_words
from planner.services.differences import Difference
from planner.work import Look, Work

Row = TypeVar("Row")
NOTHING_GOES = "A line that was taken out of this sheet takes nothing out of the directory."


class Fate(StrEnum):
    """What an import makes of a line."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "as it was"


class Counted(NamedTuple):
    """What an import did, or would do."""

    created: int
    changed: int
    unchanged: int


def counted(fates: Iterable[Fate]) -> Counted:
    number = Counter(fates)
    return Counted(number[Fate.NEW], number[Fate.CHANGED], number[Fate.UNCHANGED])


@dataclass(frozen=True)
class FileKind(Generic[Row]):
    """One kind of file: its columns, how it is read against what is known, what it would do, how it is written.

    `differences` are those of the lines that change something.
    """

    layout: Layout
    read: Callable[[Look, Grid, Mapping, Progress | None], Reading[Row]]
    fates: Callable[[Look, Sequence[Row]], tuple[Fate, ...]]
    differences: Callable[[Look, Sequence[Row]], tuple[Difference, ...]]
    write: Callable[[Work, Reading[Row]], Counted]


def must_stand(reading: Reading[Row]) -> None:
    """Every row or none: refuse a reading with a finding, in the words of the first."""
    if reading.stands:
        let_through(reading.let_through)
        return
    first, number = reading.findings[0], len(reading.findings)
    cells = "1 cell" if number == 1 else f"{number} cells"
    raise InputError(f"{cells} cannot be taken, so no row was. {first.sentence} {first.remedy}", line=first.line)


def with_findings(reading: Reading[Row], found: Sequence[RowFinding], line_of: Callable[[Row], int]) -> Reading[Row]:
    """A reading with what the tables refuse beside what the file got wrong, in the order of its lines."""
    refused = {finding.line for finding in found}
    rows = tuple(row for row in reading.rows if line_of(row) not in refused)
    findings = tuple(sorted((*reading.findings, *found), key=lambda finding: finding.line))
    return replace(reading, rows=rows, findings=findings)


def read_file(
    look: Look,
    kind: FileKind[Row],
    grid: Grid,
    mapping: Mapping,
    *,
    looked_at: Collection[str] = (),
    progress: Progress | None = None,
) -> Reading[Row]:
    """Read a file as it would be written; `looked_at` are words in question that somebody let through."""
    with typing_at(Typing(frozenset(looked_at), lambda: known_names(look.session))) as typing:
        reading = kind.read(look, grid, mapping, progress)
    return replace(reading, let_through=frozenset(typing.kept))


def may_preview_directory(look: Look) -> None:
    """What a file would change tells what the directory holds: for those who manage it, and the operator."""
    _may_preview(look, Verb.MANAGE_DIRECTORY, "Send the file to them.")


def may_preview_actions(look: Look) -> None:
    """What becomes of a line tells which references there are: for those who plan, and the operator."""
    _may_preview(look, Verb.PLAN, "Ask the cell if this should be you.")


def _may_preview(look: Look, verb: Verb, instead: str) -> None:
    if not (look.actor.operator or may(look, verb)):
        raise NotAllowed(f"You cannot {verb.value} here: that is for {posts_words(verb)}. {instead}")


def add_new(work: Work, row: Table, code: str) -> None:
    """Add a row under a code of its own; an import elsewhere that has just added the same code refuses this one."""
    try:
        work.session.add(row)
        work.session.flush()
    except IntegrityError as error:
        raise Refused(f"{code} was added by somebody else just now. Import the file again.") from error
