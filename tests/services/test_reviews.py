"""A review follows a conference that was held: the same seats and terms, what changed on top of its agenda."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from planner.db import Database
from planner.errors import Refused
from planner.models.conferences import Attendance, Conference
from planner.models.directory import Agency, Appointment
from planner.rules.words import AttendanceState, ConferenceKind, Decision, Immigration, Need, Profile
from planner.services import actions, attendance, conferences, decisions, demand, moving, reviews
from planner.services.conferences import ConveneRequest, Terms
from planner.views.meeting import Matter, meeting
from tests import ready
from tests.builders import DAWN, NOW, World, a_world, an_action

HOUR = timedelta(hours=1)
ALL = ("force", "ngo", "health")


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    return world


def convened(world: World) -> int:
    terms = Terms(agenda="Care\nRoles", quorum=3)
    with world.desk("cell").writing() as work:
        request = ConveneRequest(("WM-0001",), NOW, NOW + HOUR, ALL, "first", terms=terms)
        return conferences.convene(work, request).id or 0


def decided(world: World) -> int:
    number = convened(world)
    with world.desk("cell").writing() as work:
        seats = [attendance.Seat(code, AttendanceState.ATTENDED, True, code == "ngo", True) for code in ALL]
        attendance.record_attendance(work, number, seats)
        decisions.decide(work, number, "WM-0001", Decision.PROCEED, reasons="Care is there.")
    return number


def review(world: World, number: int, who: str = "cell") -> int:
    with world.desk(who, NOW + 2 * HOUR).writing() as work:
        return reviews.convene_review(work, number, NOW + 5 * HOUR, NOW + 6 * HOUR, f"review-{who}").id or 0


def matter(world: World, number: int) -> Matter:
    with world.desk("silver", NOW + 3 * HOUR).reading() as look:
        (found,) = meeting(look, number).matters
    return found


def test_a_review_takes_over_seats_and_terms_and_begins_with_what_changed(world: World) -> None:
    number = review(world, decided(world))

    with world.database.read() as session:
        row = session.get_one(Conference, number)
        seats = select(Agency.code).where(Agency.id == Attendance.agency_id).where(Attendance.conference_id == number)
        codes = sorted(session.exec(seats))
    assert (row.kind, row.review_of, row.quorum) == (ConferenceKind.REVIEW, 1, 3)
    assert row.agenda.splitlines() == ["What changed since", "Care", "Roles"]
    assert codes == sorted(ALL)


def test_a_conference_that_is_not_held_is_not_reviewed(world: World) -> None:
    number = convened(world)

    with pytest.raises(Refused, match="not held yet"):
        review(world, number)


def test_nothing_is_reviewed_once_its_actions_are_over(world: World) -> None:
    number = decided(world)
    with world.desk("silver").writing() as work:
        actions.stand_down(work, "WM-0001", "It is empty.")

    with pytest.raises(Refused, match="nothing left to review"):
        review(world, number)


def test_a_provider_that_silver_may_not_know_keeps_its_seat_at_the_review(world: World) -> None:
    with world.desk("cell").writing() as work:
        request = ConveneRequest(("WM-0001",), NOW, NOW + HOUR, (*ALL, "provider"), "first")
        number = conferences.convene(work, request).id or 0
        seats = [attendance.Seat(code, AttendanceState.ATTENDED, True, code == "ngo", True) for code in ALL]
        attendance.record_attendance(work, number, seats)

    made = review(world, number, "silver")

    with world.database.read() as session:
        rows = session.exec(
            select(Agency.code).where(Agency.id == Attendance.agency_id).where(Attendance.conference_id == made)
        ).all()
    assert "provider" in rows


def test_more_people_or_another_partner_reopen_a_decision_and_a_day_later_alone_does_not(world: World) -> None:
    number = decided(world)
    with world.desk("silver").writing() as work:
        moving.move_action(
            work, "WM-0001", DAWN + timedelta(days=1), DAWN + timedelta(days=1, hours=3), version=ready.version(world)
        )
    moved = matter(world, number)
    with world.desk("silver").writing() as work:
        demand.set_demand(work, "WM-0001", [demand.Line(Profile.WOMAN, Need.NONE, 1, 2, 4)])
        actions.set_immigration(work, "WM-0001", Immigration.ON_SITE)

    assert moved.changed == ()
    assert matter(world, number).changed == ("immigration enforcement's presence", "more people are expected")


def test_a_review_is_chaired_by_who_convenes_it_once_the_chair_has_left_the_post(world: World) -> None:
    number = decided(world)
    with world.database.write() as session:
        left = sa.update(Appointment).where(col(Appointment.person_id) == world.people["cell"])
        session.execute(left.values(valid_to=NOW.date() - timedelta(days=1)))

    made = review(world, number, "silver")

    with world.database.read() as session:
        assert session.get_one(Conference, made).chair_id == world.people["silver"]
