"""Every ground of a clash by the verb that brings it about and the one that ends it; what was checked outside."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from planner import facts
from planner.db import Database
from planner.errors import InputError, Refused, Stale
from planner.models.arrangements import Arrangement
from planner.models.care import Provider
from planner.models.operations import Action, Clash
from planner.models.records import RecordLine
from planner.rules.findings import State
from planner.rules.words import ActionState, ArrangementState, Need, Profile
from planner.services import care, conduct
from planner.services.answers import answer_offer, withdraw_acceptance
from planner.services.care_deciding import decide_places
from planner.services.clashes import clear_clashes, clear_one_clash, run_clash_check
from planner.services.clashes_nightly import check_all_clashes
from planner.services.details import set_details
from planner.services.handovers import hand_over
from planner.services.moving import move_action
from planner.services.offers import OfferRequest, offer_role
from planner.services.outside_checks import OutsideCheck, record_outside_check
from tests.builders import DAWN, NOW, World, a_world, an_action
from tests.partners import a_lead
from tests.services.test_details import KNOWN

LATER = DAWN + timedelta(days=10)
HOURS = timedelta(hours=3)
NEAR = "Another action is near in place or source, and time."
RING = "Ring the duty officer: West Midlands cell."
OUTSIDE = OutsideCheck("WM-0001", "National tasking desk", "D/77", date(2026, 11, 23), "outside")


@pytest.fixture
def world(database: Database) -> World:
    """Two actions of one force at the same hour."""
    world = a_world(database)
    an_action(world)
    an_action(world, "WM-0002")
    check(world)
    return world


def check(world: World) -> None:
    for reference in ("WM-0001", "WM-0002"):
        with world.desk("cell").writing() as work:
            run_clash_check(work, reference)


def said(world: World, action: int = 1) -> tuple[State, str]:
    with world.desk("cell").reading() as look:
        item = next(item for item in facts.gates(look, [action])[action].findings if item.check == "clashes")
    return item.state, item.sentence


def know(world: World, reference: str, **changes: str) -> None:
    with world.desk("silver").writing() as work:
        set_details(work, reference, replace(KNOWN, intelligence_system=None, intelligence_reference=None, **changes))


def move(world: World, reference: str, version: int) -> None:
    with world.desk("silver").writing() as work:
        move_action(work, reference, LATER, LATER + HOURS, version=version)


def clear(world: World) -> None:
    with world.desk("silver").writing() as work:
        clear_clashes(work, "WM-0001", "West Midlands cell duty officer")


def test_one_team_at_the_same_time_is_a_clash_until_one_moves(world: World) -> None:
    know(world, "WM-0001", team="team  4")
    alone = said(world)
    know(world, "WM-0002", team="TEAM 4")
    together = said(world), said(world, 2)
    move(world, "WM-0002", 2)

    assert alone == (State.MET, "No clash among actions held here.")
    assert together[0] == together[1] == (State.UNMET, f"1 to clear: Another action counts on the same team. {RING}")
    assert said(world) == (State.MET, "No clash among actions held here.")


def test_the_same_premises_reference_is_a_clash_and_is_not_kept(world: World, own_var: Path) -> None:
    know(world, "WM-0001", premises_reference="UPRN 100 0231")
    know(world, "WM-0002", premises_reference="uprn1000231")
    same = said(world)
    know(world, "WM-0002", premises_reference="UPRN 4")

    assert same == (State.UNMET, f"1 to clear: {NEAR} {RING}")
    assert said(world)[0] is State.MET
    with world.desk("cell").reading() as look:
        written = [repr(row) for table in (Action, RecordLine, Clash) for row in look.session.exec(select(table))]
    assert written
    assert not any("0231" in row for row in written)


def accept(world: World, reference: str) -> int:
    with world.desk("silver").writing() as work:
        number = offer_role(work, OfferRequest(reference, "first_responder", "ngo", f"offer-{reference}")).id or 0
    with world.desk("partner").writing() as work:
        answer_offer(work, number, accept=True)
    return number


def test_one_lead_at_two_actions_is_a_clash_until_the_post_is_taken_back(world: World) -> None:
    accept(world, "WM-0001")
    once = said(world)
    second = accept(world, "WM-0002")
    twice = said(world), said(world, 2)
    with world.desk("partner").writing() as work:
        withdraw_acceptance(work, second, reason="Our lead cannot be in two places.")

    assert once[0] is State.MET
    assert twice[0] == twice[1] == (State.UNMET, f"1 to clear: Another action has a lead in common. {RING}")
    assert said(world)[0] is said(world, 2)[0] is State.MET


def test_one_lead_at_two_actions_is_a_clash_until_somebody_takes_over(world: World) -> None:
    accept(world, "WM-0001")
    second = accept(world, "WM-0002")
    both = said(world)
    title = a_lead(world, "second", world.ngo)

    with world.desk("partner").writing() as work:
        hand_over(work, second, title, "I lead another one then.")

    assert (both[0], said(world)[0]) == (State.UNMET, State.MET)


def ask(world: World, reference: str, places: int) -> int:
    with world.desk("silver").writing() as work:
        line = (Profile.WOMAN, Need.NONE, places)
        return care.hold_places(work, care.HoldRequest(reference, "U1", (line,), f"ask-{reference}")).id or 0


@pytest.mark.parametrize("end", ["the cell decides", "the provider answers"])
def test_the_same_last_places_are_a_clash_until_it_is_decided(world: World, end: str) -> None:
    with world.database.write() as session:
        session.get_one(Provider, world.provider).unasked_hold_hours = None
    first = ask(world, "WM-0001", 3)
    check(world)
    alone = said(world)
    ask(world, "WM-0002", 2)  # of four
    check(world)
    both = said(world), said(world, 2)

    if end == "the cell decides":
        with world.desk("cell").writing() as work:
            decide_places(work, first, "The premises were seen in use.")
        check(world)
    else:
        with world.desk("provider").writing() as work:
            care.confirm_hold(work, first)

    assert alone[0] is State.MET
    assert both[0] == both[1] == (State.UNMET, f"1 to clear: Another action asks for the same last places. {RING}")
    assert said(world) == (State.MET, "No clash among actions held here.")


def test_what_is_done_disturbs_nobody(world: World) -> None:
    know(world, "WM-0001", team="A")
    know(world, "WM-0002", team="A")
    with world.database.write() as session:
        row = session.get_one(Action, 2)
        row.state = ActionState.BEGUN
        session.add(row)

    with world.desk("silver", DAWN).writing() as work:
        conduct.finish_action(work, "WM-0002", entered=True)

    with world.desk("cell").reading() as look:
        assert look.session.exec(select(Clash)).all() == []


def test_a_clearance_outlives_the_night_and_falls_when_either_side_changes(world: World) -> None:
    know(world, "WM-0001", postcode="B1 1AA")
    know(world, "WM-0002", postcode="B1 1AB")
    clear(world)
    cleared = said(world), said(world, 2)
    with world.desk("cell", NOW + timedelta(days=1)).writing() as work:
        check_all_clashes(work)
    after_the_night = said(world)
    accept(world, "WM-0002")  # a lead whom nobody else has: the clearance was not about them
    check(world)
    after_a_lead = said(world)
    know(world, "WM-0002", team="B")

    stands = (State.MET, "1 clash cleared by a call, no other among actions held here.")
    assert cleared == (stands, stands)
    assert (after_the_night, after_a_lead) == (stands, stands)
    assert said(world) == said(world, 2) == (State.UNMET, f"1 to clear: {NEAR} {RING}")


def test_each_contact_is_rung_and_each_clash_cleared_by_itself(world: World) -> None:
    an_action(world, "WM-0003")
    for reference in ("WM-0001", "WM-0002", "WM-0003"):
        know(world, reference, postcode="B1 1AA")
    with world.desk("silver").reading() as look:
        first, second = (clash.fingerprint for clash in facts.facts_of(look, 1).clashes)

    with world.desk("silver").writing() as work:
        clear_one_clash(work, "WM-0001", "West Midlands cell duty officer", seen=first)
    one_left = said(world)
    know(world, "WM-0003", team="A")
    with pytest.raises(Stale, match="changed or ended"), world.desk("silver").writing() as work:
        clear_one_clash(work, "WM-0001", "West Midlands cell duty officer", seen=second)

    assert one_left == (State.UNMET, f"1 to clear: {NEAR} {RING}")
    assert said(world)[0] is State.UNMET


def test_a_check_outside_is_told_by_office_reference_and_date_until_the_action_moves(world: World) -> None:
    assert said(world)[1] == "No clash among actions held here."

    for _ in range(2):  # the second press of a double click
        with world.desk("silver").writing() as work:
            record_outside_check(work, OUTSIDE)
    checked = said(world)
    move(world, "WM-0001", 1)
    moved = said(world)
    with world.desk("silver").writing() as work:
        record_outside_check(work, replace(OUTSIDE, reference="D/78", on=date(2026, 11, 24), request_key="again"))

    outside = "No clash among actions held here; checked outside by National tasking desk on {}, reference {}."
    assert checked == (State.MET, outside.format("Mon 23 November", "D/77"))
    assert moved[1] == "No clash among actions held here."
    assert said(world) == (State.MET, outside.format("Tue 24 November", "D/78"))
    with world.desk("cell").reading() as look:
        states = [row.state for row in look.session.exec(select(Arrangement))]
    assert states == [ArrangementState.WITHDRAWN, ArrangementState.CONFIRMED]


def test_a_check_outside_has_an_office_a_reference_and_a_day_that_was(world: World) -> None:
    with pytest.raises(InputError, match="has a reference there"):
        replace(OUTSIDE, reference=" ")
    with pytest.raises(InputError, match="office that checked is missing"):
        replace(OUTSIDE, office="")
    with (
        pytest.raises(InputError, match="Wed 25 November 2026 is still to come"),
        world.desk("silver").writing() as work,
    ):
        record_outside_check(work, replace(OUTSIDE, on=date(2026, 11, 25)))
    with world.desk("silver").writing() as work:
        record_outside_check(work, OUTSIDE)
    with pytest.raises(Refused, match="sent before with other answers"), world.desk("silver").writing() as work:
        record_outside_check(work, replace(OUTSIDE, action="WM-0002"))
