"""Facts of one action or many take the same number of queries."""

from typing import Any

import sqlalchemy as sa

from planner import access, facts
from planner.db import Database
from tests.builders import a_world, an_action


def queries(database: Database, world: Any) -> int:
    seen: list[str] = []

    def count(_: Any, __: Any, statement: str, *___: Any) -> None:
        seen.append(statement)

    with world.desk("silver").reading() as look:
        sa.event.listen(database.engine, "before_cursor_execute", count)
        facts.gates(look, access.visible_actions(look))
        sa.event.remove(database.engine, "before_cursor_execute", count)
    return len(seen)


def test_thirty_actions_take_as_many_queries_as_one(database: Database) -> None:
    world = a_world(database)
    an_action(world, "WM-0001")
    one = queries(database, world)
    for number in range(2, 31):
        an_action(world, f"WM-{number:04d}")

    thirty = queries(database, world)

    assert 10 < one < 40
    assert thirty == one
