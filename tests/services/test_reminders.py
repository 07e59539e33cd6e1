"""An unanswered offer is recalled step by step: the lead, the deputy, the cell; an answer ends it."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from planner.actors import SWEEP
from planner.db import Database
from planner.models.records import Notice
from planner.services.answers import answer_offer
from planner.services.handovers import name_deputy
from planner.services.reminders import remind
from planner.work import Desk
from tests.builders import DAWN, NOW, World, a_world, an_action
from tests.partners import a_lead, an_offer, offer_now

DUE = NOW + timedelta(hours=24)


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world, starts_at=DAWN + timedelta(days=3), ends_at=DAWN + timedelta(days=3, hours=2))
    return world


def reminded(world: World, at: datetime) -> int:
    with Desk(world.database, clock=lambda: at).writing() as work:
        work.actor = SWEEP
        return remind(work)


def told(world: World, name: str) -> list[str]:
    with world.desk("cell").reading() as look:
        query = select(Notice.sentence).where(Notice.person_id == world.people[name]).order_by(Notice.id)
        return list(look.session.exec(query))


def test_the_lead_is_told_at_half_time_and_when_due_then_the_deputy_then_the_cell(world: World) -> None:
    a_lead(world, "second", world.ngo)
    offer = an_offer(world)
    with world.desk("partner").writing() as work:
        name_deputy(work, offer, "Second, West Midlands")

    steps = [reminded(world, NOW + timedelta(hours=hours)) for hours in (11, 12, 13, 24, 25, 26, 27, 28, 29, 40)]

    assert steps == [0, 1, 0, 1, 0, 1, 0, 1, 0, 0]
    by = "First responder, by Wed 25 November, 09:00."
    assert told(world, "partner")[1:] == [f"Half of the time to answer is over: {by}", f"Your answer is due now: {by}"]
    assert told(world, "second")[1:] == [f"An answer is overdue: {by}"]
    assert told(world, "cell") == [
        "WM-0001: Ngo has not answered for First responder, due Wed 25 November, 09:00. Ring them."
    ]


def test_an_answer_ends_the_reminders(world: World) -> None:
    offer = an_offer(world)
    with world.desk("partner").writing() as work:
        answer_offer(work, offer, accept=True)

    assert reminded(world, DUE) == 0
    assert offer_now(world, offer).remind_at is None


def test_a_server_that_slept_recalls_one_step_a_round_and_nothing_once_the_action_began(world: World) -> None:
    offer = an_offer(world)

    first, second = reminded(world, DUE + timedelta(hours=5)), reminded(world, DUE + timedelta(hours=5))
    begun = reminded(world, DAWN + timedelta(days=3))

    assert (first, second, begun) == (1, 1, 1)
    assert offer_now(world, offer).remind_at is None
    assert len(told(world, "partner")) == 3
