"""Conditions: met, changed or refused by Silver; agreed to or not by the partner; broken ones reach Gold."""

from datetime import timedelta

import pytest
from sqlmodel import select

from planner.db import Database
from planner.errors import InputError, NotFound, Refused
from planner.models.records import Notice
from planner.models.roles import Condition
from planner.rules.role_words import Turn
from planner.rules.words import ConditionState
from planner.services.answers import answer_offer
from planner.services.conditions import answer_condition, change_condition, confirm_condition, report_broken
from planner.views.conditions import answerable, conditions
from tests.builders import DAWN, World, a_world, an_action
from tests.partners import an_offer, condition_now

CONDITION = "No immigration officers at the reception site"


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    offer = an_offer(world)
    with world.desk("partner").writing() as work:
        answer_offer(work, offer, accept=True, conditions=[CONDITION])
    return world


def the_condition(world: World) -> int:
    with world.desk("cell").reading() as look:
        return look.session.exec(select(Condition.id)).one() or 0


def told(world: World, name: str) -> str:
    with world.desk("cell").reading() as look:
        query = select(Notice.sentence).where(Notice.person_id == world.people[name]).order_by(Notice.id)
        return list(look.session.exec(query))[-1]


def test_a_condition_that_is_met_is_agreed_to(world: World) -> None:
    number = the_condition(world)

    with world.desk("silver").writing() as work:
        answer_condition(work, number, met=True, answer="They stay off site.")
    before = condition_now(world, number)
    with world.desk("partner").writing() as work:
        confirm_condition(work, number, agrees=True)

    assert (before.state, before.confirmed_at) == (ConditionState.MET, None)
    assert condition_now(world, number).confirmed_at is not None


def test_an_answer_that_will_not_do_opens_the_condition_again_and_silver_hears_why(world: World) -> None:
    number = the_condition(world)
    with world.desk("silver").writing() as work:
        answer_condition(work, number, met=True, answer="They wait in the car park.")

    with pytest.raises(InputError, match="what is still missing"), world.desk("partner").writing() as work:
        confirm_condition(work, number, agrees=False)
    with world.desk("partner").writing() as work:
        confirm_condition(work, number, agrees=False, why="The car park is the site.")

    assert condition_now(world, number).state is ConditionState.RAISED
    assert "The car park is the site." in told(world, "silver")


def test_another_wording_waits_for_the_partner_and_is_theirs_once_agreed(world: World) -> None:
    number = the_condition(world)

    with world.desk("silver").writing() as work:
        change_condition(work, number, changed_to="None inside the building", answer="The street is public.")
    waits = condition_now(world, number)
    with world.desk("partner").writing() as work:
        confirm_condition(work, number, agrees=True)

    assert (waits.state, waits.changed_to) == (ConditionState.RAISED, "None inside the building")
    agreed = condition_now(world, number)
    assert (agreed.state, agreed.text, agreed.changed_to) == (ConditionState.MET, "None inside the building", None)


def test_what_nobody_answered_cannot_be_agreed_to(world: World) -> None:
    with pytest.raises(Refused, match="not answered"), world.desk("partner").writing() as work:
        confirm_condition(work, the_condition(world), agrees=True)


def test_a_broken_condition_is_told_afterwards_to_gold_silver_and_the_national_gold(world: World) -> None:
    number = the_condition(world)

    with pytest.raises(Refused, match="still to come"), world.desk("partner").writing() as work:
        report_broken(work, number, "They were inside.")
    with world.desk("partner", DAWN + timedelta(hours=5)).writing() as work:
        report_broken(work, number, "They were inside.")
    with pytest.raises(Refused, match="already"), world.desk("partner", DAWN + timedelta(hours=6)).writing() as work:
        report_broken(work, number, "Again.")

    for name in ("gold", "silver", "national"):
        assert told(world, name).endswith("What happened: They were inside.")
    assert condition_now(world, number).broken_at == DAWN + timedelta(hours=5)


def test_nobody_else_answers_for_the_partner_or_learns_of_the_condition(world: World) -> None:
    number = the_condition(world)

    for name in ("silver", "health", "cell"):
        with pytest.raises(NotFound) as hidden, world.desk(name).writing() as work:
            confirm_condition(work, number, agrees=True)
        with pytest.raises(NotFound) as missing, world.desk(name).writing() as work:
            confirm_condition(work, 987654, agrees=True)
        assert str(hidden.value) == str(missing.value)


def test_the_answer_says_for_which_post_and_when(world: World) -> None:
    with world.desk("silver").writing() as work:
        answer_condition(work, the_condition(world), met=True, answer="They stay off site.")

    assert told(world, "partner").startswith("First responder, Thu 26 November, 06:00 to 09:00. Condition met:")


def test_a_condition_says_whose_turn_it_is(world: World) -> None:
    number = the_condition(world)

    def turn() -> tuple[Turn, bool]:
        with world.desk("silver").reading() as look:
            row = conditions(look)[0]
            return row.turn, row.since is not None

    turns = [turn()]
    with world.desk("silver").writing() as work:
        change_condition(work, number, changed_to="They wait outside.", answer="They must be near.")
    turns.append(turn())
    with world.desk("partner").writing() as work:
        confirm_condition(work, number, agrees=True)
    turns.append(turn())
    with world.desk("silver").writing() as work:
        answer_condition(work, number, met=False, answer="They must come in.")
    turns.append(turn())

    assert turns == [(each, True) for each in (Turn.PLANNERS, Turn.PARTNER, Turn.AGREED, Turn.REFUSED)]


def test_silver_answers_conditions_of_own_actions_and_gold_none(world: World) -> None:
    def may(name: str) -> bool:
        with world.desk(name).reading() as look:
            return bool(answerable(look, [row.action_id for row in conditions(look)]))

    assert (may("silver"), may("gold")) == (True, False)
