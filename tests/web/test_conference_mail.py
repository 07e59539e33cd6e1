"""Invitations on their way: one an agency and change, the last one only, tried again, and waiting where none can go."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from sqlmodel import col, delete, select

from planner.db import Database
from planner.errors import Stale
from planner.models.conference_mail import ConferenceMail
from planner.models.conferences import Attendance, Conference, ConferenceSeries
from planner.outputs.mail import MailServer
from planner.rules.invitation_words import InvitationAnswer
from planner.services import conference_answers, conference_changes, conference_people
from planner.services.conference_mail import mail_invitations, take_invitation
from planner.services.conferences import ConveneRequest, convene
from planner.services.mailboxes import set_agency_mailbox
from planner.settings import load_settings
from planner.views.conference_mail import unsent
from planner.views.mail import mail_state
from planner.web.delivery import Delivered, Delivery
from tests.builders import NOW, World, a_world, an_action
from tests.web.mail import Postbox, mail_server

HOUR = timedelta(hours=1)
AT = NOW + 8 * HOUR
MAILBOXES = {"ngo": "duty@ngo.example.org", "health": "duty@health.example.org"}
Post = tuple[World, Delivery, Postbox]


@pytest.fixture
def post(database: Database) -> Iterator[Post]:
    """Two agencies with a mailbox, and a mail server."""
    world = a_world(database)
    an_action(world)
    for code, mailbox in MAILBOXES.items():
        with world.desk("cell").writing() as work:
            set_agency_mailbox(work, code, mailbox)
    with mail_server() as (server, box):
        yield world, Delivery(database, load_settings(), server, clock=lambda: NOW), box


def a_conference(world: World, *agencies: str, key: str = "k1") -> int:
    with world.desk("silver").writing() as work:
        return convene(work, ConveneRequest(("WM-0001",), AT, AT + HOUR, agencies, key)).id or 0


def move(world: World, number: int, version: int, at: datetime) -> None:
    with world.desk("silver").writing() as work:
        conference_changes.move_conference(work, number, version, starts_at=at, ends_at=at + HOUR)


def cancel(world: World, number: int, version: int) -> None:
    with world.desk("silver").writing() as work:
        conference_changes.cancel_conference(work, number, version, reason="No longer needed.")


def deliver(delivery: Delivery, box: Postbox, at: datetime = NOW) -> list[tuple[Any, ...]]:
    """What came of invitations: to whom, method, sequence, start; notices are left aside."""
    before = len(box.came)
    replace(delivery, clock=lambda: at).deliver()
    return sorted(told(message) for message in box.came[before:] if message.get_content_type() == "multipart/mixed")


def told(message: Any) -> tuple[Any, ...]:
    (part,) = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    (event,) = calendar.walk("VEVENT")
    assert str(event["ATTENDEE"]) == f"mailto:{message['To']}"
    assert str(event["ORGANIZER"]) == f"mailto:{message['From']}"
    return message["To"], str(calendar["METHOD"]), event["SEQUENCE"], event["DTSTART"].dt


def waiting(world: World) -> list[ConferenceMail]:
    with world.database.read() as session:
        query = select(ConferenceMail).where(col(ConferenceMail.mailed_at).is_(None))
        return list(session.exec(query.order_by(col(ConferenceMail.id))))


def test_invitation_update_stale_update_and_cancellation_have_one_uid_and_a_sequence_that_grows(post: Post) -> None:
    world, delivery, box = post
    number = a_conference(world, "ngo")

    first = deliver(delivery, box)
    box.closed = True
    move(world, number, 1, AT + HOUR)
    away = deliver(delivery, box)
    with pytest.raises(Stale):
        move(world, number, 1, AT + 9 * HOUR)
    move(world, number, 2, AT + 2 * HOUR)
    box.closed = False
    update = deliver(delivery, box)
    cancel(world, number, 3)
    last = deliver(delivery, box)
    nothing = deliver(delivery, box, NOW + HOUR)

    ngo = MAILBOXES["ngo"]
    assert (first, away) == ([(ngo, "REQUEST", 0, AT)], [])
    assert update == [(ngo, "REQUEST", 2, AT + 2 * HOUR)]  # change 1 was never sent, and is not sent any more
    assert (last, nothing) == ([(ngo, "CANCEL", 3, AT + 2 * HOUR)], [])
    with world.database.read() as session:
        assert len(set(session.exec(select(ConferenceMail.calendar_uid)))) == 1
    assert [(row.sequence, row.replaced_at is not None, row.mail_at) for row in waiting(world)] == [(1, True, None)]


def test_a_dropped_agency_is_cancelled_alone_and_an_added_one_is_invited_alone(post: Post) -> None:
    world, delivery, box = post
    number = a_conference(world, "ngo", "children")
    deliver(delivery, box)

    with world.desk("silver").writing() as work:
        conference_people.invite_agencies(work, number, 1, ["health"])
    added = deliver(delivery, box)
    with world.desk("silver").writing() as work:
        conference_people.drop_agency(work, number, 2, "ngo")
    dropped = deliver(delivery, box)

    subjects = [message["Subject"] for message in box.came if message.get_content_type() == "multipart/mixed"]
    assert subjects == [
        *("Case conference: an invitation", "Case conference: an invitation"),
        *sorted(subjects[2:], key=lambda subject: "cancelled" not in subject),
    ]
    assert set(subjects[2:]) == {"Case conference: cancelled", "Case conference: the invitation changed"}
    assert added == [(MAILBOXES["health"], "REQUEST", 1, AT)]
    assert dropped == [(MAILBOXES["health"], "REQUEST", 2, AT), (MAILBOXES["ngo"], "CANCEL", 2, AT)]


def test_a_moved_conference_asks_again_whoever_answered(post: Post) -> None:
    world, _, _ = post
    number = a_conference(world, "ngo", "health")
    with world.desk("partner").writing() as work:
        conference_answers.answer_invitation(work, number, coming=True)

    move(world, number, 1, AT + HOUR)
    with world.desk("silver").writing() as work:
        conference_answers.set_answer(work, number, "health", InvitationAnswer.ACCEPTED)

    with world.database.read() as session:
        seats = session.execute(select(col(Attendance.answer))).scalars().all()
    assert sorted(map(str, seats)) == ["None", "accepted"]


def test_a_mail_server_that_is_away_leaves_every_invitation_waiting_with_the_reason(post: Post) -> None:
    world, delivery, box = post
    a_conference(world, "ngo", "health")
    away = replace(delivery, server=MailServer("127.0.0.1", 1, "none", "threshold@example.org"))

    done = away.deliver()
    rows = waiting(world)
    with world.desk("cell").reading() as look:
        state = mail_state(look)
    too_soon = deliver(delivery, box, NOW + timedelta(minutes=1))
    again = deliver(delivery, box, NOW + timedelta(minutes=2))

    assert (done.invited, done.invitations_waiting) == (0, 2)
    assert {row.mail_trouble for row in rows} == {"the mail server did not take it: ConnectionRefusedError"}
    assert (too_soon, len(again), waiting(world)) == ([], 2, [])
    assert (state.told, state.trouble) == (0, "the mail server did not take it: ConnectionRefusedError")


def test_one_unknown_mailbox_holds_up_no_other_and_an_agency_without_one_waits(post: Post) -> None:
    world, delivery, box = post
    a_conference(world, "children", "ngo", "health")
    box.unknown = {MAILBOXES["ngo"]}

    came = deliver(delivery, box)
    troubles = {row.mail_trouble for row in waiting(world)}
    with world.desk("cell").writing() as work:
        set_agency_mailbox(work, "children", "office@children.example.org")
    later = deliver(delivery, box, NOW + HOUR)
    over = deliver(delivery, box, AT + HOUR)

    assert [to for to, *_ in came] == [MAILBOXES["health"]]
    assert troubles == {"the agency has no mailbox", "the mail server does not know this mailbox (code 550)"}
    assert [to for to, *_ in later] == ["office@children.example.org"]
    assert over == []
    assert [row.mail_at for row in waiting(world)] == [None]  # the conference is over: nothing is tried any more


def test_an_invitation_that_a_killed_turn_had_taken_is_sent_when_its_time_is_over(post: Post) -> None:
    world, delivery, box = post
    a_conference(world, "ngo")
    with world.desk("cell").writing() as work:
        taken = take_invitation(work)

    meanwhile = deliver(delivery, box)
    after = deliver(delivery, box, NOW + timedelta(minutes=5))

    assert taken is not None
    assert (meanwhile, len(after)) == ([], 1)


def test_a_receipt_settles_what_was_handed_over_without_a_second_letter(post: Post) -> None:
    world, delivery, box = post
    a_conference(world, "ngo")
    with world.desk("cell").writing() as work:
        taken = take_invitation(work)
    assert taken is not None
    folder = load_settings().var / "sent"
    folder.mkdir(parents=True)
    (folder / taken.key).touch()

    after = deliver(delivery, box, NOW + timedelta(minutes=5))

    assert (after, waiting(world), list(folder.iterdir())) == ([], [], [])


def test_a_receipt_that_a_killed_turn_left_of_a_settled_letter_is_swept_and_that_of_another_is_kept(post: Post) -> None:
    world, delivery, box = post
    a_conference(world, "ngo")
    deliver(delivery, box)
    with world.database.read() as session:
        done = session.exec(select(ConferenceMail.message_key)).all()
    folder = load_settings().var / "sent"
    for key in (*done, "another"):
        (folder / key).touch()

    assert deliver(delivery, box) == []

    assert len(done) > 0
    assert [file.name for file in folder.iterdir()] == ["another"]


def test_two_that_deliver_at_once_send_each_invitation_once(post: Post) -> None:
    world, delivery, box = post
    for number in range(12):
        a_conference(world, "ngo", "health", key=f"k{number}")

    with ThreadPoolExecutor(2) as both:
        done = [each.result() for each in [both.submit(delivery.deliver) for _ in range(2)]]

    invitations = [message["Message-ID"] for message in box.came if message.get_content_type() == "multipart/mixed"]
    assert (len(invitations), len(set(invitations))) == (24, 24)
    assert sum(each.invited for each in done) == 24


def test_without_a_mailbox_or_a_conference_nothing_is_sent(post: Post) -> None:
    _, delivery, _ = post

    assert delivery.deliver() == Delivered(0, 0, 0, 0)


def test_conferences_of_one_series_share_its_uid_and_are_told_apart_by_their_first_time(post: Post) -> None:
    world, delivery, box = post
    first, second = (a_conference(world, "ngo", key=key) for key in ("k1", "k2"))
    with world.database.write() as session:
        series = session.exec(select(ConferenceSeries).order_by(col(ConferenceSeries.id))).all()[0]
        series.rule = "FREQ=WEEKLY"
        other = session.get_one(Conference, second)
        other.series_id, other.starts_at, other.ends_at = series.id or 0, AT + 2 * HOUR, AT + 3 * HOUR
        one = session.get_one(Conference, first)
        one.occurrence_at, other.occurrence_at = AT, AT + 2 * HOUR
        session.add_all([series, one, other])
        session.execute(delete(ConferenceMail))
    for number in (first, second):
        with world.desk("silver").writing() as work:
            mail_invitations(work, work.session.get_one(Conference, number), [world.ngo])
    deliver(delivery, box)
    move(world, second, 1, AT + 4 * HOUR)

    deliver(delivery, box)

    with world.database.read() as session:
        rows = session.exec(select(ConferenceMail).where(col(ConferenceMail.mailed_at).is_not(None))).all()
    assert sorted((row.conference_id, row.occurrence, row.sequence) for row in rows) == [
        (first, "20261124T170000Z", 0),
        (second, "20261124T190000Z", 0),
        (second, "20261124T190000Z", 1),
    ]


def test_a_cancellation_that_is_not_mailed_is_still_told_of(post: Post) -> None:
    world, _, _ = post
    number = a_conference(world, "ngo", "children")
    with world.desk("silver").writing() as work:
        conference_people.drop_agency(work, number, 1, "ngo")
    with world.desk("silver").reading() as look:
        dropped = unsent(look, number)
    cancel(world, number, 2)
    with world.desk("silver").reading() as look:
        cancelled = unsent(look, number)
    with world.desk("other_silver").reading() as look:
        hidden = unsent(look, number)

    assert [(row.agency, row.cancelled) for row in dropped] == [("Ngo", True)]
    assert [(row.agency, row.cancelled) for row in cancelled] == [("Ngo", True), ("Children", True)]
    assert hidden == ()
