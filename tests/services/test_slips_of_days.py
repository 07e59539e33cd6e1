"""What follows from moving a strike day is found in as many statements for a long day as for a short one."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import select

from planner.db import Database
from planner.models.arrangements import Arrangement
from planner.models.care import Hold
from planner.models.operations import Action
from planner.models.roles import RoleOffer
from planner.rules.words import ArrangementKind, ArrangementState, HoldState, OfferState
from planner.services import offers
from planner.services.slip_changes import NewDay
from planner.services.slips import SlipRequest, list_consequences, slip
from planner.services.strike_days import StrikeDayRequest, set_strike_day
from tests.builders import DAWN, FIRST_NIGHT, NOW, World, a_world, an_action
from tests.care import a_second_provider, book, confirm

A_DAY = timedelta(days=1)


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    a_second_provider(world)
    return world


def a_day(world: World, name: str, *references: str) -> SlipRequest:
    """A strike day of actions with an accepted post, a confirmed booking and arrangement each, to be moved by a day."""
    for reference in references:
        number = an_action(world, reference)
        with world.desk("silver").writing() as work:
            asked = offers.OfferRequest(reference, "first_responder", "ngo", f"offer-{reference}")
            post = offers.offer_role(work, asked).id
            work.session.get_one(RoleOffer, post).state = OfferState.ACCEPTED
            kept = {"kind": ArrangementKind.MEDICAL, "state": ArrangementState.CONFIRMED, "changed_at": NOW}
            work.session.add(Arrangement(action_id=number, **kept))
        confirm(world, book(world, reference, "U2"), by="second_provider")
    with world.desk("cell").writing() as work:
        strike = set_strike_day(work, StrikeDayRequest("OP1", name, DAWN.date(), references)).id
    with world.database.read() as session:
        versions = {row.reference: row.version for row in session.exec(select(Action)) if row.strike_day_id == strike}
    return SlipRequest(references, NewDay((DAWN + A_DAY).date()), name, versions, strike_day=strike)


def statements(world: World, wanted: SlipRequest) -> int:
    """How many a list takes; rows with a number of their own are added one at a time where SQLite keeps them."""
    seen: list[str] = []

    def keep(_: Any, __: Any, statement: str, *___: Any) -> None:
        seen.append(statement)

    with world.desk("silver").writing(rehearsed=True) as work:
        sa.event.listen(world.database.engine, "before_cursor_execute", keep)
        list_consequences(work, wanted)
        sa.event.remove(world.database.engine, "before_cursor_execute", keep)
    return sum(not statement.startswith("INSERT") for statement in seen)


def test_a_longer_day_takes_no_more_statements(world: World) -> None:
    short = a_day(world, "Short", "WM-0001", "WM-0002")
    long = a_day(world, "Long", "WM-0003", "WM-0004", "WM-0005", "WM-0006")

    assert statements(world, long) == statements(world, short)


def test_whatever_belongs_to_the_day_follows(world: World) -> None:
    wanted = a_day(world, "Long", "WM-0001", "WM-0002", "WM-0003")
    with world.desk("silver").writing(rehearsed=True) as work:
        mark = list_consequences(work, wanted).mark

    with world.desk("silver").writing() as work:
        slip(work, wanted, seen=mark)

    with world.database.read() as session:
        first = FIRST_NIGHT + A_DAY
        holds = [(row.action_id, row.state, row.first_night) for row in session.exec(select(Hold).order_by("id"))]
        posts = {row.state for row in session.exec(select(RoleOffer))}
        arranged = {row.state for row in session.exec(select(Arrangement))}
    assert [state for _, state, _ in holds] == [HoldState.RELEASED] * 3 + [HoldState.REQUESTED] * 3
    assert [(number, night) for number, _, night in holds[3:]] == [(number, first) for number, _, _ in holds[:3]]
    assert (posts, arranged) == ({OfferState.OFFERED}, {ArrangementState.REQUESTED})
