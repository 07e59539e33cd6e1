"""The partnership charter as planners read it whole, and as a partner reads it: the own lines, and who leads."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col, func, select

from planner import access
from planner.db import pick
from planner.models.charter import Charter, CharterAcknowledgement, CharterLine, CharterObjection
from planner.models.directory import Agency, Person
from planner.models.operations import Operation, Phase
from planner.rules.charters import CharterFact, changed_for, in_order
from planner.rules.words import AgencyKind, PhaseKind
from planner.work import Look

Verb = access.Verb


class Said(NamedTuple):
    """An agency that a charter names, who agreed for it, when; or why it cannot agree."""

    agency: str
    by: str | None
    at: datetime | None
    objection: str | None = None


class Issued(NamedTuple):
    """The charter that counts: its lines in order, and what each agency said; who has not agreed comes first."""

    number: int
    issued_at: datetime
    lines: tuple[CharterFact, ...]
    said: tuple[Said, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(item.agency for item in self.said if item.at is None)


class DraftLine(NamedTuple):
    id: int
    agency_code: str
    fact: CharterFact


class Draft(NamedTuple):
    number: int
    changes: int
    lines: tuple[DraftLine, ...]


class Enforcement(NamedTuple):
    """The days of an operation's enforcement phase, where it has one."""

    starts_on: date | None
    ends_on: date | None


class MyCharter(NamedTuple):
    """What a charter says of one's own agency; `leads` names who leads each part; `changed` since the last version."""

    charter_id: int
    operation_id: int
    operation: str
    number: int
    agency: str
    lines: tuple[CharterFact, ...]
    leads: tuple[CharterFact, ...]
    changed: str
    agreed_at: datetime | None
    objection: str | None = None


def issued(look: Look, operation_id: int) -> Issued | None:
    """The newest version that was issued, for who plans in the operation."""
    plans = col(Operation.id).in_(access.operations_for(look, Verb.SEE_ACTIONS))
    operation = look.session.exec(select(Operation.id).where(Operation.id == operation_id, plans)).first()
    found = newest(look, operation_id) if operation else None
    if found is None or found.issued_at is None:
        return None
    lines = facts_of(look, found.id)
    return Issued(found.number, found.issued_at, lines, _said(look, found.id or 0))


def newest(look: Look, operation_id: int, *, below: int | None = None) -> Charter | None:
    """The newest issued version of an operation's charter; below a number where it is given."""
    query = select(Charter).where(Charter.operation_id == operation_id, col(Charter.issued_at).is_not(None))
    if below is not None:
        query = query.where(Charter.number < below)
    return look.session.exec(query.order_by(col(Charter.number).desc())).first()


def facts_of(look: Look, charter_id: int | None) -> tuple[CharterFact, ...]:
    return in_order([line.fact for line in _lines(look, charter_id)])


def _lines(look: Look, charter_id: int | None) -> tuple[DraftLine, ...]:
    x = CharterLine
    query = (
        pick(x.id, Agency.code, x.workstream, x.phase, Agency.name, x.leads, x.responsibilities)
        .join(Agency, col(Agency.id) == col(x.agency_id))
        .where(x.charter_id == charter_id)
        .order_by(x.id)
    )
    return tuple(DraftLine(row[0], row[1], CharterFact._make(row[2:])) for row in look.session.execute(query))


def _said(look: Look, charter_id: int) -> tuple[Said, ...]:
    k, x = CharterAcknowledgement, CharterObjection
    named = select(CharterLine.agency_id).where(CharterLine.charter_id == charter_id)
    query = (
        pick(Agency.name, Person.title, k.at, x.reason)
        .select_from(Agency)
        .outerjoin(k, sa.and_(col(k.agency_id) == col(Agency.id), col(k.charter_id) == charter_id))
        .outerjoin(x, sa.and_(col(x.agency_id) == col(Agency.id), col(x.charter_id) == charter_id))
        .outerjoin(Person, col(Person.id) == sa.func.coalesce(k.person_id, x.person_id))
        .where(col(Agency.id).in_(named))
        .order_by(col(k.at).is_not(None), col(x.at).is_(None), Agency.name)
    )
    return tuple(Said._make(row) for row in look.session.execute(query))


def draft(look: Look, operation_id: int) -> Draft | None:
    """What is being written, for who writes it."""
    if not access.may(look, Verb.WRITE_CHARTER, operation_id=operation_id):
        return None
    open_ = Charter.operation_id == operation_id, col(Charter.issued_at).is_(None)
    found = look.session.exec(select(Charter).where(*open_)).first()
    if found is None:
        return None
    order = list(facts_of(look, found.id))
    lines = sorted(_lines(look, found.id), key=lambda line: order.index(line.fact))
    return Draft(found.number, found.changes, tuple(lines))


def enforcement(look: Look, operation_id: int) -> Enforcement:
    query = pick(func.min(Phase.starts_on), func.max(Phase.ends_on)).where(
        col(Phase.operation_id) == operation_id, col(Phase.kind) == PhaseKind.ENFORCEMENT
    )
    return Enforcement(*look.session.execute(query).one())


def may_be_named(look: Look) -> dict[str, str]:
    """Agencies that a charter can name, by code; a care provider's name is no partner's to read."""
    query = pick(Agency.code, Agency.name).where(col(Agency.kind) != AgencyKind.CARE_PROVIDER).order_by(Agency.name)
    return dict(tuple(row) for row in look.session.execute(query))


def my_charters(look: Look) -> tuple[MyCharter, ...]:
    """The newest charters that name an agency for which the reader speaks, in their own operations."""
    mine = access.own_agencies(look, Verb.ACKNOWLEDGE_CHARTER)
    if not mine:
        return ()
    a, x, o = Agency, CharterLine, Operation
    last = sa.select(func.max(Charter.number)).where(
        col(Charter.operation_id) == col(o.id), col(Charter.issued_at).is_not(None)
    )
    query = (
        pick(o.id, o.name, Charter.id, Charter.number, a.id, a.name)
        .join(Charter, col(Charter.operation_id) == col(o.id))
        .where(
            col(o.id).in_(access.operations_for(look, Verb.ACKNOWLEDGE_CHARTER)),
            col(Charter.number) == last.correlate(o).scalar_subquery(),
            col(Charter.issued_at).is_not(None),
            col(a.id).in_(mine),
            col(a.id).in_(select(x.agency_id).where(col(x.charter_id) == col(Charter.id)).correlate(Charter)),
        )
        .join(a, sa.true())
        .order_by(o.starts_on, a.name)
    )
    found = look.session.execute(query).all()
    return tuple(
        _mine(look, row)
        for row in found
        if access.may(look, Verb.ACKNOWLEDGE_CHARTER, agency_id=row[4], operation_id=row[0])
    )


def _mine(look: Look, row: Any) -> MyCharter:
    operation_id, operation, charter_id, number, agency_id, agency = row
    lines, earlier = facts_of(look, charter_id), newest(look, operation_id, below=number)
    said = look.session.get(CharterAcknowledgement, (charter_id, agency_id))
    against = look.session.get(CharterObjection, (charter_id, agency_id))
    return MyCharter(
        charter_id,
        operation_id,
        operation,
        number,
        agency,
        lines=_of(agency, lines),
        leads=tuple(line._replace(responsibilities="") for line in lines if line.leads),
        changed=changed_for(agency, facts_of(look, earlier.id), lines) if earlier else "",
        agreed_at=said.at if said else None,
        objection=against.reason if against and not said else None,
    )


def _of(agency: str, lines: Collection[CharterFact]) -> tuple[CharterFact, ...]:
    return tuple(line for line in lines if line.agency == agency)
