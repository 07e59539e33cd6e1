"""Coverage counts each force's own actions to come, and of them the ready ones."""

from datetime import timedelta

from planner.db import Database
from planner.rules.words import ActionState
from planner.views.coverage import by_force
from tests import ready
from tests.builders import DAWN, a_world, an_action


def test_a_force_counts_what_is_to_come_and_what_is_ready(database: Database) -> None:
    world = a_world(database)
    ready.make_ready(world)
    an_action(world, "WM-0002", starts_at=DAWN + timedelta(days=9), ends_at=DAWN + timedelta(days=9, hours=3))
    an_action(world, "WM-0003", state=ActionState.STOOD_DOWN)
    an_action(world, "WM-0004", force_id=world.force + 1)

    with world.desk("cell").reading() as look:
        whole = [(row.code, row.actions, row.ready) for row in by_force(look)]
    with world.desk("silver").reading() as look:
        own = [(row.code, row.actions, row.ready) for row in by_force(look)]
    with world.desk("stranger").reading() as look:
        nothing = by_force(look)

    assert whole == [("force", 2, 1), ("other_force", 1, 0)]
    assert (own, nothing) == ([("force", 2, 1)], ())
