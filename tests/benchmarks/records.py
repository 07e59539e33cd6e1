"""Verifying a long record, with a checkpoint for every thousand of its lines."""

from pathlib import Path

from planner.db import Database
from planner.services.checkpoints import write_checkpoint
from planner.services.records import verify_record
from planner.work import Desk
from tests.benchmarks.table import Row, in_turn, seconds
from tests.records import lengthen

LINES, BUDGET_SECONDS = 100_000, 10.0  # the budget is for so many; fewer show that the row is there
ALL_ROUNDS = 3  # each takes seconds


def verified(database: Database, rounds: int, var: Path, number: int = LINES) -> Row:
    """The last thing to be measured: it makes the record long."""
    file = var / "checkpoints.jsonl"
    for _ in range(number // 1000):
        lengthen(database, 1000)
        with Desk(database).reading() as look:
            write_checkpoint(look, file)
    with Desk(database).reading() as look:
        found = verify_record(look, file)
        (taken,) = in_turn(min(rounds, ALL_ROUNDS), lambda: seconds(lambda: verify_record(look, file)))
    if not found.whole or found.lines < number:
        raise RuntimeError(found.sentence)
    return Row(f"A record of {number:,} lines verified", taken, BUDGET_SECONDS, "s", f"{found.lines:,} lines")
