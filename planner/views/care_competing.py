"""Several ask for the same places and not all can have them: shown to each, and to the cell that decides."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.db import pick
from planner.models.care import Hold, HoldLine, PlaceDecision, Reserve, Unit
from planner.models.operations import Action
from planner.rules.competing import Asking, asked_beside, fewest_free, wanted_with
from planner.rules.windows import first_night
from planner.rules.words import HoldState
from planner.views.care import capacity
from planner.work import Look


class Competing(NamedTuple):
    """A booking that waits beside others: all of them want `wanted` places, and `free` are on the fullest night."""

    asking: Asking
    others: tuple[Asking, ...]
    free: int
    may_decide: bool = False

    @property
    def first(self) -> Asking | None:
        """The booking that the cell named, of those that ask here."""
        return next((row for row in (self.asking, *self.others) if row.decided is not None), None)

    @property
    def wanted(self) -> int:
        return wanted_with(self.asking, self.others)


def competing(look: Look, reference: str | None = None) -> tuple[Competing, ...]:
    """Where more is asked for than is free: of one visible action, or of all; the first night first."""
    waiting = _waiting(look)
    mine = [row for row in waiting if row.reference is not None and reference in (None, row.reference)]
    crowded = asked_beside(mine, waiting)
    free = _free(look, [row for row, _ in crowded])
    decides = access.may(look, access.Verb.DECIDE_PLACES)
    found = (Competing(row, others, fewest_free(row, free), decides) for row, others in crowded)
    return tuple(item for item in found if item.wanted > item.free)


def _waiting(look: Look) -> list[Asking]:
    """Every booking that claims nothing yet in the reader's operations; others' are counted and never named."""
    operation = sa.func.coalesce(Action.operation_id, Reserve.operation_id)
    seen = sa.case((col(Action.id).in_(access.visible_actions(look)), col(Action.reference)))
    why, whose = PlaceDecision.reason, (Hold.action_id, Hold.reserve_id)
    places = sa.func.sum(HoldLine.places)
    query = (
        pick(Hold.id, Unit.code, Hold.first_night, Hold.nights, places, seen, why, *whose)
        .select_from(Hold)
        .join(HoldLine, col(HoldLine.hold_id) == col(Hold.id))
        .join(Unit, col(Unit.id) == col(HoldLine.unit_id))
        .outerjoin(PlaceDecision, col(PlaceDecision.hold_id) == col(Hold.id))
        .outerjoin(Action, col(Action.id) == col(Hold.action_id))
        .outerjoin(Reserve, col(Reserve.id) == col(Hold.reserve_id))
        .where(Hold.state == HoldState.REQUESTED, operation.in_(access.visible_operations(look)))
        .group_by(Hold.id, Unit.code, Hold.first_night, Hold.nights, Action.id, Action.reference, why, *whose)
        .order_by(Hold.first_night, Hold.id)
    )
    tonight = first_night(look.now)
    rows = (Asking._make(row) for row in look.session.execute(query))
    return [row for row in rows if max(row.on) >= tonight]


def _free(look: Look, rows: Sequence[Asking]) -> dict[tuple[str, date], int]:
    if not rows:
        return {}
    first, last = min(row.first for row in rows), max(max(row.on) for row in rows)
    units = sorted({row.unit for row in rows})
    supply = capacity(look, first=first, nights=(last - first).days + 1, units=units)
    return {(night.unit, night.night): night.free for night in supply}


def asked_first(look: Look) -> frozenset[int]:
    """The bookings of the reader's own service that the cell asks it to answer first."""
    own = access.own_agencies(look, access.Verb.ANSWER_HOLD)
    query = pick(PlaceDecision.hold_id).join(Hold, col(Hold.id) == col(PlaceDecision.hold_id))
    query = query.where(col(Hold.provider_id).in_(own), Hold.state == HoldState.REQUESTED)
    return frozenset(look.session.execute(query).scalars())
