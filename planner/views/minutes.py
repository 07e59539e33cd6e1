"""Minutes that went out: which issues there are, who took receipt, and what waits for one's own agency."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col, select

from planner import access
from planner.db import pick
from planner.errors import NotFound
from planner.models.conferences import Attendance, Conference, ConferenceAction
from planner.models.directory import Agency, Person
from planner.models.minutes import MinutesCopy, MinutesIssue
from planner.models.operations import Action
from planner.rules.markings import Marked
from planner.rules.words import ConferenceKind
from planner.views.people import unless_hidden
from planner.work import Look

NO_MINUTES = "There are no such minutes, or none that you can open."


class Receipt(NamedTuple):
    """An agency's copy, and who took receipt of it when."""

    agency: str
    received_at: datetime | None
    received_by: str | None


class IssueRow(NamedTuple):
    id: int
    number: int
    issued_at: datetime
    issued_by: str
    note: str
    receipts: tuple[Receipt, ...] = ()

    @property
    def received(self) -> int:
        return sum(receipt.received_at is not None for receipt in self.receipts)


class Minuted(NamedTuple):
    """A conference on a visible action, with every issue of its minutes; `records`: the reader may issue them."""

    version: int
    opened_at: datetime | None
    records: bool
    issues: tuple[IssueRow, ...]


class MyMinutes(NamedTuple):
    """The last issue that an own agency has a copy of, by conference; `accepted`: the confidentiality statement."""

    copy_id: int
    issue_id: int
    number: int
    issued_at: datetime
    received_at: datetime | None
    conference_id: int
    kind: ConferenceKind
    starts_at: datetime
    ends_at: datetime
    accepted: bool
    confidentiality: str
    marked: Marked


def minuted(look: Look, conference_id: int) -> Minuted | None:
    """What is minuted of a conference, None where the reader sees no action of it."""
    about = pick(ConferenceAction.action_id).where(ConferenceAction.conference_id == conference_id)
    actions = look.session.exec(select(Action).where(col(Action.id).in_(about))).all()
    seen = set(look.session.exec(access.visible_actions(look).where(col(Action.id).in_(about))))
    if not seen:
        return None
    records = len(seen) == len(actions) and all(
        access.may(look, access.Verb.RECORD_CONFERENCE, action=action) for action in actions
    )
    row = look.session.get_one(Conference, conference_id)
    return Minuted(row.version, row.opened_at, records, issues(look, conference_id))


def issues(look: Look, conference_id: int) -> tuple[IssueRow, ...]:
    """Every issue of a conference on a visible action, the newest first."""
    visible = access.visible_actions(look)
    here = pick(ConferenceAction.conference_id).where(col(ConferenceAction.action_id).in_(visible))
    i = MinutesIssue
    query = (
        pick(i.id, i.number, i.issued_at, Person.title, i.note)
        .join(Person, col(Person.id) == col(i.issued_by))
        .where(i.conference_id == conference_id, col(i.conference_id).in_(here))
        .order_by(col(i.number).desc())
    )
    rows = [IssueRow(*row) for row in look.session.execute(query)]
    found = _receipts(look, [row.id for row in rows])
    return tuple(row._replace(receipts=found[row.id]) for row in rows)


class LastIssue(NamedTuple):
    """The last minutes of a conference, with how they are marked."""

    id: int
    number: int
    conference_id: int
    marked: Marked


def last_issues(look: Look, operation_id: int) -> tuple[LastIssue, ...]:
    """Of every conference of an operation about an action that the reader sees, the first to meet first."""
    visible = access.visible_actions(look)
    here = pick(ConferenceAction.conference_id).where(col(ConferenceAction.action_id).in_(visible))
    i, c = MinutesIssue, Conference
    query = (
        pick(i.id, i.number, c.id, c.marking, c.handling)
        .join(c, col(c.id) == col(i.conference_id))
        .where(col(c.operation_id) == operation_id, col(c.id).in_(here))
        .order_by(c.starts_at, c.id, i.number)
    )
    found = look.session.execute(query)
    last = {at: LastIssue(issue, number, at, Marked(*marked)) for issue, number, at, *marked in found}
    return tuple(last.values())


def _receipts(look: Look, issue_ids: Collection[int]) -> defaultdict[int, tuple[Receipt, ...]]:
    c = MinutesCopy
    name = unless_hidden(look, col(Agency.name))
    query = (
        pick(c.issue_id, name, c.received_at, unless_hidden(look, col(Person.title)))
        .join(Agency, col(Agency.id) == col(c.agency_id))
        .outerjoin(Person, col(Person.id) == col(c.received_by))
        .where(col(c.issue_id).in_(issue_ids))
        .order_by(name, c.id)
    )
    found: defaultdict[int, tuple[Receipt, ...]] = defaultdict(tuple)
    for issue_id, agency, at, by in look.session.execute(query):
        found[issue_id] += (Receipt(agency, at, by if at else None),)
    return found


def my_minutes(look: Look) -> tuple[MyMinutes, ...]:
    """The own agencies' copies, the last of each conference; what waits for a receipt first, then the newest."""
    c, i, meeting, seat = MinutesCopy, MinutesIssue, Conference, Attendance
    query = (
        pick(
            *(c.id, i.id, i.number, i.issued_at, c.received_at),
            *(meeting.id, meeting.kind, meeting.starts_at, meeting.ends_at),
            *(sa.func.coalesce(seat.confidentiality_accepted, sa.false()), meeting.confidentiality),
            *(meeting.marking, meeting.handling, c.agency_id, meeting.operation_id),
        )
        .join(i, col(i.id) == col(c.issue_id))
        .join(meeting, col(meeting.id) == col(i.conference_id))
        .outerjoin(seat, sa.and_(col(seat.conference_id) == col(meeting.id), col(seat.agency_id) == col(c.agency_id)))
        .where(col(c.agency_id).in_(access.own_agencies(look, access.Verb.SEE_OFFERS)))
        .order_by(i.number)
    )
    last: dict[tuple[int, int], MyMinutes] = {}
    for *row, marking, handling, agency_id, operation_id in look.session.execute(query):
        if is_own(look, agency_id, operation_id):
            last[row[5], agency_id] = MyMinutes._make((*row, Marked(marking, handling)))
    newest = sorted(last.values(), key=lambda mine: mine.issued_at, reverse=True)
    return tuple(sorted(newest, key=lambda mine: mine.received_at is not None))


def is_own(look: Look, agency_id: int, operation_id: int) -> bool:
    """Whether the actor speaks for this agency in this operation."""
    return access.may(look, access.Verb.SEE_OFFERS, agency_id=agency_id, operation_id=operation_id)


def issue_named(look: Look, said: str) -> int:
    """The last issue of a conference by its number, or of the last conference about a visible action by reference."""
    query = select(MinutesIssue.id).join(Conference, col(Conference.id) == col(MinutesIssue.conference_id))
    if said.isascii() and said.isdigit():
        query = query.where(Conference.id == int(said[:9]))
    else:
        about = pick(ConferenceAction.conference_id).where(
            ConferenceAction.action_id == access.action_id_of(look, said)
        )
        query = query.where(col(Conference.id).in_(about))
    order = (col(Conference.starts_at).desc(), col(Conference.id).desc(), col(MinutesIssue.number).desc())
    found = look.session.exec(query.order_by(*order).limit(1)).first()
    if found is None:
        raise NotFound(NO_MINUTES)
    return found
