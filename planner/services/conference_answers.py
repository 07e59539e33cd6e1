"""What an invited agency says of a conference to come: that it cannot, or can after all."""

from sqlmodel import select

from planner.access import Verb, may, own_agencies
from planner.errors import NotFound, Refused
from planner.models.conferences import Attendance, Conference
from planner.models.directory import Agency
from planner.rules.dates import when_words
from planner.rules.words import AttendanceState, ConferenceState
from planner.services.names import agency_words
from planner.services.texts import said_text
from planner.work import Work

NO_INVITATION = "There is no such conference, or none that your agency is invited to."


def answer_invitation(work: Work, conference_id: int, *, coming: bool, why: str = "") -> None:
    """Apologies of the actor's agency, or their withdrawal, until the conference has met; its chair is told."""
    work.attempts("answer_invitation", f"conference {conference_id}")
    found = work.session.get(Conference, conference_id)
    seat = _own_seat(work, found) if found else None
    if found is None or seat is None:
        raise NotFound(NO_INVITATION)
    conference = work.lock(Conference, conference_id)
    when = when_words(conference.starts_at, conference.ends_at)
    if conference.state is not ConferenceState.CONVENED or work.now >= conference.ends_at:
        raise Refused(f"The conference of {when} is {conference.state.replace('convened', 'over')}. Ring the planners.")
    seat = work.session.get_one(Attendance, seat.id, populate_existing=True)
    if seat.state is AttendanceState.ATTENDED:
        raise Refused("The planners have recorded that you attend.")
    said = said_text(why, "The reason")
    seat.state = AttendanceState.INVITED if coming else AttendanceState.APOLOGIES
    work.session.add(seat)
    agency = agency_words(work.session.get_one(Agency, seat.agency_id))
    sentence = f"{agency} {'can come after all' if coming else 'sends its apologies'} to the conference of {when}."
    sentence = f"{sentence} {said}".rstrip()
    work.record("answer_invitation", sentence, kind="conference", ref=str(conference_id))
    work.notify(sentence, person_id=conference.chair_id, path="/conferences")


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
