"""Two actions that may disturb each other: near in place and time, or resting on the same intelligence."""

import hashlib
from datetime import datetime, timedelta
from typing import NamedTuple

NEAR = timedelta(hours=72)


class Side(NamedTuple):
    """What the check knows of one action: a coarse cell, a reference, never a place."""

    id: int
    region: str
    starts_at: datetime
    ends_at: datetime
    cell: str | None
    intelligence_system: str | None
    intelligence_reference: str | None


def clash(one: Side, other: Side) -> bool:
    """Whether a person must ring the other side; the answer is the same from both."""
    if one.id == other.id:
        return False
    near = one.starts_at < other.ends_at + NEAR and other.starts_at < one.ends_at + NEAR
    return near and (_same_cell(one, other) or _same_intelligence(one, other))


def _same_cell(one: Side, other: Side) -> bool:
    return one.cell is not None and one.cell == other.cell


def _same_intelligence(one: Side, other: Side) -> bool:
    mine = (one.intelligence_system, one.intelligence_reference)
    return all(mine) and mine == (other.intelligence_system, other.intelligence_reference)


def fingerprint(one: Side, other: Side) -> str:
    """What a clearance was given for: when either side changes, it no longer fits."""
    first, second = sorted((one, other), key=lambda side: side.id)
    body = "|".join(
        str(value.isoformat() if isinstance(value, datetime) else value) for side in (first, second) for value in side
    )
    return hashlib.sha256(body.encode()).hexdigest()
