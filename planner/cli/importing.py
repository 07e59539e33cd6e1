"""`planner import actions FILE`: read, name every bad row, write all or nothing."""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.edge import REFUSED, answer, desk_of
from planner.errors import InputError
from planner.inputs.action_columns import ACTIONS
from planner.inputs.actions import read_actions
from planner.inputs.columns import suggest_mapping
from planner.inputs.spreadsheets import read_grid
from planner.services.importing import Counted
from planner.services.importing_actions import import_actions, known_for, operation_codes, preview_actions

app = typer.Typer(no_args_is_help=True, help="Spreadsheets in.")


@app.callback()
def _import() -> None:
    """Spreadsheets in."""


@app.command()
def actions(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    operation: Annotated[str | None, typer.Option(help="The operation's code, where there are several.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen, write nothing.")] = False,
) -> None:
    """Import actions from CSV or XLSX; exit 1 and every bad row when one cannot be taken."""
    desk = desk_of()
    with desk.reading() as look:
        code = operation or _only(operation_codes(look))
        grid = read_grid(_bytes(file))
        reading = read_actions(grid, suggest_mapping(grid.headings, ACTIONS), known_for(look, code))
        counted = preview_actions(look, code, reading.rows)
    if reading.stands and not dry_run:
        with desk.writing() as work:
            counted = import_actions(work, code, reading)
    findings = [
        {"line": item.line, "column": item.column, "sentence": item.sentence, "remedy": item.remedy}
        for item in reading.findings
    ]
    counted = counted if reading.stands else Counted(0, 0, 0)
    lines = [f"Line {item['line']}, {item['column']}: {item['sentence']} {item['remedy']}" for item in findings]
    answer({**counted._asdict(), "findings": findings}, lines or [_words(counted)])
    if findings:
        raise typer.Exit(REFUSED)


def _words(counted: Counted) -> str:
    return f"{counted.created} new, {counted.changed} changed, {counted.unchanged} as they were."


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"The file {file} cannot be read: {error.strerror}. Check its name.") from error


def _only(codes: dict[str, str]) -> str:
    if len(codes) != 1:
        raise InputError(f"Say which operation with --operation. There are: {', '.join(codes) or 'none'}.")
    return next(iter(codes))
