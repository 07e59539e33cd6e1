"""A board as a file that leaves: XLSX or CSV of what its reader sees and no more, marked, dated, for a reason."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from planner.errors import InputError
from planner.outputs.boards.board import Board, operation_row
from planner.outputs.boards.registry import board_named
from planner.outputs.tables import table_csv, table_xlsx
from planner.rules.asked import Asked, asked_of
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
    board.check(asked)
    if ending not in MEDIA:
        raise InputError(f"A table is made as one of these: {', '.join(MEDIA)}; not as {ending[:20]}.")
    if asked.operation:
        operation_row(look, asked.operation)
    return next(made(look, name, board, asked, [ending]))


def made(
    look: Look, name: str, board: Board, asked: Asked, endings: Iterable[str] = tuple(MEDIA)
) -> Iterator[TableFile]:
    """The same, once it is known that the board opens and that there is a reason; rows are read once for all kinds."""
    rows, marked, beyond = board.read(look, asked)
    for ending in endings:
        make = MAKERS[ending]
        who, when = look.actor.name, look.now
        body = make(rows, columns=board.columns, marked=marked, made_by=who, made_at=when, asked=asked, beyond=beyond)
        yield TableFile(f"{name}.{ending}", MEDIA[ending], body, marked)


def table_named(look: Look, scope: str, reason: str) -> TableFile:
    """By the first part of its address, such as actions.xlsx, or actions.xlsx;to_come=yes&force=Kent."""
    file, narrowed, filtered = scope.partition(";")
    name, _, ending = file.rpartition(".")
    return table_file(look, name, ending, reason, _asked(filtered) if narrowed else WHOLE)


def scope_of_table(name: str, ending: str, asked: Asked) -> str:
    """That first part: what a page's filter says goes with it."""
    return f"{name}.{ending}" + (f";{asked.words}" if asked.words else "")


def _asked(filtered: str) -> Asked:
    """Of a name that no filter has nothing is made: a link that was cut short must not give more than was asked."""
    asked = asked_of(filtered)
    if asked is None:
        raise InputError(f"A table is narrowed by {', '.join(Asked._fields)}. Take the link from its page.")
    return asked
