"""Bookings of places: what waits and lapses first; a provider sees its own and no action's reference."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from planner import access
from planner.access import Verb
from planner.db import holds_words, pick
from planner.models.care import Claim, Hold, HoldLine, Reserve, Unit
from planner.models.directory import Agency, Region
from planner.models.operations import Action
from planner.rules.windows import first_night
from planner.rules.words import HoldState, Immigration, Need, Profile
from planner.work import Look

PER_PAGE = 12
LIVE = (HoldState.REQUESTED, HoldState.HELD, HoldState.CONFIRMED)
SOON = timedelta(days=1)


class Line(NamedTuple):
    profile: Profile
    need: Need
    places: int
    arrived: int | None = None


class Booking(NamedTuple):
    """A booking as its reader may know it: `purpose` is an action's or reserve's name, for planners alone.

    `offered`: its provider offers it in place of what was asked; `among_others`: other units are asked as well.
    """

    id: int
    state: HoldState
    unit: str
    provider: str | None
    lines: tuple[Line, ...]
    first_night: date
    nights: int
    region: str | None
    purpose: str | None
    for_reserve: bool
    expires_at: datetime | None
    immigration: Immigration | None
    reason: str | None
    may_release: bool
    offered: bool = False
    among_others: bool = False

    @property
    def last_night(self) -> date:
        return self.first_night + timedelta(days=self.nights - 1)

    @property
    def places(self) -> int:
        return sum(line.places for line in self.lines)


class BookingFilter(NamedTuple):
    """What to show; empty means all that is live and not over. `page` counts from 1."""

    text: str = ""
    state: HoldState | None = None
    unit: str = ""
    region: str = ""
    past: bool = False
    page: int = 1


class Counts(NamedTuple):
    """How many bookings wait for an answer, lapse within a day, and are confirmed."""

    waiting: int
    lapsing: int
    confirmed: int


class Choices(NamedTuple):
    """What bookings can be filtered by: codes of units, and regions with their names."""

    units: tuple[str, ...]
    regions: dict[str, str]


def _region() -> Any:
    return sa.func.coalesce(Action.region, Reserve.region)


def _lapsed(look: Look) -> Any:
    """An expired hold is over from its instant, whether or not anybody has written so yet."""
    return sa.and_(
        col(Hold.state) == HoldState.HELD, col(Hold.expires_at).is_not(None), col(Hold.expires_at) <= look.now
    )


def _joined(query: Any) -> Any:
    return (
        query.select_from(Hold)
        .outerjoin(Action, col(Action.id) == col(Hold.action_id))
        .outerjoin(Reserve, col(Reserve.id) == col(Hold.reserve_id))
    )


def _visible(look: Look) -> Any:
    """Bookings of visible actions, and of reserves for those who set them."""
    terms = [col(Hold.action_id).in_(access.visible_actions(look))]
    kept = access.visible_operations(look) if look.actor.operator else access.operations_for(look, Verb.SET_RESERVE)
    terms.append(col(Reserve.operation_id).in_(kept))
    return sa.or_(*terms)


def _live(look: Look) -> Any:
    return sa.and_(col(Hold.state).in_(LIVE), sa.not_(_lapsed(look)))


def _to_come(look: Look) -> Any:
    """What nobody answered yet, and what has a place claimed tonight or later."""
    tonight = first_night(look.now)
    claimed = sa.exists().where(col(Claim.hold_id) == col(Hold.id), col(Claim.night) >= tonight)
    return sa.or_(col(Hold.state) == HoldState.REQUESTED, claimed)


def _in_state(look: Look, wanted: BookingFilter) -> Any:
    if wanted.state is HoldState.EXPIRED:
        return sa.or_(col(Hold.state) == HoldState.EXPIRED, _lapsed(look))
    stored = _live(look) if wanted.state is None else col(Hold.state) == wanted.state
    here = sa.and_(stored, sa.not_(_lapsed(look)))
    ended = wanted.state is not None and wanted.state not in LIVE
    return here if wanted.past or ended else sa.and_(here, _to_come(look))


def _filtered(look: Look, query: Any, wanted: BookingFilter) -> Any:
    query = query.where(_visible(look), _in_state(look, wanted))
    if wanted.text:
        query = query.where(holds_words(wanted.text, col(Action.reference)))
    if wanted.region:
        query = query.where(_region() == wanted.region)
    if wanted.unit:
        lines = pick(HoldLine.hold_id).join(Unit, col(Unit.id) == col(HoldLine.unit_id))
        query = query.where(col(Hold.id).in_(lines.where(Unit.code == wanted.unit)))
    return query


def count_bookings(look: Look, wanted: BookingFilter) -> int:
    query = _filtered(look, _joined(pick(sa.func.count())), wanted)
    return int(look.session.execute(query).scalar_one())


def booking_rows(look: Look, wanted: BookingFilter, *, per_page: int | None = PER_PAGE) -> tuple[Booking, ...]:
    """One page of a planner's bookings, or all: what waits first, the next to lapse before the rest."""
    query = _filtered(look, _rows(), wanted).limit(per_page).offset((wanted.page - 1) * (per_page or 0))
    named = look.actor.operator or access.may(look, Verb.SEE_PROVIDERS)
    return _made(look, look.session.execute(query), named=named)


def own_bookings(look: Look) -> tuple[Booking, ...]:
    """All that is live of the providers this person speaks for, without a word of which action it serves."""
    own = access.own_agencies(look, Verb.SEE_BOOKINGS)
    mine = access.operations_for(look, Verb.SEE_BOOKINGS)
    here = sa.or_(col(Action.operation_id).in_(mine), col(Reserve.operation_id).in_(mine))
    query = _rows().where(col(Hold.provider_id).in_(own), here, _live(look), _to_come(look))
    rows = _made(look, look.session.execute(query), named=False)
    return tuple(row._replace(purpose=None, may_release=False) for row in rows)


def counts(look: Look) -> Counts:
    """Numbers of live bookings that are not over, whatever the filter says."""
    soon = sa.case((col(Hold.expires_at) <= look.now + SOON, 1), else_=0)
    query = _joined(pick(Hold.state, sa.func.count(), sa.func.sum(soon)))
    query = query.where(_visible(look), _live(look), _to_come(look)).group_by(Hold.state)
    rows = {state: (number, lapsing) for state, number, lapsing in look.session.execute(query)}
    requested, held, confirmed = (rows.get(state, (0, 0)) for state in LIVE)
    return Counts(requested[0] + held[0], held[1], confirmed[0])


def choices(look: Look) -> Choices:
    """Units and regions that have a visible booking."""
    units = (
        _joined(pick(Unit.code).distinct())
        .join(HoldLine, col(HoldLine.hold_id) == col(Hold.id))
        .join(Unit, col(Unit.id) == col(HoldLine.unit_id))
    )
    regions = _joined(pick(Region.code, Region.name).distinct()).join(Region, col(Region.code) == _region())
    found = look.session.execute(units.where(_visible(look)).order_by(Unit.code)).scalars()
    named = look.session.execute(regions.where(_visible(look)).order_by(Region.name))
    return Choices(tuple(found), dict(tuple(row) for row in named))


def _rows() -> Any:
    h, other = Hold, aliased(Hold)
    among = sa.exists().where(col(other.request_id) == h.request_id, col(other.id) != h.id, col(other.state).in_(LIVE))
    order = sa.case({HoldState.HELD: 0, HoldState.REQUESTED: 1}, value=h.state, else_=2)
    columns = pick(h.id, h.state, h.first_night, h.nights, h.expires_at, h.reason, h.reserve_id, Region.name, Action)
    columns = columns.add_columns(col(h.instead_of).is_not(None), among, Agency.name)
    query = _joined(columns).outerjoin(Region, col(Region.code) == _region())
    query = query.join(Agency, col(Agency.id) == col(h.provider_id))
    return query.order_by(order, h.expires_at, h.first_night, h.id)


def _made(look: Look, found: Iterable[Any], *, named: bool) -> tuple[Booking, ...]:
    rows = list(found)
    lines = _lines(look, [row[0] for row in rows])
    reserves = access.may(look, Verb.SET_RESERVE)
    return tuple(
        Booking(
            id=number,
            state=HoldState.EXPIRED if _over(look, state, expires_at) else state,
            unit=", ".join(sorted({unit for unit, _ in lines[number]})),
            provider=provider if named else None,
            lines=tuple(line for _, line in lines[number]),
            first_night=first,
            nights=nights,
            region=region,
            purpose=action.reference if action else f"Reserve {reserve}",
            for_reserve=action is None,
            expires_at=expires_at,
            immigration=action.immigration if action else None,
            reason=reason,
            may_release=state in LIVE
            and (access.may(look, Verb.HOLD_PLACES, action=action) if action is not None else reserves),
            offered=offered,
            among_others=among,
        )
        for number, state, first, nights, expires_at, reason, reserve, region, action, offered, among, provider in rows
    )


def _over(look: Look, state: HoldState, expires_at: datetime | None) -> bool:
    return state is HoldState.HELD and expires_at is not None and expires_at <= look.now


def _lines(look: Look, ids: Collection[int]) -> defaultdict[int, list[tuple[str, Line]]]:
    found: defaultdict[int, list[tuple[str, Line]]] = defaultdict(list)
    query = (
        pick(HoldLine.hold_id, Unit.code, HoldLine.profile, HoldLine.need, HoldLine.places, HoldLine.arrived)
        .join(Unit, col(Unit.id) == col(HoldLine.unit_id))
        .where(col(HoldLine.hold_id).in_(ids))
        .order_by(HoldLine.hold_id, HoldLine.profile, col(HoldLine.need) != Need.NONE, HoldLine.need)
    )
    for hold, unit, *line in look.session.execute(query):
        found[hold].append((unit, Line(*line)))
    return found
