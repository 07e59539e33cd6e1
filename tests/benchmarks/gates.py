"""All gates derived, against the same SELECTs through SQLAlchemy Core and fetched; and how many SELECTs there are."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from planner import access, facts
from planner.collector import settle
from planner.db import Database
from planner.work import Desk, Look
from tests.benchmarks.table import Row, in_turn, seconds

Statement = tuple[Any, Any]
BUDGET = 3.0


def rows(database: Database, rounds: int) -> list[Row]:
    """What the gates of everything visible cost beside their queries alone, in one snapshot."""
    with Desk(database).reading() as look:
        every = access.visible_actions(look)
        with kept_statements(database) as of_all:
            gates = facts.gates(look, every)
        with kept_statements(database) as of_one:
            facts.gates(look, [next(iter(gates))])
        number, fetched = len(gates), _replay(look, of_all)
        del gates
        settle()  # as the server does when it starts
        derived, asked = in_turn(
            rounds, lambda: seconds(lambda: facts.gates(look, every)), lambda: seconds(lambda: _replay(look, of_all))
        )
        gc.unfreeze()
    times = f"{derived * 1000:.0f} ms against {asked * 1000:.0f} ms for {fetched:,} rows"
    queries = f"{len(of_all)} against {len(of_one)}"
    return [
        Row("All gates derived, against their SELECTs alone", derived / asked, BUDGET, "x", times),
        Row(f"Queries for {number:,} gates, against one gate's", len(of_all) / len(of_one), 1.0, "x", queries),
    ]


@contextmanager
def kept_statements(database: Database) -> Iterator[list[Statement]]:
    """Every statement that is really run meanwhile, with its parameters."""
    kept: list[Statement] = []

    def keep(_: object, statement: Any, many: Any, parameters: Any, __: object) -> None:
        kept.append((statement, many or parameters))

    sa.event.listen(database.engine, "before_execute", keep)
    try:
        yield kept
    finally:
        sa.event.remove(database.engine, "before_execute", keep)


def _replay(look: Look, statements: list[Statement]) -> int:
    """Run them again through Core and fetch every row; how many rows there were."""
    connection = look.session.connection()
    return sum(len(connection.execute(statement, parameters).all()) for statement, parameters in statements)
