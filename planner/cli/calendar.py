"""`planner calendar`: a calendar file of an operation, a force, an agency or a person."""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.edge import answer, desk_of
from planner.errors import InputError
from planner.rules.words import Outcome
from planner.views.calendar import NAMES, calendar_bytes
from planner.work import Desk


def calendar(
    name: Annotated[str, typer.Argument(metavar="NAME")],
    scope: Annotated[str, typer.Option(help="operation, force, agency or person.")],
    output: Annotated[Path, typer.Option("-o", metavar="FILE.ics")],
) -> None:
    """Write the calendar of a scope to a file; the export is recorded."""
    if scope not in NAMES:
        raise InputError(f"There is no scope {scope}. Choose one of: {', '.join(NAMES)}.")
    desk = desk_of()
    with desk.reading() as look:
        body = calendar_bytes(look, scope, name)
    _record(desk, scope, name)
    try:
        output.write_bytes(body)
    except OSError as error:
        raise InputError(f"The file {output} cannot be written: {error.strerror}.") from error
    answer({"file": str(output), "bytes": len(body)}, [f"{output}: {len(body):,} bytes."])


def _record(desk: Desk, scope: str, name: str) -> None:
    with desk.writing() as work:
        sentence = f"The calendar of {scope} {name} was exported."
        work.record("export_calendar", sentence, kind=scope, ref=name[:80], outcome=Outcome.EXPORTED)
