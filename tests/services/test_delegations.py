"""On call: from the first instant of an accepted delegation to its last, and no longer."""

from datetime import timedelta

import pytest

from planner.db import Database
from planner.errors import InputError, NotAllowed, NotFound, Refused
from planner.models.directory import Region
from planner.rules.words import Nation, Post, Standing
from planner.services import delegations, go_ahead
from planner.views.command import command, command_tasks
from planner.views.one_action import one_action
from tests import ready
from tests.builders import NOW, World, a_world
from tests.command import HOUR, a_commander, accept, delegate

REFERENCE = ready.REFERENCE
SECOND = "Second silver, West Midlands"


@pytest.fixture
def world(database: Database) -> World:
    made = a_world(database)
    a_commander(made, "second_silver", Post.SILVER)
    return made


@pytest.fixture
def asked(world: World) -> World:
    ready.make_ready(world)
    with world.desk("silver").writing() as work:
        go_ahead.request_go_ahead(work, REFERENCE)
    return world


def give(world: World, who: str, at_hour: float = 0) -> None:
    with world.desk(who, NOW + at_hour * HOUR).writing() as work:
        go_ahead.give_go_ahead(work, REFERENCE)


def standing(world: World) -> Standing:
    with world.desk("gold").reading() as look:
        return one_action(look, REFERENCE).gate.standing


def test_an_accepted_delegate_gives_within_the_hours(asked: World) -> None:
    accept(asked, delegate(asked, SECOND), "second_silver")

    give(asked, "second_silver", 1)

    assert standing(asked) is Standing.STANDING


@pytest.mark.parametrize("at_hour", [1.5, 14.0], ids=["before", "after"])
def test_nobody_gives_outside_the_hours(asked: World, at_hour: float) -> None:
    accept(asked, delegate(asked, SECOND, from_at=NOW + 2 * HOUR), "second_silver")

    with pytest.raises(NotAllowed, match="You cannot give the go-ahead here"):
        give(asked, "second_silver", at_hour)

    assert standing(asked) is Standing.NONE


def test_what_was_not_accepted_or_was_ended_gives_nothing(asked: World) -> None:
    number = delegate(asked, SECOND)
    with pytest.raises(NotAllowed):
        give(asked, "second_silver")
    accept(asked, number, "second_silver")
    with asked.desk("gold").writing() as work:
        delegations.end_delegation(work, number)

    with pytest.raises(NotAllowed):
        give(asked, "second_silver")

    assert standing(asked) is Standing.NONE


def test_a_delegate_never_gives_what_they_asked_for(asked: World) -> None:
    accept(asked, delegate(asked))

    with pytest.raises(NotAllowed, match="You requested the go-ahead for WM-0001: another commander must give it"):
        give(asked, "silver")

    assert standing(asked) is Standing.NONE


def test_a_delegation_for_one_region_reaches_no_other(asked: World) -> None:
    with asked.database.write() as session:
        session.add(Region(code="ee", name="East", nation=Nation.ENGLAND, zone="midlands"))
    accept(asked, delegate(asked, SECOND, region="ee"), "second_silver")
    with pytest.raises(NotAllowed):
        give(asked, "second_silver")

    accept(asked, delegate(asked, SECOND, region="wm", key="here"), "second_silver")
    give(asked, "second_silver")

    assert standing(asked) is Standing.STANDING


def test_the_same_form_twice_is_one_delegation(world: World) -> None:
    assert delegate(world, SECOND) == delegate(world, SECOND)


def test_the_delegate_is_told_and_today_says_what_waits(world: World) -> None:
    number = delegate(world, SECOND)
    with world.desk("second_silver").reading() as look:
        before = command_tasks(look)
    accept(world, number, "second_silver")

    with world.desk("second_silver").reading() as look:
        after, rows = command_tasks(look), command(look).delegations
    assert [(task.state, task.sentence) for task in before] == [
        ("to_decide", "Gold, West Midlands asks you to be on call for go-aheads from Tue 24 November, 09:00.")
    ]
    assert (after, [(row.delegate, row.accepted) for row in rows]) == ((), [(SECOND, True)])


@pytest.mark.parametrize("to", ["Partner, West Midlands", "Nobody, Nowhere", "", "Other_silver, West Midlands"])
def test_only_who_holds_command_in_the_force_is_named(world: World, to: str) -> None:
    with pytest.raises(NotFound, match="of your force called"):
        delegate(world, to)

    with world.desk("gold").reading() as look:
        assert command(look).delegations == ()


def test_nobody_delegates_to_themselves(world: World) -> None:
    with pytest.raises(Refused, match="You hold this command yourself"):
        delegate(world, "Gold, West Midlands")


@pytest.mark.parametrize("hours", [0, 32 * 24])
def test_a_delegation_has_hours(world: World, hours: int) -> None:
    with pytest.raises(InputError):
        delegate(world, SECOND, hours=hours)


def test_what_would_be_over_already_is_refused(world: World) -> None:
    with pytest.raises(InputError, match="over already"):
        delegate(world, SECOND, from_at=NOW - timedelta(days=2))


@pytest.mark.parametrize("who", ["silver", "partner", "other_silver", "cell"])
def test_only_gold_delegates(world: World, who: str) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        delegate(world, SECOND, by=who)


def test_only_the_delegate_accepts_and_once(world: World) -> None:
    number = delegate(world, SECOND)
    with pytest.raises(NotFound, match="none of yours"):
        accept(world, number, "silver")
    accept(world, number, "second_silver")

    with pytest.raises(Refused, match="accepted this already"):
        accept(world, number, "second_silver")
