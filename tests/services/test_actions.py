"""Actions are planned, moved, edited about children and attendance, and stood down; each refusal beside its success."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, select

from planner.db import Database
from planner.errors import InputError, NotAllowed, NotFound, Refused, Stale
from planner.models.directory import Appointment
from planner.models.operations import Action, DemandLine, Operation
from planner.models.policy import Policy
from planner.models.records import Notice, RecordLine
from planner.models.roles import RoleOffer
from planner.rules.words import (
    ActionKind,
    ActionState,
    Children,
    Exploitation,
    Immigration,
    Need,
    OfferState,
    Outcome,
    Post,
    PremisesKind,
    Profile,
)
from planner.services.actions import (
    PlanRequest,
    plan_action,
    set_immigration,
    stand_down,
)
from planner.services.answers import answer_offer
from planner.services.demand import Line, set_children, set_demand
from planner.services.moving import move_action
from planner.services.offers import OfferRequest, offer_role
from tests.builders import BLOCKS, DAWN, NOW, World, a_world, an_action

A_DAY = timedelta(days=1)
REQUEST = PlanRequest(
    "OP1", "force", ActionKind.WARRANT, PremisesKind.RESIDENTIAL, DAWN, DAWN + timedelta(hours=3), "key-1"
)


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def planned(world: World, request: PlanRequest = REQUEST, by: str = "silver") -> str:
    with world.desk(by).writing() as work:
        return plan_action(work, request).reference


def now(world: World, reference: str = "WM-0001") -> Action:
    with world.desk("cell").reading() as look:
        return look.session.exec(select(Action).where(Action.reference == reference)).one()


def told(world: World, person: str) -> list[str]:
    with world.desk("cell").reading() as look:
        query = select(Notice.sentence).where(Notice.person_id == world.people[person]).order_by(col(Notice.id))
        return list(look.session.exec(query))


def an_accepted_offer(world: World) -> int:
    with world.desk("silver").writing() as work:
        offer = offer_role(work, OfferRequest("WM-0001", "first_responder", "ngo", "offer")).id or 0
    with world.desk("partner").writing() as work:
        answer_offer(work, offer, accept=True)
    return offer


def offer_state(world: World, offer: int) -> OfferState:
    with world.desk("cell").reading() as look:
        return look.session.get_one(RoleOffer, offer).state


def test_each_new_action_gets_the_next_reference_of_its_region(world: World) -> None:
    references = [planned(world, replace(REQUEST, request_key=f"key-{number}")) for number in range(3)]

    assert references == ["W-0001", "W-0002", "W-0003"]


def test_a_double_click_makes_one_action_and_another_body_is_refused(world: World) -> None:
    first = planned(world)

    assert planned(world) == first
    with pytest.raises(Refused, match="other answers"):
        planned(world, replace(REQUEST, force="other_force"), by="cell")


def test_only_the_force_that_is_planned_for_may_plan(world: World) -> None:
    assert planned(world) == "W-0001"

    with pytest.raises(NotAllowed):
        planned(world, replace(REQUEST, request_key="key-2"), by="other_silver")
    with pytest.raises(NotAllowed):
        planned(world, replace(REQUEST, request_key="key-3"), by="partner")


def test_an_operation_that_one_has_no_post_in_is_answered_as_missing(world: World) -> None:
    with pytest.raises(NotAllowed) as hidden:
        planned(world, by="stranger")
    with pytest.raises(NotAllowed) as missing:
        planned(world, replace(REQUEST, operation="OP9"), by="stranger")
    with pytest.raises(NotFound, match="There is no operation OP9, or none that you can open"):
        planned(world, replace(REQUEST, operation="OP9"))

    assert str(hidden.value) == str(missing.value)


def test_an_action_belongs_to_a_force_and_falls_within_its_operation(world: World) -> None:
    late = DAWN + timedelta(days=400)

    with pytest.raises(InputError, match="no police force"):
        planned(world, replace(REQUEST, force="ngo"), by="cell")
    with pytest.raises(InputError, match="outside Operation One"):
        planned(world, replace(REQUEST, starts_at=late, ends_at=late + timedelta(hours=1)))


@pytest.mark.parametrize(
    ("system", "reference", "why"),
    [
        ("HOLMES", "x" * 61, "at most 60"),
        ("HOLMES", "line\nline", "one line"),
        ("HOLMES", "TOP SECRET 4", "no place here"),
        (None, "4711", "stand together"),
    ],
)
def test_intelligence_is_a_system_and_a_reference_only(system: str | None, reference: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        replace(REQUEST, intelligence_system=system, intelligence_reference=reference)

    assert replace(REQUEST, intelligence_system="HOLMES", intelligence_reference="4711")


def test_a_move_asks_each_partner_again_and_the_calendar_entry_follows(world: World) -> None:
    an_action(world)
    offer = an_accepted_offer(world)

    with world.desk("silver").writing() as work:
        move_action(work, "WM-0001", DAWN + A_DAY, DAWN + A_DAY + timedelta(hours=3), version=1)

    moved = now(world)
    assert (moved.starts_at, moved.version, moved.calendar_sequence) == (DAWN + A_DAY, 2, 1)
    assert offer_state(world, offer) is OfferState.OFFERED
    assert told(world, "partner")[-1] == (
        "First responder in West Midlands: The time was Thu 26 November, 06:00 to 09:00 and is now "
        "Fri 27 November, 06:00 to 09:00. Please answer for it as it is now."
    )


def test_a_move_from_an_old_page_is_refused_and_says_what_changed(world: World) -> None:
    an_action(world)
    with world.desk("silver").writing() as work:
        set_immigration(work, "WM-0001", Immigration.ON_CALL)

    with pytest.raises(Stale, match="Immigration enforcement at WM-0001: on call"), world.desk("silver").writing() as w:
        move_action(w, "WM-0001", DAWN + A_DAY, DAWN + A_DAY * 2, version=1)

    assert now(world).starts_at == DAWN


@pytest.mark.parametrize("state", [ActionState.BEGUN, ActionState.DONE, ActionState.STOOD_DOWN])
def test_what_has_begun_or_ended_is_no_longer_changed(world: World, state: ActionState) -> None:
    an_action(world, state=state)

    with pytest.raises(Refused), world.desk("silver").writing() as work:
        move_action(work, "WM-0001", DAWN + A_DAY, DAWN + A_DAY * 2, version=1)
    with pytest.raises(Refused), world.desk("silver").writing() as work:
        set_demand(work, "WM-0001", [Line(Profile.WOMAN, Need.NONE, 0, 1, 2)])
    with pytest.raises(Refused), world.desk("silver").writing() as work:
        stand_down(work, "WM-0001", "No longer needed.")


def test_another_forces_silver_learns_nothing_of_an_action(world: World) -> None:
    an_action(world)

    with pytest.raises(NotFound) as hidden, world.desk("other_silver").writing() as work:
        stand_down(work, "WM-0001", "No longer needed.")
    with pytest.raises(NotFound) as missing, world.desk("other_silver").writing() as work:
        stand_down(work, "WM-0009", "No longer needed.")

    assert str(hidden.value).replace("WM-0001", "") == str(missing.value).replace("WM-0009", "")


def test_standing_down_needs_a_reason_and_tells_the_partners(world: World) -> None:
    an_action(world)
    an_accepted_offer(world)

    with pytest.raises(InputError, match="is missing"), world.desk("silver").writing() as work:
        stand_down(work, "WM-0001", "  ")
    with world.desk("silver").writing() as work:
        stand_down(work, "WM-0001", "The premises are empty.")

    assert (now(world).state, now(world).calendar_sequence) == (ActionState.STOOD_DOWN, 1)
    assert "stood down" in told(world, "partner")[-1]
    assert "premises" not in told(world, "partner")[-1]


def test_no_children_needs_a_reason_and_who_agrees(world: World) -> None:
    an_action(world)

    for reason, agreed_by in (("", "Duty manager"), ("Nothing points to any.", "")):
        with pytest.raises(InputError, match="needs a reason"), world.desk("silver").writing() as work:
            set_children(work, "WM-0001", Children.NONE, reason=reason, agreed_by=agreed_by)
    with world.desk("silver").writing() as work:
        set_children(
            work, "WM-0001", Children.NONE, reason="Nothing points to any.", agreed_by="Children's service manager"
        )

    assert now(world).children is Children.NONE


def test_partners_are_told_when_immigration_enforcement_attends(world: World) -> None:
    an_action(world)
    an_accepted_offer(world)

    with world.desk("silver").writing() as work:
        set_immigration(work, "WM-0001", Immigration.ON_SITE)

    nearer = told(world, "partner")[-1]
    with world.desk("silver").writing() as work:
        set_immigration(work, "WM-0001", Immigration.NOT_ATTENDING)

    assert "Immigration enforcement is now on site. Please answer for it as it is now." in nearer
    assert told(world, "partner")[-1] == "In West Midlands, immigration enforcement is now: not attending."


def test_demand_rises_from_low_to_high_and_nobody_needs_a_reason(world: World) -> None:
    action = an_action(world)

    with pytest.raises(InputError, match="must rise"), world.desk("silver").writing() as work:
        set_demand(work, "WM-0001", [Line(Profile.WOMAN, Need.NONE, 2, 1, 4)])
    with pytest.raises(InputError, match="stands twice"), world.desk("silver").writing() as work:
        set_demand(work, "WM-0001", [Line(Profile.WOMAN, Need.NONE, 0, 1, 2)] * 2)
    with pytest.raises(InputError, match="needs a reason"), world.desk("silver").writing() as work:
        set_demand(work, "WM-0001", [])
    with world.desk("silver").writing() as work:
        set_demand(work, "WM-0001", [Line(Profile.WOMAN, Need.NONE, 1, 2, 4)])
    with world.desk("silver").writing() as work:
        set_demand(work, "WM-0001", [Line(Profile.WOMAN, Need.NONE, 0, 1, 2), Line(Profile.MAN, Need.NONE, 0, 0, 1)])

    with world.desk("cell").reading() as look:
        lines = look.session.exec(select(DemandLine).where(DemandLine.action_id == action)).all()
    assert sorted((line.profile, line.high) for line in lines) == [(Profile.MAN, 1), (Profile.WOMAN, 2)]


def test_the_reference_of_a_second_operation_never_repeats_one(world: World) -> None:
    with world.database.write() as session:
        first = session.get_one(Operation, world.operation)
        session.add(
            Operation(
                code="OP2",
                name="Operation Two",
                lead_agency_id=first.lead_agency_id,
                starts_on=first.starts_on,
                ends_on=first.ends_on,
            )
        )
        session.flush()
        second = session.exec(select(Operation).where(Operation.code == "OP2")).one()
        session.add(Policy(operation_id=second.id or 0, blocks=BLOCKS, reason="the first policy", set_at=NOW))
        session.add(Appointment(person_id=world.people["cell"], post=Post.CELL, operation_id=second.id))

    planned(world)

    assert planned(world, replace(REQUEST, operation="OP2", request_key="key-2"), by="cell") == "W-0002"


def test_exploitation_is_unknown_until_said(world: World) -> None:
    assert now(world, planned(world)).exploitation is Exploitation.UNKNOWN


def test_a_refusal_is_recorded_whatever_was_typed(world: World) -> None:
    with pytest.raises(NotFound), world.desk("stranger").writing() as work:
        stand_down(work, "W" * 200, "No longer needed.")

    with world.database.read() as session:
        line = session.exec(select(RecordLine).order_by(col(RecordLine.number).desc())).first()
    assert line is not None
    assert (line.object_ref, line.outcome) == ("W" * 80, Outcome.REFUSED)
