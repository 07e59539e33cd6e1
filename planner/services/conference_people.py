"""Who is invited to a conference after it was convened: one more agency, one less, one in the place of another."""

from collections.abc import Sequence

from sqlmodel import col, select

from planner.access import agency_named
from planner.errors import InputError, Refused
from planner.models.conferences import Attendance, Conference, ConferenceSeries
from planner.models.directory import Agency
from planner.models.operations import Action
from planner.rules.dates import instant_words
from planner.rules.invitation_words import MailMethod
from planner.rules.quorum import REQUIRED
from planner.rules.words import AttendanceState
from planner.services.conference_changes import lock_convened
from planner.services.conference_mail import mail_invitations
from planner.services.names import agency_words, seated
from planner.work import Work


def invite_agencies(work: Work, conference_id: int, version: int, codes: Sequence[str]) -> None:
    """More agencies for a conference to come; those invited before keep their answers and hear nothing new."""
    conference, actions = lock_convened(work, conference_id, version)
    agencies = [agency_named(work, code) for code in dict.fromkeys(codes)]
    if not agencies:
        raise InputError("Name at least one agency to invite.")
    for agency in agencies:
        if _seat(work, conference, agency) is not None:
            raise Refused(f"{agency_words(agency)} is invited already.")
    _invite(work, conference, actions, agencies)


def drop_agency(work: Work, conference_id: int, version: int, code: str) -> None:
    """An agency that is not asked any more: its entry is cancelled for it alone, the others get the new state."""
    conference, actions = lock_convened(work, conference_id, version)
    agency = seated(work, conference_id, code)
    seat = _seat(work, conference, agency)
    if seat is None:
        raise Refused(f"{agency_words(agency)} is not invited to this conference.")
    if seat.state is AttendanceState.ATTENDED:
        raise Refused(f"{agency_words(agency)} attended: its seat stays.")
    others = [number for number in _invited(work, conference) if number != agency.id]
    if not others:
        raise Refused("It is the only agency that is invited. Cancel the conference instead.")
    _refuse_required(work, conference, agency, others)
    work.session.delete(seat)
    _new_sequence(work, conference)
    mail_invitations(work, conference, [agency.id or 0], method=MailMethod.CANCEL)
    mail_invitations(work, conference, others)
    when = instant_words(conference.starts_at)
    work.notify(f"You are not asked to the case conference on {when} any more.", agency_id=agency.id)
    sentence = f"{agency_words(agency)} is not asked to the case conference on {when} any more."
    _record(work, "drop_agency", sentence, conference, actions)


def _refuse_required(work: Work, conference: Conference, agency: Agency, others: Sequence[int]) -> None:
    """The last agency of a kind that this conference asks for is not dropped: it could decide nothing without it."""
    if agency.kind not in conference.required_kinds.split("|"):
        return
    query = select(Agency.id).where(col(Agency.id).in_(others), Agency.kind == agency.kind)
    if work.session.exec(query.limit(1)).first() is None:
        raise Refused(
            f"The conference requires {REQUIRED.get(agency.kind, 'the police')}, and {agency_words(agency)} is the "
            "only one invited. Invite another one first."
        )


def answer_substitute(work: Work, conference_id: int, version: int, code: str, *, accept: bool) -> None:
    """The planners take the agency that another proposed in its place, and invite it; or say no, and it is told."""
    conference, actions = lock_convened(work, conference_id, version)
    agency = seated(work, conference_id, code)
    seat = _seat(work, conference, agency)
    if seat is None or seat.substitute_id is None:
        raise Refused(f"{agency_words(agency)} proposes nobody in its place.")
    proposed = work.session.get_one(Agency, seat.substitute_id)
    seat.substitute_id = None
    work.session.add(seat)
    known = _seat(work, conference, proposed) is not None
    if accept and not known:
        _invite(work, conference, actions, [proposed])
    words = "is invited" if accept else "is not invited"
    sentence = f"{agency_words(proposed)} {words} in the place of {agency_words(agency)}."
    work.notify(sentence, agency_id=agency.id, path="/my_part")
    _record(work, "answer_substitute", sentence, conference, actions)


def _invite(work: Work, conference: Conference, actions: list[Action], agencies: Sequence[Agency]) -> None:
    when = instant_words(conference.starts_at)
    for agency in agencies:
        work.session.add(Attendance(conference_id=conference.id or 0, agency_id=agency.id or 0))
        work.notify(f"Case conference on {when}: you are invited.", agency_id=agency.id)
    _new_sequence(work, conference)
    mail_invitations(work, conference, [agency.id or 0 for agency in agencies])
    names = ", ".join(agency_words(agency) for agency in agencies)
    _record(work, "invite_agencies", f"Invited to the case conference on {when}: {names}.", conference, actions)


def _new_sequence(work: Work, conference: Conference) -> None:
    series = work.session.get_one(ConferenceSeries, conference.series_id)
    series.calendar_sequence += 1
    conference.changed_at, conference.version = work.now, conference.version + 1
    work.session.add_all([series, conference])


def _record(work: Work, verb: str, sentence: str, conference: Conference, actions: list[Action]) -> None:
    for action in actions:
        work.record_action(verb, sentence, action, conference=conference.id)


def _seat(work: Work, conference: Conference, agency: Agency) -> Attendance | None:
    query = select(Attendance).where(Attendance.conference_id == conference.id, Attendance.agency_id == agency.id)
    return work.session.exec(query).first()


def _invited(work: Work, conference: Conference) -> Sequence[int]:
    query = select(Attendance.agency_id).where(Attendance.conference_id == conference.id)
    return work.session.exec(query).all()
