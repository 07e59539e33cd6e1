"""Operations and their phases; the directory's agencies and published figures."""

from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.db import pick
from planner.models.directory import Agency, Region
from planner.models.operations import Operation, Phase
from planner.models.reference import Figure
from planner.rules.words import AgencyKind, Marking, PhaseKind
from planner.work import Look


class OperationRow(NamedTuple):
    id: int
    code: str
    name: str
    lead: str
    starts_on: date
    ends_on: date
    marking: Marking
    handling: str | None
    version: int


class PhaseRow(NamedTuple):
    number: int
    kind: PhaseKind
    starts_on: date
    ends_on: date


class AgencyRow(NamedTuple):
    code: str
    name: str
    kind: str
    region: str | None
    fictional: bool
    source: str


def operations(look: Look) -> tuple[OperationRow, ...]:
    o = Operation
    query = (
        pick(o.id, o.code, o.name, Agency.name, o.starts_on, o.ends_on, o.marking, o.handling, o.version)
        .join(Agency, col(Agency.id) == col(o.lead_agency_id))
        .where(col(o.id).in_(access.visible_operations(look)))
        .order_by(o.starts_on)
    )
    return tuple(OperationRow._make(row) for row in look.session.execute(query))


def phases(look: Look, operation_id: int) -> tuple[PhaseRow, ...]:
    query = pick(Phase.number, Phase.kind, Phase.starts_on, Phase.ends_on).where(
        col(Phase.operation_id) == operation_id, col(Phase.operation_id).in_(access.visible_operations(look))
    )
    return tuple(PhaseRow._make(row) for row in look.session.execute(query.order_by(Phase.number)))


class Rights(NamedTuple):
    """What the reader may change: a post of one operation sets up no other."""

    founds: bool
    sets_phases: bool
    remarks: bool
    sets_objectives: bool
    writes_charter: bool
    asks_pause: bool


def rights(look: Look) -> Rights:
    v = access.Verb
    verbs = (v.FOUND_OPERATION, v.SET_PHASES, v.REMARK_OPERATION, v.SET_OBJECTIVES, v.WRITE_CHARTER, v.ASK_PAUSE)
    return Rights(*(access.may(look, verb) for verb in verbs))


def leading_agencies(look: Look) -> dict[str, str]:
    """Who can lead an operation: national and regional cells first, then police forces."""
    a = Agency
    order = sa.case((col(a.kind) == AgencyKind.NATIONAL_CELL, 0), (col(a.kind) == AgencyKind.REGIONAL_CELL, 1), else_=2)
    kinds = (AgencyKind.NATIONAL_CELL, AgencyKind.REGIONAL_CELL, AgencyKind.POLICE_FORCE)
    query = pick(a.code, a.name).where(col(a.kind).in_(kinds)).order_by(order, a.name)
    return dict(tuple(row) for row in look.session.execute(query))


def agencies(look: Look) -> tuple[AgencyRow, ...]:
    """The directory; providers' names only for who may see them."""
    a = Agency
    query = pick(a.code, a.name, a.kind, Region.name, a.fictional, a.source).outerjoin(
        Region, col(Region.code) == col(a.region)
    )
    if not access.may(look, access.Verb.SEE_PROVIDERS):
        query = query.where(col(a.kind) != "care_provider")
    return tuple(AgencyRow._make(row) for row in look.session.execute(query.order_by(a.kind, a.name)))


def figures(look: Look) -> tuple[tuple[str, str, float, str, str], ...]:
    """Published figures with their source; figures that disagree stay separate rows."""
    query = pick(Figure.operation, Figure.measure, Figure.value, Figure.source, Figure.source_date)
    return tuple(tuple(row) for row in look.session.execute(query.order_by(Figure.operation, Figure.id)))
