"""Arrangements: confirmed by a post, never in custody, withdrawn only by those who see the action."""

from datetime import datetime, timedelta

import pytest

from planner import facts
from planner.db import Database
from planner.errors import InputError, NotFound, Refused
from planner.models.arrangements import Arrangement
from planner.rules.findings import Finding, State
from planner.rules.words import ArrangementKind, ArrangementState, SiteKind
from planner.services.actions import move_action
from planner.services.arrangements import (
    ArrangementRequest,
    confirm_again,
    confirm_arrangement,
    withdraw_arrangement,
)
from tests.builders import DAWN, World, a_world, an_action

A_DAY, THREE_HOURS = timedelta(days=1), timedelta(hours=3)


def a_reception(site: SiteKind = SiteKind.COMMUNITY) -> ArrangementRequest:
    return ArrangementRequest("WM-0001", ArrangementKind.RECEPTION, "duty manager", "k1", site=site)


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    return world


@pytest.mark.parametrize("site", [SiteKind.CUSTODY, SiteKind.DETENTION])
def test_nobody_is_received_in_custody(site: SiteKind) -> None:
    assert a_reception().site is SiteKind.COMMUNITY
    with pytest.raises(InputError, match="never receive possible victims"):
        a_reception(site)


def test_a_childrens_service_answers_in_and_out_of_hours() -> None:
    with pytest.raises(InputError, match="one out of hours"):
        ArrangementRequest("WM-0001", ArrangementKind.CHILDREN_SERVICE, "manager", "k", in_hours_post="manager")


def test_an_arrangement_is_withdrawn_once_and_by_no_stranger(world: World) -> None:
    with world.desk("silver").writing() as work:
        row = confirm_arrangement(work, a_reception()).id or 0

    with pytest.raises(NotFound) as denied, world.desk("other_silver").writing() as work:
        withdraw_arrangement(work, row, "The hall is flooded.")
    with world.desk("silver").writing() as work:
        withdraw_arrangement(work, row, "The hall is flooded.")
    with pytest.raises(Refused, match="withdrawn already"), world.desk("silver").writing() as work:
        withdraw_arrangement(work, row, "The hall is flooded.")

    assert "WM-0001" not in str(denied.value)
    with world.desk("silver").reading() as look:
        assert look.session.get_one(Arrangement, row).state is ArrangementState.WITHDRAWN


def an_interpreter(world: World, from_at: datetime | None = None, until_at: datetime | None = None) -> int:
    request = ArrangementRequest(
        "WM-0001",
        ArrangementKind.INTERPRETERS,
        "Duty manager",
        "k2",
        agency="ngo",
        telephone=True,
        from_at=from_at,
        until_at=until_at,
    )
    with world.desk("silver").writing() as work:
        return confirm_arrangement(work, request).id or 0


def interpreters(world: World) -> Finding:
    with world.desk("cell").reading() as look:
        return next(item for item in facts.gates(look, [1])[1].findings if item.check == "interpreters")


def move_by_a_day(world: World) -> None:
    with world.desk("silver").writing() as work:
        move_action(work, "WM-0001", DAWN + A_DAY, DAWN + A_DAY + THREE_HOURS, version=1)


def test_a_move_asks_for_the_interpreter_again(world: World) -> None:
    number = an_interpreter(world)
    before = interpreters(world)

    move_by_a_day(world)
    moved = interpreters(world)
    with pytest.raises(InputError, match="is missing"), world.desk("silver").writing() as work:
        confirm_again(work, number, answered_post=" ")
    with pytest.raises(InputError, match="give a later time"), world.desk("silver").writing() as work:
        confirm_again(work, number, answered_post="Duty manager", until_at=DAWN)
    with world.desk("silver").writing() as work:
        confirm_again(work, number, answered_post="Duty manager", until_at=DAWN + 2 * A_DAY)

    assert (before.state, moved.state, interpreters(world).state) == (State.MET, State.UNMET, State.MET)
    assert moved.sentence == "The interpreter is requested, not confirmed."
    with pytest.raises(Refused, match="confirmed already"), world.desk("silver").writing() as work:
        confirm_again(work, number, answered_post="Duty manager")


def test_an_interpreter_booked_for_both_days_stays_confirmed_after_a_move(world: World) -> None:
    an_interpreter(world, DAWN - A_DAY, DAWN + 2 * A_DAY)

    move_by_a_day(world)

    assert interpreters(world).state is State.MET


@pytest.mark.parametrize(
    ("from_at", "until_at"), [(DAWN + timedelta(hours=1), None), (None, DAWN + timedelta(hours=1))]
)
def test_an_interpreter_for_half_of_the_action_is_not_enough(
    world: World, from_at: datetime | None, until_at: datetime | None
) -> None:
    an_interpreter(world, from_at, until_at)

    found = interpreters(world)

    assert found.state is State.UNMET
    assert found.sentence == "The interpreter is confirmed, but not for the whole of Thu 26 November, 06:00 to 09:00."
