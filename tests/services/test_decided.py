"""What changes after a conference: more people, another power or partner void its decision, fewer people do not."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlmodel import select

from planner import facts
from planner.db import Database
from planner.models.operations import Action
from planner.models.policy import Policy
from planner.rules.findings import Finding, State
from planner.rules.words import Children, Immigration, Need, Power, Profile
from planner.services import actions, answers, demand, legal_basis, moving
from planner.services import offers as asking
from planner.work import Work
from tests import ready
from tests.builders import DAWN, World, a_world

REFERENCE = ready.REFERENCE


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def conference(world: World) -> Finding:
    with world.desk("cell").reading() as look:
        return next(item for item in facts.gates(look, [1])[1].findings if item.check == "conference")


def women(low: int, likely: int, high: int) -> Callable[[Work], None]:
    return lambda work: demand.set_demand(work, REFERENCE, [demand.Line(Profile.WOMAN, Need.NONE, low, likely, high)])


def by_consent(work: Work) -> None:
    issued_on = date(2026, 11, 1)
    request = legal_basis.LegalRequest(REFERENCE, Power.CONSENT, "Consent", "C/1", issued_on=issued_on)
    legal_basis.set_legal_basis(work, request)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (women(1, 2, 5), "more people are expected"),
        (women(1, 3, 4), "more people are expected"),
        (lambda work: actions.set_immigration(work, REFERENCE, Immigration.ON_SITE), "immigration enforcement's"),
        (lambda work: demand.set_children(work, REFERENCE, Children.UNKNOWN), "what is said of children"),
        (by_consent, "the power"),
    ],
    ids=["high", "likely", "immigration", "children", "power"],
)
def test_a_material_change_voids_the_decision_and_is_named(
    world: World, change: Callable[[Work], None], said: str
) -> None:
    ready.make_ready(world)
    before = conference(world)

    with world.desk("silver").writing() as work:
        change(work)

    assert (before.state, conference(world).state) == (State.MET, State.UNMET)
    assert conference(world).sentence.startswith("Changed since the conference: ")
    assert said in conference(world).sentence


def test_fewer_people_are_no_new_question(world: World) -> None:
    ready.make_ready(world)

    with world.desk("silver").writing() as work:
        women(0, 1, 2)(work)

    assert conference(world).state is State.MET


def test_a_partner_who_leaves_voids_the_decision_until_it_is_there_again(world: World) -> None:
    offers, _ = ready.make_ready(world)

    with world.desk("partner").writing() as work:
        answers.withdraw_acceptance(work, offers["first_responder"], reason="We have nobody.")
    left = conference(world)
    with world.desk("silver").writing() as work:
        again = asking.offer_role(work, asking.OfferRequest(REFERENCE, "first_responder", "ngo", "again")).id or 0
    with world.desk("partner").writing() as work:
        answers.answer_offer(work, again, accept=True)

    assert left.sentence == "Changed since the conference: a partner who had accepted is not there now."
    assert conference(world).state is State.MET


def policy_says(world: World, material: str) -> None:
    with world.database.write() as session:
        for row in session.exec(select(Policy)).all():
            row.conference_material = material
            session.add(row)


def a_day_later(work: Work) -> None:
    later = DAWN + timedelta(days=1)
    moving.move_action(work, REFERENCE, later, later + timedelta(hours=3), version=version_in(work))


def version_in(work: Work) -> int:
    return work.session.exec(select(Action.version).where(Action.reference == REFERENCE)).one()


@pytest.mark.parametrize(
    ("material", "change", "said"),
    [
        ("time", a_day_later, "the time"),
        ("fewer_people", women(0, 1, 4), "fewer people are expected"),
    ],
)
def test_what_else_is_material_is_policys_to_say(
    world: World, material: str, change: Callable[[Work], None], said: str
) -> None:
    ready.make_ready(world)
    with world.desk("silver").writing() as work:
        change(work)
    without = conference(world)
    policy_says(world, material)

    assert without.state is State.MET
    assert (conference(world).state, said in conference(world).sentence) == (State.UNMET, True)
