"""Turns of command: handed over and accepted, and no gap while an action with a go-ahead is to come."""

from datetime import datetime, timedelta

import pytest

from planner.db import Database
from planner.errors import InputError, NotAllowed, NotFound, Refused
from planner.rules.command import CommandPost
from planner.services import command
from planner.views.command import command as seen
from tests import ready
from tests.builders import DAWN, NOW, World, a_world
from tests.command import HOUR, a_commander, take

SECOND = "Second gold, West Midlands"
OVER = DAWN + timedelta(hours=3)


@pytest.fixture
def world(database: Database) -> World:
    made = a_world(database)
    a_commander(made, "second_gold")
    return made


def propose(world: World, number: int, at: datetime, until: datetime, to: str = SECOND, by: str = "gold") -> int:
    with world.desk(by).writing() as work:
        return command.propose_handover(work, number, to, at, until).id or 0


def accept(world: World, number: int, who: str = "second_gold", at: datetime = NOW) -> None:
    with world.desk(who, at).writing() as work:
        command.accept_handover(work, number)


def end(world: World, number: int, at: datetime, who: str = "gold") -> None:
    with world.desk(who).writing() as work:
        command.end_command(work, number, at)


def turns(world: World) -> list[tuple[str, datetime, datetime, bool]]:
    with world.desk("gold").reading() as look:
        return [(row.who, row.from_at, row.to_at, row.accepted) for row in seen(look).turns]


def test_a_handover_counts_once_it_is_accepted(world: World) -> None:
    number = take(world, to_at=OVER)
    proposed = propose(world, number, DAWN, OVER + HOUR)
    before = turns(world)

    accept(world, proposed)

    assert before == [("Gold, West Midlands", NOW, OVER, True), (SECOND, DAWN, OVER + HOUR, False)]
    assert turns(world) == [("Gold, West Midlands", NOW, DAWN, True), (SECOND, DAWN, OVER + HOUR, True)]


def test_a_late_acceptance_leaves_the_first_in_command_until_then(world: World) -> None:
    proposed = propose(world, take(world, to_at=OVER), DAWN, OVER)

    accept(world, proposed, at=DAWN + HOUR)

    assert turns(world)[0][2] == DAWN + HOUR


def test_no_turn_ends_while_a_live_action_would_be_alone(world: World) -> None:
    ready.make_ready(world)
    ready.give(world)
    number = take(world, to_at=OVER)

    with pytest.raises(
        Refused, match="WM-0001 would have no gold from Thu 26 November, 07:00 to Thu 26 November, 09:00"
    ):
        end(world, number, DAWN + HOUR)
    with pytest.raises(Refused, match="WM-0001 would have no gold"):
        propose(world, number, DAWN, DAWN + HOUR)

    assert turns(world) == [("Gold, West Midlands", NOW, OVER, True)]


def test_with_a_second_in_command_or_without_a_go_ahead_it_may_end(world: World) -> None:
    ready.make_ready(world)
    number = take(world, to_at=OVER)
    end(world, number, DAWN + 2 * HOUR)
    ready.give(world)
    with world.desk("second_gold").writing() as work:
        request = command.TurnRequest("OP1", CommandPost.GOLD, NOW, OVER, "second")
        command.take_command(work, request)

    end(world, number, DAWN + HOUR)

    assert turns(world)[0][2] == DAWN + HOUR


def test_a_newer_proposal_replaces_the_last(world: World) -> None:
    number = take(world, to_at=OVER)
    first = propose(world, number, DAWN, OVER)
    second = propose(world, number, DAWN + HOUR, OVER)

    with pytest.raises(Refused, match="withdrawn"):
        accept(world, first)
    accept(world, second)

    assert [row[0] for row in turns(world)] == ["Gold, West Midlands", SECOND]


def test_the_same_form_twice_is_one_turn(world: World) -> None:
    assert take(world, to_at=OVER) == take(world, to_at=OVER)


def test_only_the_named_colleague_accepts(world: World) -> None:
    proposed = propose(world, take(world, to_at=OVER), DAWN, OVER)

    with pytest.raises(NotFound, match="none of yours"):
        accept(world, proposed, "silver")
    accept(world, proposed)
    with pytest.raises(Refused, match="You took over already"):
        accept(world, proposed)


@pytest.mark.parametrize("who", ["silver", "partner", "cell", "national"])
def test_a_post_is_taken_by_whoever_is_appointed_to_it(world: World, who: str) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        take(world, who, to_at=OVER)

    assert turns(world) == []


def test_hours_that_do_not_fit_are_refused(world: World) -> None:
    number = take(world, to_at=OVER)

    with pytest.raises(InputError):
        propose(world, number, OVER + HOUR, OVER + 2 * HOUR)
    with pytest.raises(InputError):
        propose(world, number, DAWN, DAWN)
    with pytest.raises(InputError):
        end(world, number, NOW - HOUR)
    with pytest.raises(InputError):
        take(world, to_at=NOW, key="none")
    with pytest.raises(Refused, match="in command already"):
        propose(world, number, DAWN, OVER, to="Gold, West Midlands")
