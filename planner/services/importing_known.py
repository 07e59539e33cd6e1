"""What a file of actions is read against: the operations, forces, regions and days that there are."""

from sqlmodel import col, select

from planner import access
from planner.inputs.action_columns import languages_of
from planner.inputs.known import Kept, Known, KnownForce, KnownPlace
from planner.models.directory import Agency, Region, Zone
from planner.models.operations import Action, Operation
from planner.named import operation_id_of
from planner.rules.words import AgencyKind
from planner.services.importing import may_preview_actions
from planner.work import Look


def known_for(look: Look, operation_code: str) -> Known:
    """The forces, regions and days of an operation, for the reader to check a file against."""
    may_preview_actions(look)
    operation = look.session.get_one(Operation, operation_id_of(look, operation_code))
    forces = look.session.exec(select(Agency).where(Agency.kind == AgencyKind.POLICE_FORCE))
    seen = col(Action.id).in_(access.visible_actions(look))
    actions = look.session.exec(select(Action).where(Action.operation_id == operation.id, seen))
    return Known(
        forces=tuple(KnownForce(row.code, row.name, row.region) for row in forces),
        regions=tuple(KnownPlace(row.code, row.name) for row in look.session.exec(select(Region))),
        zones=tuple(KnownPlace(row.code, row.name) for row in look.session.exec(select(Zone))),
        first_day=operation.starts_on,
        last_day=operation.ends_on,
        kept={
            row.reference.casefold(): Kept(
                languages_of(row.languages), row.intelligence_system, row.intelligence_reference
            )
            for row in actions
        },
    )


def operation_codes(look: Look) -> dict[str, str]:
    """Code and name of the operations the actor may see."""
    visible = access.visible_operations(look)
    rows = look.session.exec(select(Operation.code, Operation.name).where(col(Operation.id).in_(visible)))
    return dict(rows.all())
