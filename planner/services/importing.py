"""Actions from a spreadsheet: all or nothing, and a second import of the same file changes nothing."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlmodel import col, select

from planner import access
from planner.errors import InputError, NotFound
from planner.inputs.actions import ActionRow
from planner.inputs.known import Known, KnownForce, KnownPlace
from planner.inputs.readings import Reading
from planner.models.directory import Agency, Region, Zone
from planner.models.operations import Action, DemandLine, Operation
from planner.rules.words import AgencyKind, Need
from planner.services.actions import PlanRequest, plan_action
from planner.services.gate import reconsider
from planner.work import Look, Work


class Counted(NamedTuple):
    """What an import did, or would do."""

    created: int
    changed: int
    unchanged: int


def known_for(look: Look, operation_code: str) -> Known:
    """The forces, regions and days of an operation, for the reader to check a file against."""
    operation = _operation(look, operation_code)
    forces = look.session.exec(select(Agency).where(Agency.kind == AgencyKind.POLICE_FORCE))
    return Known(
        forces=tuple(KnownForce(row.code, row.name, row.region) for row in forces),
        regions=tuple(KnownPlace(row.code, row.name) for row in look.session.exec(select(Region))),
        zones=tuple(KnownPlace(row.code, row.name) for row in look.session.exec(select(Zone))),
        first_day=operation.starts_on,
        last_day=operation.ends_on,
    )


def operation_codes(look: Look) -> dict[str, str]:
    """Code and name of the operations the actor may see."""
    visible = access.visible_operations(look)
    rows = look.session.exec(select(Operation.code, Operation.name).where(col(Operation.id).in_(visible)))
    return dict(rows.all())


def _operation(look: Look, code: str) -> Operation:
    visible = access.visible_operations(look)
    query = select(Operation).where(Operation.code == code, col(Operation.id).in_(visible))
    operation = look.session.exec(query).first()
    if operation is None:
        raise NotFound(f"There is no operation {code}, or none that you can open.")
    return operation


def preview_actions(look: Look, operation_code: str, rows: Sequence[ActionRow]) -> Counted:
    """What an import would do, without writing."""
    have = _have(look, _operation(look, operation_code), rows)
    changed = sum(row.external_reference in have and _differs(have[row.external_reference], row) for row in rows)
    created = sum(row.external_reference not in have for row in rows)
    return Counted(created, changed, len(rows) - created - changed)


def _have(look: Look, operation: Operation, rows: Sequence[ActionRow]) -> dict[str, Action]:
    wanted = [row.external_reference for row in rows]
    query = select(Action).where(Action.operation_id == operation.id, col(Action.external_reference).in_(wanted))
    return {row.external_reference or "": row for row in look.session.exec(query)}


def _differs(action: Action, row: ActionRow) -> bool:
    return (action.starts_at, action.ends_at, action.kind, action.premises_kind, action.premises_count) != (
        row.starts_at,
        row.ends_at,
        row.kind,
        row.premises_kind,
        row.premises_count,
    )


def import_actions(work: Work, operation_code: str, reading: Reading[ActionRow]) -> Counted:
    """Write every row or none; each row needs the right to plan for its force."""
    if not reading.stands:
        first = reading.findings[0]
        raise InputError(f"{len(reading.findings)} rows cannot be taken, so none was. {first.sentence} {first.remedy}")
    operation = _operation(work, operation_code)
    have = _have(work, operation, reading.rows)
    counted = preview_actions(work, operation_code, reading.rows)
    for row in reading.rows:
        if row.external_reference not in have:
            _create(work, operation_code, row)
        elif _differs(have[row.external_reference], row):
            _change(work, have[row.external_reference], row)
    sentence = f"An import made {counted.created} actions and changed {counted.changed}."
    work.record("import_actions", sentence, kind="operation", ref=operation_code, rows=len(reading.rows))
    return counted


def _create(work: Work, operation_code: str, row: ActionRow) -> None:
    action = plan_action(
        work,
        PlanRequest(
            operation=operation_code,
            force=row.force_code,
            kind=row.kind,
            premises_kind=row.premises_kind,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            request_key=f"import:{operation_code}:{row.external_reference}"[:80],
            premises_count=row.premises_count,
            exploitation=row.exploitation,
            languages=", ".join(row.languages),
            intelligence_system=row.intelligence_system,
            intelligence_reference=row.intelligence_reference,
            region=row.region_code,
            external_reference=row.external_reference,
        ),
    )
    action.marking = row.marking
    work.session.add_all(
        DemandLine(
            action_id=action.id or 0,
            profile=line.profile,
            need=Need.NONE,
            low=line.low,
            likely=line.likely,
            high=line.high,
        )
        for line in row.demand
    )


def _change(work: Work, found: Action, row: ActionRow) -> None:
    """The file is the plan's source: time, kind and premises follow it."""
    action = access.lock_action(work, found.reference, access.Verb.PLAN)
    action.starts_at, action.ends_at, action.kind = row.starts_at, row.ends_at, row.kind
    action.premises_kind, action.premises_count = row.premises_kind, row.premises_count
    action.version, action.calendar_sequence, action.changed_at = (
        action.version + 1,
        action.calendar_sequence + 1,
        work.now,
    )
    work.session.add(action)
    sentence = f"{action.reference} was changed by an import."
    work.record_action("move_action", sentence, action)
    reconsider(work, [action.id or 0], because=sentence)
