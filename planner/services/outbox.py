"""The outbox: notices that mail is to tell of as well, taken in turns so that none is told twice or forgotten.

A turn is taken in one transaction and settled in another; between them the mail server is asked. A server that dies
in between costs a second letter with the same key, never a lost one.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col, select

from planner.db import pick
from planner.models.directory import Agency, Person
from planner.models.records import Notice
from planner.work import Work

A_TURN = timedelta(minutes=5)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=2), timedelta(hours=1)
TOO_OLD = timedelta(hours=24)  # what waited for a day is read on the page; a heap of old news helps nobody
MOST_AT_ONCE = 500


class Told(NamedTuple):
    """A notice that is to be told by mail: to which mailbox, in which words, leading where."""

    number: int
    mailbox: str
    outside: str
    path: str


def take_turn(work: Work) -> tuple[Told, ...]:
    """Notices whose mail is due, taken for five minutes; those without a mailbox are left to the page."""
    due = (
        select(Notice)
        .where(col(Notice.mail_at) <= work.now)
        .order_by(col(Notice.mail_at), col(Notice.id))
        .limit(MOST_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    rows = work.session.exec(due).all()
    people, agencies = _mailboxes(work, rows)
    told: list[Told] = []
    for row in rows:
        found = agencies.get(row.agency_id or 0) if row.person_id is None else people.get(row.person_id)
        if found is None or work.now - row.at > TOO_OLD:
            row.mail_at = None
        else:
            row.mail_at = work.now + A_TURN
            told.append(Told(row.id or 0, found, row.outside or "", row.path or ""))
        work.session.add(row)
    return tuple(told)


def _mailboxes(work: Work, rows: Sequence[Notice]) -> tuple[dict[int, str], dict[int, str]]:
    """The mailboxes of the people at work and the agencies among them."""
    who = {row.person_id for row in rows if row.person_id is not None}
    where = {row.agency_id for row in rows if row.agency_id is not None}
    people = pick(Person.id, Person.mailbox).where(col(Person.id).in_(who), col(Person.active))
    agencies = pick(Agency.id, Agency.mailbox).where(col(Agency.id).in_(where))
    return (
        {number: found for number, found in work.session.execute(people) if found},
        {number: found for number, found in work.session.execute(agencies) if found},
    )


def settle_turn(work: Work, sent: Iterable[int], failed: Mapping[int, str]) -> None:
    """What was taken is told; what was not is tried again for a day, each time after as long as it has waited."""
    numbers = list(sent)
    if numbers:
        work.session.execute(
            sa.update(Notice)
            .where(col(Notice.id).in_(numbers))
            .values(mailed_at=work.now, mail_at=None, mail_trouble=None)
        )
    for number, trouble in failed.items():
        row = work.session.get_one(Notice, number)
        row.mail_trouble = trouble
        row.mail_at = work.now + min(max(work.now - row.at, FIRST_WAIT), LONGEST_WAIT)
        work.session.add(row)
