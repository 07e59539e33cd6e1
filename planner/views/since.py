"""What changed since somebody looked last, from the record: what others did, of what this person may see."""

from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.db import pick
from planner.models.operations import Action
from planner.models.records import RecordLine
from planner.rules.words import Outcome
from planner.views.history import Happened
from planner.views.record_names import actor_column
from planner.work import Look

MOST = 6


class Since(NamedTuple):
    """The latest changes, newest first, and how many there were in all."""

    latest: tuple[Happened, ...]
    number: int


def changes_since(look: Look, line: int | None, reference: str = "", *, most: int = MOST) -> Since:
    """What others did after a line of the record, to one visible action or to all of them; nothing without a line."""
    if line is None:
        return Since((), 0)
    r = RecordLine
    wanted = (
        pick(r.at, actor_column(look), r.sentence)
        .where(col(r.number) > line, col(r.outcome) == Outcome.DONE)
        .where(sa.or_(col(r.person_id).is_(None), col(r.person_id) != look.actor.person_id))
    )
    if reference:
        wanted = wanted.where(r.action_id == access.action_id_of(look, reference))
    else:
        mine = pick(Action.id).where(col(Action.id).in_(access.visible_actions(look)))
        wanted = wanted.where(col(r.action_id).in_(mine))
    number = int(look.session.execute(sa.select(sa.func.count()).select_from(wanted.subquery())).scalar_one())
    rows = look.session.execute(wanted.order_by(col(r.number).desc()).limit(most))
    return Since(tuple(Happened._make(row) for row in rows), number)
