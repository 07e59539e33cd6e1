"""Every clash of the visible actions to come, from their side alone: what both have in common, and whom to ring."""

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import facts
from planner.db import pick
from planner.models.operations import Action, Clash
from planner.rules.checks_law import still_clashing
from planner.rules.clashes import ClashFact
from planner.views.action_sheet import chosen_ids
from planner.views.actions import ActionFilter
from planner.work import Look


class ClashLine(NamedTuple):
    """Of the other action nothing but its cell is known here."""

    reference: str
    starts_at: datetime
    clash: ClashFact


def clash_list(look: Look, operation: str = "") -> tuple[ClashLine, ...]:
    """By the start of the reader's own action; what is to clear before what was cleared."""
    own = chosen_ids(look, ActionFilter(to_come=True), operation)
    clashing = pick(Action.id).where(
        col(Action.id).in_(own),
        sa.or_(col(Action.id).in_(pick(Clash.first_id)), col(Action.id).in_(pick(Clash.second_id))),
    )
    return tuple(
        ClashLine(found.action.reference, found.action.starts_at, clash)
        for found in facts.load(look, clashing).values()
        for clash in sorted(still_clashing(found), key=lambda item: not item.open)
    )
