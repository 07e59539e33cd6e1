"""Invitations and answers on the pages: an agency's own three answers, and who set each of them as planners see it."""

from datetime import timedelta

from sqlmodel import select
from streamlit.testing.v1 import AppTest

from planner.models.conference_mail import ConferenceMail
from planner.models.conferences import Attendance
from planner.rules.invitation_words import AnsweredVia, InvitationAnswer
from planner.rules.words import AttendanceState
from planner.services import attendance
from planner.services.conference_answers import answer_invitation
from planner.services.conferences import ConveneRequest, convene
from planner.services.mailboxes import set_agency_mailbox
from planner.work import Desk
from tests.builders import World, an_action
from tests.partners import a_lead
from tests.replies import a_letter, a_reply
from tests.ui.pages import opened, press

HOUR = timedelta(hours=1)
NGO = "duty@ngo.example.org"


def convened(world: World, *agencies: str) -> str:
    """A conference in two days by the true clock, about an action of next week; its UID."""
    desk = Desk(world.database, world.people["cell"])
    at = desk.clock() + 48 * HOUR
    an_action(world, starts_at=at + 120 * HOUR, ends_at=at + 123 * HOUR)
    with desk.writing() as work:
        set_agency_mailbox(work, "ngo", NGO)
    with desk.writing() as work:
        convene(work, ConveneRequest(("WM-0001",), at, at + HOUR, ("ngo", *agencies), "k1"))
    with world.database.read() as session:
        return session.exec(select(ConferenceMail.calendar_uid)).first() or ""


def answer_of(world: World) -> Attendance:
    with world.database.read() as session:
        return session.exec(select(Attendance).where(Attendance.agency_id == world.ngo)).one()


def said(page: AppTest) -> str:
    return "\n".join(text.value for text in page.text)


def test_an_agency_comes_may_come_or_cannot_and_sends_a_deputy(world: World) -> None:
    convened(world)
    a_lead(world, "colleague", world.ngo)

    page = press(opened(world, "my_part.py", "partner"), "We may come")
    tentative = answer_of(world).answer
    press(page, "We come")
    accepted = answer_of(world)
    next(box for box in page.selectbox if box.label == "A deputy of your own").set_value("Colleague, West Midlands")
    press(page, "Send our apologies")
    declined = answer_of(world)

    assert (tentative, accepted.answer, accepted.answered_via) == (
        *(InvitationAnswer.TENTATIVE, InvitationAnswer.ACCEPTED),
        AnsweredVia.PAGE,
    )
    assert (declined.answer, declined.deputy_id) == (InvitationAnswer.DECLINED, world.people["colleague"])
    assert "In your place: Colleague, West Midlands." in said(page)
    assert any("/files/invitation/mine/1" in html.proto.body for html in page.get("html"))


def test_planners_see_who_set_each_answer_and_type_one_themselves(world: World) -> None:
    convened(world, "health")
    press(opened(world, "my_part.py", "partner"), "We come")

    page = opened(world, "conferences.py", conference="1")
    before = said(page)
    next(box for box in page.selectbox if box.label == "Who answered").set_value("health")
    press(page, "Keep this answer")
    after = said(page)

    assert "2 agencies invited: 1 comes, 1 has not answered." in before
    assert "On their page, " in before
    assert "The invitation is not mailed yet. It stands in the app." in before
    assert "typed by Silver, West Midlands." in after


def test_a_substitute_that_is_proposed_is_invited_with_one_press(world: World) -> None:
    convened(world, "force")
    with Desk(world.database, world.people["partner"]).writing() as work:
        answer_invitation(work, 1, coming=False, why="Ill.", substitute="health")

    page = press(opened(world, "conferences.py", conference="1"), "Invite them")

    assert "3 agencies invited" in said(page)


def test_a_reply_is_taken_in_from_a_file_and_a_strangers_is_refused_in_a_sentence(world: World) -> None:
    uid = convened(world)
    stamp = "20991231T000000Z"
    page = opened(world, "conferences.py", tab="Replies")

    page.file_uploader[0].upload("reply.eml", a_letter("stranger@example.org", uid=uid, attendee=NGO))
    press(page, "Take it in")
    refused, unanswered = said(page), answer_of(world).answer
    page.file_uploader[0].upload("reply.ics", a_reply(uid=uid, attendee=NGO, stamp=stamp))
    press(page, "Take it in")

    assert "It was sent from another mailbox than the one that it answers for." in refused
    assert unanswered is None
    assert (answer_of(world).answer, answer_of(world).answered_via) == (InvitationAnswer.ACCEPTED, AnsweredVia.HAND)


def test_who_is_here_is_asked_no_more_whether_it_comes(world: World) -> None:
    convened(world, "health")
    with Desk(world.database, world.people["cell"]).writing() as work:
        seat = attendance.Seat("ngo", AttendanceState.ATTENDED, True, True, False)
        attendance.take_seat(work, 1, seat, held_now=True)

    theirs = opened(world, "my_part.py", "partner")
    planners = opened(world, "conferences.py", "cell", conference="1")

    assert not theirs.exception
    assert {"We come", "We may come", "Send our apologies"}.isdisjoint(button.label for button in theirs.button)
    assert "2 agencies invited: 1 is here, 1 has not answered." in said(planners)
