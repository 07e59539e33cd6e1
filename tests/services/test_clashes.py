"""The clash check: run by every change of time or place, cleared by a call, and silent about the other side."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from planner import facts
from planner.db import Database
from planner.errors import InputError, Stale
from planner.models.operations import Action
from planner.models.records import RecordLine
from planner.rules.findings import Finding, State
from planner.services.actions import plan_action, stand_down
from planner.services.cells import cell_of
from planner.services.clashes import clear_clashes, run_clash_check
from planner.services.conduct import defer_action
from planner.services.moving import move_action
from planner.work import Work
from tests.builders import DAWN, World, a_world, an_action
from tests.services.test_actions import REQUEST

A_DAY = timedelta(days=1)
FAR = timedelta(days=30)


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def finding(world: World, action: int) -> Finding:
    with world.desk("cell").reading() as look:
        return next(item for item in facts.gates(look, [action])[action].findings if item.check == "clashes")


def two_near(world: World) -> tuple[int, int]:
    first = an_action(world, premises_cell="cell-1")
    with world.database.read() as session:
        other = session.exec(select(Action.force_id).where(Action.id == first)).one()
    second = an_action(world, "WM-0002", premises_cell="cell-1", force_id=other + 1)
    with world.desk("silver").writing() as work:
        run_clash_check(work, "WM-0001")
    return first, second


def test_two_actions_in_one_cell_clash_until_a_person_has_rung(world: World) -> None:
    first, _ = two_near(world)
    assert finding(world, first).state is State.UNMET

    with pytest.raises(InputError, match="is missing"), world.desk("silver").writing() as work:
        clear_clashes(work, "WM-0001", " ")
    with world.desk("silver").writing() as work:
        clear_clashes(work, "WM-0001", "East cell duty officer")

    assert finding(world, first).state is State.MET


def test_a_clearance_falls_when_the_other_side_moves(world: World) -> None:
    first, second = two_near(world)
    with world.desk("silver").writing() as work:
        clear_clashes(work, "WM-0001", "East cell duty officer")

    with world.desk("cell").writing() as work:
        move_action(work, "WM-0002", DAWN + A_DAY, DAWN + A_DAY + timedelta(hours=3), version=1)

    assert finding(world, first).state is State.UNMET
    assert finding(world, second).state is State.UNMET


def test_a_clash_ends_when_one_side_moves_far_away(world: World) -> None:
    first, _ = two_near(world)

    with world.desk("cell").writing() as work:
        move_action(work, "WM-0002", DAWN + FAR, DAWN + FAR + timedelta(hours=3), version=1)

    assert finding(world, first).state is State.MET


def test_neither_side_reads_more_than_which_cells_to_ring(world: World) -> None:
    first, _ = two_near(world)

    said = finding(world, first).sentence

    assert "West Midlands cell" in said
    assert not any(word in said for word in ("WM-0002", "Other force", "cell-1", "November"))


def test_a_planned_action_has_been_checked_already(world: World) -> None:
    with world.desk("silver").writing() as work:
        action = plan_action(work, REQUEST).id or 0

    assert finding(world, action).state is State.MET


def test_the_same_postcode_is_the_same_cell_and_is_not_kept(world: World, own_var: Path) -> None:
    with world.desk("silver").writing() as work:
        first = plan_action(work, replace(REQUEST, postcode="B1 1AA", request_key="key-1"))
        second = plan_action(work, replace(REQUEST, postcode="b11ab", request_key="key-2"))
        third = plan_action(work, replace(REQUEST, postcode="LS1 4AP", request_key="key-3"))

    assert first.premises_cell == second.premises_cell != third.premises_cell
    assert finding(world, second.id or 0).state is State.UNMET
    assert finding(world, third.id or 0).state is State.MET
    with world.desk("cell").reading() as look:
        written = [repr(row) for table in (Action, RecordLine) for row in look.session.exec(select(table))]
    assert not any("B1 1AA" in row or "LS1" in row for row in written)
    assert (own_var / "clash.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("typed", ["10 High Street", "", "BIRMINGHAM"])
def test_what_is_no_postcode_is_refused(typed: str) -> None:
    with pytest.raises(InputError, match="no postcode"):
        cell_of(typed)

    assert cell_of("SW1A 1AA") == cell_of("sw1a") != cell_of("SW1")


@pytest.mark.parametrize("verb", [stand_down, defer_action])
def test_an_action_that_will_not_happen_now_frees_the_other(
    world: World, verb: Callable[[Work, str, str], None]
) -> None:
    first, _ = two_near(world)
    assert finding(world, first).state is State.UNMET

    with world.desk("cell").writing() as work:
        verb(work, "WM-0002", "It will not happen now.")

    assert finding(world, first).state is State.MET


def test_a_clash_that_nobody_saw_is_not_cleared_with_the_others(world: World) -> None:
    first, _ = two_near(world)

    with pytest.raises(Stale, match="1 clash changed or came"), world.desk("silver").writing() as work:
        clear_clashes(work, "WM-0001", "East cell duty officer", seen=())
    with world.desk("silver").reading() as look:
        seen = [clash.fingerprint for clash in facts.facts_of(look, first).clashes]
    with world.desk("silver").writing() as work:
        clear_clashes(work, "WM-0001", "East cell duty officer", seen=seen)

    assert finding(world, first).state is State.MET
