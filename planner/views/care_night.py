"""One night of one unit: who holds what, as far as the reader may know; and what lapses soonest."""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.access import Verb
from planner.db import pick
from planner.models.care import Hold, HoldLine, Reserve, Unit
from planner.models.directory import Region
from planner.models.operations import Action
from planner.rules.words import HoldState
from planner.services.care import LONGEST_STAY
from planner.views.care import NightRow, capacity, own_providers
from planner.views.care_bookings import LIVE, SOON, Booking, BookingFilter, booking_rows
from planner.work import Look


class Holder(NamedTuple):
    """A booking that has places of the unit on the night; `purpose` and `region` where the reader may know them."""

    state: HoldState
    places: int
    purpose: str | None
    region: str | None
    first_night: date
    nights: int
    expires_at: datetime | None


class NightDetail(NamedTuple):
    """What is open, held, confirmed and free, and whose it is; without a row the night is unknown."""

    unit: str
    night: date
    row: NightRow | None
    holders: tuple[Holder, ...]


def night_detail(look: Look, unit: str, night: date, operation_id: int | None = None) -> NightDetail:
    """One cell of the table; a unit that the reader does not see has no row and no holders."""
    rows = capacity(look, first=night, nights=1, units=(unit,), operation_id=operation_id)
    found = look.session.execute(_holding(look, unit, night)) if rows else ()
    holders = [Holder._make(row) for row in found]
    here = [each for each in holders if each.first_night <= night < each.first_night + timedelta(days=each.nights)]
    return NightDetail(unit, night, rows[0] if rows else None, tuple(here))


def _holding(look: Look, unit: str, night: date) -> Any:
    """Live bookings that could touch the night; what another operation's people hold is not this reader's."""
    h, operation = Hold, sa.func.coalesce(Action.operation_id, Reserve.operation_id)
    order = sa.case({HoldState.CONFIRMED: 0, HoldState.HELD: 1}, value=h.state, else_=2)
    seen = col(Action.id).in_(access.visible_actions(look))
    kept = sa.false() if not access.may(look, Verb.SET_RESERVE) else col(Reserve.id).is_not(None)
    purpose = sa.case((seen, col(Action.reference)), (kept, sa.literal("Reserve ") + sa.cast(Reserve.id, sa.String)))
    region = sa.case((sa.or_(seen, kept), col(Region.name)))
    query = (
        pick(h.state, sa.func.sum(HoldLine.places), purpose, region, h.first_night, h.nights, h.expires_at)
        .select_from(Hold)
        .join(HoldLine, col(HoldLine.hold_id) == col(h.id))
        .join(Unit, col(Unit.id) == col(HoldLine.unit_id))
        .outerjoin(Action, col(Action.id) == col(h.action_id))
        .outerjoin(Reserve, col(Reserve.id) == col(h.reserve_id))
        .outerjoin(Region, col(Region.code) == sa.func.coalesce(Action.region, Reserve.region))
        .where(
            Unit.code == unit,
            operation.in_(access.visible_operations(look)),
            col(h.state).in_(LIVE),
            sa.or_(col(h.expires_at).is_(None), col(h.expires_at) > look.now),
            col(h.first_night).between(night - timedelta(days=LONGEST_STAY), night),
        )
        .group_by(h.id, h.state, Action.id, Action.reference, Reserve.id, Region.name)
        .order_by(order, h.expires_at, h.first_night, h.id)
    )
    own = own_providers(look)
    return query if own is None else query.where(col(h.provider_id).in_(own))


def lapsing(look: Look) -> tuple[Booking, ...]:
    """Held bookings that the reader sees and that lapse within a day, the next first; a dozen at most."""
    rows = booking_rows(look, BookingFilter(state=HoldState.HELD))
    return tuple(row for row in rows if row.expires_at is not None and row.expires_at <= look.now + SOON)
