"""Who stands in for a provider's lead: now and before, and who of the service could."""

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import aliased
from sqlmodel import col

from planner import access
from planner.access import Verb
from planner.db import pick
from planner.models.accounts import Account
from planner.models.care import StandIn
from planner.models.directory import Person
from planner.models.operations import Operation
from planner.work import Look

STANDS: Any = aliased(Person)
NAMED: Any = aliased(Person)
ENDED: Any = aliased(Person)


class StandInRow(NamedTuple):
    id: int
    title: str
    operation: str
    named_by: str
    named_at: datetime
    until: date
    ended_at: datetime | None
    ended_by: str | None

    def stands(self, today: date) -> bool:
        return self.ended_at is None and self.until >= today


def stand_ins(look: Look) -> tuple[StandInRow, ...]:
    """Of one's own services, the latest first."""
    s = StandIn
    query = (
        pick(s.id, STANDS.title, Operation.name, NAMED.title, s.named_at, s.until, s.ended_at, ENDED.title)
        .select_from(StandIn)
        .join(Operation, col(Operation.id) == col(s.operation_id))
        .join(STANDS, STANDS.id == col(s.person_id))
        .join(NAMED, NAMED.id == col(s.named_by))
        .outerjoin(ENDED, ENDED.id == col(s.ended_by))
        .where(col(s.provider_id).in_(access.own_agencies(look, Verb.NAME_STAND_IN)))
        .order_by(col(s.id).desc())
    )
    return tuple(StandInRow._make(row) for row in look.session.execute(query))


def could_stand_in(look: Look) -> dict[str, bool]:
    """Colleagues of one's own services by title, and whether each has an account to sign in with."""
    own = access.own_agencies(look, Verb.NAME_STAND_IN)
    query = (
        pick(Person.title, Account.id)
        .outerjoin(Account, (col(Account.person_id) == col(Person.id)) & col(Account.closed_at).is_(None))
        .where(col(Person.agency_id).in_(own), col(Person.active), col(Person.id) != look.actor.person_id)
        .order_by(Person.title)
    )
    return {title: account is not None for title, account in look.session.execute(query)}
