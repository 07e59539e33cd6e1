"""`planner export`: a board as a sheet, or an operation's handover pack, as far as its reader sees; for a scheduler."""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.edge import answer, desk_of
from planner.errors import InputError
from planner.outputs.boards.registry import BOARDS
from planner.outputs.handover import handover_pack
from planner.outputs.table_file import MEDIA, table_file
from planner.rules.asked import Asked
from planner.rules.words import Outcome
from planner.work import Desk, Look

PACK = "pack"
AT_THE_COMMAND_LINE = "Taken at the command line."


def export(
    board: Annotated[str, typer.Argument(metavar="BOARD", help=f"{', '.join(BOARDS)}; or {PACK}.")],
    output: Annotated[
        Path, typer.Option("-o", metavar="FILE", help=f"Its ending says which: {', '.join(MEDIA)}; a pack is a zip.")
    ],
    why: Annotated[str, typer.Option(metavar="REASON", help="For the record.")] = AT_THE_COMMAND_LINE,
    operation: Annotated[str, typer.Option(metavar="CODE", help="Of this operation alone.")] = "",
) -> None:
    """Write a board, or all of an operation as one zip, to a file; the export is recorded with its reason."""
    desk = desk_of()
    with desk.reading() as look:
        body = (_pack if board == PACK else _table)(look, board, output, why, operation)
    _record(desk, board, operation, why)
    try:
        output.write_bytes(body)
    except OSError as error:
        raise InputError(f"The file {output} cannot be written: {error.strerror}.") from error
    answer({"file": str(output), "bytes": len(body)}, [f"{output}: {len(body):,} bytes."])


def _table(look: Look, board: str, output: Path, why: str, operation: str) -> bytes:
    return table_file(look, board, output.suffix.lstrip(".").lower(), why, Asked(operation)).body


def _pack(look: Look, _: str, output: Path, why: str, operation: str) -> bytes:
    if not operation or output.suffix.lower() != ".zip":
        raise InputError("A pack is of one operation and a zip: give --operation CODE and -o FILE.zip.")
    return handover_pack(look, operation, why)


def _record(desk: Desk, board: str, operation: str, why: str) -> None:
    kind = "handover" if board == PACK else "table"
    with desk.writing() as work:
        sentence = "A handover pack was exported." if board == PACK else f"The table {board} was exported."
        ref = operation if board == PACK else f"{board} {operation}".strip()
        work.record("export", sentence, kind=kind, ref=ref[:80], outcome=Outcome.EXPORTED, reason=why.strip())
