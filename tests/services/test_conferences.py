"""Case conferences: quorum before a decision, undertakings closed by their owner, nothing for strangers."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from planner.db import Database
from planner.errors import InputError, NotFound, Refused, Stale
from planner.models.conferences import Conference, ConferenceAction, Undertaking
from planner.models.records import Notice
from planner.rules.words import AttendanceState, Decision, UndertakingState
from planner.services import actions, attendance, conference_answers, conferences, decisions, undertakings
from planner.services.attendance import Seat
from planner.services.conferences import ConveneRequest
from planner.services.decisions import Decided
from planner.services.undertakings import UndertakingRequest
from planner.views.conferences import seats
from planner.views.meeting import meeting
from tests.builders import NOW, World, a_world, an_action


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    return world


def a_request(hours: int = 1) -> ConveneRequest:
    return ConveneRequest(("WM-0001",), NOW, NOW + timedelta(hours=hours), ("force", "ngo", "health"), "k1")


def a_conference(world: World) -> int:
    with world.desk("silver").writing() as work:
        return conferences.convene(work, a_request()).id or 0


def came(agency: str, *, advocate: bool = False, may_commit: bool = True) -> Seat:
    return Seat(agency, AttendanceState.ATTENDED, may_commit, advocate, True)


def quorate(world: World, conference: int) -> tuple[str, ...]:
    with world.desk("silver").writing() as work:
        return attendance.record_attendance(
            work, conference, [came("force"), came("ngo", advocate=True), came("health")]
        )


def decide(world: World, conference: int) -> None:
    with world.desk("silver").writing() as work:
        decisions.decide(work, conference, "WM-0001", Decision.PROCEED, reasons="Care is there.")


def test_a_conference_ends_after_it_starts() -> None:
    assert a_request().actions == ("WM-0001",)
    with pytest.raises(InputError, match="ends before it starts"):
        a_request(hours=-1)


def test_a_decision_waits_for_a_quorum_with_a_victims_advocate(world: World) -> None:
    conference = a_conference(world)
    with world.desk("silver").writing() as work:
        missing = attendance.record_attendance(work, conference, [came("force"), came("ngo"), came("health")])

    with pytest.raises(Refused, match="not quorate: a victim's advocate is missing"):
        decide(world, conference)
    now_missing = quorate(world, conference)
    decide(world, conference)

    assert (missing, now_missing) == (("a victim's advocate",), ())
    with world.desk("silver").reading() as look:
        link = look.session.exec(select(ConferenceAction)).one()
    assert (link.decision, link.decided_on is None) == (Decision.PROCEED, False)


def test_a_seat_corrected_afterwards_stops_the_decision(world: World) -> None:
    conference = a_conference(world)
    quorate(world, conference)
    with world.desk("silver").writing() as work:
        attendance.record_attendance(work, conference, [came("health", may_commit=False)])

    with pytest.raises(Refused, match="1 more of 3 agencies"):
        decide(world, conference)


def test_two_who_press_at_one_seat_at_once_undo_nothing_of_each_other(world: World) -> None:
    conference = a_conference(world)
    shown = Seat("health", AttendanceState.INVITED, False, False, False)
    with world.desk("cell").writing() as work:
        attendance.take_seat(work, conference, shown._replace(state=AttendanceState.ATTENDED), shown=shown)
    with world.desk("silver").writing() as work:
        attendance.take_seat(work, conference, shown._replace(may_commit=True), shown=shown)

    with world.desk("silver").reading() as look:
        seat = next(row for row in seats(look, conference) if row.code == "health")
    assert (seat.state, seat.may_commit, seat.victims_advocate) == (AttendanceState.ATTENDED, True, False)


def test_a_press_at_a_seat_leaves_its_apologies(world: World) -> None:
    conference = a_conference(world)
    with world.desk("partner").writing() as work:
        conference_answers.answer_invitation(work, conference, coming=False)
    shown = Seat("ngo", AttendanceState.INVITED, False, False, False)

    with world.desk("silver").writing() as work:
        attendance.take_seat(work, conference, shown._replace(confidentiality_accepted=True), shown=shown)

    with world.desk("silver").reading() as look:
        seat = next(row for row in seats(look, conference) if row.code == "ngo")
    assert (seat.state, seat.confidentiality_accepted) == (AttendanceState.APOLOGIES, True)


def test_of_two_who_decide_at_once_the_second_is_told_of_the_first(world: World) -> None:
    conference = a_conference(world)
    quorate(world, conference)
    drawn = Decided(None, "", "")
    with world.desk("cell").writing() as work:
        decisions.decide(work, conference, "WM-0001", Decision.PROCEED, reasons="Care is there.", before=drawn)

    with pytest.raises(Stale, match="Somebody decided on WM-0001"), world.desk("silver").writing() as work:
        decisions.decide(work, conference, "WM-0001", Decision.DEFER, reasons="Too few places.", before=drawn)
    looked_at = Decided(Decision.PROCEED, "Care is there.", "")
    with world.desk("silver").writing() as work:
        decisions.decide(work, conference, "WM-0001", Decision.DEFER, reasons="Too few places.", before=looked_at)

    with world.database.read() as session:
        assert session.exec(select(ConferenceAction.decision)).one() is Decision.DEFER


def test_nothing_is_decided_nor_convened_for_an_action_that_is_stood_down(world: World) -> None:
    conference = a_conference(world)
    quorate(world, conference)
    with world.desk("silver").writing() as work:
        actions.stand_down(work, "WM-0001", "It is empty.")

    with pytest.raises(Refused, match="WM-0001 is stood down: there is nothing to decide"):
        decide(world, conference)
    with pytest.raises(Refused, match="there is nothing to confer on"), world.desk("silver").writing() as work:
        conferences.convene(work, replace(a_request(), request_key="again"))
    with world.desk("silver").reading() as look:
        assert meeting(look, conference).matters[0].stood_down


def test_an_undertaking_is_closed_once(world: World) -> None:
    conference = a_conference(world)
    request = UndertakingRequest(conference, "ngo", "Name a deputy.", NOW + timedelta(hours=5))
    with world.desk("silver").writing() as work:
        undertaking = undertakings.add_undertaking(work, request).id or 0
    with world.desk("partner").writing() as work:
        undertakings.close_undertaking(work, undertaking)

    with world.desk("silver", NOW + timedelta(hours=1)).writing() as work:
        undertakings.close_undertaking(work, undertaking)
    with pytest.raises(Refused, match="is done already"), world.desk("silver").writing() as work:
        undertakings.close_undertaking(work, undertaking, done=False)

    with world.database.read() as session:
        row = session.get_one(Undertaking, undertaking)
    assert (row.state, row.closed_at, row.closed_by) == (UndertakingState.DONE, NOW, world.people["partner"])


def test_an_undertaking_is_closed_by_its_own_lead_and_by_no_stranger(world: World) -> None:
    conference = a_conference(world)
    request = UndertakingRequest(conference, "ngo", "Name a deputy.", NOW + timedelta(hours=5))
    with world.desk("silver").writing() as work:
        undertaking = undertakings.add_undertaking(work, request).id or 0

    with pytest.raises(NotFound) as denied, world.desk("health").writing() as work:
        undertakings.close_undertaking(work, undertaking)
    with pytest.raises(NotFound) as missing, world.desk("health").writing() as work:
        undertakings.close_undertaking(work, 987654)
    with world.desk("partner").writing() as work:
        undertakings.close_undertaking(work, undertaking)

    assert str(denied.value) == str(missing.value)
    with world.desk("silver").reading() as look:
        assert look.session.get_one(Undertaking, undertaking).state is UndertakingState.DONE


def test_another_forces_silver_finds_no_conference(world: World) -> None:
    conference = a_conference(world)

    with pytest.raises(NotFound) as denied, world.desk("other_silver").writing() as work:
        attendance.record_attendance(work, conference, [came("force")])
    with world.desk("other_silver").reading() as look:
        theirs = seats(look, conference)
    with world.desk("silver").reading() as look:
        own = [row.code for row in seats(look, conference)]

    assert "WM-0001" not in str(denied.value)
    assert (theirs, own) == ((), ["force", "health", "ngo"])


def test_a_conference_still_to_come_has_nobody_there_unless_it_meets_now(database: Database) -> None:
    world = a_world(database)
    an_action(world)
    later = NOW + timedelta(hours=5)
    with world.desk("cell").writing() as work:
        request = ConveneRequest(("WM-0001",), later, later + timedelta(hours=1), ("force", "ngo", "health"), "later")
        number = conferences.convene(work, request).id or 0
    came = [Seat(code, AttendanceState.ATTENDED, True, code == "ngo", True) for code in ("force", "ngo", "health")]
    away = [Seat("ngo", AttendanceState.APOLOGIES, False, False, False)]

    with pytest.raises(InputError, match="Tick who came"), world.desk("cell").writing() as work:
        attendance.record_attendance(work, number, away, held_now=True)
    with pytest.raises(Refused, match="is convened for Tue 24 November, 14:00"), world.desk("cell").writing() as work:
        attendance.record_attendance(work, number, came)
    with world.desk("cell").writing() as work:
        missing = attendance.record_attendance(work, number, came, held_now=True)

    with world.database.read() as session:
        row = session.get_one(Conference, number)
        assert (missing, row.starts_at, row.ends_at) == ((), NOW, NOW + timedelta(hours=1))


def test_an_invited_agency_sends_apologies_and_can_come_after_all(world: World) -> None:
    number = a_conference(world)

    with world.desk("partner").writing() as work:
        conference_answers.answer_invitation(work, number, coming=False, why="Our manager is away.")
    with world.desk("silver").reading() as look:
        away = {seat.agency: seat.state for seat in seats(look, number)}
        said = look.session.exec(select(Notice.sentence).where(Notice.person_id == world.people["silver"])).all()
    with world.desk("partner").writing() as work:
        conference_answers.answer_invitation(work, number, coming=True)
    with world.desk("silver").reading() as look:
        back = {seat.agency: seat.state for seat in seats(look, number)}

    assert (away["Ngo"], away["Health"]) == (AttendanceState.APOLOGIES, AttendanceState.INVITED)
    assert said[-1].startswith("Ngo sends its apologies to the conference of")
    assert said[-1].endswith("Our manager is away.")
    assert back["Ngo"] is AttendanceState.INVITED


def test_nobody_answers_for_another_agency_nor_for_a_conference_that_has_met(world: World) -> None:
    number = a_conference(world)
    for name in ("children", "provider", "other_silver", "cell"):
        with pytest.raises(NotFound), world.desk(name).writing() as work:
            conference_answers.answer_invitation(work, number, coming=False)
    quorate(world, number)

    with pytest.raises(Refused, match="is held"), world.desk("partner").writing() as work:
        conference_answers.answer_invitation(work, number, coming=False)
