"""The post of case conferences: what each invited agency's calendar is to be told, written with the change itself.

A letter is taken for a few minutes before it is handed over, and settled after. Two that deliver at once take different
ones; what a killed one had taken is tried again when its time is over (planner/web/invitations.py).
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col, select

from planner.models.conference_mail import ConferenceMail
from planner.models.conferences import Conference, ConferenceSeries
from planner.models.directory import Agency
from planner.rules.dates import occurrence_at, occurrence_name
from planner.rules.invitation_words import MailMethod
from planner.services.outbox import A_TURN, FIRST_WAIT, LONGEST_WAIT
from planner.work import Work

NO_MAILBOX = "the agency has no mailbox"


class Posted(NamedTuple):
    """A letter that is to be handed over now: to whom, and what it says; `until` is how long it is taken for."""

    number: int
    until: datetime
    to: str
    agency: str
    uid: str
    occurrence: datetime | None
    sequence: int
    method: MailMethod
    starts_at: datetime
    ends_at: datetime
    written_at: datetime
    key: str
    changed: bool


def mail_invitations(
    work: Work, conference: Conference, agency_ids: Iterable[int], *, method: MailMethod = MailMethod.REQUEST
) -> None:
    """A letter for each of these agencies, of the conference as it is now; what waits for them is replaced by it."""
    series = work.session.get_one(ConferenceSeries, conference.series_id)
    occurrence = _occurrence(conference, series)
    for agency_id in agency_ids:
        _replace_waiting(work, conference, agency_id)
        marks = (series.calendar_uid, occurrence, str(series.calendar_sequence), method, str(agency_id))
        row = ConferenceMail(
            conference_id=conference.id or 0,
            agency_id=agency_id,
            calendar_uid=series.calendar_uid,
            occurrence=occurrence,
            sequence=series.calendar_sequence,
            method=method,
            starts_at=conference.starts_at,
            ends_at=conference.ends_at,
            written_at=work.now,
            message_key=hashlib.sha256("\n".join(marks).encode()).hexdigest()[:40],
            mail_at=work.now,
        )
        work.session.add(row)


def _occurrence(conference: Conference, series: ConferenceSeries) -> str:
    """Which of its series, by the time that it was first convened for; a single conference needs no such name."""
    at = conference.occurrence_at
    return "" if series.rule is None or at is None else occurrence_name(at)


def _replace_waiting(work: Work, conference: Conference, agency_id: int) -> None:
    """An older letter that was not sent is not sent any more: the new one says all."""
    m = ConferenceMail
    waiting = sa.update(m).where(
        col(m.conference_id) == conference.id, col(m.agency_id) == agency_id, col(m.mailed_at).is_(None)
    )
    work.session.execute(waiting.where(col(m.replaced_at).is_(None)).values(mail_at=None, replaced_at=work.now))


def take_invitation(work: Work) -> Posted | None:
    """The next letter that is due, taken for five minutes; one without a mailbox waits, and says so."""
    m = ConferenceMail
    work.session.execute(
        sa.update(m).where(col(m.mail_at).is_not(None), col(m.ends_at) <= work.now).values(mail_at=None)
    )
    due = (
        select(m)
        .where(col(m.mail_at) <= work.now)
        .order_by(col(m.mail_at), col(m.id))
        .with_for_update(skip_locked=True)
        .limit(1)
    )
    while (row := work.session.exec(due).first()) is not None:
        agency = work.session.get_one(Agency, row.agency_id)
        row.mail_at = work.now + (A_TURN if agency.mailbox else LONGEST_WAIT)
        row.mail_trouble = row.mail_trouble if agency.mailbox else NO_MAILBOX
        row.mailed_to = agency.mailbox or row.mailed_to
        work.session.add(row)
        work.session.flush()
        if agency.mailbox:
            return _posted(work, row, agency)
    return None


def _posted(work: Work, row: ConferenceMail, agency: Agency) -> Posted:
    """`changed`: the agency was invited by mail before, whatever others were told in between."""
    m, until = ConferenceMail, row.mail_at or row.written_at
    before = select(m.id).where(
        m.conference_id == row.conference_id, m.agency_id == row.agency_id, col(m.mailed_at).is_not(None)
    )
    told = work.session.exec(before.where(m.method == MailMethod.REQUEST).limit(1)).first() is not None
    return Posted(
        *(row.id or 0, until, agency.mailbox or "", agency.name, row.calendar_uid, occurrence_at(row.occurrence)),
        *(row.sequence, row.method, row.starts_at, row.ends_at, row.written_at, row.message_key),
        changed=told,
    )


def settle_invitation(work: Work, posted: Posted, trouble: str) -> None:
    """It is sent, or tried again until the conference is over; what another took or replaced meanwhile is theirs."""
    row = work.session.get_one(ConferenceMail, posted.number, with_for_update=True, populate_existing=True)
    if not trouble:
        row.mailed_at, row.mail_at, row.mail_trouble = work.now, None, None
    elif row.mail_at == posted.until:
        _put_off(work, row, trouble)
    work.session.add(row)


def put_off_invitations(work: Work, trouble: str) -> int:
    """The mail server is away: everything that is due waits, and says why. Returns how many."""
    due = select(ConferenceMail).where(col(ConferenceMail.mail_at) <= work.now).with_for_update(skip_locked=True)
    rows = work.session.exec(due).all()
    for row in rows:
        _put_off(work, row, trouble)
        work.session.add(row)
    return len(rows)


def _put_off(work: Work, row: ConferenceMail, trouble: str) -> None:
    row.mail_trouble = trouble
    row.mail_at = work.now + min(max(work.now - row.written_at, FIRST_WAIT), LONGEST_WAIT)
