"""An operation by its code, for who may see it: missing and forbidden answer alike."""

from typing import Any

from sqlmodel import col, select

from planner.access import Verb, require, visible_operations
from planner.errors import NotFound
from planner.models.operations import Operation
from planner.work import Look, Work


def operation_id_of(look: Look, code: str, *, among: Any = None) -> int:
    """Its number; `among` is a SELECT of numbers that is narrower than what the actor sees."""
    seen = visible_operations(look) if among is None else among
    query = select(Operation.id).where(Operation.code == code, col(Operation.id).in_(seen))
    number = look.session.exec(query).first()
    if number is None:
        raise NotFound(f"There is no operation {code}, or none that you can open.")
    return number


def lock_operation(work: Work, code: str, verb: Verb) -> Operation:
    """Lock it and decide access under the lock; the attempt is named first, so that a refusal is recorded."""
    work.attempts(verb.name.lower(), code)
    operation = work.lock(Operation, operation_id_of(work, code))
    require(work, verb, ref=code, operation_id=operation.id)
    return operation
