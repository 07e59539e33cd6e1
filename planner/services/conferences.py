"""Case conferences: convened, attended, decided for each action."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlmodel import select

from planner import facts
from planner.access import Verb, action_id_of, agency_named, require
from planner.errors import InputError, NotFound, Refused, Stale
from planner.models.conferences import Attendance, Conference, ConferenceAction, ConferenceSeries
from planner.models.directory import Agency
from planner.models.operations import Action
from planner.rules.conference_values import SeatFact
from planner.rules.dates import instant_words
from planner.rules.markings import Marked, together
from planner.rules.quorum import missing_for_quorum, missing_words
from planner.rules.words import AttendanceState, ConferenceKind, ConferenceState, Decision
from planner.services.conference_mail import mail_invitations
from planner.services.gate import reconsider
from planner.services.markings import mark_conference, marked_as
from planner.services.names import agency_words, seated
from planner.services.texts import minute_text, short_text
from planner.work import Work

NO_CONFERENCE = "There is no such conference, or none that you can open."


@dataclass(frozen=True)
class ConveneRequest:
    """A conference for one action or several, with the agencies to invite."""

    actions: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime
    agencies: tuple[str, ...]
    request_key: str
    kind: ConferenceKind = ConferenceKind.PLANNED
    venue: str = ""

    def __post_init__(self) -> None:
        short_text(self.venue, "The venue", most=100)
        if not self.actions:
            raise InputError("A conference is about at least one action.")
        if self.ends_at <= self.starts_at:
            raise InputError("The conference ends before it starts. Check the two times.")
        if not self.agencies:
            raise InputError("Invite at least one agency.")


class Seat(NamedTuple):
    """Who came for an agency, and whether they may commit its resources."""

    agency: str
    state: AttendanceState
    may_commit: bool
    victims_advocate: bool
    confidentiality_accepted: bool


def convene(work: Work, request: ConveneRequest) -> Conference:
    """Convene and invite; the invited agencies are told the time, never the place of an action."""
    work.attempts(Verb.CONVENE.name.lower(), ",".join(request.actions)[:80])
    ids = sorted(action_id_of(work, reference) for reference in set(request.actions))
    actions = [work.lock(Action, action_id) for action_id in ids]
    for action in actions:
        require(work, Verb.CONVENE, ref=action.reference, action=action)
    known = work.session.exec(select(Conference).where(Conference.request_key == request.request_key)).first()
    if known is not None:
        if (known.starts_at, known.ends_at) != (request.starts_at, request.ends_at):
            raise Refused("This form was sent before with other answers. Open it again, then send it.")
        return known
    conference = _written(work, request, actions)
    for code in dict.fromkeys(request.agencies):
        agency = agency_named(work, code)
        work.session.add(Attendance(conference_id=conference.id or 0, agency_id=agency.id or 0))
        mail_invitations(work, conference, [agency.id or 0])
        work.notify(f"Case conference on {instant_words(request.starts_at)}: you are invited.", agency_id=agency.id)
    for action in actions:
        work.session.add(ConferenceAction(conference_id=conference.id or 0, action_id=action.id or 0))
        sentence = f"A case conference is convened for {instant_words(request.starts_at)}."
        work.record_action("convene", sentence, action, conference=conference.id)
    return conference


def _written(work: Work, request: ConveneRequest, actions: list[Action]) -> Conference:
    series = ConferenceSeries(calendar_uid=str(uuid.uuid4()))
    work.session.add(series)
    work.session.flush()
    marked = together(map(marked_as, actions))
    conference = Conference(
        series_id=series.id or 0,
        operation_id=actions[0].operation_id,
        kind=request.kind,
        starts_at=request.starts_at,
        ends_at=request.ends_at,
        venue=request.venue,
        chair_id=work.actor.person_id or 0,
        marking=marked.marking,
        handling=marked.handling,
        changed_at=work.now,
        request_key=request.request_key,
    )
    work.session.add(conference)
    work.session.flush()
    return conference


def lock_conference(work: Work, conference_id: int) -> tuple[Conference, list[Action]]:
    """Lock every action of the conference, then read it again; all of them must be visible."""
    work.attempts(Verb.RECORD_CONFERENCE.name.lower(), f"conference {conference_id}")
    links = work.session.exec(
        select(ConferenceAction.action_id).where(ConferenceAction.conference_id == conference_id)
    ).all()
    if not links:
        raise NotFound(NO_CONFERENCE)
    actions = [work.lock(Action, action_id) for action_id in sorted(links)]
    for action in actions:
        _visible(work, action)
        require(work, Verb.RECORD_CONFERENCE, ref=action.reference, action=action)
    conference = work.session.get_one(Conference, conference_id, populate_existing=True)
    if conference.state is ConferenceState.CANCELLED:
        raise Refused("This conference is cancelled. Convene another one.")
    return conference, actions


def _visible(work: Work, action: Action) -> None:
    """Answer as missing without the action's reference, which the asker may not know."""
    try:
        action_id_of(work, action.reference)
    except NotFound:
        raise NotFound(NO_CONFERENCE) from None


def record_attendance(
    work: Work, conference_id: int, seats: Sequence[Seat], *, version: int | None = None, held_now: bool = False
) -> tuple[str, ...]:
    """Who came; with a quorum the conference counts as held. Returns what is still missing for it.

    One that is still to come has nobody there yet; `held_now` says that it meets earlier than convened.
    """
    conference, actions = lock_conference(work, conference_id)
    if not any(seat.state is AttendanceState.ATTENDED for seat in seats):
        raise InputError("Tick who came: a conference without anybody is none.")
    _refuse_stale(conference, version)
    if work.now < conference.starts_at:
        _meet_now(work, conference, held_now)
    for seat in seats:
        _seat(work, conference, seat)
    work.session.flush()
    missing = _missing(work, conference, actions)
    if not missing and conference.held_at is None:
        conference.state, conference.held_at = ConferenceState.HELD, work.now
    conference.version += 1
    work.session.add(conference)
    words = "quorate" if not missing else f"not quorate: {missing_words(missing)}"
    for action in actions:
        work.record_action("record_attendance", f"Attendance recorded, {words}.", action, conference=conference.id)
    reconsider(work, [action.id or 0 for action in actions], because=f"The conference is {words}.")
    return missing


def _refuse_stale(conference: Conference, version: int | None) -> None:
    if version not in (None, conference.version):
        raise Stale("Somebody recorded this conference while your page was open. Look at what is kept, then try again.")


def _meet_now(work: Work, conference: Conference, held_now: bool) -> None:
    """Held earlier than convened: its time, and with it the calendar entry, becomes the time it met."""
    if not held_now:
        when = instant_words(conference.starts_at)
        raise Refused(f"The conference is convened for {when}. Record who came then, or say that it is held now.")
    series = work.session.get_one(ConferenceSeries, conference.series_id)
    series.calendar_sequence += 1
    length = conference.ends_at - conference.starts_at
    conference.starts_at, conference.ends_at, conference.changed_at = work.now, work.now + length, work.now
    work.session.add_all([series, conference])


def _seat(work: Work, conference: Conference, seat: Seat) -> None:
    agency = seated(work, conference.id or 0, seat.agency)
    row = work.session.exec(
        select(Attendance).where(Attendance.conference_id == conference.id, Attendance.agency_id == agency.id)
    ).first() or Attendance(conference_id=conference.id or 0, agency_id=agency.id or 0)
    row.state, row.may_commit = seat.state, seat.may_commit
    row.victims_advocate, row.confidentiality_accepted = seat.victims_advocate, seat.confidentiality_accepted
    work.session.add(row)


def _missing(work: Work, conference: Conference, actions: list[Action]) -> tuple[str, ...]:
    """What the quorum lacks, by the strictest policy of the actions it is about."""
    known = facts.load(work, [action.id or 0 for action in actions])
    rows = work.session.exec(
        select(Attendance, Agency).where(Attendance.conference_id == conference.id, Agency.id == Attendance.agency_id)
    ).all()
    seats = [
        SeatFact(
            *(agency_words(agency), agency.kind, row.state),
            *(row.may_commit, row.victims_advocate, row.confidentiality_accepted),
        )
        for row, agency in rows
    ]
    return missing_for_quorum(seats, max(item.policy.quorum for item in known.values()))


def decide(
    work: Work,
    conference_id: int,
    reference: str,
    decision: Decision,
    *,
    reasons: str,
    dissent: str = "",
    marked: Marked | None = None,
    version: int | None = None,
) -> None:
    """What a quorate conference decided for one action, with reasons; dissent stays in the agency's own words.

    `marked` is how its minutes are marked; another marking than the kept one needs the version that was looked at.
    """
    conference, actions = lock_conference(work, conference_id)
    action = next((item for item in actions if item.reference == reference), None)
    if action is None:
        raise NotFound(f"This conference is not about {reference}.")
    missing = _missing(work, conference, actions)
    if missing:  # asked again: a seat may have been corrected since
        raise Refused(f"The conference is not quorate: {missing_words(missing)}. Record who came first.")
    why, against = minute_text(reasons, "The reasons"), minute_text(dissent, "The dissent")
    if not why:
        raise InputError("Give the reasons in a sentence: Gold reads them.")
    if marked is not None and marked != marked_as(conference):
        _refuse_stale(conference, version)
        mark_conference(work, conference, actions, marked)
    link = work.session.get_one(ConferenceAction, (conference_id, action.id))
    link.decision, link.reasons, link.dissent = decision, why, against
    link.decided_at, link.decided_on = work.now, facts.decided_on(work, action.id or 0)
    work.session.add(link)
    sentence = f"The conference decided: {decision.replace('_', ' ')}. {link.reasons}"
    work.record_action("decide", sentence, action, conference=conference_id, dissent=link.dissent)
    reconsider(work, [action.id or 0], because=sentence)
