"""Actions that a sheet held when it was made and that stand in no line of it now: somebody is asked what is meant."""

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from planner import access
from planner.access import Verb
from planner.inputs.action_rows import ActionRow
from planner.models.directory import Agency
from planner.models.operations import Action
from planner.models.records import RecordLine
from planner.rules.asked import Origin
from planner.rules.words import ActionState
from planner.services.action_lines import lines_of
from planner.work import Look

STILL_TO_COME = (ActionState.PLANNED, ActionState.REQUESTED, ActionState.DEFERRED)
HEADLESS = (
    "The lines above the names are gone or were changed: whether a line was taken out of this sheet cannot be told. "
    "Export again to be asked about such lines."
)
A_MINUTE = timedelta(minutes=1)  # a sheet says when it was made to the minute


def is_headless(rows: Sequence[ActionRow], origin: Origin | None) -> bool:
    """Whether a sheet that was exported no longer says where it comes from."""
    return origin is None and any(row.exported for row in rows)


def missing(look: Look, operation_code: str, rows: Sequence[ActionRow], origin: Origin | None) -> tuple[str, ...]:
    """References of actions still to come that the reader plans, in their order; nothing of a file made elsewhere.

    What was planned after the sheet was made, or what it was narrowed to leaves out, is not missing; nor is, of a sheet
    that somebody else made, what belongs to a force of which it has no line: its maker may see less than the reader.
    """
    exported = [row for row in rows if row.exported]
    if origin is None or not exported or origin.asked.operation not in ("", operation_code):
        return ()
    lines = lines_of(look, operation_code, rows)
    here = {action.id for action in lines.action.values()}
    held = _held(look, origin).where(Action.operation_id == lines.operation.id)
    if origin.made_by != look.actor.name:
        held = held.where(col(Action.force_id).in_({action.force_id for action in lines.action.values()}))
    found = look.session.exec(held)
    return tuple(
        action.reference for action in found if action.id not in here and access.may(look, Verb.PLAN, action=action)
    )


def _held(look: Look, origin: Origin) -> SelectOfScalar[Action]:
    """What a sheet so narrowed would hold, of the actions there were then."""
    asked, a = origin.asked, Action
    later = select(RecordLine.action_id).where(
        RecordLine.verb == "plan_action",
        RecordLine.at >= origin.made_at + A_MINUTE,
        col(RecordLine.action_id).is_not(None),
    )
    query = select(a).join(Agency, col(Agency.id) == col(a.force_id)).order_by(col(a.reference))
    query = query.where(
        col(a.id).in_(access.visible_actions(look)), col(a.state).in_(STILL_TO_COME), col(a.id).not_in(later)
    )
    if asked.to_come:
        query = query.where(col(a.state) != ActionState.DEFERRED, col(a.ends_at) >= look.now)
    if asked.force:
        query = query.where(col(Agency.name) == asked.force)
    if asked.text:
        query = query.where(col(a.reference).icontains(asked.text, autoescape=True))
    return query
