"""A decision by telephone stands at once, and no longer than twelve hours without its giver's word."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from planner.db import Database
from planner.errors import NotAllowed, PlannerError, Refused, Stale
from planner.models.go_ahead import GoAhead
from planner.models.records import RecordLine
from planner.rules.words import Immigration, Post, Standing
from planner.services import actions, go_ahead, telephoned
from planner.views.command import command_tasks
from planner.views.one_action import OneAction, one_action
from planner.views.telephoned import telephoned as seen_as
from planner.views.today import notices
from planner.work import Desk
from tests import ready
from tests.builders import NOW, World, a_world
from tests.command import HOUR, a_commander, accept, delegate

REFERENCE = ready.REFERENCE
GOLD = "Gold, West Midlands"


@pytest.fixture
def world(database: Database) -> World:
    made = a_world(database)
    ready.make_ready(made)
    a_commander(made, "loggist", Post.LOGGIST)
    a_commander(made, "second_gold")
    with made.desk("silver").writing() as work:
        go_ahead.request_go_ahead(work, REFERENCE)
    return made


def type_it(world: World, giver: str = GOLD, who: str = "loggist") -> None:
    with world.desk(who).writing() as work:
        telephoned.type_go_ahead(work, telephoned.TypedDecision(REFERENCE, giver, "By daylight."))


def confirm(world: World, who: str = "gold", at: datetime = NOW) -> None:
    with world.desk(who, at).writing() as work:
        telephoned.confirm_go_ahead(work, REFERENCE)


def sweep(world: World, at: datetime) -> int:
    with Desk(world.database, clock=lambda: at).writing() as work:
        return telephoned.suspend_unconfirmed(work)


def seen(world: World) -> OneAction:
    with world.desk("gold").reading() as look:
        return one_action(look, REFERENCE)


def row(world: World) -> GoAhead:
    with world.desk("gold").reading() as look:
        return look.session.exec(select(GoAhead)).one()


def test_what_a_loggist_types_stands_at_once_in_the_givers_name(world: World) -> None:
    type_it(world)

    assert seen(world).gate.standing is Standing.STANDING
    assert (row(world).given_by, row(world).typed_by) == (world.people["gold"], world.people["loggist"])
    with world.desk("gold").reading() as look:
        (task,) = command_tasks(look)
        assert (task.state, task.sentence) == (  # it stands: nothing is suspended
            "to_decide",
            "Loggist, West Midlands wrote down that you gave the go-ahead for WM-0001 by telephone. "
            "Confirm it by Tue 24 November, 21:00.",
        )
        said = look.session.exec(select(RecordLine.sentence).where(RecordLine.verb == "give_go_ahead")).one()
    assert said.startswith("The go-ahead for WM-0001 is given by telephone: Gold, West Midlands decided it.")


def test_once_confirmed_it_stands_and_nothing_waits(world: World) -> None:
    type_it(world)

    confirm(world, at=NOW + 11 * HOUR)

    assert sweep(world, NOW + 13 * HOUR) == 0
    assert seen(world).gate.standing is Standing.STANDING
    with world.desk("gold").reading() as look:
        assert command_tasks(look) == ()
        assert not seen_as(look, one_action(look, REFERENCE)).may_confirm


def test_unconfirmed_for_twelve_hours_it_is_suspended_and_gold_and_national_gold_are_told(world: World) -> None:
    type_it(world)

    early, late, again = (sweep(world, NOW + hours * HOUR) for hours in (11, 12, 13))

    assert (early, late, again) == (0, 1, 0)
    assert seen(world).gate.standing is Standing.SUSPENDED
    for who in ("gold", "second_gold", "national"):
        with world.desk(who, NOW + 13 * HOUR).reading() as look:
            assert "not confirmed it within 12 hours" in notices(look)[0][1]


def test_a_late_word_of_the_giver_lets_it_stand_again(world: World) -> None:
    type_it(world)
    sweep(world, NOW + 12 * HOUR)

    confirm(world, at=NOW + 13 * HOUR)

    assert seen(world).gate.standing is Standing.STANDING
    assert sweep(world, NOW + 14 * HOUR) == 0


def test_another_gold_reaffirms_it_in_their_own_name(world: World) -> None:
    type_it(world)
    sweep(world, NOW + 12 * HOUR)
    with world.desk("second_gold", NOW + 13 * HOUR).writing() as work:
        go_ahead.reaffirm_go_ahead(work, REFERENCE)

    assert sweep(world, NOW + 14 * HOUR) == 0
    assert seen(world).gate.standing is Standing.STANDING


def test_a_delegate_on_call_may_have_given_it(world: World) -> None:
    a_commander(world, "second_silver", Post.SILVER)
    accept(world, delegate(world, "Second silver, West Midlands"), "second_silver")

    type_it(world, "Second silver, West Midlands")
    confirm(world, "second_silver")

    assert row(world).given_by == world.people["second_silver"]


@pytest.mark.parametrize(
    ("giver", "who", "refusal", "said"),
    [
        ("Silver, West Midlands", "loggist", Refused, "does not authorise WM-0001 now"),
        ("Partner, West Midlands", "loggist", Refused, "does not authorise WM-0001 now"),
        ("", "loggist", Refused, "Nobody does not authorise|Nobody"),
        (GOLD, "silver", NotAllowed, "that is for loggist"),
        (GOLD, "gold", NotAllowed, "that is for loggist"),
    ],
)
def test_only_a_loggist_types_and_only_for_who_authorises(
    world: World, giver: str, who: str, refusal: type[PlannerError], said: str
) -> None:
    with pytest.raises(refusal, match=said):
        type_it(world, giver, who)

    assert seen(world).gate.standing is Standing.NONE


def test_nobody_is_typed_as_the_giver_of_what_they_asked_for(world: World) -> None:
    accept(world, delegate(world))

    with pytest.raises(NotAllowed, match="Silver, West Midlands requested the go-ahead"):
        type_it(world, "Silver, West Midlands")

    assert seen(world).gate.standing is Standing.NONE


def test_only_its_giver_confirms_and_only_what_was_typed(world: World) -> None:
    with pytest.raises(Refused, match="No decision on WM-0001 waits"):
        confirm(world)
    type_it(world)
    with pytest.raises(NotAllowed, match="in another commander's name"):
        confirm(world, "second_gold")

    assert row(world).confirmed_at is None


def test_what_changed_since_the_loggist_looked_is_refused(world: World) -> None:
    drawn = seen(world).drawn
    with world.desk("silver").writing() as work:
        actions.set_immigration(work, REFERENCE, Immigration.ON_CALL)

    with pytest.raises(Stale), world.desk("loggist").writing() as work:
        telephoned.type_go_ahead(work, telephoned.TypedDecision(REFERENCE, GOLD), drawn=drawn)

    assert seen(world).gate.standing is Standing.NONE


def test_a_loggist_is_offered_those_who_may_give_it(world: World) -> None:
    with world.desk("loggist").reading() as look:
        found = seen_as(look, one_action(look, REFERENCE))

    assert found.givers == (GOLD, "Second gold, West Midlands")
    assert timedelta(hours=12) == telephoned.CONFIRMED_WITHIN
