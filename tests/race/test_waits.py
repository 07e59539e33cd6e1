"""Who waits for whom on PostgreSQL: rows that only name a locked action or person must not wait for it.

A verb that holds a provider and writes about another's action would otherwise wait for whoever holds that action and
waits for the provider: a deadlock. SQLite lets one writer in at a time, and so has none.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import sleep

import pytest
import sqlalchemy as sa

from planner.db import Database
from planner.errors import Refused
from planner.models.care import Hold, Provider
from planner.models.directory import Person
from planner.models.operations import Action
from planner.rules.words import HoldState, Need, Profile
from planner.services import care, care_closing
from planner.work import Desk
from tests.builders import FIRST_NIGHT, NOW, World, a_world, an_action
from tests.care import book

SOON = 20
LATER = NOW + timedelta(hours=49)

pytestmark = [pytest.mark.postgres, pytest.mark.parametrize("database_url", ["postgres"], indirect=True)]


def hold_at(world: World, reference: str) -> int:
    with world.desk("silver", LATER).writing() as work:
        request = care.HoldRequest(reference, "U1", ((Profile.WOMAN, Need.NONE, 1),), f"later-{reference}")
        return care.hold_places(work, request).id or 0


def test_ending_anothers_expired_booking_waits_for_nobody_who_waits_for_the_provider(database: Database) -> None:
    world = a_world(database)
    first = an_action(world, "WM-0001")
    an_action(world, "WM-0002")
    expired = book(world, "WM-0001", places=4)

    with ThreadPoolExecutor(1) as other, world.desk("silver", LATER).writing() as work:
        work.lock(Action, first)
        made = other.submit(hold_at, world, "WM-0002").result(SOON)
        work.lock(Provider, world.provider)
        assert work.session.get_one(Hold, expired).state is HoldState.EXPIRED

    assert made > expired


def test_writing_about_somebody_waits_for_nobody_who_holds_them(database: Database) -> None:
    world = a_world(database)
    an_action(world, "WM-0001")

    with ThreadPoolExecutor(1) as other, world.desk("care_lead", LATER).writing() as work:
        work.lock(Person, world.people["silver"])
        assert other.submit(hold_at, world, "WM-0001").result(SOON)


def close(world: World, hold: int) -> int:
    request = care_closing.ClosingRequest("U1", world.operation, FIRST_NIGHT, FIRST_NIGHT, "A leak.", (hold,))
    with world.desk("provider").writing() as work:
        return care_closing.close_nights(work, request)


def await_a_waiter(database: Database) -> None:
    waiting = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    for _ in range(SOON * 20):
        with database.read() as session:
            if session.execute(waiting).scalar_one():
                return
        sleep(0.05)
    raise AssertionError("nobody waits")


def test_nights_that_are_booked_while_they_are_closed_are_not_closed_over_an_action_that_is_not_locked(
    database: Database,
) -> None:
    world = a_world(database)
    an_action(world)
    asked = book(world, places=2, wait=True)

    with ThreadPoolExecutor(1) as other:
        with world.desk("provider").writing() as work:
            care.confirm_hold(work, asked)
            closing = other.submit(close, world, asked)
            await_a_waiter(database)
        with pytest.raises(Refused, match="booked just now"):
            closing.result(SOON)

    with Desk(database).reading() as look:
        assert look.session.get_one(Hold, asked).state is HoldState.CONFIRMED
    assert close(world, asked) == 1
