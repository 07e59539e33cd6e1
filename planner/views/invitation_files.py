"""An invitation as a file, for the agency that it invites and for planners who hand it on: the same as by mail."""

from sqlmodel import col, select

from planner import access
from planner.errors import NotFound
from planner.models.conference_mail import ConferenceMail
from planner.models.conferences import Attendance, Conference, ConferenceSeries
from planner.models.directory import Agency
from planner.outputs.calendar_entries import Mailbox
from planner.outputs.invitations import Invitation, invitation_calendar
from planner.outputs.organizer import organizer
from planner.rules.dates import occurrence_at
from planner.rules.invitation_words import MailMethod
from planner.rules.words import ConferenceState
from planner.settings import load_settings
from planner.views.conference_mail import conference_at_seat
from planner.work import Look

NO_FILE = "There is no such invitation, or none that you can open."


def invitation_file(look: Look, scope: str, name: str) -> bytes:
    """`mine` and a conference's number, for its agency; `seat` and a seat's number, for planners."""
    number = int(name) if name.isdecimal() and len(name) < 10 else 0
    found = _mine(look, number) if scope == "mine" else conference_at_seat(look, number) if scope == "seat" else None
    if found is None or found[0].state is not ConferenceState.CONVENED or found[0].ends_at <= look.now:
        raise NotFound(NO_FILE)
    return invitation_calendar(_invitation(look, *found))


def _mine(look: Look, conference_id: int) -> tuple[Conference, Attendance] | None:
    own = access.own_agencies(look, access.Verb.SEE_OFFERS)
    query = (
        select(Conference, Attendance)
        .join(Attendance, col(Attendance.conference_id) == col(Conference.id))
        .where(
            Conference.id == conference_id,
            col(Attendance.agency_id).in_(own),
            col(Conference.operation_id).in_(access.operations_for(look, access.Verb.SEE_OFFERS)),
        )
    )
    found = look.session.exec(query).first()
    return (found[0], found[1]) if found else None


def _invitation(look: Look, conference: Conference, seat: Attendance) -> Invitation:
    """As it was last written for this agency; one convened before there was mail is as the calendar has it."""
    series = look.session.get_one(ConferenceSeries, conference.series_id)
    agency = look.session.get_one(Agency, seat.agency_id)
    m, settings = ConferenceMail, load_settings()
    written = select(m).where(m.conference_id == conference.id, m.agency_id == seat.agency_id)
    last = look.session.exec(written.order_by(col(m.sequence).desc(), col(m.id).desc())).first()
    return Invitation(
        uid=series.calendar_uid,
        sequence=last.sequence if last else series.calendar_sequence,
        method=MailMethod.REQUEST,
        starts_at=conference.starts_at,
        ends_at=conference.ends_at,
        written_at=last.written_at if last else conference.changed_at,
        organizer=organizer(settings),
        invited=Mailbox(name=agency.name, address=agency.mailbox) if agency.mailbox else None,
        url=f"{settings.public_url}/my_part",
        occurrence=occurrence_at(last.occurrence) if last else conference.occurrence_at,
    )
