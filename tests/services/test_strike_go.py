"""A strike day goes all or none: asked for, given and begun together, or dropped with a reason."""

from collections.abc import Mapping

import pytest
from sqlmodel import func, select

from planner.db import Database
from planner.errors import InputError, NotAllowed, NotFound, Refused, Stale
from planner.models.go_ahead import GoAhead
from planner.models.policy import Policy
from planner.models.records import RecordLine
from planner.rules.drawn import Drawn
from planner.rules.words import ActionState, Immigration, Need, Post, Profile, Standing
from planner.services import actions, conduct, demand, go_ahead, strike_go, telephoned
from planner.services.strike_days import StrikeDayRequest, leave_strike_day, set_strike_day
from planner.views.one_action import one_action
from planner.views.strike_go import strike_go as seen
from tests.builders import DAWN, World, a_world, an_action
from tests.command import a_commander

FIRST, SECOND = "WM-0001", "WM-0002"


@pytest.fixture
def world(database: Database) -> World:
    """Two actions of one strike day, both ready by a policy that stops nothing."""
    made = a_world(database)
    with made.database.write() as session:
        policy = session.exec(select(Policy)).one()
        policy.blocks = ""
        session.add(policy)
    an_action(made, FIRST)
    an_action(made, SECOND)
    with made.desk("cell").writing() as work:
        set_strike_day(work, StrikeDayRequest("OP1", "Strike one", DAWN.date(), (FIRST, SECOND)))
    return made


def ask(world: World, by: str = "silver") -> int:
    with world.desk(by).writing() as work:
        return strike_go.request_strike_day(work, 1, why_now="All at once.")


def give(world: World, by: str = "gold", drawn: Mapping[str, Drawn] | None = None) -> int:
    with world.desk(by).writing() as work:
        return strike_go.give_strike_day(work, 1, condition="By daylight.", drawn=drawn)


def expect_children(world: World, reference: str = SECOND) -> None:
    """A child without a place stops an action whatever the policy says."""
    with world.desk("silver").writing() as work:
        demand.set_demand(work, reference, [demand.Line(Profile.CHILD, Need.NONE, 0, 1, 1)])


def standings(world: World) -> list[Standing]:
    with world.desk("gold").reading() as look:
        return [one_action(look, reference).gate.standing for reference in (FIRST, SECOND)]


def states(world: World) -> list[ActionState]:
    with world.desk("gold").reading() as look:
        return [one_action(look, reference).row.state for reference in (FIRST, SECOND)]


def drop(world: World, reason: str = "The van is gone.") -> None:
    with world.desk("silver").writing() as work:
        leave_strike_day(work, SECOND, reason)


def begin(world: World, reference: str = FIRST) -> None:
    with world.desk("silver", DAWN).writing() as work:
        conduct.begin_action(work, reference)


def test_one_press_asks_for_all_and_one_gives_all(world: World) -> None:
    assert ask(world) == 2
    assert states(world) == [ActionState.REQUESTED] * 2

    assert give(world) == 2

    assert standings(world) == [Standing.STANDING] * 2


def test_one_that_is_not_ready_stops_them_all(world: World) -> None:
    ask(world)
    expect_children(world)

    with pytest.raises(Refused, match=r"Strike one goes all or none\. WM-0002 is not ready"):
        give(world)

    assert standings(world) == [Standing.NONE] * 2
    with world.desk("gold").reading() as look:
        assert look.session.exec(select(func.count()).select_from(GoAhead)).one() == 0


def test_a_member_alone_is_neither_asked_for_nor_given_nor_typed(world: World) -> None:
    a_commander(world, "loggist", Post.LOGGIST)
    alone = "WM-0001 goes all or none with 1 other action of strike day Strike one"
    with pytest.raises(Refused, match=alone), world.desk("silver").writing() as work:
        go_ahead.request_go_ahead(work, FIRST)
    ask(world)

    with pytest.raises(Refused, match="goes all or none"), world.desk("gold").writing() as work:
        go_ahead.give_go_ahead(work, FIRST)
    with pytest.raises(Refused, match=alone), world.desk("loggist").writing() as work:
        telephoned.type_go_ahead(work, telephoned.TypedDecision(FIRST, "Gold, West Midlands"))

    assert standings(world) == [Standing.NONE] * 2


def test_a_dropped_member_leaves_its_reason_and_the_rest_goes(world: World) -> None:
    ask(world)
    expect_children(world)
    with pytest.raises(Refused, match="say why it is dropped"):
        drop(world, " ")

    drop(world)
    give_alone(world)

    assert standings(world) == [Standing.STANDING, Standing.NONE]
    with world.desk("cell").reading() as look:
        said = look.session.exec(select(RecordLine.sentence).where(RecordLine.verb == "leave_strike_day")).one()
    assert said == "WM-0002 left strike day Strike one: The van is gone."


def give_alone(world: World) -> None:
    with world.desk("gold").writing() as work:
        go_ahead.give_go_ahead(work, FIRST)


def test_none_begins_while_another_has_no_standing_go_ahead(world: World) -> None:
    ask(world)
    give(world)
    with world.desk("gold").writing() as work:
        go_ahead.withdraw_go_ahead(work, SECOND, "New information.")

    with pytest.raises(Refused, match=r"goes all or none: 1 other action of it, such as WM-0002"):
        begin(world)
    drop(world)
    begin(world)

    assert states(world) == [ActionState.BEGUN, ActionState.REQUESTED]


def test_all_begin_once_all_stand(world: World) -> None:
    ask(world)
    give(world)

    begin(world)
    begin(world, SECOND)

    assert states(world) == [ActionState.BEGUN] * 2


def test_what_changed_while_the_page_was_open_is_not_given(world: World) -> None:
    ask(world)
    with world.desk("gold").reading() as look:
        found = seen(look, 1)
    assert found is not None
    with world.desk("silver").writing() as work:
        actions.set_immigration(work, SECOND, Immigration.ON_CALL)

    with pytest.raises(Stale, match="WM-0002 changed while your page was open"):
        give(world, drawn=found.gives)
    with pytest.raises(Stale, match="Other actions belong to strike day Strike one"):
        give(world, drawn={FIRST: found.gives[FIRST]})

    assert standings(world) == [Standing.NONE] * 2


@pytest.mark.parametrize("who", ["silver", "cell", "national", "partner", "stranger", "other_silver"])
def test_only_the_owning_forces_gold_gives(world: World, who: str) -> None:
    ask(world, "cell")

    with pytest.raises((NotAllowed, NotFound)):
        give(world, who)

    assert standings(world) == [Standing.NONE] * 2


def test_four_eyes_hold_for_the_whole_day(world: World) -> None:
    with pytest.raises(NotAllowed):
        ask(world, "gold")
    with pytest.raises(Refused, match="Nobody has requested the go-ahead"):
        give(world)


def test_what_stands_is_not_given_twice(world: World) -> None:
    ask(world)
    give(world)

    with pytest.raises(Refused, match="stands already"):
        give(world)
    with pytest.raises(Refused, match="stands already"):
        ask(world)


def test_a_strike_day_that_is_not_there_answers_like_a_hidden_one(world: World) -> None:
    with pytest.raises(NotFound) as missing, world.desk("silver").writing() as work:
        strike_go.request_strike_day(work, 9)
    with pytest.raises((NotFound, NotAllowed, InputError)), world.desk("other_silver").writing() as work:
        strike_go.request_strike_day(work, 1)
    assert "no such strike day" in str(missing.value)
