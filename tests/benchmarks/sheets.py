"""Every action as a workbook, with its demand and its gate: from the press to the bytes."""

from planner.collector import settle
from planner.db import Database
from planner.outputs.boards.registry import BOARDS
from planner.outputs.table_file import WHOLE, table_file
from planner.work import Desk
from tests.benchmarks.table import Row, in_turn, seconds

BUDGET_SECONDS = 5.0
MOST_ROUNDS = 5  # each takes seconds


def rows(database: Database, rounds: int) -> list[Row]:
    """As the operator, who sees them all."""
    settle()  # as the server does when it starts
    with Desk(database).reading() as look:
        made = table_file(look, "actions", "xlsx", "To measure it")  # the first of each statement is compiled
        number = len(BOARDS["actions"].read(look, WHOLE).rows)
        (taken,) = in_turn(
            min(rounds, MOST_ROUNDS), lambda: seconds(lambda: table_file(look, "actions", "xlsx", "Why"))
        )
    said = f"{number:,} actions, {len(made.body) / 1024:,.0f} KiB"
    return [Row("Every action as XLSX, with its gate", taken, BUDGET_SECONDS, "s", said)]
