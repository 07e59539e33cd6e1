"""What time alone undoes is suspended by the clock, told to who gave and who asked, and explained in the record."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from planner.db import Database
from planner.models.go_ahead import GoAhead
from planner.models.records import Notice, RecordLine
from planner.rules.words import GoAheadState
from planner.services.lapses import suspend_lapsed
from tests import ready
from tests.builders import NOW, World, a_world


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    ready.make_ready(world)
    ready.give(world)
    return world


def lapse(world: World, later: timedelta) -> int:
    with world.desk("cell", NOW + later).writing() as work:
        return suspend_lapsed(work)


def test_a_check_that_grew_too_old_suspends_the_go_ahead_by_the_clock(world: World) -> None:
    assert lapse(world, timedelta(hours=1)) == 0
    assert lapse(world, timedelta(hours=25)) == 1
    assert lapse(world, timedelta(hours=25)) == 0

    with world.database.read() as session:
        row = session.exec(select(GoAhead)).one()
        told = session.exec(select(Notice).where(col(Notice.sentence).contains("is suspended: Time passed."))).all()
        lines = session.exec(select(RecordLine).where(RecordLine.verb == "suspend_go_ahead")).all()
    assert row.state is GoAheadState.SUSPENDED
    assert {notice.person_id for notice in told} == {world.people["gold"], world.people["silver"]}
    assert [line.sentence.split(":")[1] for line in lines] == [
        " Time passed. The clash check last ran Tue 24 November, 09"
    ]
