"""Each blocking check falls and stands again by one fact changed through its verb, read back on the command line."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from planner.db import Database
from planner.errors import NotAllowed, Refused
from planner.models.arrangements import Arrangement
from planner.models.operations import ClashCheck
from planner.models.records import Notice
from planner.rules.words import ArrangementKind, Children, Decision, Immigration, Need, Profile
from planner.services import actions, answers, arrangements, care, clashes, decisions, demand, go_ahead, moving
from planner.services import offers as asking
from tests import ready
from tests.builders import DAWN, NOW, World, a_world, an_action
from tests.ready import Read

REFERENCE = ready.REFERENCE


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def unmet(found: dict[str, Any]) -> set[str]:
    return {
        item["check"] for item in found["findings"] if item["blocks"] and item["state"] in ("unmet", "not_recorded")
    }


def test_an_action_with_everything_is_ready(world: World, read: Read) -> None:
    ready.make_ready(world)

    found = read()

    assert unmet(found) == set()
    assert (found["ready"], found["exit"]) == (True, 0)


def test_a_new_action_is_never_met_by_default(world: World, read: Read) -> None:
    an_action(world, REFERENCE)

    assert unmet(read()) == {
        *("legal_basis", "clashes", "conference", "roles", "care"),
        *("interpreters", "medical", "reception", "transport", "child_pathway"),
    }


def test_a_withdrawn_post_stops_the_action_until_it_is_filled(world: World, read: Read) -> None:
    offers, _ = ready.make_ready(world)

    with world.desk("partner").writing() as work:
        answers.withdraw_acceptance(work, offers["first_responder"], reason="We have nobody.")
    fallen = read()
    with world.desk("silver").writing() as work:
        again = asking.offer_role(work, asking.OfferRequest(REFERENCE, "first_responder", "ngo", "again")).id or 0
    with world.desk("partner").writing() as work:
        answers.answer_offer(work, again, accept=True)

    assert unmet(fallen) == {"roles", "conference"}  # the conference decided with this partner there
    assert read()["ready"]


def test_a_place_taken_back_stops_the_action_until_another_is_confirmed(world: World, read: Read) -> None:
    _, hold = ready.make_ready(world)

    with world.desk("provider").writing() as work:
        care.take_back(work, hold, "The boiler broke.")
    fallen = read()
    ready.book(world, key="another")

    assert unmet(fallen) == {"care"}
    assert read()["ready"]


def test_a_conference_that_defers_stops_the_action_until_one_proceeds(world: World, read: Read) -> None:
    ready.make_ready(world)

    number = ready.confer(world, Decision.DEFER, key="second")
    fallen = read()
    with world.desk("cell").writing() as work:
        decisions.decide(work, number, REFERENCE, Decision.PROCEED, reasons="What was missing is there.")

    assert unmet(fallen) == {"conference"}
    assert read()["ready"]


def test_a_warrant_that_ends_before_the_action_stops_it(world: World, read: Read) -> None:
    ready.make_ready(world)

    ready.set_power(world, expires_on=date(2026, 11, 25))
    fallen = read()
    ready.set_power(world, expires_on=date(2026, 12, 31))

    assert unmet(fallen) == {"legal_basis"}
    assert read()["ready"]


def test_children_unknown_stop_the_action_until_it_is_said(world: World, read: Read) -> None:
    ready.make_ready(world)

    with world.desk("silver").writing() as work:
        demand.set_children(work, REFERENCE, Children.UNKNOWN)
    fallen = read()
    with world.desk("silver").writing() as work:
        demand.set_children(work, REFERENCE, Children.NONE, reason="Seen.", agreed_by="Children's representative")
    ready.answer_again(world)
    ready.confer(world, key="after")

    assert unmet(fallen) >= {"child_pathway", "roles"}
    assert read()["ready"]


@pytest.mark.parametrize(
    "kind",
    [
        ArrangementKind.INTERPRETERS,
        ArrangementKind.MEDICAL,
        ArrangementKind.RECEPTION,
        ArrangementKind.TRANSPORT,
    ],
)
def test_a_withdrawn_arrangement_stops_the_action(world: World, read: Read, kind: ArrangementKind) -> None:
    ready.make_ready(world)

    with world.desk("silver").writing() as work:
        row = next(item for item in work.session.exec(select(Arrangement)) if item.kind is kind)
        arrangements.withdraw_arrangement(work, row.id or 0, "It fell through.")
    fallen = read()
    ready.arrange(world, kind, key="-again")

    assert unmet(fallen) == {kind.value}
    assert read()["ready"]


def test_an_old_clash_check_stops_the_action_until_it_runs_again(world: World, read: Read) -> None:
    ready.make_ready(world)

    with world.database.write() as session:
        ran = session.get_one(ClashCheck, 1)
        ran.ran_at = NOW - timedelta(hours=25)
        session.add(ran)
    fallen = read()
    with world.desk("silver").writing() as work:
        clashes.run_clash_check(work, REFERENCE)

    assert unmet(fallen) == {"clashes"}
    assert read()["ready"]


def test_the_go_ahead_is_given_by_another_and_stands(world: World, read: Read) -> None:
    ready.make_ready(world)
    with pytest.raises(Refused, match="Nobody has requested"), world.desk("gold").writing() as work:
        go_ahead.give_go_ahead(work, REFERENCE)
    with pytest.raises(NotAllowed), world.desk("silver").writing() as work:
        go_ahead.give_go_ahead(work, REFERENCE)

    ready.give(world)

    assert read()["go_ahead"] == "standing"


def test_a_place_taken_back_suspends_the_go_ahead_until_it_is_reaffirmed(world: World, read: Read) -> None:
    _, hold = ready.make_ready(world)
    ready.give(world)

    with world.desk("provider").writing() as work:
        care.take_back(work, hold, "The boiler broke.")
    fallen = read()
    with pytest.raises(Refused, match="not ready"), world.desk("gold").writing() as work:
        go_ahead.reaffirm_go_ahead(work, REFERENCE)
    ready.book(world, key="another")
    waiting = read()
    with world.desk("gold").writing() as work:
        go_ahead.reaffirm_go_ahead(work, REFERENCE)

    assert (fallen["go_ahead"], fallen["exit"]) == ("suspended", 1)
    assert (waiting["go_ahead"], waiting["ready"], waiting["exit"]) == ("suspended", True, 1)
    assert (read()["go_ahead"], read()["exit"]) == ("standing", 0)


def test_a_move_spends_the_go_ahead_for_good(world: World, read: Read) -> None:
    ready.make_ready(world)
    ready.give(world)

    with world.desk("silver").writing() as work:
        later = DAWN + timedelta(hours=1)
        moving.move_action(work, REFERENCE, later, later + timedelta(hours=3), version=ready.version(world))

    assert read()["go_ahead"] == "spent"


def test_a_plan_changed_back_does_not_bring_a_spent_go_ahead_back(world: World, read: Read) -> None:
    ready.make_ready(world)
    ready.give(world)
    given = read()["go_ahead"]

    for immigration in (Immigration.ON_SITE, Immigration.NOT_ATTENDING):
        with world.desk("silver").writing() as work:
            actions.set_immigration(work, REFERENCE, immigration)

    with world.database.read() as session:
        told = [row.sentence for row in session.exec(select(Notice)) if " is spent: " in row.sentence]
    assert (given, read()["go_ahead"]) == ("standing", "spent")
    assert told == ["The go-ahead for WM-0001 is spent: Immigration enforcement at WM-0001: on site."] * 2
    with world.desk("gold").writing() as work, pytest.raises(Refused, match="is spent: only a suspended one"):
        go_ahead.reaffirm_go_ahead(work, REFERENCE)


def test_a_stood_down_action_has_no_go_ahead_left(world: World, read: Read) -> None:
    ready.make_ready(world)
    ready.give(world)

    with world.desk("silver").writing() as work:
        actions.stand_down(work, REFERENCE, "The premises are empty.")

    assert read()["go_ahead"] == "spent"


def test_an_override_is_for_one_finding_and_one_slot(world: World, read: Read) -> None:
    ready.make_ready(world)
    with world.desk("silver").writing() as work:
        nurse = select(Arrangement.id).where(Arrangement.kind == ArrangementKind.MEDICAL)
        arrangements.withdraw_arrangement(work, work.session.exec(nurse).one() or 0, "The nurse is ill.")

    with world.desk("gold").writing() as work:
        go_ahead.override_check(
            work, go_ahead.OverrideRequest(REFERENCE, "medical", "An ambulance stands by all morning.")
        )
    overridden = read()
    with world.desk("silver").writing() as work:
        later = DAWN + timedelta(hours=1)
        moving.move_action(work, REFERENCE, later, later + timedelta(hours=3), version=ready.version(world))

    assert (overridden["states"]["medical"], overridden["ready"]) == ("overridden", True)
    assert "medical" in unmet(read())


def test_a_legal_basis_is_never_overridden(world: World) -> None:
    ready.make_ready(world)
    ready.set_power(world, expires_on=date(2026, 11, 25))

    with pytest.raises(Refused, match="never overridden"), world.desk("gold").writing() as work:
        go_ahead.override_check(work, go_ahead.OverrideRequest(REFERENCE, "legal_basis", "We go in without a warrant."))


def test_a_child_at_most_is_never_covered_by_places_for_adults(world: World, read: Read) -> None:
    ready.make_ready(world)
    lines = [
        demand.Line(Profile.WOMAN, Need.NONE, 1, 2, 3),
        demand.Line(Profile.CHILD, Need.NONE, 0, 0, 1),
    ]

    with world.desk("silver").writing() as work:
        demand.set_demand(work, REFERENCE, lines)
    fallen = read()
    with pytest.raises(Refused, match="adult places never cover a child"), world.desk("gold").writing() as work:
        go_ahead.override_check(work, go_ahead.OverrideRequest(REFERENCE, "care", "Nobody expects a child tonight."))
    with world.desk("silver").writing() as work:
        demand.set_children(work, REFERENCE, Children.EXPECTED, number=1)
        arrangements.confirm_arrangement(
            work,
            arrangements.ArrangementRequest(
                REFERENCE,
                ArrangementKind.CHILDREN_SERVICE,
                "Duty manager",
                "children",
                number=1,
                in_hours_post="Duty manager",
                convenes=True,
                out_of_hours_post="Emergency duty manager",
            ),
        )
    accepted = read()

    assert {"care", "child_pathway"} <= unmet(fallen)
    assert not {"care", "child_pathway"} & unmet(accepted)
