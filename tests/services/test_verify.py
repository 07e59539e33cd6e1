"""Bookings are proved against their claims, and counts of the day against nothing less than nobody."""

import sqlalchemy as sa

from planner.db import Database
from planner.rules.on_the_day import Count
from planner.services.exercise import load_pentameter2
from planner.services.verify import troubles
from planner.work import Desk
from tests.builders import a_world
from tests.day import begun, press


def test_the_exercise_agrees_until_a_claim_is_lost(database: Database) -> None:
    load_pentameter2(database)
    with Desk(database).reading() as look:
        assert troubles(look) == ()

    with database.write() as session:
        lost = "DELETE FROM claim WHERE (unit_id, number, night) IN (SELECT unit_id, number, night FROM claim LIMIT 1)"
        session.execute(sa.text(lost))

    with Desk(database).reading() as look:
        found = troubles(look)
    assert len(found) == 1
    assert found[0].startswith("Hold ")


def test_a_count_below_zero_is_told(database: Database) -> None:
    world = a_world(database)
    begun(world)
    press(world, Count.ENCOUNTERED)
    with world.desk("cell").reading() as look:
        assert troubles(look) == ()

    with database.write() as session:
        session.execute(sa.text("UPDATE daytap SET step = -1"))

    with world.desk("cell").reading() as look:
        assert troubles(look) == ("WM-0001: -1 counted as encountered.",)
