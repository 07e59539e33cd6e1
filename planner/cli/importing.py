"""`planner import actions|agencies|providers|availability FILE`: read, name every bad row, write all or nothing."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from planner.cli.edge import REFUSED, LookedAt, answer, desk_of, look_words
from planner.errors import InputError, PlannerError
from planner.inputs.action_rows import ActionRow
from planner.inputs.columns import suggest_mapping
from planner.inputs.readings import Reading, RowFinding
from planner.inputs.spreadsheets import read_grid
from planner.rules.held import held_in
from planner.services.differences import Difference
from planner.services.importing import NOTHING_GOES, Counted, FileKind, counted, read_file
from planner.services.importing_actions import NONE_FOLLOW, Removal, import_and_list, refused_lines
from planner.services.importing_files import AGENCY_FILE, AVAILABILITY_FILE, PROVIDER_FILE, actions_of
from planner.services.importing_known import operation_codes
from planner.services.missing_lines import HEADLESS, is_headless, missing
from planner.services.slips import Listed
from planner.work import Desk, Look

app = typer.Typer(no_args_is_help=True, help="Spreadsheets in.")
File = Annotated[Path, typer.Argument(metavar="FILE")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen, write nothing.")]


@app.callback()
def _import() -> None:
    """Spreadsheets in."""


@app.command()
def actions(
    file: File,
    operation: Annotated[str | None, typer.Option(help="The operation's code, where there are several.")] = None,
    dry_run: DryRun = False,
    looked_at: LookedAt = None,
    missing_because: Annotated[
        str | None,
        typer.Option(help="Stand down what an exported sheet held and has in no line any more, for this reason."),
    ] = None,
) -> None:
    """Import actions from CSV or XLSX; exit 1 and every bad row when one cannot be taken.

    What changes is said cell by cell, and what follows from it; actions missing from an exported sheet are named.
    """
    desk = desk_of()
    with desk.reading() as look:
        code = operation or _only(operation_codes(look))
        grid, kind = read_grid(_bytes(file)), actions_of(code)
        mapping = suggest_mapping(grid.headings, kind.layout)
        reading = read_file(look, kind, grid, mapping, looked_at=looked_at or ())
        if not reading.stands:
            _answer(reading, Counted(0, 0, 0), beside=[grid.unread])
            return
        differences = kind.differences(look, reading.rows)
        done = counted(kind.fates(look, reading.rows))
        held = held_in(grid.preface)
        absent = missing(look, code, reading.rows, held)
        reads_only = dry_run and look.actor.operator  # who may write nothing has nothing to try out
    removal = Removal(absent, missing_because) if missing_because and absent else Removal()
    listed = NONE_FOLLOW
    if not reads_only:
        done, listed = _carry_out(desk, code, reading, removal, dry_run, looked_at or ())
    headless = is_headless(reading.rows, held)
    followed = Followed(differences, listed, absent, bool(removal.references), headless)
    _answer(reading, done, followed, [grid.unread])


def _carry_out(
    desk: Desk,
    code: str,
    reading: Reading[ActionRow],
    removal: Removal,
    dry_run: bool,
    looked_at: Collection[str],
) -> tuple[Counted, Listed]:
    """Do it, or try it out; where a verb refuses, every line that it refuses is named."""
    try:
        with desk.writing(looked_at=looked_at, rehearsed=dry_run) as work:
            return import_and_list(work, code, reading, removal)
    except PlannerError:
        with desk.writing(looked_at=looked_at, rehearsed=True) as work:
            refused = refused_lines(work, code, reading)
        if not refused:
            raise
    _answer(replace(reading, findings=refused), Counted(0, 0, 0))
    raise typer.Exit(REFUSED)


@app.command()
def agencies(file: File, dry_run: DryRun = False, looked_at: LookedAt = None) -> None:
    """Import agencies from CSV or XLSX; exit 1 and every bad row when one cannot be taken."""
    _take(file, lambda _: AGENCY_FILE, dry_run, looked_at)


@app.command()
def providers(file: File, dry_run: DryRun = False, looked_at: LookedAt = None) -> None:
    """Import care providers and their units from CSV or XLSX; nights are opened by the provider alone."""
    _take(file, lambda _: PROVIDER_FILE, dry_run, looked_at)


@app.command()
def availability(file: File, dry_run: DryRun = False, looked_at: LookedAt = None) -> None:
    """Import when agencies can be asked, from CSV or XLSX; exit 1 and every bad row when one cannot be taken."""
    _take(file, lambda _: AVAILABILITY_FILE, dry_run, looked_at)


class Followed(NamedTuple):
    """What a file changed; of actions, what followed, and what it held when it was made and does not hold now."""

    differences: Sequence[Difference]
    listed: Listed = NONE_FOLLOW
    missing: Sequence[str] = ()
    stood_down: bool = False
    headless: bool = False

    def told(self) -> dict[str, object]:
        """Of a file that only brings what is new, nothing."""
        said: dict[str, object] = {
            "differences": [item._asdict() for item in self.differences],
            "follows": [item._asdict() for item in self.listed.consequences],
            "people_told": self.listed.people,
            "agencies_told": self.listed.agencies,
            "missing": list(self.missing),
            "headless": self.headless,
        }
        return {name: value for name, value in said.items() if value}

    def lines(self) -> list[str]:
        what = "stood down" if self.stood_down else "left as they are; --missing-because REASON stands them down"
        return [
            *(item.sentence for item in self.differences),
            *(f"{item.action}: {item.sentence}" for item in self.listed.consequences),
            *([self.listed.told] if self.listed.consequences else []),
            *([HEADLESS] if self.headless else []),
            *([f"In no line any more, and {what}: {', '.join(self.missing)}."] if self.missing else []),
        ]


def _take(
    file: Path, kind_of: Callable[[Look], FileKind[Any]], dry_run: bool, looked_at: Collection[str] | None
) -> None:
    """Read, say what would happen, and write where every row stands and it is no dry run."""
    desk = desk_of()
    with desk.reading() as look:
        kind = kind_of(look)
        grid = read_grid(_bytes(file))
        mapping = suggest_mapping(grid.headings, kind.layout)
        reading = read_file(look, kind, grid, mapping, looked_at=looked_at or ())
        sound = reading.rows if reading.stands else ()
        done, differences = counted(kind.fates(look, sound)), kind.differences(look, sound)
    if reading.stands and not dry_run:
        with desk.writing() as work:
            done = kind.write(work, reading)
    gone = NOTHING_GOES if reading.came_back and reading.stands else ""
    _answer(reading, done, Followed(differences), [gone, grid.unread])


def _answer(reading: Reading[Any], done: Counted, followed: Followed | None = None, beside: Sequence[str] = ()) -> None:
    """`beside` are sentences about the file itself, which people read."""
    findings = [_told(item) for item in reading.findings]
    lines = [f"{item.sentence} {item.remedy}" for item in reading.findings] + look_words(_in_question(reading))
    elsewhere = [item.sentence for item in reading.elsewhere]
    told = followed.told() if followed else {}
    told |= {"elsewhere": [item._asdict() for item in reading.elsewhere]} if elsewhere else {}
    said = [_words(done), *(followed.lines() if followed else [])]
    answer({**done._asdict(), "findings": findings, **told}, [*(lines or said), *elsewhere, *filter(None, beside)])
    if findings:
        raise typer.Exit(REFUSED)


def _told(item: RowFinding) -> dict[str, object]:
    told = {"line": item.line, "column": item.column, "sentence": item.sentence, "remedy": item.remedy}
    return {**told, **({"in_question": list(item.in_question)} if item.in_question else {})}


def _in_question(reading: Reading[Any]) -> list[str]:
    return list(dict.fromkeys(words for item in reading.findings for words in item.in_question))


def _words(done: Counted) -> str:
    return f"{done.created} new, {done.changed} changed, {done.unchanged} as they were."


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"The file {file} cannot be read: {error.strerror}. Check its name.") from error


def _only(codes: dict[str, str]) -> str:
    if len(codes) != 1:
        raise InputError(f"Say which operation with --operation. There are: {', '.join(codes) or 'none'}.")
    return next(iter(codes))
