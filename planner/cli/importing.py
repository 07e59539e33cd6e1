"""`planner import actions|agencies|providers|availability FILE`: read, name every bad row, write all or nothing."""

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Annotated, Any

import typer

from planner.cli.edge import REFUSED, LookedAt, answer, desk_of, look_words
from planner.errors import InputError
from planner.inputs.columns import suggest_mapping
from planner.inputs.readings import Reading, RowFinding
from planner.inputs.spreadsheets import read_grid
from planner.services.importing import Counted, FileKind, counted, read_file
from planner.services.importing_actions import operation_codes
from planner.services.importing_files import AGENCY_FILE, AVAILABILITY_FILE, PROVIDER_FILE, actions_of
from planner.work import Look

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
) -> None:
    """Import actions from CSV or XLSX; exit 1 and every bad row when one cannot be taken."""
    _take(file, lambda look: actions_of(operation or _only(operation_codes(look))), dry_run, looked_at)


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
        done = counted(kind.fates(look, reading.rows) if reading.stands else ())
    if reading.stands and not dry_run:
        with desk.writing() as work:
            done = kind.write(work, reading)
    findings = [_told(item) for item in reading.findings]
    lines = [f"{item.sentence} {item.remedy}" for item in reading.findings] + look_words(_in_question(reading))
    answer({**done._asdict(), "findings": findings}, lines or [_words(done)])
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
