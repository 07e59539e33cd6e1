"""What happened to one action, from the record: what was done, never what was refused or looked at."""

from datetime import datetime
from typing import NamedTuple

from sqlmodel import col

from planner import access
from planner.db import pick
from planner.models.records import RecordLine
from planner.rules.words import Outcome
from planner.views.record_names import actor_column
from planner.work import Look

MOST = 40


class Happened(NamedTuple):
    at: datetime
    actor: str
    sentence: str


def history(look: Look, reference: str, most: int = MOST) -> tuple[Happened, ...]:
    """The latest changes of a visible action, newest first."""
    line, action_id = RecordLine, access.action_id_of(look, reference)
    query = pick(line.at, actor_column(look), line.sentence).where(
        line.action_id == action_id, col(line.outcome) == Outcome.DONE
    )
    rows = look.session.execute(query.order_by(col(line.number).desc()).limit(most))
    return tuple(Happened._make(row) for row in rows)
