"""Who came to a conference, and whether it is quorate with them: a quorate one counts as held."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlmodel import select

from planner.errors import InputError, Refused, Stale
from planner.models.conferences import Attendance, Conference, ConferenceSeries
from planner.models.operations import Action
from planner.rules.dates import instant_words
from planner.rules.quorum import missing_words
from planner.rules.words import AttendanceState, ConferenceState
from planner.services.conferences import lock_conference
from planner.services.gate import reconsider
from planner.services.names import seated
from planner.services.quorum import missing_of
from planner.work import Work


class Seat(NamedTuple):
    """Who came for an agency, and whether they may commit its resources."""

    agency: str
    state: AttendanceState
    may_commit: bool
    victims_advocate: bool
    confidentiality_accepted: bool


def record_attendance(
    work: Work, conference_id: int, seats: Sequence[Seat], *, version: int | None = None, held_now: bool = False
) -> tuple[str, ...]:
    """Who came; with a quorum the conference counts as held. Returns what is still missing for it.

    One that is still to come has nobody there yet; `held_now` says that it meets earlier than convened.
    """
    conference, actions = lock_conference(work, conference_id)
    if not any(seat.state is AttendanceState.ATTENDED for seat in seats):
        raise InputError("Tick who came: a conference without anybody is none.")
    refuse_stale(conference, version)
    if work.now < conference.starts_at:
        meet_now(work, conference, held_now)
    for seat in seats:
        _seat(work, conference, seat)
    return _note_quorum(work, conference, actions)


def take_seat(
    work: Work, conference_id: int, taken: Seat, *, held_now: bool = False, shown: Seat | None = None
) -> tuple[str, ...]:
    """One agency came, or did not, while the conference meets; returns what the quorum still lacks.

    `shown` is the seat as it was looked at: what is the same in both stays as somebody else recorded it meanwhile.
    """
    conference, actions = lock_conference(work, conference_id)
    if work.now < conference.starts_at and conference.opened_at is None:
        meet_now(work, conference, held_now)
    _seat(work, conference, taken, shown)
    return _note_quorum(work, conference, actions)


def _note_quorum(work: Work, conference: Conference, actions: Sequence[Action]) -> tuple[str, ...]:
    work.session.flush()
    numbers = [action.id or 0 for action in actions]
    missing = missing_of(work, conference, numbers)
    if not missing and conference.held_at is None:
        conference.state, conference.held_at = ConferenceState.HELD, work.now
    conference.version += 1
    work.session.add(conference)
    words = "quorate" if not missing else f"not quorate: {missing_words(missing)}"
    if not actions:
        work.record("record_attendance", f"Attendance recorded, {words}.", kind="conference", ref=str(conference.id))
    for action in actions:
        work.record_action("record_attendance", f"Attendance recorded, {words}.", action, conference=conference.id)
    reconsider(work, numbers, because=f"The conference is {words}.")
    return missing


def refuse_stale(conference: Conference, version: int | None) -> None:
    """Of what was drawn before somebody else recorded this conference."""
    if version not in (None, conference.version):
        raise Stale("Somebody recorded this conference while your page was open. Look at what is kept, then try again.")


def meet_now(work: Work, conference: Conference, held_now: bool) -> None:
    """Held earlier than convened: its time, and with it the calendar entry, becomes the time it met."""
    if not held_now:
        when = instant_words(conference.starts_at)
        raise Refused(f"The conference is convened for {when}. Record who came then, or say that it is held now.")
    series = work.session.get_one(ConferenceSeries, conference.series_id)
    series.calendar_sequence += 1
    length = conference.ends_at - conference.starts_at
    conference.starts_at, conference.ends_at, conference.changed_at = work.now, work.now + length, work.now
    work.session.add_all([series, conference])


def _seat(work: Work, conference: Conference, seat: Seat, shown: Seat | None = None) -> None:
    agency = seated(work, conference.id or 0, seat.agency)
    row = work.session.exec(
        select(Attendance).where(Attendance.conference_id == conference.id, Attendance.agency_id == agency.id)
    ).first() or Attendance(conference_id=conference.id or 0, agency_id=agency.id or 0)
    seat = _pressed(row, seat, shown)
    row.state, row.may_commit = seat.state, seat.may_commit
    row.victims_advocate = seat.victims_advocate
    if row.confidentiality_accepted != seat.confidentiality_accepted:  # aloud, and typed by who records it
        row.confidentiality_accepted = seat.confidentiality_accepted
        row.confidentiality_at = work.now if seat.confidentiality_accepted else None
        row.confidentiality_by = work.actor.person_id if seat.confidentiality_accepted else None
    work.session.add(row)


def _pressed(row: Attendance, seat: Seat, shown: Seat | None) -> Seat:
    """What is kept of a seat, with what was changed of it since it was shown."""
    if shown is None or row.id is None:
        return seat
    changed = {name: now for name, now in seat._asdict().items() if now != getattr(shown, name)}
    kept = Seat(seat.agency, row.state, row.may_commit, row.victims_advocate, row.confidentiality_accepted)
    return kept._replace(**changed)
