"""What people of the exercise did by this morning, so that each page has something to show whoever opens it first."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import col, func, select

from planner import access, facts
from planner.db import Database
from planner.models.accounts import Account
from planner.models.care import Hold, Reserve, ReserveShare
from planner.models.directory import Agency
from planner.models.operations import Action, Clash, StrikeDay
from planner.models.records import RecordLine
from planner.rules.words import ActionState, HoldState, Post, Standing
from planner.services.clashes import clear_clashes
from planner.services.clashes_nightly import check_all_clashes
from planner.services.command import accept_handover
from planner.services.exercise import load_pentameter2
from planner.services.verify import troubles
from planner.views.clash_list import clash_list
from planner.views.command import command, command_tasks
from planner.views.strike_check import strike_check
from planner.work import Desk

TODAY = date(2026, 12, 1)
MORNING = datetime(2026, 12, 1, 9, tzinfo=UTC)


@pytest.fixture
def exercise(database: Database) -> Database:
    load_pentameter2(database, today=TODAY)
    return database


def at(exercise: Database, name: str) -> Desk:
    """The desk of one of the exercise's accounts."""
    with exercise.read() as session:
        person = session.exec(select(Account.person_id).where(Account.user_name == name)).one()
    return Desk(exercise, person, lambda: MORNING)


def test_a_second_silver_is_on_call_and_is_asked_to_take_over(exercise: Database) -> None:
    with at(exercise, "deputy").reading() as look:
        on_call = [held.post for held in look.actor.held]
        found, waits = command(look), command_tasks(look)
    assert set(on_call) == {Post.SILVER, Post.DELEGATE}
    assert [(row.post, row.accepted, row.mine) for row in found.turns] == [
        ("gold", True, False),
        ("silver", True, False),
        ("silver", False, True),
    ]
    assert len(waits) == 1

    with at(exercise, "deputy").writing() as work:
        accept_handover(work, next(row.id for row in found.turns if row.mine))

    with at(exercise, "deputy").reading() as look:
        assert command_tasks(look) == ()


def test_a_loggist_wrote_down_what_gold_decided(exercise: Database) -> None:
    with at(exercise, "loggist").reading() as look:
        assert [held.post for held in look.actor.held] == [Post.LOGGIST]
        mine = select(RecordLine.sentence).where(RecordLine.person_id == look.actor.person_id)
        said = look.session.exec(mine).one()

    assert "goes all or none" in said
    assert "Gold, West Midlands Police" in said


def test_a_strike_day_has_places_that_all_of_it_shares(exercise: Database) -> None:
    with at(exercise, "care").reading() as look:
        strike = look.session.exec(select(StrikeDay)).one()
        found = strike_check(look, strike.id or 0)
        kept = look.session.exec(select(Reserve).where(Reserve.strike_day_id == strike.id)).one()
        shares = look.session.exec(select(func.count()).where(ReserveShare.reserve_id == kept.id)).one()
        states = look.session.exec(select(Hold.state).where(Hold.reserve_id == kept.id)).all()

    assert (strike.name, len(found.members) > 1, shares) == ("Strike day 1", True, len(found.members))
    assert list(states) == [HoldState.CONFIRMED]
    assert [(each.confirmed, each.wanted) for each in found.reserves if each.reserve_id == kept.id] == [(2, 2)]


def test_a_clash_waits_for_a_call_stands_after_the_night_and_is_cleared(exercise: Database) -> None:
    with at(exercise, "silver").reading() as look:
        (line,) = [line for line in clash_list(look) if line.clash.open]
        force = look.session.exec(select(Agency.code).where(Agency.id == look.actor.agency_id)).one()
    assert "is near in place or source, and time" in line.clash.reason
    assert force == "WMI"

    with at(exercise, "cell").writing() as work:
        check_all_clashes(work)
        assert work.session.exec(select(func.count()).select_from(Clash)).one() > 0
    with at(exercise, "silver").writing() as work:
        clear_clashes(work, line.reference, "Duty officer")

    with at(exercise, "silver").reading() as look:
        assert [each for each in clash_list(look) if each.reference == line.reference and each.clash.open] == []


def test_what_goes_ahead_and_what_needs_places_are_as_they_were_drawn(exercise: Database) -> None:
    with Desk(exercise, clock=lambda: MORNING).reading() as look:
        gates = facts.gates(look, access.visible_actions(look))
        of_days = look.session.exec(select(Action.state).where(col(Action.strike_day_id).is_not(None)))
        assert set(of_days) == {ActionState.PLANNED}
        assert troubles(look) == ()

    assert sum(gate.ready for gate in gates.values()) == 32
    assert sum(gate.standing is Standing.STANDING for gate in gates.values()) == 12


def test_of_a_small_exercise_what_has_no_action_is_left_out(database: Database) -> None:
    load_pentameter2(database, today=TODAY, actions=3)

    with at(database, "deputy").reading() as look:
        assert len(command_tasks(look)) == 1
        assert look.session.exec(select(StrikeDay)).all() == look.session.exec(select(Clash)).all() == []
