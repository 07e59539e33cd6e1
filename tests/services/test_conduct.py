"""Begin asks the gate again under the lock; finish spends the warrant; a deferred action waits for a move."""

from datetime import timedelta

import pytest

from planner.db import Database
from planner.errors import InputError, NotFound, Refused
from planner.models.operations import LegalBasis
from planner.rules.words import ActionState
from planner.services.answers import withdraw_acceptance
from planner.services.clashes import run_clash_check
from planner.services.conduct import begin_action, defer_action, finish_action
from planner.services.moving import move_action
from tests import ready
from tests.builders import DAWN, World, a_world, an_action
from tests.services.test_actions import now

REFERENCE = ready.REFERENCE


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def go(world: World) -> dict[str, int]:
    """Ready, with a standing go-ahead and a clash check of the last day."""
    offers, _ = ready.make_ready(world)
    ready.give(world)
    with world.desk("silver", DAWN - timedelta(hours=12)).writing() as work:
        run_clash_check(work, REFERENCE)
    return offers


def test_an_action_begins_when_its_go_ahead_stands_and_is_done_once(world: World) -> None:
    go(world)

    with world.desk("silver", DAWN).writing() as work:
        begin_action(work, REFERENCE)
    assert now(world).state is ActionState.BEGUN
    with world.desk("silver", DAWN + timedelta(hours=2)).writing() as work:
        finish_action(work, REFERENCE, entered=True)

    assert now(world).state is ActionState.DONE
    with pytest.raises(Refused, match="is done"), world.desk("silver", DAWN).writing() as work:
        begin_action(work, REFERENCE)


def test_a_withdrawn_partner_stops_what_would_begin(world: World) -> None:
    offers = go(world)
    with world.desk("partner", DAWN - timedelta(hours=1)).writing() as work:
        withdraw_acceptance(work, offers["first_responder"], reason="Our lead is ill.")

    with pytest.raises(Refused, match="is not ready"), world.desk("silver", DAWN).writing() as work:
        begin_action(work, REFERENCE)

    assert now(world).state is not ActionState.BEGUN


def test_what_is_ready_without_a_go_ahead_does_not_begin(world: World) -> None:
    ready.make_ready(world)
    with world.desk("silver", DAWN - timedelta(hours=12)).writing() as work:
        run_clash_check(work, REFERENCE)

    with pytest.raises(Refused, match="does not stand: it is none"), world.desk("silver", DAWN).writing() as work:
        begin_action(work, REFERENCE)


@pytest.mark.parametrize("hours", [-7, 3])
def test_an_action_begins_in_its_own_slot_only(world: World, hours: int) -> None:
    go(world)

    with (
        pytest.raises(Refused, match="Move it first"),
        world.desk("silver", DAWN + timedelta(hours=hours)).writing() as w,
    ):
        begin_action(w, REFERENCE)


def test_an_entry_spends_the_warrant_and_no_entry_does_not(world: World) -> None:
    numbers = [an_action(world, f"WM-000{number}", state=ActionState.BEGUN) for number in (1, 2)]
    with world.database.write() as session:
        rows = [
            LegalBasis(action_id=number, power="warrant", statute="PACE", reference="W", changed_at=DAWN)
            for number in numbers
        ]
        session.add_all(rows)

    with world.desk("silver", DAWN).writing() as work:
        finish_action(work, "WM-0001", entered=True)
    with world.desk("silver", DAWN).writing() as work:
        finish_action(work, "WM-0002", entered=False)

    with world.desk("cell").reading() as look:
        spent = [look.session.get_one(LegalBasis, number).spent_at for number in numbers]
    assert spent == [DAWN, None]


def test_only_what_began_can_be_finished(world: World) -> None:
    an_action(world)

    with pytest.raises(Refused, match="only an action that began"), world.desk("silver").writing() as work:
        finish_action(work, REFERENCE, entered=True)
    with pytest.raises(NotFound), world.desk("partner").writing() as work:
        finish_action(work, REFERENCE, entered=True)


def test_a_deferred_action_does_not_begin_until_it_is_moved(world: World) -> None:
    an_action(world)
    with pytest.raises(InputError, match="is missing"), world.desk("silver").writing() as work:
        defer_action(work, REFERENCE, "")
    with world.desk("silver").writing() as work:
        defer_action(work, REFERENCE, "The team is elsewhere.")
    with pytest.raises(Refused, match="deferred"), world.desk("silver", DAWN).writing() as work:
        begin_action(work, REFERENCE)

    with world.desk("silver").writing() as work:
        later = DAWN + timedelta(days=2)
        move_action(work, REFERENCE, later, later + timedelta(hours=3), version=2)

    assert now(world).state is ActionState.PLANNED
