"""What invited agencies answered, how, and how far their invitations came; replies that a person must read."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from planner import access
from planner.db import pick
from planner.models.conference_mail import ConferenceMail, ConferenceReply
from planner.models.conferences import Attendance, Conference, ConferenceAction
from planner.models.directory import Agency, Person
from planner.models.operations import Action
from planner.rules.access import SEAT
from planner.rules.counts import count_words
from planner.rules.invitation_words import AnsweredVia, InvitationAnswer, MailMethod, ReplyOutcome
from planner.rules.words import AttendanceState, ConferenceState
from planner.views.convening import convening
from planner.views.people import names_providers, unless_hidden
from planner.work import Look

MOST_FINDINGS = 50
DEPUTY: Any = aliased(Person)
TYPED_BY: Any = aliased(Person)
SUBSTITUTE: Any = aliased(Agency)


class Mailed(NamedTuple):
    """The last letter that an agency's calendar is to have: sent, waiting with a reason, or waiting to be sent."""

    sequence: int
    cancelled: bool
    sent_at: datetime | None
    trouble: str | None


class AnswerRow(NamedTuple):
    """A seat with what its agency says; `by` is the planner who typed it or handed it in."""

    seat_id: int
    code: str
    agency: str
    hidden: bool
    state: AttendanceState
    answer: InvitationAnswer | None
    answered_at: datetime | None
    via: AnsweredVia | None
    by: str | None
    comment: str | None
    deputy: str | None
    substitute: str | None
    mailed: Mailed | None = None


def settled(look: Look, keys: Collection[str]) -> tuple[str, ...]:
    """Which of these letters, by their Message-ID's key, are known to have been taken by a mail server."""
    m = ConferenceMail
    query = pick(m.message_key).where(col(m.message_key).in_(keys), col(m.mailed_at).is_not(None))
    return tuple(key for (key,) in look.session.execute(query))


class FindingRow(NamedTuple):
    """A reply that was not kept: from whom, when, why."""

    id: int
    sender: str
    came_at: datetime
    sentence: str


def answers(look: Look, conference_id: int) -> tuple[AnswerRow, ...]:
    """Every seat of a conference on a visible action; a provider whose name is hidden goes by its seat."""
    t, deputy, by, substitute = Attendance, DEPUTY, TYPED_BY, SUBSTITUTE
    number = sa.literal(SEAT).concat(sa.cast(t.id, sa.String))
    hidden = unless_hidden(look, sa.literal(False), True)
    query = (
        pick(t.id, unless_hidden(look, col(Agency.code), number), unless_hidden(look, col(Agency.name)), hidden)
        .add_columns(t.state, t.answer, t.answered_at, t.answered_via, by.title, t.answer_comment)
        .add_columns(unless_hidden(look, deputy.title), substitute.name, t.agency_id)
        .join(Agency, col(Agency.id) == col(t.agency_id))
        .outerjoin(deputy, deputy.id == t.deputy_id)
        .outerjoin(by, sa.and_(by.id == t.answered_by, col(t.answered_via) != AnsweredVia.PAGE))
        .outerjoin(substitute, substitute.id == t.substitute_id)
        .where(t.conference_id == conference_id, col(t.conference_id).in_(_visible(look)))
        .order_by(unless_hidden(look, col(Agency.name)), t.id)
    )
    rows, mailed = look.session.execute(query).all(), _mailed(look, conference_id)
    return tuple(AnswerRow(*row[:-1])._replace(mailed=mailed.get(row[-1])) for row in rows)


def _visible(look: Look) -> Any:
    """Conferences of which every action is visible to the reader, as whoever records them must see."""
    closed = pick(ConferenceAction.conference_id).where(
        col(ConferenceAction.action_id).not_in(access.visible_actions(look))
    )
    return pick(ConferenceAction.conference_id).where(col(ConferenceAction.conference_id).not_in(closed))


def _mailed(look: Look, conference_id: int) -> dict[int, Mailed]:
    """The last letter for each agency."""
    m = ConferenceMail
    query = (
        pick(m.agency_id, m.sequence, m.method, m.mailed_at, m.mail_trouble)
        .where(m.conference_id == conference_id)
        .order_by(m.sequence, m.id)
    )
    return {row[0]: Mailed(row[1], row[2] is MailMethod.CANCEL, row[3], row[4]) for row in look.session.execute(query)}


class UnsentRow(NamedTuple):
    """A letter that did not leave yet: whose, what it says, why."""

    agency: str
    cancelled: bool
    trouble: str | None


def unsent(look: Look, conference_id: int) -> tuple[UnsentRow, ...]:
    """Letters that wait for agencies without a seat any more, and of a cancelled conference all that wait."""
    m = ConferenceMail
    seated = pick(Attendance.agency_id).where(Attendance.conference_id == conference_id)
    cancelled = sa.exists().where(
        col(Conference.id) == conference_id, col(Conference.state) == ConferenceState.CANCELLED
    )
    query = (
        pick(unless_hidden(look, col(Agency.name)), m.method, m.mail_trouble)
        .join(Agency, col(Agency.id) == col(m.agency_id))
        .where(m.conference_id == conference_id, col(m.conference_id).in_(_visible(look)))
        .where(col(m.mailed_at).is_(None), col(m.replaced_at).is_(None), col(m.ends_at) > look.now)
        .where(sa.or_(col(m.agency_id).not_in(seated), cancelled))
        .order_by(m.id)
    )
    rows = look.session.execute(query)
    return tuple(UnsentRow(agency, method is MailMethod.CANCEL, why) for agency, method, why in rows)


def findings(look: Look, conference_id: int | None = None) -> tuple[FindingRow, ...]:
    """Replies not kept that nobody put aside, of one conference; without one, those that have to do with none."""
    r = ConferenceReply
    query = pick(r.id, r.sender, r.came_at, r.sentence).where(
        col(r.seen_at).is_(None), col(r.outcome) != ReplyOutcome.KEPT
    )
    if conference_id is not None:
        query = query.where(col(r.conference_id) == conference_id, col(r.conference_id).in_(_visible(look)))
    elif access.may(look, access.Verb.SEE_RECORD):
        query = query.where(col(r.conference_id).is_(None))
    else:
        return ()
    rows = look.session.execute(query.order_by(col(r.came_at).desc(), col(r.id).desc()).limit(MOST_FINDINGS))
    return tuple(FindingRow._make(row) for row in rows)


def to_invite(look: Look, conference_id: int) -> dict[str, str]:
    """Agencies that may be invited as well, by code: those near its actions."""
    about = pick(Action.reference).join(ConferenceAction, col(ConferenceAction.action_id) == col(Action.id))
    seen = about.where(
        ConferenceAction.conference_id == conference_id, col(Action.id).in_(access.visible_actions(look))
    )
    references = tuple(look.session.execute(seen).scalars())
    return {each.code: each.name for each in convening(look, references).agencies} if references else {}


def takes_replies(look: Look) -> bool:
    """Whether the reader may hand in a reply at all."""
    return access.may(look, access.Verb.RECORD_CONFERENCE)


def conference_at_seat(look: Look, seat_id: int) -> tuple[Conference, Attendance] | None:
    """The conference and seat whose invitation planners may hand on: they see it, and know the agency's name."""
    query = (
        select(Conference, Attendance)
        .join(Attendance, col(Attendance.conference_id) == col(Conference.id))
        .join(Agency, col(Agency.id) == col(Attendance.agency_id))
        .where(Attendance.id == seat_id, col(Attendance.conference_id).in_(_visible(look)))
    )
    if not names_providers(look):
        query = query.where(unless_hidden(look, sa.true(), sa.false()))
    found = look.session.exec(query).first()
    return tuple(found) if found else None  # type: ignore[return-value]


def said_of(rows: Iterable[AnswerRow]) -> str:
    """ "2 are here, 3 come, 1 may come, 1 cannot, 2 have not answered"."""
    everybody = list(rows)
    all_rows = [row for row in everybody if row.state is not AttendanceState.ATTENDED]
    counted = (
        (len(everybody) - len(all_rows), "is here", "are here"),
        (sum(row.answer is InvitationAnswer.ACCEPTED for row in all_rows), "comes", "come"),
        (sum(row.answer is InvitationAnswer.TENTATIVE for row in all_rows), "may come", "may come"),
        (sum(row.answer is InvitationAnswer.DECLINED and not row.deputy for row in all_rows), "cannot", "cannot"),
        (sum(row.deputy is not None for row in all_rows), "sends a deputy", "send a deputy"),
        (sum(row.answer is None for row in all_rows), "has not answered", "have not answered"),
    )
    return ", ".join(count_words(*each) for each in counted if each[0])
