"""The rows that a change of plan may change, as a text: kept before and after it, so that it can be undone."""

import json
from collections.abc import Collection, Sequence
from typing import Any

from sqlmodel import col, or_, select

from planner.db import Table
from planner.models.arrangements import Arrangement
from planner.models.care import Hold, PlaceRequest, Reserve, ReserveShare
from planner.models.operations import Action, DemandLine, StrikeDay
from planner.models.roles import RoleOffer
from planner.work import Look

TABLES: dict[str, type[Table]] = {
    table.__tablename__: table  # type: ignore[misc]
    for table in (Action, DemandLine, RoleOffer, Arrangement, Hold, PlaceRequest, ReserveShare, StrikeDay)
}
# By the clock, and not by anybody's answer.
BY_THE_CLOCK = {"remind_at", "reminded", "chased_at"}


def rows_of(look: Look, numbers: Sequence[int], strike_day_id: int | None, left: Collection[int] = ()) -> str:
    """Every row of these actions and of what is kept for the strike day, by table; the same rows give the same text.

    `left` are strike days to which some of them belonged before.
    """
    look.session.flush()
    kept = select(Reserve.id).where(Reserve.strike_day_id == (strike_day_id or 0))
    own = select(Action.strike_day_id).where(col(Action.id).in_(numbers))
    found: dict[str, list[Any]] = {}
    for name, table in TABLES.items():
        which: Any = col(table.action_id).in_(numbers) if hasattr(table, "action_id") else None
        if table is Action:
            which = col(Action.id).in_(numbers)
        elif table is Hold:
            which = or_(which, col(Hold.reserve_id).in_(kept))
        elif table is StrikeDay:
            which = or_(col(StrikeDay.id).in_({strike_day_id or 0, *left}), col(StrikeDay.id).in_(own))
        rows = look.session.exec(select(table).where(which)).all()
        found[name] = sorted((_as_json(row) for row in rows), key=lambda row: json.dumps(row, sort_keys=True))
    return json.dumps(found, sort_keys=True, ensure_ascii=False)


def _as_json(row: Table) -> Any:
    return json.loads(row.model_dump_json(exclude=BY_THE_CLOCK))


def read_rows(text: str) -> dict[str, dict[tuple[Any, ...], Table]]:
    """The rows of such a text, by table and key; they belong to no session."""
    return {
        name: {key_of(row): row for row in (TABLES[name].model_validate(body) for body in rows)}
        for name, rows in json.loads(text).items()
    }


def strike_days_in(text: str) -> set[int]:
    """The strike days among such rows."""
    return {key[0] for key in read_rows(text)["strikeday"]}


def key_of(row: Table) -> tuple[Any, ...]:
    return tuple(getattr(row, column.name) for column in row.__table__.primary_key.columns)  # type: ignore[attr-defined]
