"""Actions that a sheet held when it was made and that stand in no line of it now: somebody is asked what is meant."""

from collections.abc import Collection, Sequence

from sqlmodel import col, select

from planner import access
from planner.access import Verb
from planner.inputs.action_rows import ActionRow
from planner.models.operations import Action
from planner.rules.words import ActionState
from planner.services.action_lines import lines_of
from planner.work import Look

STILL_TO_COME = (ActionState.PLANNED, ActionState.REQUESTED, ActionState.DEFERRED)
HEADLESS = (
    "The lines above the names do not say any more which actions this sheet was made with: whether a line was taken "
    "out of it cannot be told. Export again to be asked about such lines."
)


def is_headless(rows: Sequence[ActionRow], held: Collection[str] | None) -> bool:
    """Whether a sheet that was exported does not say which actions it was made with."""
    return held is None and any(row.exported for row in rows)


def missing(
    look: Look, operation_code: str, rows: Sequence[ActionRow], held: Collection[str] | None
) -> tuple[str, ...]:
    """References of actions still to come that the reader plans, in their order; nothing of a file made elsewhere.

    `held` are those that the sheet itself says it was made with, whoever made it: what it was narrowed to and what its
    maker might see then are its own affair, and may have changed since.
    """
    if not held or not any(row.exported for row in rows):
        return ()
    lines = lines_of(look, operation_code, rows)
    here = {action.id for action in lines.action.values()}
    wanted = select(Action).where(
        Action.operation_id == lines.operation.id,
        col(Action.id).in_(access.visible_actions(look)),
        col(Action.state).in_(STILL_TO_COME),
    )
    return tuple(
        action.reference
        for action in look.session.exec(wanted.order_by(col(Action.reference)))
        if action.reference in held and action.id not in here and access.may(look, Verb.PLAN, action=action)
    )
