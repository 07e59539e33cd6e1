"""Who came, in counts: what nobody came for goes back after twelve hours, and never a place that somebody sleeps in."""

from datetime import timedelta

import pytest
from sqlmodel import select

from planner import facts
from planner.db import Database
from planner.errors import InputError, Refused
from planner.models.care import Hold, HoldLine
from planner.rules.words import HoldState, Need, Profile, Standing
from planner.services import care
from planner.services.calls import open_call
from planner.services.care import HoldRequest
from planner.services.care_arrivals import record_arrivals, return_unused
from planner.services.verify import troubles
from planner.work import Desk
from tests import ready
from tests.builders import DAWN, World, a_world, an_action

WOMEN = (Profile.WOMAN, Need.NONE)
HALF_A_DAY = timedelta(hours=12)
NOON = DAWN - timedelta(hours=18)  # the first night has begun, the action has not


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    return world


@pytest.fixture
def booked(world: World) -> int:
    """Four confirmed places."""
    with world.desk("silver").writing() as work:
        number = care.hold_places(work, HoldRequest("WM-0001", "U1", ((*WOMEN, 4),), "h")).id or 0
    with world.desk("provider").writing() as work:
        care.confirm_hold(work, number)
    return number


def came(world: World, booked: int, number: int) -> None:
    with world.desk("provider", DAWN).writing() as work:
        record_arrivals(work, booked, {WOMEN: number})


def sweep(world: World, after: timedelta) -> int:
    with Desk(world.database, clock=lambda: DAWN + after).writing() as work:
        return return_unused(work)


def now(world: World, booked: int) -> tuple[HoldState, int]:
    with world.desk("cell").reading() as look:
        assert troubles(look) == ()
        places = look.session.exec(select(HoldLine.places).where(HoldLine.hold_id == booked)).one()
        return look.session.get_one(Hold, booked).state, places


def test_what_nobody_came_for_goes_back_after_twelve_hours_and_not_before(world: World, booked: int) -> None:
    came(world, booked, 3)

    early = sweep(world, HALF_A_DAY - timedelta(minutes=1))
    before = now(world, booked)
    late = sweep(world, HALF_A_DAY)

    assert (early, before) == (0, (HoldState.CONFIRMED, 4))
    assert (late, now(world, booked)) == (1, (HoldState.CONFIRMED, 3))
    assert sweep(world, 2 * HALF_A_DAY) == 0


def test_a_booking_that_nobody_came_for_ends(world: World, booked: int) -> None:
    came(world, booked, 0)

    assert sweep(world, HALF_A_DAY) == 1
    assert now(world, booked)[0] is HoldState.RELEASED


def test_without_a_word_of_who_came_nothing_goes_back(world: World, booked: int) -> None:
    assert sweep(world, 100 * HALF_A_DAY) == 0
    assert now(world, booked) == (HoldState.CONFIRMED, 4)


def test_a_later_arrival_moves_the_twelve_hours(world: World, booked: int) -> None:
    came(world, booked, 2)
    with world.desk("provider", DAWN + timedelta(hours=10)).writing() as work:
        record_arrivals(work, booked, {WOMEN: 4})

    assert sweep(world, HALF_A_DAY) == 0
    assert sweep(world, 4 * HALF_A_DAY) == 0
    assert now(world, booked) == (HoldState.CONFIRMED, 4)


def test_no_more_come_than_are_booked_and_not_before_the_first_night(world: World, booked: int) -> None:
    with pytest.raises(InputError, match=r"4 places are booked for them; you entered 5\."):
        came(world, booked, 5)
    with pytest.raises(Refused, match="begins on the night of 25 November"), world.desk("provider").writing() as work:
        record_arrivals(work, booked, {WOMEN: 1})

    assert sweep(world, HALF_A_DAY) == 0


def test_those_in_command_are_called_when_what_a_go_ahead_rests_on_goes_back(database: Database) -> None:
    world = a_world(database)
    _, booked = ready.make_ready(world)
    ready.give(world)
    with world.desk("provider", NOON).writing() as work:
        record_arrivals(work, booked, {WOMEN: 1})

    with Desk(database, clock=lambda: NOON + HALF_A_DAY).writing() as work:
        return_unused(work)

    assert now(world, booked) == (HoldState.CONFIRMED, 1)
    with world.desk("gold", NOON).reading() as look:
        assert facts.gates(look, [1])[1].standing is Standing.STANDING  # teams may be there: a person decides
        assert open_call(look, 1) is not None
