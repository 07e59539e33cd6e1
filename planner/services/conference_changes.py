"""A conference is moved or cancelled: every invited agency is told, and its calendar entry gets a new sequence."""

from datetime import datetime

from sqlmodel import select

from planner.errors import InputError, Refused, Stale
from planner.models.conferences import Attendance, Conference, ConferenceSeries
from planner.models.operations import Action
from planner.rules.dates import instant_words
from planner.rules.invitation_words import MailMethod
from planner.rules.words import ConferenceState
from planner.services.conference_answers import ask_again
from planner.services.conference_mail import mail_invitations
from planner.services.conference_times import refuse_too_late
from planner.services.conferences import lock_conference
from planner.services.gate import reconsider
from planner.services.standing_mail import mail_change
from planner.services.texts import needed_text
from planner.work import Work


def move_conference(work: Work, conference_id: int, version: int, *, starts_at: datetime, ends_at: datetime) -> None:
    """Another time for a conference that is not held yet: whoever answered is asked again."""
    conference, actions = lock_convened(work, conference_id, version)
    if ends_at <= starts_at:
        raise InputError("The conference ends before it starts. Check the two times.")
    if ends_at <= work.now:
        raise InputError(f"That conference is over since {instant_words(ends_at)}. Give a time to come.")
    refuse_too_late(work, actions, conference.kind, ends_at)
    conference.starts_at, conference.ends_at = starts_at, ends_at
    ask_again(work, conference_id)
    _changed(work, conference, actions, "move_conference", f"The case conference moved to {instant_words(starts_at)}.")


def cancel_conference(work: Work, conference_id: int, version: int, *, reason: str) -> None:
    """A conference that is not held is cancelled with a reason; the reason stays in the record."""
    conference, actions = lock_convened(work, conference_id, version)
    why = needed_text(reason, "Why the conference is cancelled")
    conference.state = ConferenceState.CANCELLED
    words = f"The case conference on {instant_words(conference.starts_at)} is cancelled."
    _changed(work, conference, actions, "cancel_conference", words, reason=why)


def lock_convened(work: Work, conference_id: int, version: int) -> tuple[Conference, list[Action]]:
    """Lock a conference that has not met and is as the page showed it."""
    conference, actions = lock_conference(work, conference_id)
    if conference.version != version:
        when = instant_words(conference.starts_at)
        raise Stale(f"This conference changed while your page was open: it is {conference.state}, {when}. Look again.")
    if conference.state is ConferenceState.HELD:
        raise Refused("This conference is held already. Convene a review instead.")
    return conference, actions


def _changed(
    work: Work, conference: Conference, actions: list[Action], verb: str, sentence: str, *, reason: str = ""
) -> None:
    series = work.session.get_one(ConferenceSeries, conference.series_id)
    series.calendar_sequence += 1
    conference.changed_at, conference.version = work.now, conference.version + 1
    work.session.add_all([series, conference])
    invited = work.session.exec(select(Attendance.agency_id).where(Attendance.conference_id == conference.id)).all()
    for agency_id in invited:
        work.notify(sentence, agency_id=agency_id)
    cancelled = conference.state is ConferenceState.CANCELLED
    method = MailMethod.CANCEL if cancelled else MailMethod.REQUEST
    if conference.occurrence_at is None:
        mail_invitations(work, conference, invited, method=method)
    else:
        mail_change(work, conference, method)
    if not actions:
        work.record(verb, sentence, kind="conference", ref=str(conference.id), reason=reason)
    for action in actions:
        work.record_action(verb, sentence, action, conference=conference.id, reason=reason)
    reconsider(work, [action.id or 0 for action in actions], because=sentence)
