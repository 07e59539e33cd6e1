"""Replies to invitations: one changes an answer or is kept as a finding, from whom and why, never its words."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from planner.access import Verb, may
from planner.errors import InputError, NotFound, Refused
from planner.models.conference_mail import ConferenceMail, ConferenceReply
from planner.models.conferences import Attendance, Conference, ConferenceSeries
from planner.models.directory import Agency
from planner.rules.invitation_words import AnsweredVia, ReplyOutcome
from planner.rules.replies import LONGEST_COMMENT, Incoming, Reply, Told, Verdict, judge
from planner.services.conference_answers import Answer, keep_answer
from planner.services.conferences import NO_CONFERENCE, lock_conference
from planner.services.texts import said_text
from planner.work import Work

NOT_OURS = "It answers no invitation that was sent from here."
STRANGER = "It comes from a mailbox that was not invited to this conference."
ANOTHER = "It was sent from another mailbox than the one that it answers for."
SHARED = "Two agencies are invited at this mailbox. Set the answer by hand."
BEFORE = Verdict(ReplyOutcome.NOTHING_NEW, "It was taken in before.")
NO_SENDER = "no single mailbox"


def take_reply(work: Work, incoming: Incoming) -> Verdict:
    """One message, by its digest once: an answer of the agency whose mailbox it comes from, or a finding."""
    row = ConferenceReply(
        digest=incoming.digest,
        came_at=work.now,
        sender=incoming.sender or NO_SENDER,
        outcome=incoming.outcome,
        sentence=incoming.sentence,
    )
    try:
        with work.session.begin_nested():  # another run may take in the same message at this moment
            work.session.add(row)
    except IntegrityError:
        return BEFORE
    conference = _conference(work, incoming)
    row.conference_id = conference.id if conference else None
    if incoming.reply is not None:
        verdict, row.agency_id = _taken(work, incoming, incoming.reply, conference)
        row.outcome, row.sentence = verdict
    work.session.add(row)
    if conference is not None and row.outcome is not ReplyOutcome.KEPT:  # what has to do with none is no one's record
        sentence = f"A reply was not kept. {row.sentence}"
        work.record("take_reply", sentence, kind="conference", ref=str(conference.id))
        work.notify(sentence, person_id=conference.chair_id, path="/conferences")
    return Verdict(row.outcome, row.sentence)


def upload_reply(work: Work, incoming: Incoming) -> str:
    """A reply that planners hand in as a file, for a conference of theirs; returns what became of it.

    A bare calendar file has no sender: it counts as typed by hand by whoever hands it in.
    """
    work.attempts(Verb.RECORD_CONFERENCE.name.lower(), "a reply")
    conference = _conference(work, incoming)
    if not may(work, Verb.RECORD_CONFERENCE) or (incoming.uid and conference is None):
        raise NotFound(NO_CONFERENCE)
    if incoming.reply is None or conference is None:
        raise InputError(incoming.sentence or NOT_OURS)
    conference, _ = lock_conference(work, conference.id or 0)
    verdict, _ = _taken(work, incoming, incoming.reply, conference)
    if verdict.outcome is not ReplyOutcome.KEPT:
        raise Refused(verdict.sentence)
    return verdict.sentence


def put_aside(work: Work, reply_id: int) -> None:
    """Somebody read a finding, of their conference or of none, and did what was to be done."""
    work.attempts("put_aside", f"reply {reply_id}")
    row = work.session.get(ConferenceReply, reply_id)
    if row is None or row.conference_id is not None or not may(work, Verb.SEE_RECORD):
        lock_conference(work, row.conference_id or 0 if row else 0)
    row = work.session.get_one(ConferenceReply, reply_id, with_for_update=True, populate_existing=True)
    if row.seen_at is None:
        row.seen_at, row.seen_by = work.now, work.actor.person_id
        work.session.add(row)
    sentence = f"A reply that was not kept was read. {row.sentence}"
    work.record("put_aside", sentence, kind="conference", ref=str(row.conference_id or "none"))


def _conference(work: Work, incoming: Incoming) -> Conference | None:
    """The conference of its UID, and of a series the one that it names."""
    if not incoming.uid or "\0" in incoming.uid:
        return None
    found = work.session.exec(
        select(Conference)
        .join(ConferenceSeries, col(ConferenceSeries.id) == col(Conference.series_id))
        .where(ConferenceSeries.calendar_uid == incoming.uid)
        .order_by(col(Conference.id))
    ).all()
    occurrence = incoming.reply.occurrence if incoming.reply else ""
    if occurrence:
        m = ConferenceMail
        named = select(m.conference_id).where(m.calendar_uid == incoming.uid, m.occurrence == occurrence)
        numbers = set(work.session.exec(named))
        return next((row for row in found if row.id in numbers), None)
    return found[0] if len(found) == 1 else None


def _taken(work: Work, incoming: Incoming, reply: Reply, conference: Conference | None) -> tuple[Verdict, int | None]:
    """What becomes of a reply, and the agency that it is of; the conference is locked from here on."""
    if conference is None:
        return Verdict(ReplyOutcome.REFUSED, NOT_OURS), None
    conference = work.lock(Conference, conference.id)
    seats = _seats_at(work, conference, reply.attendee)
    if len(seats) != 1:
        return Verdict(ReplyOutcome.FOR_A_PERSON, SHARED if seats else STRANGER), None
    (seat,) = seats
    if not incoming.vouched and incoming.sender != reply.attendee:
        return Verdict(ReplyOutcome.FOR_A_PERSON, ANOTHER), seat.agency_id
    verdict = judge(reply, Told(_last_told(work, conference, seat), seat.answer_stamp, seat.answer))
    if verdict.outcome is ReplyOutcome.KEPT:
        verdict = _kept(work, incoming, conference, seat)
    return verdict, seat.agency_id


def _kept(work: Work, incoming: Incoming, conference: Conference, seat: Attendance) -> Verdict:
    reply = incoming.reply
    if reply is None:
        raise TypeError("only a reply can be kept")
    comment, note = _comment(reply.comment)
    via = AnsweredVia.HAND if incoming.vouched else AnsweredVia.MAIL
    try:
        keep_answer(work, conference, seat.id or 0, Answer(reply.said, via, reply.stamp, comment))
    except Refused as refusal:
        return Verdict(ReplyOutcome.REFUSED, str(refusal))
    return Verdict(ReplyOutcome.KEPT, f"It is kept: {reply.said}.{note}")


def _comment(said: str) -> tuple[str, str]:
    """A comment that may be kept; nobody is there who could look at one in doubt, so that is left out."""
    if not said:
        return "", ""
    try:
        return said_text(said, "The comment", most=LONGEST_COMMENT), ""
    except InputError as refusal:
        return "", f" Its comment was left out. {refusal}"


def _seats_at(work: Work, conference: Conference, mailbox: str) -> Sequence[Attendance]:
    """The seats of agencies that are reached at this mailbox, or were when they were invited."""
    m = ConferenceMail
    then = select(m.agency_id).where(m.conference_id == conference.id, sa.func.lower(col(m.mailed_to)) == mailbox)
    now = select(Agency.id).where(sa.func.lower(col(Agency.mailbox)) == mailbox)
    query = select(Attendance).where(Attendance.conference_id == conference.id)
    found = sa.or_(col(Attendance.agency_id).in_(then), col(Attendance.agency_id).in_(now))
    return work.session.exec(query.where(found)).all()


def _last_told(work: Work, conference: Conference, seat: Attendance) -> int:
    """The last change of the invitation that this agency was told; the others' do not make its answer old."""
    m = ConferenceMail
    query = select(sa.func.max(m.sequence)).where(m.conference_id == conference.id, m.agency_id == seat.agency_id)
    found = work.session.exec(query).one()
    if found is not None:
        return int(found)
    return work.session.get_one(ConferenceSeries, conference.series_id).calendar_sequence
