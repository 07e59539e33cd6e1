"""What an invited agency says of a conference to come, by mail, on the page or by hand."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import col, select

from planner.access import Verb, may, own_agencies
from planner.errors import InputError, NotFound, Refused
from planner.models.conferences import Attendance, Conference
from planner.models.directory import Agency, Person
from planner.rules.dates import when_words
from planner.rules.invitation_words import AnsweredVia, InvitationAnswer
from planner.rules.words import AgencyKind, AttendanceState, ConferenceState
from planner.services.conferences import lock_conference
from planner.services.names import agency_within, agency_words, person_words, seated
from planner.services.texts import said_text
from planner.work import Work

NO_INVITATION = "There is no such conference, or none that your agency is invited to."
SAID = {
    InvitationAnswer.ACCEPTED: "comes",
    InvitationAnswer.TENTATIVE: "may come",
    InvitationAnswer.DECLINED: "sends its apologies",
}


@dataclass(frozen=True)
class Answer:
    """What was said, how it came, and when by the clock of whoever said it; who comes instead, where somebody does."""

    said: InvitationAnswer
    via: AnsweredVia
    at: datetime
    comment: str = ""
    deputy: Person | None = None
    substitute: Agency | None = None


def answer_invitation(
    work: Work,
    conference_id: int,
    *,
    coming: bool,
    why: str = "",
    tentative: bool = False,
    deputy: str = "",
    substitute: str = "",
) -> None:
    """The actor's agency comes, may come, or cannot, until the conference has met; its chair is told.

    With its apologies it may send a deputy of its own, by post, or propose another agency, by name, in its place.
    """
    work.attempts("answer_invitation", f"conference {conference_id}")
    found = work.session.get(Conference, conference_id)
    seat = _own_seat(work, found) if found else None
    if found is None or seat is None:
        raise NotFound(NO_INVITATION)
    if coming and (deputy or substitute):
        raise InputError("Somebody comes in your place only when you cannot come yourselves.")
    yes = InvitationAnswer.TENTATIVE if tentative else InvitationAnswer.ACCEPTED
    answer = Answer(
        yes if coming else InvitationAnswer.DECLINED,
        AnsweredVia.PAGE,
        work.now,
        said_text(why, "The reason"),
        _colleague(work, seat.agency_id, deputy) if deputy else None,
        _other_agency(work, conference_id, substitute) if substitute else None,
    )
    keep_answer(work, found, seat.id or 0, answer)


def _own_seat(work: Work, conference: Conference) -> Attendance | None:
    """The seat of an agency for which the actor speaks in the conference's operation."""
    mine = own_agencies(work, Verb.ANSWER_INVITATION)
    rows = work.session.exec(select(Attendance).where(Attendance.conference_id == conference.id)).all()
    for row in rows:
        if row.agency_id in mine and may(
            work, Verb.ANSWER_INVITATION, agency_id=row.agency_id, operation_id=conference.operation_id
        ):
            return row
    return None


def _colleague(work: Work, agency_id: int, title: str) -> Person:
    query = select(Person).where(Person.title == title.strip(), Person.agency_id == agency_id, col(Person.active))
    found = work.session.exec(query).first()
    if found is None:
        raise NotFound("There is no such post in your agency. Choose one of its own, or propose another agency.")
    return found


def _other_agency(work: Work, conference_id: int, typed: str) -> Agency:
    """By its full name or its code; a care provider is answered like none, and no list tells a partner the others."""
    wanted = " ".join(typed.split()).casefold()
    query = select(Agency).where(
        sa.or_(sa.func.lower(col(Agency.name)) == wanted, sa.func.lower(col(Agency.code)) == wanted),
        Agency.kind != AgencyKind.CARE_PROVIDER,
    )
    agency = work.session.exec(query.order_by(col(Agency.id))).first()
    if agency is None:
        raise NotFound(
            f"There is no agency {typed.strip()[:80]} here. Write its full name, or leave it to the planners."
        )
    invited = select(Attendance.id).where(Attendance.conference_id == conference_id, Attendance.agency_id == agency.id)
    if work.session.exec(invited).first() is not None:
        raise Refused(f"{agency_words(agency)} is invited already. Propose another agency, or send a deputy.")
    return agency


def set_answer(work: Work, conference_id: int, code: str, said: InvitationAnswer, *, comment: str = "") -> None:
    """What an agency told the planners, on the telephone or in the corridor; who typed it is kept beside it."""
    conference, _ = lock_conference(work, conference_id)
    agency = seated(work, conference_id, code)
    rows = select(Attendance.id).where(Attendance.conference_id == conference_id, Attendance.agency_id == agency.id)
    seat_id = work.session.exec(rows).first()
    if seat_id is None:
        raise Refused(f"{agency_words(agency)} is not invited to this conference. Invite it first.")
    kept = said_text(comment, "What was said")
    keep_answer(work, conference, seat_id, Answer(said, AnsweredVia.HAND, work.now, kept))


def keep_answer(work: Work, conference: Conference, seat_id: int, answer: Answer) -> None:
    """Keep what an agency says, if it still can be said; the conference is locked for it."""
    conference = work.lock(Conference, conference.id)
    when = when_words(conference.starts_at, conference.ends_at)
    if conference.state is not ConferenceState.CONVENED or work.now >= conference.ends_at:
        raise Refused(f"The conference of {when} is {conference.state.replace('convened', 'over')}. Ring the planners.")
    seat = work.session.get_one(Attendance, seat_id, populate_existing=True)
    if seat.state is AttendanceState.ATTENDED:
        raise Refused("The planners have recorded that you attend.")
    before = seat.state
    away = answer.said is InvitationAnswer.DECLINED and answer.deputy is None
    seat.state = AttendanceState.APOLOGIES if away else AttendanceState.INVITED
    seat.answer, seat.answered_via, seat.answered_by = answer.said, answer.via, work.actor.person_id
    seat.answered_at, seat.answer_stamp = work.now, min(answer.at, work.now)
    seat.answer_comment = answer.comment or None
    seat.deputy_id = answer.deputy.id if answer.deputy else None
    seat.substitute_id = answer.substitute.id if answer.substitute else None
    work.session.add(seat)
    agency = agency_words(work.session.get_one(Agency, seat.agency_id))
    sentence = f"{agency} {_words(work, answer, before)} to the conference of {when}."
    sentence = f"{sentence} {answer.comment}".rstrip()
    work.record("answer_invitation", sentence, kind="conference", ref=str(conference.id), via=answer.via)
    work.notify(sentence, person_id=conference.chair_id, path="/conferences")


def _words(work: Work, answer: Answer, before: AttendanceState) -> str:
    if answer.said is InvitationAnswer.ACCEPTED and before is AttendanceState.APOLOGIES:
        return "can come after all"
    if answer.deputy is not None:
        return f"sends a deputy, {person_words(work, answer.deputy.id or 0)},"
    said = SAID[answer.said]
    if answer.substitute is not None:
        return f"{said} and proposes {agency_within(answer.substitute)} in its place"
    return said


def ask_again(work: Work, conference_id: int) -> None:
    """The conference has another time: what was answered was answered for the earlier one."""
    a = Attendance
    cleared = sa.update(a).where(col(a.conference_id) == conference_id, col(a.state) != AttendanceState.ATTENDED)
    work.session.execute(
        cleared.values(
            state=AttendanceState.INVITED,
            answer=None,
            answered_at=None,
            answered_via=None,
            answered_by=None,
            answer_stamp=None,
            answer_comment=None,
            deputy_id=None,
            substitute_id=None,
        )
    )
    work.session.expire_all()
