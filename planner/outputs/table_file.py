"""A board as a file that leaves: XLSX or CSV of what its reader sees and no more, marked, dated, for a reason."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from planner.errors import InputError
from planner.outputs.boards.board import Asked, Board, operation_row
from planner.outputs.boards.registry import board_named
from planner.outputs.tables import table_csv, table_xlsx
from planner.rules.markings import Marked
from planner.services.texts import needed_text
from planner.work import Look

MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
MAKERS = {"xlsx": table_xlsx, "csv": table_csv}
WHY = "The reason for the export"
LONGEST_WHY = 200
YES = "yes"
WHOLE = Asked()


class TableFile(NamedTuple):
    """The file's name says which table it is, and no operation and no action."""

    file_name: str
    media_type: str
    body: bytes
    marked: Marked


def table_file(look: Look, name: str, ending: str, reason: str, asked: Asked = WHOLE) -> TableFile:
    """One board for its reader; InputError for an ending or a reason that will not do, NotFound for the rest."""
    board = board_named(look, name)
    needed_text(reason, WHY, most=LONGEST_WHY)
    if ending not in MEDIA:
        raise InputError(f"A table is made as one of these: {', '.join(MEDIA)}; not as {ending[:20]}.")
    if asked.operation:
        operation_row(look, asked.operation)
    return next(made(look, name, board, asked, [ending]))


def made(
    look: Look, name: str, board: Board, asked: Asked, endings: Iterable[str] = tuple(MEDIA)
) -> Iterator[TableFile]:
    """The same, once it is known that the board opens and that there is a reason; rows are read once for all kinds."""
    rows, marked = board.read(look, asked)
    for ending in endings:
        make = MAKERS[ending]
        body = make(rows, columns=board.columns, marked=marked, made_by=look.actor.name, made_at=look.now)
        yield TableFile(f"{name}.{ending}", MEDIA[ending], body, marked)


def table_named(look: Look, scope: str, reason: str) -> TableFile:
    """By the first part of its address, such as actions.xlsx, or actions.xlsx;to_come=yes&force=Kent."""
    file, narrowed, filtered = scope.partition(";")
    name, _, ending = file.rpartition(".")
    return table_file(look, name, ending, reason, _asked(filtered) if narrowed else WHOLE)


def scope_of_table(name: str, ending: str, asked: Asked) -> str:
    """That first part: what a page's filter says goes with it."""
    said = {key: YES if value is True else value for key, value in asked._asdict().items() if value}
    return f"{name}.{ending}" + (f";{urlencode(said)}" if said else "")


def _asked(filtered: str) -> Asked:
    """Of a name that no filter has nothing is made: a link that was cut short must not give more than was asked."""
    said = dict(parse_qsl(filtered[:4000], keep_blank_values=True))
    odd = set(said) - set(Asked._fields)
    if odd or not said or "\0" in "".join(said.values()) or said.get("to_come", YES) != YES:
        raise InputError("A table is narrowed by operation, text, force or to_come=yes. Take the link from its page.")
    return Asked(
        said.get("operation", ""), said.get("text", ""), said.get("force", ""), to_come=said.get("to_come") == YES
    )
