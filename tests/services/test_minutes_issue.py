"""Minutes go out frozen and numbered, a copy for each agency; they are corrected by another issue, never changed."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlmodel import col, select

from planner.db import Database
from planner.errors import InputError, NotFound, Refused, Stale
from planner.models.conferences import Undertaking
from planner.models.minutes import MinutesCopy, MinutesIssue
from planner.models.records import Notice
from planner.rules.minutes_content import Content, read_content
from planner.rules.words import AttendanceState
from planner.services import attendance, conference_changes, minutes_issue, undertakings
from planner.services.attendance import Seat
from planner.views.minutes import issues
from tests.builders import World, a_world
from tests.minutes import (
    CAME,
    FIRST,
    LINK,
    OF_ALL,
    OF_FIRST,
    OF_SECOND,
    SECOND,
    VENUE,
    convened,
    issue,
    meet,
    minuted,
    say,
    talk,
)


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def issue_of(world: World, number: int) -> MinutesIssue:
    with world.desk("cell").reading() as look:
        return look.session.get_one(MinutesIssue, number)


def content_of(world: World, number: int) -> Content:
    return read_content(issue_of(world, number).content)


def copy_for(world: World, issue_id: int, agency: int) -> int:
    with world.desk("cell").reading() as look:
        query = select(MinutesCopy.id).where(MinutesCopy.issue_id == issue_id, MinutesCopy.agency_id == agency)
        return look.session.exec(query).one() or 0


def test_minutes_hold_what_was_said_by_action_and_never_where_it_was(world: World) -> None:
    _, number = minuted(world)

    content = content_of(world, number)

    names = {row.action_id: row.reference for row in content.decided}
    said = {line.text: names.get(line.action_id or 0) for item in content.items for line in item.lines}
    assert said == {OF_ALL: None, OF_FIRST: FIRST, OF_SECOND: SECOND}
    assert [item.title for item in content.items] == ["Victim care", "Tactical options", "Media"]
    assert content.quorum.startswith("Quorate: 3 agencies")
    assert [seat.state for seat in content.present][-1] is AttendanceState.APOLOGIES
    assert [row.who.name for row in content.undertaken] == ["Health", "Ngo"]
    kept = issue_of(world, number).content
    assert (VENUE in kept, LINK in kept) == (False, False)


def test_a_corrected_line_shows_its_newest_words_and_a_struck_one_is_gone(world: World) -> None:
    number = convened(world)
    meet(world, number)
    talk(world, number)
    wrong = say(world, number, "Four vans.")
    better = say(world, number, "Five vans.", instead_of=wrong)
    say(world, number, "Six vans.", instead_of=better)
    say(world, number, "", instead_of=say(world, number, "A slip."))

    content = content_of(world, issue(world, number))

    assert [line.text for line in content.items[0].lines] == [OF_ALL, OF_FIRST, OF_SECOND, "Six vans."]


def test_minutes_wait_for_an_open_agenda_and_a_quorum(world: World) -> None:
    number = convened(world)
    meet(world, number)
    with pytest.raises(Refused, match="agenda was never opened"):
        issue(world, number)
    talk(world, number)
    with world.desk("cell").writing() as work:
        attendance.take_seat(work, number, Seat("health", AttendanceState.APOLOGIES, False, False, True))
    with pytest.raises(Refused, match="not quorate: 1 more of 3 agencies"):
        issue(world, number)
    with world.desk("cell").writing() as work:
        attendance.take_seat(work, number, Seat("health", AttendanceState.ATTENDED, True, False, True))

    assert issue_of(world, issue(world, number)).number == 1


def test_a_cancelled_conference_has_no_minutes(world: World) -> None:
    number = convened(world)
    with world.desk("cell").writing() as work:
        conference_changes.cancel_conference(work, number, 1, reason="Nobody can come.")

    with pytest.raises(Refused, match="cancelled"):
        issue(world, number)


def test_a_second_issue_is_a_correction_and_says_what_was_corrected(world: World) -> None:
    number, first = minuted(world)
    with pytest.raises(Refused, match=f"Nothing changed since issue {1}"):
        issue(world, number, "Nothing at all")
    say(world, number, "The press is not told.")
    with pytest.raises(InputError, match="what you corrected"):
        issue(world, number)

    second = issue(world, number, "A line about the press was missing.")

    assert (issue_of(world, second).number, issue_of(world, second).note) == (
        2,
        "A line about the press was missing.",
    )
    assert "The press" not in issue_of(world, first).content
    with world.desk("cell").reading() as look:
        assert [row.number for row in issues(look, number)] == [2, 1]


def test_an_issue_keeps_the_state_of_an_undertaking_as_it_was_then(world: World) -> None:
    _, first = minuted(world)
    with world.desk("cell").writing() as work:
        undertaking = work.session.exec(select(Undertaking.id).order_by(col(Undertaking.id))).first() or 0
        undertakings.close_undertaking(work, undertaking)

    assert {row.state for row in content_of(world, first).undertaken} == {"open"}


def test_minutes_are_issued_from_what_was_looked_at(world: World) -> None:
    number = convened(world)
    meet(world, number)
    talk(world, number)

    with pytest.raises(Stale), world.desk("cell").writing() as work:
        minutes_issue.issue_minutes(work, number, version=1)


def test_every_agency_with_a_seat_has_a_copy_and_is_told_in_neutral_words(world: World) -> None:
    _, first = minuted(world)

    with world.desk("cell").reading() as look:
        told = look.session.exec(
            select(Notice).where(Notice.path == "/my_part", Notice.outside == minutes_issue.OUTSIDE)
        )
        notices = list(told)
        copies = look.session.exec(select(MinutesCopy).where(MinutesCopy.issue_id == first)).all()

    assert {row.agency_id for row in copies} == {row.agency_id for row in notices}
    assert len(copies) == len(CAME) + 1
    for row in notices:
        assert not [word for word in (FIRST, SECOND, OF_ALL, VENUE) if word in f"{row.sentence} {row.outside}"]


def test_an_agencys_own_lead_takes_receipt_and_planners_see_when(world: World) -> None:
    number, first = minuted(world)
    own = copy_for(world, first, world.ngo)

    with world.desk("partner").writing() as work:
        minutes_issue.receive_minutes(work, own)
    with world.desk("partner").writing() as work:  # a second press changes nothing
        minutes_issue.receive_minutes(work, own)

    with world.desk("cell").reading() as look:
        receipts = {row.agency: row.received_by for row in issues(look, number)[0].receipts}
    assert receipts == {"Children": None, "Force": None, "Health": None, "Ngo": "Partner, West Midlands"}


def test_nobody_takes_receipt_for_another_agency(world: World) -> None:
    _, first = minuted(world)
    own = copy_for(world, first, world.ngo)

    answers = set()
    for name in ("health", "provider", "other_silver", "cell", "silver"):
        for about in (own, 999_999):
            with pytest.raises(NotFound) as refused, world.desk(name).writing() as work:
                minutes_issue.receive_minutes(work, about)
            answers.add(str(refused.value))

    assert answers == {minutes_issue.NO_MINUTES}


def test_two_who_issue_at_once_make_one_issue(world: World) -> None:
    number = convened(world)
    meet(world, number)
    talk(world, number)
    gate = Barrier(2)

    def at_once(name: str) -> str:
        gate.wait(20)
        try:
            with world.desk(name).writing() as work:
                minutes_issue.issue_minutes(work, number)
        except Refused as refusal:
            return str(refusal)
        return "issued"

    with ThreadPoolExecutor(2) as both:
        said = sorted(both.map(at_once, ("cell", "silver")))

    assert said[1] == "issued"
    assert said[0].startswith(f"Nothing changed since issue {1}")
    with world.desk("cell").reading() as look:
        assert len(issues(look, number)) == 1


def test_another_forces_silver_issues_nothing_and_sees_no_issue(world: World) -> None:
    number, _ = minuted(world)

    with pytest.raises(NotFound) as there, world.desk("other_silver").writing() as work:
        minutes_issue.issue_minutes(work, number)
    with pytest.raises(NotFound) as missing, world.desk("other_silver").writing() as work:
        minutes_issue.issue_minutes(work, 999_999)
    with world.desk("other_silver").reading() as look:
        seen = issues(look, number)

    assert str(there.value) == str(missing.value)
    assert seen == ()
