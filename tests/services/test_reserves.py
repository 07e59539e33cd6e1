"""A reserve stands for those who share it only where its places are confirmed for their own nights."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from planner import facts
from planner.db import Database
from planner.errors import InputError, NotAllowed, NotFound, Refused
from planner.models.care import Hold, Reserve, ReserveShare
from planner.models.directory import Appointment
from planner.models.operations import Action
from planner.models.records import Notice
from planner.rules.demand import reserve_stands
from planner.rules.words import GoAheadState, HoldState, Need, Post, Profile
from planner.services import care
from planner.services.demand import Line, set_demand
from planner.services.reserves import ReserveHold, ReserveRequest, hold_for_reserve, set_reserve, share_reserve
from planner.services.verify import troubles
from tests import ready
from tests.builders import FIRST_NIGHT, World, a_world, an_action

TWO_WOMEN = ((Profile.WOMAN, Need.NONE, 2),)


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    return world


def a_reserve(world: World, **changes: Any) -> int:
    values = {"operation": "OP1", "region": "wm", "places": 2, "reason": "Thirty weak premises.", "request_key": "r1"}
    with world.desk("care_lead").writing() as work:
        return set_reserve(work, ReserveRequest(**(values | changes))).id or 0


def book(world: World, reserve: int, *, confirm: bool = True, nights: int = 10, first: Any = FIRST_NIGHT) -> int:
    with world.desk("care_lead").writing() as work:
        number = hold_for_reserve(work, ReserveHold(reserve, "U1", TWO_WOMEN, "h1", first, nights)).id or 0
    if confirm:
        with world.desk("provider").writing() as work:
            care.confirm_hold(work, number)
    return number


def share(world: World, reserve: int, *references: str, by: str = "care_lead") -> None:
    with world.desk(by).writing() as work:
        share_reserve(work, reserve, references or ("WM-0001",))


def stands(world: World, action: int = 1) -> bool:
    with world.desk("cell").reading() as look:
        return reserve_stands(facts.facts_of(look, action))


def test_a_confirmed_reserve_stands_and_a_held_one_does_not(world: World) -> None:
    reserve = a_reserve(world)
    share(world, reserve)

    number = book(world, reserve, confirm=False)
    held = stands(world)
    with world.desk("provider").writing() as work:
        care.confirm_hold(work, number)

    assert (held, stands(world)) == (False, True)


def test_a_reserve_of_other_nights_does_not_stand(world: World) -> None:
    reserve = a_reserve(world)
    share(world, reserve)

    book(world, reserve, first=FIRST_NIGHT + timedelta(days=1), nights=9)

    assert not stands(world)
    with world.database.write() as session:
        action = session.get_one(Action, 1)
        action.starts_at, action.ends_at = (at + timedelta(days=1) for at in (action.starts_at, action.ends_at))
    assert stands(world)


def test_the_same_key_makes_one_reserve(world: World) -> None:
    first = a_reserve(world)

    assert a_reserve(world) == first
    with pytest.raises(Refused, match="sent before with other contents"):
        a_reserve(world, places=3)
    with pytest.raises(InputError, match="Say in a few words why"):
        a_reserve(world, reason=" ", request_key="r2")


def test_only_the_care_lead_and_the_cell_set_reserves(world: World) -> None:
    with pytest.raises(NotAllowed, match="care lead or cell"), world.desk("silver").writing() as work:
        set_reserve(work, ReserveRequest("OP1", "wm", 2, "Thirty weak premises.", "r1"))
    reserve = a_reserve(world)
    with pytest.raises(NotAllowed):
        share(world, reserve, by="silver")
    with pytest.raises(NotFound):
        share(world, reserve + 99)
    share(world, reserve)


def test_only_actions_of_its_region_share_a_reserve(world: World) -> None:
    with world.database.write() as session:
        session.execute(
            sa.text("INSERT INTO region (code, name, nation, zone) VALUES ('ee','East','england','midlands')")
        )
    an_action(world, "EE-0001", region="ee")
    reserve = a_reserve(world)

    with pytest.raises(Refused, match="EE-0001 lies outside this reserve's region"):
        share(world, reserve, "WM-0001", "EE-0001")
    with pytest.raises(NotFound, match="There is no action WM-0009"):
        share(world, reserve, "WM-0001", "WM-0009")
    share(world, reserve)
    share(world, reserve)

    with world.database.read() as session:
        assert session.execute(sa.select(sa.func.count()).select_from(ReserveShare)).scalar_one() == 1


def test_sharing_with_nobody_is_refused(world: World) -> None:
    reserve = a_reserve(world)

    with pytest.raises(InputError, match="Choose at least one action"), world.desk("care_lead").writing() as work:
        share_reserve(work, reserve, [])
    share(world, reserve)

    with world.database.read() as session:
        assert session.execute(sa.select(sa.func.count()).select_from(ReserveShare)).scalar_one() == 1


def test_a_provider_hears_of_no_action_when_a_reserve_is_booked(world: World) -> None:
    book(world, a_reserve(world))

    with world.database.read() as session:
        told = session.execute(
            sa.select(sa.column("sentence")).select_from(Notice).where(Notice.agency_id == world.provider)
        )
        assert list(told.scalars()) == ["2 places held in West Midlands from 25 November, 10 nights."]


def test_a_stranger_answers_for_no_reserve(world: World) -> None:
    number = book(world, a_reserve(world))

    with pytest.raises(NotFound), world.desk("silver").writing() as work:
        care.release_hold(work, number)
    with pytest.raises(NotFound), world.desk("partner").writing() as work:
        care.take_back(work, number, "The boiler failed.")
    with world.desk("care_lead").writing() as work:
        care.release_hold(work, number)

    with world.database.read() as session:
        assert session.get_one(Hold, number).state is HoldState.RELEASED
        assert session.get_one(Reserve, 1).places == 2


def test_a_reserve_taken_back_suspends_every_go_ahead_that_rests_on_it(database: Database) -> None:
    world = a_world(database)
    ready.plan(world)
    with world.desk("silver").writing() as work:
        set_demand(work, ready.REFERENCE, [Line(Profile.WOMAN, Need.NONE, 0, 0, 2)])
    ready.fill_posts(world)
    for kind in ready.KINDS:
        ready.arrange(world, kind)
    reserve = a_reserve(world)
    share(world, reserve, ready.REFERENCE)
    number = book(world, reserve)
    ready.confer(world)
    ready.give(world)

    with world.desk("provider").writing() as work:
        care.take_back(work, number, "The boiler failed.")

    with world.desk("cell").reading() as look:
        gate = facts.gates(look, [1])[1]
        given = facts.facts_of(look, 1).go_ahead
        assert given is not None
        assert given.state is GoAheadState.SUSPENDED
        assert not gate.ready
        assert troubles(look) == ()


def test_a_care_lead_of_one_operation_keeps_no_reserve_of_another(world: World) -> None:
    with world.database.write() as session:
        session.execute(
            sa.text(
                "INSERT INTO operation (code, name, lead_agency_id, starts_on, ends_on, marking, exercise, version) "
                "SELECT 'OP2', 'Operation Two', lead_agency_id, starts_on, ends_on, marking, exercise, 1 FROM operation"
            )
        )
        other = session.execute(sa.text("SELECT id FROM operation WHERE code = 'OP2'")).scalar_one()
        session.add(Appointment(person_id=world.people["care_lead"], post=Post.LOGGIST, operation_id=other))

    with pytest.raises(NotFound, match="in an operation OP2 that you can open"):
        a_reserve(world, operation="OP2")
    assert a_reserve(world)
