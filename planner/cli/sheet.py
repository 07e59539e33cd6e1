"""`planner sheet`: the two pages of one action's go-ahead as a PDF."""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.edge import answer, desk_of
from planner.errors import InputError
from planner.outputs.sheet_file import sheet_file
from planner.rules.words import Outcome


def sheet(
    reference: Annotated[str, typer.Argument(metavar="REF", help="An action.")],
    output: Annotated[Path, typer.Option("-o", metavar="FILE", help="Where the PDF goes.")],
    reason: Annotated[str, typer.Option(metavar="WHY", help="Why it is printed.")] = "For the command of the action.",
) -> None:
    """The gate, overrides, conditions, who attends, care and contacts on two pages; the export is recorded."""
    desk = desk_of()
    with desk.reading() as look:
        body = sheet_file(look, reference, reason)
    with desk.writing() as work:
        said = "The two-page sheet was exported."
        work.record("export", said, kind="sheet", ref=reference, outcome=Outcome.EXPORTED, reason=reason.strip())
    try:
        output.write_bytes(body)
    except OSError as error:
        raise InputError(f"The file {output} cannot be written: {error.strerror}.") from error
    answer({"action": reference, "file": str(output), "bytes": len(body)}, [f"{output}: {len(body):,} bytes."])
