"""How mail has gone lately, and where one is reached."""

from datetime import timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.db import pick
from planner.models.directory import Person
from planner.models.records import Notice
from planner.work import Look

LATELY = timedelta(hours=24)


class MailState(NamedTuple):
    """Of the last day: how many notices were told by mail, how many were not taken, and what was said last."""

    told: int
    not_taken: int
    trouble: str | None


def mail_state(look: Look) -> MailState:
    """For those who read the record; for others nothing was told."""
    if not access.may(look, access.Verb.SEE_RECORD):
        return MailState(0, 0, None)
    told = sa.func.count(col(Notice.mailed_at))
    not_taken = sa.func.count(sa.case((col(Notice.mailed_at).is_(None), col(Notice.mail_trouble))))
    trouble = sa.func.max(sa.case((col(Notice.mailed_at).is_(None), col(Notice.mail_trouble))))
    query = pick(told, not_taken, trouble).where(col(Notice.at) > look.now - LATELY)
    return MailState._make(look.session.execute(query).one())


def own_mailbox(look: Look) -> str:
    """Empty when one is told on the page alone."""
    found = look.session.execute(pick(Person.mailbox).where(col(Person.id) == look.actor.person_id)).scalar()
    return found or ""
