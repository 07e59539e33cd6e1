"""Legal holds: the cell notes that everything about an operation is to be kept, and why; and when no longer."""

from sqlmodel import col, select

from planner.access import Verb, may
from planner.errors import NotAllowed, Refused
from planner.models.operations import Operation
from planner.models.records import LegalHold
from planner.named import operation_id_of
from planner.services.texts import needed_text
from planner.work import Work


def set_legal_hold(work: Work, operation_code: str, reason: str) -> None:
    """Nothing about the operation may be deleted from now on, by whoever runs the installation."""
    operation = _locked(work, "set_legal_hold", operation_code)
    why = needed_text(reason, "The reason for the legal hold")
    if _standing(work, operation) is not None:
        raise Refused(f"A legal hold on {operation_code} stands already. Lift it before you set another.")
    work.session.add(
        LegalHold(operation_id=operation.id or 0, reason=why, set_by=work.actor.person_id, set_at=work.now)
    )
    said = f"A legal hold was set on {operation_code}: {why}"
    work.record("set_legal_hold", said, kind="operation", ref=operation_code, reason=why)


def lift_legal_hold(work: Work, operation_code: str, reason: str) -> None:
    """The hold stays in the list with both reasons."""
    operation = _locked(work, "lift_legal_hold", operation_code)
    why = needed_text(reason, "The reason for lifting the legal hold")
    hold = _standing(work, operation)
    if hold is None:
        raise Refused(f"There is no legal hold on {operation_code} to lift.")
    hold.lifted_at, hold.lifted_by, hold.lifted_reason = work.now, work.actor.person_id, why
    work.session.add(hold)
    said = f"The legal hold on {operation_code} was lifted: {why}"
    work.record("lift_legal_hold", said, kind="operation", ref=operation_code, reason=why)


def _standing(work: Work, operation: Operation) -> LegalHold | None:
    holds = select(LegalHold).where(LegalHold.operation_id == operation.id, col(LegalHold.lifted_at).is_(None))
    return work.session.exec(holds).first()


def _locked(work: Work, verb: str, code: str) -> Operation:
    """Access is decided under the lock; missing and forbidden answer alike."""
    work.attempts(verb, code)
    operation = work.lock(Operation, operation_id_of(work, code))
    if not may(work, Verb.HOLD_RECORDS, operation_id=operation.id):
        raise NotAllowed(f"You cannot set or lift a legal hold on {code}: that is for the cell. Ask the cell.")
    return operation
