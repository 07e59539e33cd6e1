"""Arrangements: confirmed by a post, never in custody, withdrawn only by those who see the action."""

from datetime import datetime, timedelta

import pytest

from planner import facts
from planner.db import Database
from planner.errors import InputError, NotFound, Refused
from planner.models.arrangements import Arrangement
from planner.models.directory import Region
from planner.rules.arrangement_words import Conflict
from planner.rules.findings import Finding, State
from planner.rules.words import (
    ArrangementKind,
    ArrangementState,
    Nation,
    SiteKind,
)
from planner.services.arrangements import (
    ArrangementRequest,
    confirm_again,
    confirm_arrangement,
    withdraw_arrangement,
)
from planner.services.moving import move_action
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


def arrange(world: World, kind: ArrangementKind, **more: object) -> None:
    with world.desk("silver").writing() as work:
        request = ArrangementRequest("WM-0001", kind, "Duty manager", f"{kind}-{len(more)}", **more)  # type: ignore[arg-type]
        confirm_arrangement(work, request)


def check_of(world: World, name: str) -> Finding:
    with world.desk("silver").reading() as look:
        gate = facts.gates(look, [1])[1]
    return next(finding for finding in gate.findings if finding.check == name)


def test_an_interpreter_who_declares_a_conflict_is_no_interpreter(world: World) -> None:
    arrange(world, ArrangementKind.INTERPRETERS, languages="Romanian", telephone=True, conflict_said=Conflict.NONE)
    assert check_of(world, "interpreters").state is State.MET
    with world.database.write() as session:
        session.get_one(Arrangement, 1).conflict_said = Conflict.DECLARED

    assert check_of(world, "interpreters").sentence == "The interpreter declared a conflict of interest."


def test_the_childrens_service_is_one_of_the_nation_and_ready_to_convene(world: World) -> None:
    posts = {"in_hours_post": "Duty manager", "out_of_hours_post": "Night manager", "number": 2}
    with pytest.raises(InputError, match="ready to convene its discussion"):
        arrange(world, ArrangementKind.CHILDREN_SERVICE, **posts)
    with pytest.raises(Refused, match="Ngo is not a children's service of England: there it is the council's own"):
        arrange(world, ArrangementKind.CHILDREN_SERVICE, agency="ngo", convenes=True, **posts)
    with world.database.write() as session:
        session.get_one(Region, "wm").nation = Nation.NORTHERN_IRELAND
    with pytest.raises(Refused, match="of Northern Ireland: there it is a Health and Social Care Trust"):
        arrange(world, ArrangementKind.CHILDREN_SERVICE, agency="children", convenes=True, **posts)
    with world.database.write() as session:
        session.get_one(Region, "wm").nation = Nation.ENGLAND

    arrange(world, ArrangementKind.CHILDREN_SERVICE, agency="children", convenes=True, **posts)

    with world.database.read() as session:
        assert session.get_one(Arrangement, 1).number == 2


def test_legal_advice_a_manager_and_a_time_of_arrival_are_kept(world: World) -> None:
    arrange(world, ArrangementKind.LEGAL_ADVICE)
    arrange(world, ArrangementKind.RECEPTION, site=SiteKind.COMMUNITY, manager_post=" Centre manager ", number=12)
    arrange(world, ArrangementKind.ON_CALL, number=4, arrives_minutes=45, from_at=DAWN, until_at=DAWN + A_DAY)

    with world.database.read() as session:
        legal, reception, on_call = (session.get_one(Arrangement, number) for number in (1, 2, 3))
    assert legal.state is ArrangementState.CONFIRMED
    assert (reception.manager_post, reception.number) == ("Centre manager", 12)
    assert (on_call.number, on_call.arrives_minutes) == (4, 45)
    with pytest.raises(InputError, match="arrives within 1 to 1440 minutes"):
        arrange(world, ArrangementKind.ON_CALL, number=4, arrives_minutes=0)
