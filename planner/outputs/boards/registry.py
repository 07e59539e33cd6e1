"""Every board by the name under which it leaves; a new one is one line here."""

from collections.abc import Mapping

from planner.errors import NotFound
from planner.outputs.boards import actions
from planner.outputs.boards.board import Board
from planner.work import Look

BOARDS: Mapping[str, Board] = {
    "actions": Board("Actions", "actions", actions.COLUMNS, actions.action_rows),
}


def board_named(look: Look, name: str) -> Board:
    """A board that opens to this reader; missing and forbidden answer alike."""
    board = BOARDS.get(name)
    if board is None or not board.opens(look):
        raise NotFound(f"There is no table {name[:40]}, or none that you can open.")
    return board


def boards_of(look: Look) -> dict[str, Board]:
    """Those that open to this reader, in their order."""
    return {name: board for name, board in BOARDS.items() if board.opens(look)}
