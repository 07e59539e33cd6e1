"""The nightly clash check: every action read as the check sees it, and every pair that clashes found in one sweep."""

from planner.db import Database
from planner.facts_clashes import sides
from planner.rules.clashes import all_clashes
from planner.work import Desk
from tests.benchmarks.table import Row, in_turn, seconds
from tests.crowded import crowd

BUDGET_SECONDS = 1.0


def rows(database: Database, rounds: int) -> list[Row]:
    """Marks, teams, leads and last places are drawn so that actions clash on every ground."""
    number = crowd(database, 1)
    with Desk(database).reading() as look:
        found = len(all_clashes(sides(look)))  # the first of each statement is compiled
        (measured,) = in_turn(rounds, lambda: seconds(lambda: all_clashes(sides(look))))
    said = f"{found:,} clashes among {number:,} actions"
    return [Row("Every clash among the actions found", measured, BUDGET_SECONDS, "s", said)]
