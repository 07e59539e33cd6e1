"""`planner import actions|agencies|providers FILE`: read, name every bad row, write all or nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from planner.cli.edge import REFUSED, answer, desk_of
from planner.errors import InputError
from planner.inputs.columns import suggest_mapping
from planner.inputs.readings import RowFinding
from planner.inputs.spreadsheets import read_grid
from planner.services.importing import Counted, FileKind, counted
from planner.services.importing_actions import operation_codes
from planner.services.importing_files import AGENCY_FILE, PROVIDER_FILE, actions_of
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
) -> None:
    """Import actions from CSV or XLSX; exit 1 and every bad row when one cannot be taken."""
    _take(file, lambda look: actions_of(operation or _only(operation_codes(look))), dry_run=dry_run)


@app.command()
def agencies(file: File, dry_run: DryRun = False) -> None:
    """Import agencies from CSV or XLSX; exit 1 and every bad row when one cannot be taken."""
    _take(file, lambda _: AGENCY_FILE, dry_run=dry_run)


@app.command()
def providers(file: File, dry_run: DryRun = False) -> None:
    """Import care providers and their units from CSV or XLSX; nights are opened by the provider alone."""
    _take(file, lambda _: PROVIDER_FILE, dry_run=dry_run)


def _take(file: Path, kind_of: Callable[[Look], FileKind[Any]], *, dry_run: bool) -> None:
    """Read, say what would happen, and write where every row stands and it is no dry run."""
    desk = desk_of()
    with desk.reading() as look:
        kind = kind_of(look)
        grid = read_grid(_bytes(file))
        reading = kind.read(look, grid, suggest_mapping(grid.headings, kind.layout), None)
        done = counted(kind.fates(look, reading.rows) if reading.stands else ())
    if reading.stands and not dry_run:
        with desk.writing() as work:
            done = kind.write(work, reading)
    findings = [_told(item) for item in reading.findings]
    lines = [f"{item.sentence} {item.remedy}" for item in reading.findings]
    answer({**done._asdict(), "findings": findings}, lines or [_words(done)])
    if findings:
        raise typer.Exit(REFUSED)


def _told(item: RowFinding) -> dict[str, object]:
    return {"line": item.line, "column": item.column, "sentence": item.sentence, "remedy": item.remedy}


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
