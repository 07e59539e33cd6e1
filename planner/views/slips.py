"""Changes of plan of one action: what was listed of it, who made them, and whether the last can still be undone."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlmodel import col, select

from planner import access
from planner.models.directory import Person
from planner.models.slips import Slip, SlipAction
from planner.rules.slip_times import UNDO_MINUTES
from planner.work import Look

MOST = 20


class SlipRow(NamedTuple):
    """`listed` is what followed for this action; `undo_until` is empty once it was undone or is too old."""

    id: int
    sentence: str
    listed: tuple[str, ...]
    by: str
    at: datetime
    undone_at: datetime | None
    undo_until: datetime | None


def slips(look: Look, reference: str) -> tuple[SlipRow, ...]:
    """The newest first; missing and forbidden answer alike."""
    action_id = access.action_id_of(look, reference)
    query = (
        select(Slip, SlipAction.listed, Person.title)
        .join(SlipAction, col(SlipAction.slip_id) == col(Slip.id))
        .join(Person, col(Person.id) == col(Slip.made_by), isouter=True)
        .where(SlipAction.action_id == action_id)
        .order_by(col(Slip.id).desc())
        .limit(MOST)
    )
    return tuple(_row(look, slip, listed, title or "") for slip, listed, title in look.session.exec(query))


def _row(look: Look, slip: Slip, listed: str, title: str) -> SlipRow:
    until = slip.made_at + timedelta(minutes=UNDO_MINUTES)
    open_until = until if slip.undone_at is None and look.now < until else None
    return SlipRow(
        slip.id or 0, slip.sentence, tuple(listed.split("\n")), title, slip.made_at, slip.undone_at, open_until
    )
