"""Which provisional bookings would have to move for an action's likely to be placed: a proposal to their owners."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.db import pick
from planner.models.care import Hold, HoldLine
from planner.models.directory import Region
from planner.models.operations import Action
from planner.rules.capacity import Asked, Supply
from planner.rules.words import HoldState
from planner.scheduling.repack import Held, Move, repack
from planner.services.care import LONGEST_STAY
from planner.views.care import Nights
from planner.views.care_check import CareCheck, supply_of
from planner.work import Look


class _Booking(NamedTuple):
    hold_id: int
    unit_id: int
    first: date
    nights: int
    seen: bool
    asked: tuple[Asked, ...]

    @property
    def end(self) -> date:
        return self.first + timedelta(days=self.nights)


def moves_words(look: Look, found: CareCheck) -> str:
    """One sentence where all could be placed if held bookings moved, and nothing where that would not do."""
    first, end, codes = found.first, found.first + timedelta(days=found.nights), found.unit_codes
    held = [each for each in _held(look, found.operation_id, first, end) if each.first < end and each.end > first]
    if found.found.placeable or not held:
        return ""
    begin = min(first, *(each.first for each in held))
    number = (max(end, *(each.end for each in held)) - begin).days
    supply = supply_of(look, codes, Nights(begin, number, operation_id=found.operation_id))
    at = {unit.unit_id: index for index, unit in enumerate(supply.units)}
    movable = [Held(each.hold_id, each.asked, at[each.unit_id], each.first, each.nights) for each in held]
    proposed = repack(supply, movable, found.asked, first, found.nights)
    if proposed is None or not proposed.moves:
        return ""
    seen = {each.hold_id for each in held if each.seen}
    return _sentence(supply, codes, proposed.moves, seen)


def _sentence(supply: Supply, codes: dict[int, str], moves: Sequence[Move], seen: set[int]) -> str:
    """A booking of an action that the reader may not see is told without its number."""

    def code(unit: int) -> str:
        return codes[supply.units[unit].unit_id]

    said = [
        f"{_name(move, seen)} moves from unit {code(move.held.unit)} to unit {code(move.to_unit)}" for move in moves
    ]
    return f"Possible if {' and '.join(said)}: ask whoever holds it, or the cell. Nothing is moved by this."


def _name(move: Move, seen: set[int]) -> str:
    return f"booking {move.held.hold_id}" if move.held.hold_id in seen else "another action's booking"


def _held(look: Look, operation_id: int, first: date, end: date) -> list[_Booking]:
    """Held bookings of the operation's actions that could touch these nights, line by line put together."""
    h, line, action = Hold, HoldLine, Action
    seen = col(action.id).in_(access.visible_actions(look)).label("seen")
    query = (
        pick(
            *(h.id, line.unit_id, h.first_night, h.nights, seen),
            *(line.profile, line.need, line.places, Region.zone, action.exploitation),
        )
        .join(line, col(line.hold_id) == col(h.id))
        .join(action, col(action.id) == col(h.action_id))
        .join(Region, col(Region.code) == col(action.region))
        .where(
            col(h.state) == HoldState.HELD,
            sa.or_(col(h.expires_at).is_(None), col(h.expires_at) > look.now),
            col(action.operation_id) == operation_id,
            col(h.first_night).between(first - timedelta(days=LONGEST_STAY), end),
        )
        .order_by(h.id, line.profile, line.need)
    )
    lines: defaultdict[tuple[Any, ...], list[Asked]] = defaultdict(list)
    for row in look.session.execute(query):
        lines[tuple(row[:5])].append(Asked(*row[5:]))
    return [_Booking._make((*about, tuple(rows))) for about, rows in lines.items()]
