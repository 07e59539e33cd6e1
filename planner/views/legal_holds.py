"""Legal holds as the record's readers see them: on which operation, why, since when, and whether lifted."""

from datetime import datetime
from typing import NamedTuple

from sqlmodel import col

from planner import access
from planner.db import pick
from planner.models.operations import Operation
from planner.models.records import LegalHold
from planner.work import Look


class LegalHoldRow(NamedTuple):
    operation: str
    reason: str
    set_at: datetime
    lifted_at: datetime | None
    lifted_reason: str | None


def legal_holds(look: Look) -> tuple[LegalHoldRow, ...]:
    """Those that stand first, then the latest."""
    if not access.may(look, access.Verb.SEE_RECORD):
        return ()
    query = (
        pick(Operation.code, LegalHold.reason, LegalHold.set_at, LegalHold.lifted_at, LegalHold.lifted_reason)
        .join(Operation, col(Operation.id) == col(LegalHold.operation_id))
        .where(col(LegalHold.operation_id).in_(access.visible_operations(look)))
        .order_by(col(LegalHold.lifted_at).is_not(None), col(LegalHold.set_at).desc(), col(LegalHold.id).desc())
    )
    return tuple(LegalHoldRow._make(row) for row in look.session.execute(query))


def operations_to_hold(look: Look) -> dict[str, bool]:
    """The operations whose legal holds the actor may set, and whether one stands on each."""
    held = pick(LegalHold.operation_id).where(col(LegalHold.lifted_at).is_(None))
    query = pick(Operation.code, col(Operation.id).in_(held)).where(
        col(Operation.id).in_(access.operations_for(look, access.Verb.HOLD_RECORDS))
    )
    return dict(look.session.execute(query.order_by(col(Operation.code))).all())
