"""`planner export`: a board as a sheet, as far as its reader sees; recorded with its reason, for a scheduler too."""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.edge import answer, desk_of
from planner.errors import InputError
from planner.outputs.boards.board import Asked
from planner.outputs.boards.registry import BOARDS
from planner.outputs.table_file import MEDIA, TableFile, table_file
from planner.rules.words import Outcome
from planner.work import Desk, Look

AT_THE_COMMAND_LINE = "Taken at the command line."


def export(
    board: Annotated[str, typer.Argument(metavar="BOARD", help=f"{', '.join(BOARDS)}.")],
    output: Annotated[Path, typer.Option("-o", metavar="FILE", help=f"Its ending says which: {', '.join(MEDIA)}.")],
    why: Annotated[str, typer.Option(metavar="REASON", help="For the record.")] = AT_THE_COMMAND_LINE,
    operation: Annotated[str, typer.Option(metavar="CODE", help="Of this operation alone.")] = "",
) -> None:
    """Write a board to a file; the export is recorded with its reason."""
    desk = desk_of()
    with desk.reading() as look:
        made = _made(look, board, output, why, operation)
    _record(desk, board, operation, made, why)
    try:
        output.write_bytes(made.body)
    except OSError as error:
        raise InputError(f"The file {output} cannot be written: {error.strerror}.") from error
    size = len(made.body)
    told = {"file": str(output), "bytes": size, "marking": made.marked.words}
    answer(told, [f"{output}: {size:,} bytes, {made.marked.words}."])


def _made(look: Look, board: str, output: Path, why: str, operation: str) -> TableFile:
    return table_file(look, board, output.suffix.lstrip(".").lower(), why, Asked(operation))


def _record(desk: Desk, board: str, operation: str, made: TableFile, why: str) -> None:
    with desk.writing() as work:
        sentence = f"{made.file_name} was exported."
        ref = f"{board} {operation}".strip()[:80]
        work.record("export", sentence, kind="table", ref=ref, outcome=Outcome.EXPORTED, reason=why.strip())
