"""Whose session outlives idleness: a chair's while the conference sits, a commander's while the action is under way."""

from datetime import datetime, timedelta

import pytest

from planner.db import Database
from planner.services import conduct, conferences
from planner.services.sessions import ABSOLUTE, IDLE, check_session, hash_of
from tests import ready
from tests.builders import DAWN, NOW, World, a_world, an_action
from tests.strangers.scene import check
from tests.web.site import give_account, session_of

QUIET = IDLE + timedelta(minutes=5)


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def lives(world: World, name: str, begun: datetime, at: datetime) -> bool:
    """Whether a session begun then, and quiet since, still lives."""
    token = session_of(world.database, name, begun)
    return check_session(world.database, hash_of(token), at, active=False) is not None


def sit(world: World, starts_at: datetime, hours: int) -> None:
    an_action(world, ready.REFERENCE)
    with world.desk("cell").writing() as work:
        request = conferences.ConveneRequest(
            (ready.REFERENCE,), starts_at, starts_at + timedelta(hours=hours), ("force", "ngo"), "sits"
        )
        conferences.convene(work, request)


def test_a_chair_is_not_thrown_out_while_the_conference_sits(world: World) -> None:
    sit(world, NOW, hours=2)
    for name in ("cell", "silver"):
        give_account(world, name)

    assert lives(world, "cell", NOW, NOW + QUIET)
    assert not lives(world, "silver", NOW, NOW + QUIET)
    assert not lives(world, "cell", NOW + timedelta(hours=2), NOW + timedelta(hours=2) + QUIET)


def test_a_commander_is_not_thrown_out_while_the_forces_action_is_under_way(world: World) -> None:
    ready.make_ready(world)
    ready.give(world)
    check(world, {})
    for name in ("silver", "other_silver", "partner"):
        give_account(world, name)
    assert not lives(world, "silver", DAWN, DAWN + QUIET)

    with world.desk("silver", DAWN).writing() as work:
        conduct.begin_action(work, ready.REFERENCE)

    kept = {name: lives(world, name, DAWN, DAWN + QUIET) for name in ("silver", "other_silver", "partner")}
    assert kept == {"silver": True, "other_silver": False, "partner": False}


def test_twelve_hours_end_even_those(world: World) -> None:
    sit(world, NOW, hours=20)
    give_account(world, "cell")

    assert lives(world, "cell", NOW, NOW + ABSOLUTE)
    assert not lives(world, "cell", NOW, NOW + ABSOLUTE + timedelta(minutes=1))
