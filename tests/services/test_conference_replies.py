"""Replies taken in: who may answer for whom, which answer counts, and what is kept of one that does not."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from planner.actors import MAIL
from planner.db import Database
from planner.errors import InputError, NotFound, Refused
from planner.inputs.replies import read_incoming
from planner.models.conference_mail import ConferenceMail, ConferenceReply
from planner.models.conferences import Attendance, Conference, ConferenceSeries
from planner.models.records import Notice
from planner.rules.invitation_words import AnsweredVia, InvitationAnswer, ReplyOutcome
from planner.rules.words import AttendanceState
from planner.services.conference_answers import answer_invitation, set_answer
from planner.services.conference_changes import cancel_conference, move_conference
from planner.services.conference_people import answer_substitute
from planner.services.conference_replies import put_aside, take_reply, upload_reply
from planner.services.conferences import ConveneRequest, convene
from planner.services.mailboxes import set_agency_mailbox
from planner.work import Desk
from tests.builders import NOW, World, a_world, an_action
from tests.partners import a_lead
from tests.replies import HEALTH, a_letter, a_reply

HOUR = timedelta(hours=1)
AT = NOW + 8 * HOUR


@pytest.fixture
def world(database: Database) -> World:
    """A conference to which health, which has a mailbox, and the children's service are invited."""
    world = a_world(database)
    an_action(world)
    with world.desk("cell").writing() as work:
        set_agency_mailbox(work, "health", HEALTH)
    with world.desk("silver").writing() as work:
        convene(work, ConveneRequest(("WM-0001",), AT, AT + HOUR, ("health", "children"), "k1"))
    return world


def uid(world: World) -> str:
    with world.database.read() as session:
        return session.exec(select(ConferenceSeries.calendar_uid)).one()


def take(world: World, raw: bytes, at: Any = NOW + 2 * HOUR) -> tuple[ReplyOutcome, str]:
    with Desk(world.database, clock=lambda: at).writing() as work:
        work.actor = MAIL
        return take_reply(work, read_incoming(raw))


def seat(world: World) -> Attendance:
    """Of health, which is the only one with an answer or a mailbox."""
    with world.database.read() as session:
        return session.exec(select(Attendance).order_by(col(Attendance.id))).all()[0]


def findings(world: World) -> list[tuple[str, ReplyOutcome, int | None]]:
    with world.database.read() as session:
        rows = session.exec(select(ConferenceReply).order_by(col(ConferenceReply.id)))
        return [(row.sender, row.outcome, row.conference_id) for row in rows]


def move(world: World, by: timedelta, version: int = 1) -> None:
    with world.desk("silver").writing() as work:
        move_conference(work, 1, version, starts_at=AT + by, ends_at=AT + by + HOUR)


def test_a_yes_by_mail_is_kept_with_when_and_how_and_the_chair_is_told(world: World) -> None:
    outcome, _ = take(world, a_letter(uid=uid(world), more="COMMENT:Two of us."))

    kept = seat(world)
    assert outcome is ReplyOutcome.KEPT
    assert (kept.answer, kept.answered_via, kept.state) == (
        *(InvitationAnswer.ACCEPTED, AnsweredVia.MAIL),
        AttendanceState.INVITED,
    )
    assert (kept.answered_at, kept.answer_stamp) == (NOW + 2 * HOUR, NOW + HOUR)
    assert (kept.answer_comment, kept.answered_by) == ("Two of us.", None)
    with world.database.read() as session:
        told = session.exec(select(Notice.sentence).where(Notice.person_id == world.people["silver"])).all()
    assert told == ["Health comes to the conference of Tue 24 November, 17:00 to 18:00. Two of us."]


def test_a_no_by_mail_is_an_apology_and_a_later_yes_takes_it_back(world: World) -> None:
    take(world, a_letter(uid=uid(world), said="DECLINED"))
    away = seat(world).state
    take(world, a_letter(uid=uid(world), stamp="20261124T103000Z"))

    assert (away, seat(world).state) == (AttendanceState.APOLOGIES, AttendanceState.INVITED)


def test_the_same_message_a_second_time_changes_nothing(world: World) -> None:
    letter = a_letter(uid=uid(world))
    take(world, letter)
    before = seat(world).answered_at

    again = take(world, letter, NOW + 3 * HOUR)

    assert again == (ReplyOutcome.NOTHING_NEW, "It was taken in before.")
    assert seat(world).answered_at == before
    assert len(findings(world)) == 1


def test_an_answer_to_an_earlier_time_is_not_applied_and_one_to_the_last_is(world: World) -> None:
    move(world, HOUR)

    earlier = take(world, a_letter(uid=uid(world), sequence=0))
    unanswered = seat(world).answer
    last = take(world, a_letter(uid=uid(world), sequence=1))
    never_sent = take(world, a_letter(uid=uid(world), sequence=2, said="DECLINED"))

    assert earlier[0] is ReplyOutcome.NOTHING_NEW
    assert earlier[1].startswith("It answered an earlier time")
    assert (unanswered, last[0], never_sent[0]) == (None, ReplyOutcome.KEPT, ReplyOutcome.FOR_A_PERSON)
    assert seat(world).answer is InvitationAnswer.ACCEPTED


def test_an_older_answer_that_comes_late_is_ignored(world: World) -> None:
    take(world, a_letter(uid=uid(world), stamp="20261124T103000Z"))

    late = take(world, a_letter(uid=uid(world), stamp="20261124T101500Z", said="DECLINED"))

    assert late == (ReplyOutcome.NOTHING_NEW, "It is older than the answer that is kept.")
    assert seat(world).answer is InvitationAnswer.ACCEPTED


def test_a_clock_that_is_years_ahead_does_not_close_the_door_to_later_answers(world: World) -> None:
    take(world, a_letter(uid=uid(world), stamp="20990101T000000Z"))

    later = take(world, a_letter(uid=uid(world), stamp="20261124T120000Z", said="DECLINED"), NOW + 3 * HOUR)

    assert later[0] is ReplyOutcome.KEPT


@pytest.mark.parametrize(
    ("letter", "outcome", "sentence"),
    [
        ({"sender": "stranger@example.org"}, ReplyOutcome.FOR_A_PERSON, "another mailbox than the one"),
        (
            {"sender": "stranger@example.org", "attendee": "stranger@example.org"},
            ReplyOutcome.FOR_A_PERSON,
            "was not invited",
        ),
        ({"more": "ATTENDEE:mailto:b@example.org"}, ReplyOutcome.FOR_A_PERSON, "It names 2 who answer"),
        ({"method": "COUNTER"}, ReplyOutcome.FOR_A_PERSON, "proposes another time"),
        ({"method": "REQUEST"}, ReplyOutcome.REFUSED, "It is no reply"),
        ({"uid": "another"}, ReplyOutcome.REFUSED, "answers no invitation that was sent from here"),
        ({"more": "RECURRENCE-ID:20260101T000000Z"}, ReplyOutcome.REFUSED, "answers no invitation"),
    ],
)
def test_what_cannot_be_kept_is_a_finding_with_its_sender_and_reason_and_none_of_its_words(
    world: World, letter: dict[str, Any], outcome: ReplyOutcome, sentence: str
) -> None:
    given = {"uid": uid(world), "more": "COMMENT:CANARY"} | letter

    taken = take(world, a_letter(**given))

    assert taken[0] is outcome
    assert sentence in taken[1]
    assert seat(world).answer is None
    assert [found[:2] for found in findings(world)] == [(letter.get("sender", HEALTH), outcome)]
    with world.database.read() as session:
        assert not [row for row in session.exec(select(Notice.sentence)) if "CANARY" in row]


def test_a_cancelled_conference_takes_no_answer(world: World) -> None:
    with world.desk("silver").writing() as work:
        cancel_conference(work, 1, 1, reason="No longer needed.")

    outcome, sentence = take(world, a_letter(uid=uid(world), sequence=1))

    assert (outcome, seat(world).answer) == (ReplyOutcome.REFUSED, None)
    assert "is cancelled" in sentence


def test_a_comment_that_seems_to_name_a_person_is_left_out_and_the_answer_is_kept(world: World) -> None:
    named = take(world, a_letter(uid=uid(world), more="COMMENT:Ask Mr John Smith\\, 07700 900123"))
    long = take(world, a_letter(uid=uid(world), stamp="20261124T103000Z", more="COMMENT:" + "word " * 100))

    assert (named[0], long[0]) == (ReplyOutcome.KEPT, ReplyOutcome.KEPT)
    assert "Its comment was left out." in named[1]
    assert "John" not in named[1]
    assert "at most 300 characters" in long[1]
    assert (seat(world).answer, seat(world).answer_comment) == (InvitationAnswer.ACCEPTED, None)


def test_a_mailbox_that_changed_since_the_invitation_may_still_answer_it(world: World) -> None:
    with world.database.write() as session:
        row = session.exec(select(ConferenceMail).order_by(col(ConferenceMail.id))).all()[0]
        row.mailed_to = HEALTH
        session.add(row)
    with world.desk("cell").writing() as work:
        set_agency_mailbox(work, "health", "new@health.example.org")

    old = take(world, a_letter(uid=uid(world)))
    new = take(world, a_letter("new@health.example.org", uid=uid(world), attendee="new@health.example.org"))

    assert (old[0], new[0]) == (ReplyOutcome.KEPT, ReplyOutcome.NOTHING_NEW)


def test_two_agencies_at_one_mailbox_are_for_a_person(world: World) -> None:
    with world.desk("cell").writing() as work:
        set_agency_mailbox(work, "children", HEALTH)

    outcome, sentence = take(world, a_letter(uid=uid(world)))

    assert (outcome, sentence) == (
        ReplyOutcome.FOR_A_PERSON,
        "Two agencies are invited at this mailbox. Set the answer by hand.",
    )


def test_a_finding_is_put_aside_once_somebody_has_read_it(world: World) -> None:
    take(world, a_letter("stranger@example.org", uid=uid(world)))
    take(world, b"From: a@example.org\n\nI come.\n")

    with pytest.raises(NotFound), world.desk("other_silver").writing() as work:
        put_aside(work, 1)
    with pytest.raises(NotFound), world.desk("silver").writing() as work:
        put_aside(work, 2)  # it has to do with no conference: for who reads the record
    with world.desk("silver").writing() as work:
        put_aside(work, 1)
    with world.desk("cell").writing() as work:
        put_aside(work, 2)

    with world.database.read() as session:
        assert set(session.exec(select(ConferenceReply.seen_at))) == {NOW}


def test_planners_hand_in_a_reply_and_a_bare_file_counts_as_typed_by_them(world: World) -> None:
    with world.desk("silver").writing() as work:
        upload_reply(work, read_incoming(a_letter(uid=uid(world))))
    by_mail = seat(world)
    with world.desk("silver").writing() as work:
        upload_reply(work, read_incoming(a_reply(uid=uid(world), said="DECLINED", stamp="20261124T113000Z")))
    by_hand = seat(world)
    with pytest.raises(Refused, match="another mailbox"), world.desk("silver").writing() as work:
        upload_reply(work, read_incoming(a_letter("stranger@example.org", uid=uid(world))))
    with pytest.raises(InputError, match="no reply"), world.desk("silver").writing() as work:
        upload_reply(work, read_incoming(a_reply(uid=uid(world), method="PUBLISH")))

    silver = world.people["silver"]
    assert (by_mail.answer, by_mail.answered_via, by_mail.answered_by) == ("accepted", AnsweredVia.MAIL, silver)
    assert (by_hand.answer, by_hand.answered_via, by_hand.answered_by) == ("declined", AnsweredVia.HAND, silver)
    assert findings(world) == []


def test_an_answer_by_hand_says_who_typed_it_and_needs_a_seat(world: World) -> None:
    with world.desk("silver").writing() as work:
        set_answer(work, 1, "health", InvitationAnswer.TENTATIVE, comment="Rang: probably.")
    with pytest.raises(Refused, match="is not invited"), world.desk("silver").writing() as work:
        set_answer(work, 1, "ngo", InvitationAnswer.ACCEPTED)

    kept = seat(world)
    assert (kept.answer, kept.answered_via, kept.answered_by, kept.answer_comment) == (
        *(InvitationAnswer.TENTATIVE, AnsweredVia.HAND),
        *(world.people["silver"], "Rang: probably."),
    )


def test_who_cannot_come_sends_a_deputy_of_their_own_and_the_seat_stays(world: World) -> None:
    with world.database.read() as session:
        agency = seat(world).agency_id
        assert session.get_one(Conference, 1).chair_id == world.people["silver"]
    a_lead(world, "colleague", agency)

    with world.desk("health").writing() as work:
        answer_invitation(work, 1, coming=False, why="On leave.", deputy="Colleague, West Midlands")
    with pytest.raises(NotFound, match="no such post"), world.desk("health").writing() as work:
        answer_invitation(work, 1, coming=False, deputy="Silver, West Midlands")

    kept = seat(world)
    assert (kept.answer, kept.state, kept.deputy_id) == (
        *(InvitationAnswer.DECLINED, AttendanceState.INVITED),
        world.people["colleague"],
    )


@pytest.mark.parametrize("accept", [True, False])
def test_a_substitute_is_invited_when_the_planners_take_it(world: World, accept: bool) -> None:
    with world.desk("health").writing() as work:
        answer_invitation(work, 1, coming=False, why="Ill.", substitute="ngo")
    with pytest.raises(Refused, match="is invited already"), world.desk("health").writing() as work:
        answer_invitation(work, 1, coming=False, substitute="children")
    with world.desk("silver").writing() as work:
        answer_substitute(work, 1, 1, "health", accept=accept)

    with world.database.read() as session:
        invited = session.exec(select(Attendance.agency_id).where(Attendance.agency_id == world.ngo)).all()
        asked = session.exec(select(ConferenceMail.sequence).where(ConferenceMail.agency_id == world.ngo)).all()
        told = session.exec(select(Notice.sentence).where(Notice.agency_id == seat(world).agency_id)).all()
    assert (len(invited), list(asked)) == ((1, [1]) if accept else (0, []))
    assert told[-1] == f"Ngo {'is' if accept else 'is not'} invited in the place of Health."
