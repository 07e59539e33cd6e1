"""Bookings are proved against their claims."""

import sqlalchemy as sa

from planner.db import Database
from planner.services.exercise import load_pentameter2
from planner.services.verify import troubles
from planner.work import Desk


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
