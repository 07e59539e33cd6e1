"""Meetings of standing groups by mail: each is invited to a fortnight before it, by name of its series.

A year of meetings in one post would be answered by nobody; until then they stand in the app and in its calendars.
"""

from datetime import timedelta

from sqlmodel import col, select

from planner.models.conference_mail import ConferenceMail
from planner.models.conferences import Attendance, Conference
from planner.rules.invitation_words import MailMethod
from planner.rules.words import ConferenceKind, ConferenceState
from planner.services.conference_mail import mail_invitations
from planner.work import Work

INVITED_BEFORE = timedelta(days=14)


def invite_to_meetings(work: Work) -> int:
    """Write the invitations to meetings that are now a fortnight away; how many meetings."""
    c = Conference
    due = select(c).where(
        c.kind == ConferenceKind.STANDING,
        c.state == ConferenceState.CONVENED,
        c.starts_at > work.now,
        c.starts_at <= work.now + INVITED_BEFORE,
        col(c.id).not_in(select(ConferenceMail.conference_id)),
    )
    rows = work.session.exec(due.order_by(col(c.starts_at), col(c.id)).with_for_update(skip_locked=True)).all()
    for row in rows:
        mail_invitations(work, row, _invited(work, row))
    return len(rows)


def mail_change(work: Work, meeting: Conference, method: MailMethod) -> None:
    """A meeting that moved or is cancelled, for those who were invited to it by mail; others are told in the app."""
    told = select(ConferenceMail.id).where(ConferenceMail.conference_id == meeting.id)
    if work.session.exec(told.limit(1)).first() is not None:
        mail_invitations(work, meeting, _invited(work, meeting), method=method)


def _invited(work: Work, meeting: Conference) -> list[int]:
    return list(work.session.exec(select(Attendance.agency_id).where(Attendance.conference_id == meeting.id)))
