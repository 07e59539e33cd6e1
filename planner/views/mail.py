"""How mail has gone lately, and where one is reached."""

from datetime import timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.db import pick
from planner.models.conference_mail import ConferenceMail
from planner.models.directory import Agency, Person
from planner.models.records import Notice
from planner.work import Look

LATELY = timedelta(hours=24)


class MailState(NamedTuple):
    """Of the last day: how many notices and invitations were told by mail, how many not taken, what was said last."""

    told: int
    not_taken: int
    trouble: str | None


def mail_state(look: Look) -> MailState:
    """For those who read the record; for others nothing was told."""
    if not access.may(look, access.Verb.SEE_RECORD):
        return MailState(0, 0, None)
    notices = _counted(look, Notice, col(Notice.at))
    invitations = _counted(look, ConferenceMail, col(ConferenceMail.written_at))
    return MailState(
        notices.told + invitations.told,
        notices.not_taken + invitations.not_taken,
        notices.trouble or invitations.trouble,
    )


def _counted(look: Look, table: type[Notice] | type[ConferenceMail], written_at: Any) -> MailState:
    """What waits without a word has not been tried yet."""
    sent, said = col(table.mailed_at), col(table.mail_trouble)
    query = pick(
        sa.func.count(sent),
        sa.func.count(sa.case((sent.is_(None), said))),
        sa.func.max(sa.case((sent.is_(None), said))),
    )
    return MailState._make(look.session.execute(query.where(written_at > look.now - LATELY)).one())


class Reached(NamedTuple):
    """Where an agency is told by mail and rung at any hour; empty where nothing is kept."""

    mailbox: str
    number: str


def agency_reached(look: Look, code: str) -> Reached:
    """For who keeps the directory; for others nothing is kept."""
    if not access.may(look, access.Verb.MANAGE_DIRECTORY):
        return Reached("", "")
    kept = look.session.execute(pick(Agency.mailbox, Agency.duty_number).where(Agency.code == code)).first()
    mailbox, number = kept or (None, None)
    return Reached(mailbox or "", number or "")


def own_mailbox(look: Look) -> str:
    """Empty when one is told on the page alone."""
    found = look.session.execute(pick(Person.mailbox).where(col(Person.id) == look.actor.person_id)).scalar()
    return found or ""


def own_number(look: Look) -> str:
    """The number at which one's post is rung at any hour, or nothing."""
    own = pick(Person.duty_number).where(Person.id == look.actor.person_id)
    return look.session.execute(own).scalar() or ""
