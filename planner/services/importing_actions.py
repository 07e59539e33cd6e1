"""Actions from a spreadsheet: all or nothing, and a second import of the same file changes nothing."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from planner import access
from planner.errors import InputError, NotFound
from planner.inputs.actions import ActionRow, DemandRow
from planner.inputs.known import Known, KnownForce, KnownPlace
from planner.inputs.readings import Reading
from planner.models.directory import Agency, Region, Zone
from planner.models.operations import Action, DemandLine, Operation
from planner.rules.counts import count_words
from planner.rules.words import AgencyKind, Exploitation, Need
from planner.services.actions import PlanRequest, lock_open_action, plan_action
from planner.services.clashes import check_clashes
from planner.services.gate import reconsider
from planner.services.importing import Counted, Fate, must_stand
from planner.services.markings import carry_to_conferences
from planner.services.move_limits import Moved
from planner.services.moving import move_all
from planner.work import Look, Work

Demand = Mapping[int, set[DemandRow]]


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


def fates_of_actions(look: Look, operation_code: str, rows: Sequence[ActionRow]) -> tuple[Fate, ...]:
    """What an import would make of each line, without writing."""
    have = _have(look, _operation(look, operation_code), rows)
    demand = _demand_of(look, have)
    return tuple(_fate(have.get(row.external_reference), row, demand) for row in rows)


def _fate(have: Action | None, row: ActionRow, demand: Demand) -> Fate:
    if have is None:
        return Fate.NEW
    return Fate.CHANGED if _differs(have, row, demand) else Fate.UNCHANGED


def _have(look: Look, operation: Operation, rows: Sequence[ActionRow]) -> dict[str, Action]:
    """Actions made from these references; one that the actor may not see refuses the file, and says no more."""
    query = select(Action).where(Action.operation_id == operation.id, col(Action.external_reference).is_not(None))
    visible = set(look.session.exec(access.visible_actions(look)))
    lines = {row.external_reference: row.line for row in rows}
    found = {row.external_reference or "": row for row in look.session.exec(query) if row.external_reference in lines}
    for reference, action in found.items():
        if action.id not in visible:
            line = lines[reference]
            raise InputError(f"Line {line}: the reference {reference} is taken. Give the action another.", line=line)
    return found


def _demand_of(look: Look, have: Mapping[str, Action]) -> Demand:
    """What is recorded of each action: profile, low, likely and high, where no special need is named."""
    found: defaultdict[int, set[DemandRow]] = defaultdict(set)
    wanted = [action.id for action in have.values()]
    for line in look.session.exec(select(DemandLine).where(col(DemandLine.action_id).in_(wanted))):
        if line.need is Need.NONE:
            found[line.action_id].add(DemandRow(line.profile, line.low, line.likely, line.high))
    return found


def _said(row: ActionRow) -> dict[str, Any]:
    """What a line says of an action besides time and demand; what it leaves blank stays as it is."""
    said = {
        "kind": row.kind,
        "premises_kind": row.premises_kind,
        "premises_count": row.premises_count,
        "region": row.region_code,
        "marking": row.marking,
        "languages": ", ".join(row.languages),
        "exploitation": "" if row.exploitation is Exploitation.UNKNOWN else row.exploitation,
        "intelligence_system": row.intelligence_system,
        "intelligence_reference": row.intelligence_reference,
    }
    return {name: value for name, value in said.items() if value}


def _moves(action: Action, row: ActionRow) -> bool:
    return (action.starts_at, action.ends_at) != (row.starts_at, row.ends_at)


def _differs(action: Action, row: ActionRow, demand: Demand) -> bool:
    edited = any(getattr(action, name) != value for name, value in _said(row).items())
    return edited or _moves(action, row) or bool(row.demand and set(row.demand) != demand.get(action.id or 0, set()))


def import_actions(work: Work, operation_code: str, reading: Reading[ActionRow]) -> Counted:
    """Write every row or none; each row needs the right to plan for its force."""
    must_stand(reading)
    work.attempts(access.Verb.PLAN.name.lower(), operation_code)
    have = _have(work, _operation(work, operation_code), reading.rows)
    demand = _demand_of(work, have)
    old = [(have[row.external_reference], row) for row in reading.rows if row.external_reference in have]
    changed = [(action, row) for action, row in old if _differs(action, row, demand)]
    remarked = [action.id or 0 for action, row in changed if action.marking is not row.marking]
    _change(work, sorted(changed, key=lambda pair: pair[0].id or 0))
    created = [row for row in reading.rows if row.external_reference not in have]
    for row in created:
        _create(work, operation_code, row)
    carry_to_conferences(work, remarked)
    done = Counted(len(created), len(changed), len(old) - len(changed))
    sentence = f"An import made {count_words(done.created, 'action')} and changed {done.changed}."
    work.record("import_actions", sentence, kind="operation", ref=operation_code, rows=len(reading.rows))
    return done


def _create(work: Work, operation_code: str, row: ActionRow) -> None:
    known = hashlib.sha256(f"{operation_code}/{row.external_reference}".encode()).hexdigest()
    request = PlanRequest(
        operation=operation_code,
        force=row.force_code,
        kind=row.kind,
        premises_kind=row.premises_kind,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        request_key=f"import:{known}",
        premises_count=row.premises_count,
        exploitation=row.exploitation,
        languages=", ".join(row.languages),
        intelligence_system=row.intelligence_system,
        intelligence_reference=row.intelligence_reference,
        region=row.region_code,
        external_reference=row.external_reference,
    )
    action = plan_action(work, request)
    action.marking = row.marking
    work.session.add(action)
    _write_demand(work, action, row)


def _write_demand(work: Work, action: Action, row: ActionRow) -> None:
    """The file's numbers take the place of those without a special need; a file that says none leaves them."""
    if not row.demand:
        return
    old = sa.delete(DemandLine).where(col(DemandLine.action_id) == action.id, col(DemandLine.need) == Need.NONE)
    work.session.execute(old)
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
    work.session.flush()


def _change(work: Work, changed: Sequence[tuple[Action, ActionRow]]) -> None:
    """The file is the plan's source: time, kind, premises and demand follow it, and so do partners and the gate."""
    rows = [(lock_open_action(work, found.reference, access.Verb.PLAN), row) for found, row in changed]
    moves = []
    for action, row in rows:
        _take_over(work, action, row)
        if _moves(action, row):
            moves.append(Moved(action, row.starts_at, row.ends_at))
    move_all(work, moves)
    for action, _ in rows:
        sentence = f"{action.reference} was changed by an import."
        work.record_action("import_action", sentence, action)
        check_clashes(work, [action])
        reconsider(work, [action.id or 0], because=sentence)


def _take_over(work: Work, action: Action, row: ActionRow) -> None:
    """Everything but the time."""
    if work.session.get_one(Agency, action.force_id).code != row.force_code:
        why = f"Line {row.line}: {row.external_reference} belongs to another force. Give it a reference of its own."
        raise InputError(why, line=row.line)
    for name, value in _said(row).items():
        setattr(action, name, value)
    access.require(work, access.Verb.PLAN, ref=action.reference, action=action)  # in the region it goes to, too
    action.version, action.changed_at = action.version + 1, work.now
    work.session.add(action)
    _write_demand(work, action, row)
