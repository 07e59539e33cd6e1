"""A press on what changed while the page was open is refused with what changed, and nothing is written."""

from collections.abc import Callable

import pytest
from sqlmodel import col, select

from planner.db import Database
from planner.errors import InputError, NotAllowed, PlannerError, Refused, Stale
from planner.models.directory import Agency, Appointment, Person
from planner.models.go_ahead import GoAhead, Override
from planner.rules.drawn import Drawn
from planner.rules.words import ActionState, Children, Immigration, Need, Post, Profile, Standing
from planner.services import actions, arrangements, demand, go_ahead
from planner.services.slip_changes import NewAttendance
from planner.services.slips import SlipRequest, list_consequences, slip
from planner.views.one_action import OneAction, one_action
from planner.work import Work
from tests import ready
from tests.builders import World, a_world

REFERENCE = ready.REFERENCE
REASON = "Vans of the force will do."


@pytest.fixture
def world(database: Database) -> World:
    made = a_world(database)
    ready.make_ready(made)
    with made.database.write() as session:
        force = session.exec(select(Agency).where(Agency.code == "force")).one()
        person = Person(title="Second Gold, West Midlands", agency_id=force.id or 0)
        session.add(person)
        session.flush()
        made.people["second_gold"] = person.id or 0
        post = Appointment(person_id=person.id or 0, post=Post.GOLD, operation_id=made.operation, agency_id=force.id)
        session.add(post)
    ask(made)
    return made


def ask(world: World) -> None:
    with world.desk("silver").writing() as work:
        go_ahead.request_go_ahead(work, REFERENCE, why_now="The warrant ends on Friday.")


def seen(world: World, user: str = "gold") -> OneAction:
    with world.desk(user).reading() as look:
        return one_action(look, REFERENCE)


def give(world: World, drawn: Drawn, user: str = "gold") -> None:
    with world.desk(user).writing() as work:
        go_ahead.give_go_ahead(work, REFERENCE, drawn=drawn)


def withdraw_transport(world: World) -> None:
    with world.desk("silver").writing() as work:
        row = next(item for item in seen(world).facts.arrangements if item.kind == "transport")
        arrangements.withdraw_arrangement(work, row.id, "The driver is ill.")


def given(world: World) -> list[GoAhead]:
    with world.desk("gold").reading() as look:
        return list(look.session.exec(select(GoAhead)))


def overrides(world: World) -> list[Override]:
    with world.desk("gold").reading() as look:
        return list(look.session.exec(select(Override).order_by(col(Override.id))))


def test_what_was_drawn_and_is_still_so_is_given(world: World) -> None:
    one = seen(world)

    give(world, one.drawn)

    assert one.asked is not None
    assert one.asked.why_now == "The warrant ends on Friday."
    assert seen(world).gate.standing is Standing.STANDING


def test_an_action_that_changed_meanwhile_is_not_given_and_says_what_changed(world: World) -> None:
    drawn = seen(world).drawn
    with world.desk("silver").writing() as work:
        actions.set_immigration(work, REFERENCE, Immigration.ON_CALL)

    with pytest.raises(Stale, match="changed while your page was open: Immigration enforcement at WM-0001: on call"):
        give(world, drawn)

    assert given(world) == []


def test_a_change_that_was_listed_first_is_said_once(world: World) -> None:
    one = seen(world)
    change = SlipRequest((REFERENCE,), NewAttendance(Immigration.ON_CALL), "slip", {REFERENCE: one.drawn.version})
    with world.desk("silver").writing(rehearsed=True) as work:
        mark = list_consequences(work, change).mark
    with world.desk("silver").writing() as work:
        slip(work, change, seen=mark)

    with pytest.raises(Stale, match="Immigration enforcement at WM-0001: on call") as refused:
        give(world, one.drawn)

    assert "listed and applied" not in str(refused.value)


def test_a_check_that_fell_meanwhile_is_named(world: World) -> None:
    drawn = seen(world).drawn
    withdraw_transport(world)

    with pytest.raises(Stale, match="The driver is ill"):
        give(world, drawn)

    assert given(world) == []


def test_of_two_golds_at_once_one_gives_and_the_other_reads_that_it_is_given(world: World) -> None:
    first, second = seen(world).drawn, seen(world, "second_gold").drawn

    give(world, first)
    with pytest.raises(Stale, match=r"The go-ahead for WM-0001 is given\. Look again, then decide"):
        give(world, second, "second_gold")

    assert [row.given_by for row in given(world)] == [world.people["gold"]]


def test_a_request_withdrawn_meanwhile_is_not_given(world: World) -> None:
    drawn = seen(world).drawn
    with world.desk("silver").writing() as work:
        go_ahead.take_back_request(work, REFERENCE)

    with pytest.raises(Stale, match="The request for the go-ahead for WM-0001 was taken back"):
        give(world, drawn)

    assert (given(world), seen(world).row.state) == ([], ActionState.PLANNED)


PRESSES: dict[str, Callable[[Work, Drawn], object]] = {
    "not_yet": lambda work, drawn: go_ahead.answer_not_yet(work, REFERENCE, "The conference.", drawn=drawn),
    "override": lambda work, drawn: go_ahead.override_check(
        work, go_ahead.OverrideRequest(REFERENCE, "transport", REASON), drawn=drawn
    ),
    "withdraw": lambda work, drawn: go_ahead.withdraw_go_ahead(work, REFERENCE, "New information.", drawn=drawn),
    "reaffirm": lambda work, drawn: go_ahead.reaffirm_go_ahead(work, REFERENCE, drawn=drawn),
}


@pytest.mark.parametrize("name", PRESSES)
def test_no_press_decides_on_what_is_no_longer_there(world: World, name: str) -> None:
    if name in ("withdraw", "reaffirm"):
        give(world, seen(world).drawn)
    drawn = seen(world).drawn
    withdraw_transport(world)
    before = (seen(world).gate, overrides(world))

    with pytest.raises(Stale, match="The driver is ill"), world.desk("gold").writing() as work:
        PRESSES[name](work, drawn)

    assert (seen(world).gate, overrides(world)) == before


def test_an_override_of_what_is_drawn_is_kept(world: World) -> None:
    withdraw_transport(world)
    drawn = seen(world).drawn

    with world.desk("gold").writing() as work:
        go_ahead.override_check(work, go_ahead.OverrideRequest(REFERENCE, "transport", REASON), drawn=drawn)

    assert [row.reason for row in overrides(world)] == [REASON]
    assert seen(world).gate.ready


@pytest.mark.parametrize(
    ("who", "check", "reason", "refusal", "said"),
    [
        ("gold", "transport", "   ", InputError, "at least 10 characters"),
        ("silver", "transport", REASON, NotAllowed, "that is for"),
        ("gold", "medical", REASON, Refused, "nothing to override"),
        ("gold", "legal_basis", REASON, Refused, "There is nothing to override: Warrant stands"),
        ("gold", "child_pathway", REASON, Refused, "never overridden"),
        ("gold", "weather", REASON, InputError, "no check called weather"),
    ],
)
def test_an_override_without_reason_by_silver_or_of_what_is_final_changes_nothing(
    world: World, who: str, check: str, reason: str, refusal: type[PlannerError], said: str
) -> None:
    withdraw_transport(world)
    with world.desk("silver").writing() as work:
        demand.set_children(work, REFERENCE, Children.EXPECTED, number=1)
        lines = [demand.Line(Profile.WOMAN, Need.NONE, 1, 2, 4), demand.Line(Profile.CHILD, Need.NONE, 0, 0, 1)]
        demand.set_demand(work, REFERENCE, lines)

    with pytest.raises(refusal, match=said), world.desk(who).writing() as work:
        go_ahead.override_check(work, go_ahead.OverrideRequest(REFERENCE, check, reason))

    assert overrides(world) == []
