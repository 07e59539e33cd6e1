"""What a database holds, in the numbers that `planner init` reports."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from planner.db import Database, Table
from planner.models.care import Hold, Provider, Unit
from planner.models.conferences import Conference
from planner.models.directory import Agency
from planner.models.operations import Action, DemandLine, Operation
from planner.rules.words import ActionState, AgencyKind

LIVE = (ActionState.PLANNED, ActionState.REQUESTED)


@dataclass(frozen=True)
class Loaded:
    """What is there, as `planner init --json` reports it."""

    operation: str
    database: str
    forces: int
    actions: int
    actions_needing_places: int
    agencies: int
    providers: int
    units: int
    holds: int
    conferences: int


def counted(session: Session, database: Database, *, forces: int | None = None) -> Loaded:
    """Count every kind of row; `forces` are all police forces unless the caller knows who takes part."""

    def count(table: type[Table], *terms: Any) -> int:
        return int(session.execute(sa.select(func.count()).select_from(table).where(*terms)).scalar_one())

    names = session.exec(select(Operation.name).order_by(Operation.name)).all()
    return Loaded(
        operation=", ".join(names),
        database=database.shown_url,
        forces=count(Agency, col(Agency.kind) == AgencyKind.POLICE_FORCE) if forces is None else forces,
        actions=count(Action),
        actions_needing_places=_needing_places(session),
        agencies=count(Agency),
        providers=count(Provider),
        units=count(Unit),
        holds=count(Hold),
        conferences=count(Conference),
    )


def _needing_places(session: Session) -> int:
    """Actions still to come in which at least one person is likely."""
    likely = sa.select(DemandLine.action_id).where(col(DemandLine.likely) > 0)  # type: ignore[call-overload]
    query = sa.select(func.count()).select_from(Action).where(col(Action.id).in_(likely), col(Action.state).in_(LIVE))
    return int(session.execute(query).scalar_one())
