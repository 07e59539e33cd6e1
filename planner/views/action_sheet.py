"""Visible actions for a sheet: everything that a file of actions may say of each, with its demand, in two queries."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.db import pick
from planner.facts_rows import rows
from planner.models.directory import Agency, Region
from planner.models.operations import Action, DemandLine, Operation, StrikeDay
from planner.rules.markings import Marked
from planner.rules.words import ActionKind, ActionState, Exploitation, Marking, Need, PremisesKind, Profile
from planner.views.actions import ActionFilter, filtered
from planner.work import Look


class SheetDemand(NamedTuple):
    """How many of one profile are expected; `need` is a special one, or none."""

    profile: Profile
    need: Need
    low: int
    likely: int
    high: int


class SheetAction(NamedTuple):
    """One action; `external_reference` is that of the file it came from, where it came from one."""

    id: int
    reference: str
    external_reference: str | None
    force_code: str
    force: str
    region: str
    kind: ActionKind
    premises_kind: PremisesKind
    premises_count: int
    starts_at: datetime
    ends_at: datetime
    exploitation: Exploitation
    intelligence_system: str | None
    intelligence_reference: str | None
    languages: str
    marking: Marking
    handling: str | None
    state: ActionState
    version: int
    operation_code: str
    strike_day: str | None

    @property
    def marked(self) -> Marked:
        return Marked(self.marking, self.handling)


class ActionSheet(NamedTuple):
    """Actions in the order of their start, and the demand of each by its id."""

    actions: tuple[SheetAction, ...]
    demand: Mapping[int, tuple[SheetDemand, ...]]


def action_sheet(look: Look, wanted: ActionFilter, operation: str = "") -> ActionSheet:
    """The visible actions that a filter leaves, of one operation or of all; the filter's page does not count."""
    a, d = Action, DemandLine
    columns = (a.id, a.reference, a.external_reference, Agency.code, Agency.name, Region.name)
    more = (a.kind, a.premises_kind, a.premises_count, a.starts_at, a.ends_at, a.exploitation)
    rest = (a.intelligence_system, a.intelligence_reference, a.languages, a.marking, a.handling, a.state, a.version)
    query = pick(*columns, *more, *rest, Operation.code, StrikeDay.name).join(
        Operation, col(Operation.id) == col(a.operation_id)
    )
    query = query.outerjoin(StrikeDay, col(StrikeDay.id) == col(a.strike_day_id))
    found = _joined(look, query, wanted, operation).order_by(col(a.starts_at), a.reference)
    ids = chosen_ids(look, wanted, operation)
    demand: defaultdict[int, list[SheetDemand]] = defaultdict(list)
    lines = pick(d.action_id, d.profile, d.need, d.low, d.likely, d.high).where(col(d.action_id).in_(ids))
    for action_id, *line in rows(look, lines.order_by(d.action_id, d.profile, d.need)):
        demand[action_id].append(SheetDemand._make(line))
    return ActionSheet(
        tuple(SheetAction._make(row) for row in rows(look, found)),
        {action_id: tuple(said) for action_id, said in demand.items()},
    )


def chosen_ids(look: Look, wanted: ActionFilter, operation: str = "") -> Any:
    """A SELECT of the ids of these actions."""
    return _joined(look, pick(Action.id), wanted, operation)


def _joined(look: Look, query: Any, wanted: ActionFilter, operation: str) -> sa.Select[tuple[int]]:
    query = (
        query.join(Agency, col(Agency.id) == col(Action.force_id))
        .join(Region, col(Region.code) == col(Action.region))
        .where(col(Action.id).in_(access.visible_actions(look)))
    )
    if operation:
        query = query.where(col(Action.operation_id).in_(pick(Operation.id).where(Operation.code == operation)))
    return filtered(look, query, wanted)


def references_of(look: Look, operation: str = "") -> dict[str, Marked]:
    """The visible actions by reference, of one operation or of all, with how each is marked."""
    query = pick(Action.reference, Action.marking, Action.handling)
    query = query.where(col(Action.id).in_(access.visible_actions(look)))
    if operation:
        query = query.join(Operation, col(Operation.id) == col(Action.operation_id)).where(Operation.code == operation)
    return {reference: Marked(*marked) for reference, *marked in rows(look, query)}
