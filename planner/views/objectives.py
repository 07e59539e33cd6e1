"""What the national Gold set, as its readers see it: objectives and parameters in force, and every version's reason."""

from datetime import datetime
from typing import NamedTuple

from sqlmodel import col

from planner import access
from planner.db import pick
from planner.models.directory import Person
from planner.models.operations import Objective, ObjectiveSet
from planner.rules.parameters import ParameterFact, ParameterKind
from planner.work import Look

FIRST = 1


class ObjectiveRow(NamedTuple):
    """`kind` is of a parameter that the gate checks, whose `text` says it in Gold's words."""

    parameter: bool
    text: str
    kind: ParameterKind | None
    value: str
    blocks: bool

    @property
    def checked(self) -> ParameterFact | None:
        return ParameterFact(self.kind, self.value, self.blocks) if self.kind else None


class VersionRow(NamedTuple):
    version: int
    reason: str
    by: str
    at: datetime


class SetByGold(NamedTuple):
    """The version in force, what it says, and all versions, newest first."""

    version: int
    rows: tuple[ObjectiveRow, ...]
    versions: tuple[VersionRow, ...]


def set_by_gold(look: Look, operation_id: int) -> SetByGold:
    """Of one visible operation, in two queries."""
    o, s, seen = Objective, ObjectiveSet, access.visible_operations(look)
    query = (
        pick(s.version, s.reason, Person.title, s.set_at)
        .outerjoin(Person, col(Person.id) == col(s.set_by))
        .where(col(s.operation_id) == operation_id, col(s.operation_id).in_(seen))
        .order_by(col(s.version).desc())
    )
    versions = tuple(VersionRow(row[0], row[1], row[2] or "", row[3]) for row in look.session.execute(query))
    current = versions[0].version if versions else FIRST
    said = pick(o.parameter, o.text, o.kind, o.value, o.blocks).where(
        col(o.operation_id) == operation_id, col(o.operation_id).in_(seen), col(o.version) == current
    )
    rows = tuple(ObjectiveRow._make(row) for row in look.session.execute(said.order_by(o.number)))
    return SetByGold(current, rows, versions)
