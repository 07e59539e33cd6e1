"""The last twelve hours: a falling gate calls, it does not un-authorise; continue, hold, and what truly began."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select

from planner.db import Database
from planner.errors import InputError, NotAllowed, PlannerError, Refused, Stale
from planner.models.go_ahead import Override
from planner.models.last_hours import LastHoursCall
from planner.models.operations import Action
from planner.rules.last_hours import Answer
from planner.rules.words import ActionState, Children, Immigration, Need, Post, Profile, Standing
from planner.services import actions, arrangements, conduct, demand, go_ahead, last_hours
from planner.views.last_hours import last_hours as seen_as
from planner.views.last_hours import last_hours_tasks
from planner.views.one_action import OneAction, one_action
from planner.views.policy_kept import ruled_decisions
from planner.views.today import notices, week_ahead
from tests import ready
from tests.builders import DAWN, NOW, World, a_world
from tests.command import HOUR, a_commander, accept, delegate
from tests.strangers.scene import check

REFERENCE = ready.REFERENCE
NEAR = DAWN - 6 * HOUR
REASON = "Vans of the force will do."


@pytest.fixture
def world(database: Database) -> World:
    made = a_world(database)
    ready.make_ready(made)
    ready.give(made)
    check(made, {})
    return made


def fall(world: World, at: datetime = NEAR) -> None:
    """The transport falls away."""
    row = next(item for item in seen(world).facts.arrangements if item.kind == "transport")
    with world.desk("silver", at).writing() as work:
        arrangements.withdraw_arrangement(work, row.id, "The driver is ill.")


def seen(world: World, at: datetime = NEAR) -> OneAction:
    with world.desk("gold", at).reading() as look:
        return one_action(look, REFERENCE)


def go_on(world: World, who: str = "gold", reason: str = REASON, at: datetime = NEAR) -> None:
    with world.desk(who, at).writing() as work:
        last_hours.continue_action(work, REFERENCE, reason)


def hold(world: World, who: str = "silver", at: datetime = NEAR) -> None:
    with world.desk(who, at).writing() as work:
        last_hours.hold_action(work, REFERENCE, "No van.")


def begin(world: World, at: datetime = DAWN) -> None:
    with world.desk("silver", at).writing() as work:
        conduct.begin_action(work, REFERENCE)


def late(world: World, began_at: datetime, at: datetime = DAWN + 2 * HOUR, who: str = "silver") -> None:
    with world.desk(who, at).writing() as work:
        last_hours.enter_begun(work, REFERENCE, began_at, "No signal there.")


def calls(world: World) -> list[LastHoursCall]:
    with world.desk("gold").reading() as look:
        return list(look.session.exec(select(LastHoursCall).order_by(col(LastHoursCall.id))))


def test_earlier_the_go_ahead_is_suspended(world: World) -> None:
    fall(world, DAWN - 13 * HOUR)

    assert (seen(world).gate.standing, calls(world)) == (Standing.SUSPENDED, [])
    with world.desk("gold", DAWN - 13 * HOUR).reading() as look:
        _, tasks = week_ahead(look)
    assert [(task.state, task.page, task.reference) for task in tasks] == [("suspended", "go_ahead", REFERENCE)]


def test_in_the_last_hours_those_in_command_are_called_and_it_stands(world: World) -> None:
    a_commander(world, "second_silver", Post.SILVER)
    accept(world, delegate(world, "Second silver, West Midlands", from_at=NOW, hours=72), "second_silver")

    fall(world)

    assert seen(world).gate.standing is Standing.STANDING
    for who in ("gold", "silver", "second_silver"):
        with world.desk(who, NEAR).reading() as look:
            assert "Say continue or hold; until then the go-ahead stands." in notices(look)[0][1]
            assert [task.state for task in last_hours_tasks(look)] == ["called"]
    with pytest.raises(Refused, match="is not ready, 1 blocking"):
        begin(world)


def test_gold_lets_it_continue_and_it_begins(world: World) -> None:
    fall(world)

    go_on(world)

    with world.desk("gold", NEAR).reading() as look:
        assert [(row.check, row.reason) for row in look.session.exec(select(Override))] == [("transport", REASON)]
        assert "Override of transport" in [item.what for item in ruled_decisions(look, REFERENCE)]
        assert last_hours_tasks(look) == ()
        assert seen_as(look, one_action(look, REFERENCE)).called is None
    assert [row.answer for row in calls(world)] == [Answer.CONTINUE]
    begin(world)


def test_silver_holds_and_nothing_begins_until_gold_reaffirms(world: World) -> None:
    fall(world)

    hold(world)

    assert (seen(world).gate.standing, [row.answer for row in calls(world)]) == (Standing.SUSPENDED, [Answer.HOLD])
    ready.arrange(world, arrangements.ArrangementKind.TRANSPORT, "again")
    with pytest.raises(Refused, match="does not stand: it is suspended"):
        begin(world)
    with world.desk("gold", NEAR).writing() as work:
        go_ahead.reaffirm_go_ahead(work, REFERENCE)
    begin(world)


def test_the_delegate_on_call_lets_it_continue(world: World) -> None:
    a_commander(world, "second_silver", Post.SILVER)
    accept(world, delegate(world, "Second silver, West Midlands", from_at=NOW, hours=72), "second_silver")
    fall(world)

    go_on(world, "second_silver")

    assert seen(world).gate.ready


def test_what_is_mended_needs_no_answer(world: World) -> None:
    fall(world)
    ready.arrange(world, arrangements.ArrangementKind.TRANSPORT, "again")

    with world.desk("gold", NEAR).reading() as look:
        assert last_hours_tasks(look) == ()
    with pytest.raises(Refused, match="Nothing stops WM-0001 now"):
        go_on(world)


def test_what_can_only_be_mended_does_not_continue(world: World) -> None:
    with world.desk("silver", NEAR).writing() as work:
        demand.set_children(work, REFERENCE, Children.EXPECTED, number=1)
    with world.desk("silver", NEAR).writing() as work:
        lines = [demand.Line(Profile.WOMAN, Need.NONE, 1, 2, 4), demand.Line(Profile.CHILD, Need.NONE, 0, 1, 1)]
        demand.set_demand(work, REFERENCE, lines)

    with pytest.raises(Refused, match="can only be mended, or WM-0001 is held"):
        go_on(world)

    with world.desk("gold").reading() as look:
        assert look.session.exec(select(Override)).all() == []


@pytest.mark.parametrize(("who", "reason", "refusal"), [("silver", REASON, NotAllowed), ("gold", "Yes.", InputError)])
def test_silver_does_not_continue_and_gold_says_why(
    world: World, who: str, reason: str, refusal: type[PlannerError]
) -> None:
    fall(world)

    with pytest.raises(refusal):
        go_on(world, who, reason)

    assert [row.answer for row in calls(world)] == [None]


def test_a_press_on_what_changed_is_refused(world: World) -> None:
    fall(world)
    drawn = seen(world).drawn
    with world.desk("silver", NEAR).writing() as work:
        actions.set_immigration(work, REFERENCE, Immigration.ON_CALL)

    with pytest.raises(Stale), world.desk("gold", NEAR).writing() as work:
        last_hours.continue_action(work, REFERENCE, REASON, drawn=drawn)


def test_before_the_last_hours_there_is_neither(world: World) -> None:
    with pytest.raises(Refused, match="not within its last twelve hours"):
        go_on(world, at=DAWN - 13 * HOUR)
    with pytest.raises(Refused, match="not within its last twelve hours"):
        hold(world, at=DAWN - 13 * HOUR)


def test_what_began_earlier_is_entered_with_its_true_time(world: World) -> None:
    late(world, DAWN + HOUR)

    assert seen(world).row.state is ActionState.BEGUN
    with world.desk("gold").reading() as look:
        assert look.session.get_one(Action, 1).began_at == DAWN + HOUR


def test_it_is_judged_as_of_then(world: World) -> None:
    hold(world, at=DAWN + timedelta(minutes=30))

    with pytest.raises(Refused, match="No go-ahead for WM-0001 stood at Thu 26 November, 07:00"):
        late(world, DAWN + HOUR)
    late(world, DAWN + timedelta(minutes=10))

    assert seen(world).row.state is ActionState.BEGUN


@pytest.mark.parametrize(
    ("began_at", "refusal", "said"),
    [
        (DAWN + 3 * HOUR, InputError, "still to come"),
        (DAWN - 7 * HOUR, Refused, "outside of it"),
    ],
)
def test_a_time_that_cannot_be_is_refused(
    world: World, began_at: datetime, refusal: type[PlannerError], said: str
) -> None:
    with pytest.raises(refusal, match=said):
        late(world, began_at)

    assert seen(world).row.state is ActionState.REQUESTED


def test_begun_teams_are_not_un_authorised_either(world: World) -> None:
    begin(world)

    fall(world, DAWN + HOUR)

    assert seen(world, DAWN + HOUR).gate.standing is Standing.STANDING
    assert len(calls(world)) == 1
