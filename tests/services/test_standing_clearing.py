"""What a standing group clears without a conference: met beside unmet, with the same meeting and the same action."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from planner import facts
from planner.db import Database
from planner.errors import InputError, Refused
from planner.models.conferences import Attendance, ConferenceAction
from planner.rules.findings import Finding, State
from planner.rules.words import AttendanceState, Children, Decision, Need, Profile
from planner.services import attendance, conferences, decisions, demand
from planner.services.standing_clearing import ClearRequest, clear_actions
from planner.views.standing_groups import clearable, meeting_seats, standing_groups
from tests.builders import DAWN, NOW, World, a_world, an_action
from tests.standing import HOUR, MEMBERS, WEEK, a_group, hold


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def a_calm_action(world: World, reference: str = "WM-0001", **changes: object) -> int:
    said = {"children": Children.NONE, "children_reason": "A lock-up.", "zero_demand_reason": "A lock-up, empty."}
    return an_action(world, reference, **(said | changes))


def clear(world: World, meeting: int, *references: str, at: datetime = NOW, **changes: str) -> None:
    said = {"children": "children", "care": "ngo", "reasons": "Nobody is there."} | changes
    with world.desk("cell", at).writing() as work:
        clear_actions(work, ClearRequest(meeting, references or ("WM-0001",), **said))


def gate(world: World, number: int, at: datetime = NOW) -> Finding:
    with world.desk("cell", at).reading() as look:
        return next(item for item in facts.gates(look, [number])[number].findings if item.check == "conference")


def test_a_quorate_meeting_clears_low_risk_actions_for_seven_days_and_the_gate_says_so(world: World) -> None:
    number, meeting = a_calm_action(world, ends_at=DAWN + 3 * HOUR), a_group(world).meetings[0].id
    hold(world, meeting)
    before = gate(world, number)
    with world.desk("cell").reading() as look:
        offered = clearable(look, standing_groups(look)[0])
    clear(world, meeting)

    after, last = gate(world, number), gate(world, number, NOW + WEEK)
    over = gate(world, number, NOW + WEEK + timedelta(seconds=1))
    assert (before.state, list(offered)) == (State.NOT_RECORDED, ["WM-0001"])
    assert (after.state, after.sentence) == (
        State.MET,
        "Cleared by a standing group on Tue 24 November, 09:00, until Tue 1 December, 09:00.",
    )
    assert (last.state, over.state) == (State.MET, State.UNMET)
    assert over.sentence == "A standing group cleared it until Tue 1 December, 09:00, no longer."
    with world.database.read() as session:
        link = session.exec(select(ConferenceAction)).one()
    assert (link.decision, link.clear_until) == (Decision.PROCEED, NOW + WEEK)


def test_the_clearance_ends_with_what_made_it_low_risk(world: World) -> None:
    number, meeting = a_calm_action(world), a_group(world).meetings[0].id
    hold(world, meeting)
    clear(world, meeting)
    with world.desk("silver").writing() as work:
        demand.set_demand(work, "WM-0001", [demand.Line(Profile.WOMAN, Need.NONE, 0, 1, 2)])

    assert gate(world, number).state is State.UNMET
    assert "more people are expected" in gate(world, number).sentence


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"children": Children.EXPECTED}, "WM-0001: a child is expected"),
        ({"children": Children.UNKNOWN}, "WM-0001: it is not said whether a child is expected"),
        ({"zero_demand_reason": None}, "WM-0001: it is not said how many people are likely"),
        (
            {"starts_at": NOW + 2 * WEEK, "ends_at": NOW + 3 * WEEK},
            "WM-0001: it begins on Tue 8 December, 09:00, after",
        ),
    ],
)
def test_an_action_of_any_risk_is_not_cleared_and_with_it_none(
    world: World, changes: dict[str, object], said: str
) -> None:
    calm, _ = a_calm_action(world, "WM-0002"), a_calm_action(world, **changes)
    meeting = a_group(world).meetings[0].id
    hold(world, meeting)

    with pytest.raises(Refused, match=f"1 action of 2 cannot be cleared. {said}"):
        clear(world, meeting, "WM-0001", "WM-0002")
    assert gate(world, calm).state is State.NOT_RECORDED

    clear(world, meeting, "WM-0002")
    assert gate(world, calm).state is State.MET


def test_likely_people_are_named_with_their_number(world: World) -> None:
    a_calm_action(world)
    meeting = a_group(world).meetings[0].id
    hold(world, meeting)
    with world.desk("silver").writing() as work:
        demand.set_demand(work, "WM-0001", [demand.Line(Profile.WOMAN, Need.NONE, 0, 2, 3)])

    with pytest.raises(Refused, match="WM-0001: 2 people are likely"):
        clear(world, meeting)


def test_a_childrens_service_and_a_care_representative_must_both_have_been_there_and_agree(world: World) -> None:
    a_calm_action(world)
    meetings = a_group(world).meetings
    hold(world, meetings[0].id, "force", "ngo", "health")

    with pytest.raises(Refused, match="A children's service must agree, who attended"):
        clear(world, meetings[0].id)
    hold(world, meetings[0].id)
    with pytest.raises(Refused, match=r"A children's service must agree.* Health is none"):
        clear(world, meetings[0].id, children="health")
    with pytest.raises(Refused, match=r"A care representative must agree.* Health is none"):
        clear(world, meetings[0].id, care="health")
    with pytest.raises(InputError, match="Give the reasons"):
        clear(world, meetings[0].id, reasons=" ")
    clear(world, meetings[0].id)


def test_a_meeting_that_is_not_held_or_not_quorate_clears_nothing(world: World) -> None:
    a_calm_action(world)
    meeting = a_group(world).meetings[0].id

    with pytest.raises(Refused, match="once it was held and quorate"):
        clear(world, meeting)
    missing = hold(world, meeting, "force", "children")
    with pytest.raises(Refused, match=r"a victim's advocate are missing|is missing"):
        clear(world, meeting)
    assert hold(world, meeting) == ()
    clear(world, meeting)
    assert missing


def test_what_a_conference_stopped_no_group_clears(world: World) -> None:
    a_calm_action(world)
    meeting = a_group(world).meetings[0].id
    hold(world, meeting)
    with world.desk("silver").writing() as work:
        request = conferences.ConveneRequest(("WM-0001",), NOW, NOW + HOUR, ("force", "ngo", "health"), "full")
        full = conferences.convene(work, request).id or 0
        came = [attendance.Seat(code, AttendanceState.ATTENDED, True, code == "ngo", True) for code in MEMBERS[:3]]
        attendance.record_attendance(work, full, came)
        decisions.decide(work, full, "WM-0001", Decision.DEFER, reasons="Care first.")

    with pytest.raises(Refused, match="WM-0001: a conference decided: defer"):
        clear(world, meeting)
    with world.desk("silver").writing() as work:
        decisions.decide(work, full, "WM-0001", Decision.PROCEED, reasons="Care is there.")
    clear(world, meeting)


def test_a_clearance_that_is_over_gives_way_to_a_conference_before_it(world: World) -> None:
    starts_at = NOW + 6 * timedelta(days=1)
    number = a_calm_action(world, starts_at=starts_at, ends_at=starts_at + HOUR)
    meeting = a_group(world).meetings[1]
    with world.desk("silver").writing() as work:
        request = conferences.ConveneRequest(("WM-0001",), NOW, NOW + HOUR, ("force", "ngo", "health"), "full")
        full = conferences.convene(work, request).id or 0
        came = [attendance.Seat(code, AttendanceState.ATTENDED, True, code == "ngo", True) for code in MEMBERS[:3]]
        attendance.record_attendance(work, full, came)
        decisions.decide(work, full, "WM-0001", Decision.PROCEED, reasons="Care is there.")
    hold(world, meeting.id, at=NOW + HOUR)
    clear(world, meeting.id, at=NOW + HOUR)

    assert gate(world, number, NOW + HOUR).sentence.startswith("Cleared by a standing group")
    assert gate(world, number, NOW + WEEK + 2 * HOUR).sentence.startswith("Held Tue 24 November, 09:00; decided")


def test_seats_of_a_group_are_all_its_members(world: World) -> None:
    group = a_group(world)

    with world.desk("silver").reading() as look:
        assert [item.seat.code for item in meeting_seats(look, group.meetings[0].id)] == sorted(MEMBERS)
    with world.database.read() as session:
        assert len(session.exec(select(Attendance)).all()) == len(MEMBERS) * len(group.meetings)
