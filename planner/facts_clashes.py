"""What the clash check knows of actions: where and when by coarse marks, teams, leads, places that are too few."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from planner.db import pick
from planner.facts_rows import rows
from planner.models.care import Claim, Hold, HoldLine, OpenNight, PlaceDecision, Reserve
from planner.models.operations import Action
from planner.models.roles import RoleOffer
from planner.rules.clashes import NEAR, Side
from planner.rules.competing import Asking, asked_beside, rivals
from planner.rules.windows import first_night
from planner.rules.words import ActionState, HoldState, OfferState
from planner.work import Look

LIVE = (ActionState.PLANNED, ActionState.REQUESTED, ActionState.BEGUN)
LIVES: Any = col(Action.state).in_(LIVE)
ACCEPTED: Any = (col(RoleOffer.state).in_((OfferState.ACCEPTED, OfferState.ACCEPTED_WITH_CONDITIONS)),)
SEEN: Any = (
    *(Action.id, Action.region, Action.starts_at, Action.ends_at, Action.premises_cell, Action.intelligence_system),
    *(Action.intelligence_reference, Action.premises_mark, Action.force_id, Action.team),
)
NOBODY: frozenset[int] = frozenset()


def sides(look: Look, only: Collection[int] | None = None) -> list[Side]:
    """Every live action as the check sees it, or these alone: in five queries, however many there are.

    Nobody reads this: it is not limited to what the actor may see.
    """
    wanted: Any = LIVES if only is None else sa.and_(LIVES, col(Action.id).in_(only))
    return _made(look, rows(look, pick(*SEEN).where(wanted)), wanted, _rivals(look, only))


def sides_and_near(look: Look, mine: Mapping[int, Action]) -> list[Side]:
    """Live actions, and those that may share something with one and be near in time, or ask for its last places.

    In five queries, however many there are; what of all this really clashes is for the rule.
    """
    a, o = Action, RoleOffer
    asking = _asking(look, mine)
    against = _rivals(look, asking) if asking else {}
    own = _made(look, [_seen(action) for action in mine.values()], col(a.id).in_(mine), against)
    rivals_ = frozenset(number for side in own for number in side.rivals)
    leads = frozenset(lead for side in own for lead in side.leads)
    shared: list[Any] = [col(a.id).in_(rivals_)] if rivals_ else []
    for name in (a.premises_cell, a.premises_mark, a.intelligence_reference):
        values = {getattr(action, name.key) for action in mine.values()} - {None}  # type: ignore[union-attr]
        shared += [col(name).in_(values)] if values else []
    for force_id, team in {(action.force_id, action.team) for action in mine.values() if action.team is not None}:
        shared.append(sa.and_(col(a.team) == team, col(a.force_id) == force_id))
    if leads:
        shared.append(col(a.id).in_(pick(o.action_id).where(col(o.lead_id).in_(leads), *ACCEPTED)))
    if not shared:
        return own
    first, last = min(side.starts_at for side in own), max(side.ends_at for side in own)
    close = sa.and_(col(a.starts_at) < last + NEAR, col(a.ends_at) > first - NEAR)
    within = sa.or_(close, col(a.id).in_(rivals_)) if rivals_ else close
    near = rows(look, pick(*SEEN).where(LIVES, col(a.id).not_in(mine), within, sa.or_(*shared)))
    return [*own, *(_made(look, near, col(a.id).in_([row[0] for row in near]), {}) if near else [])]


def _seen(action: Action) -> tuple[Any, ...]:
    return tuple(getattr(action, name.key) for name in SEEN)


def _made(look: Look, found: Sequence[Any], wanted: Any, against: Mapping[int, frozenset[int]]) -> list[Side]:
    accepted = pick(RoleOffer.action_id, RoleOffer.lead_id).join(Action, col(Action.id) == col(RoleOffer.action_id))
    leads: defaultdict[int, set[int]] = defaultdict(set)
    for action_id, lead in rows(look, accepted.where(wanted, *ACCEPTED)):
        leads[action_id].add(lead)
    return [Side._make((*row, frozenset(leads.get(row[0], ())), against.get(row[0], NOBODY))) for row in found]


def _asking(look: Look, numbers: Collection[int]) -> frozenset[int]:
    """Those of the actions that wait for places at all."""
    query = pick(Hold.action_id).where(col(Hold.action_id).in_(numbers), Hold.state == HoldState.REQUESTED)
    return frozenset(row[0] for row in rows(look, query))


def _rivals(look: Look, only: Collection[int] | None) -> dict[int, frozenset[int]]:
    """By action, those that ask for the same last places: the rule of the Care page, over every operation."""
    waiting = _waiting(look)
    if only is not None:
        asked = {row.unit for row in waiting if row.action_id in only}
        waiting = [row for row in waiting if row.unit in asked]
    crowded = asked_beside(waiting, waiting)
    return rivals(crowded, _free(look, [row for row, _ in crowded])) if crowded else {}


def _waiting(look: Look) -> list[Asking]:
    """Every booking that claims nothing yet; places are open to one operation, which stands before the unit."""
    operation = sa.func.coalesce(Action.operation_id, Reserve.operation_id)
    columns = (operation, HoldLine.unit_id, Hold.id, Hold.first_night, Hold.nights, PlaceDecision.reason)
    whose = (Hold.action_id, Hold.reserve_id)
    query = (
        pick(*columns, *whose, sa.func.sum(HoldLine.places))
        .select_from(Hold)
        .join(HoldLine, col(HoldLine.hold_id) == col(Hold.id))
        .outerjoin(PlaceDecision, col(PlaceDecision.hold_id) == col(Hold.id))
        .outerjoin(Action, col(Action.id) == col(Hold.action_id))
        .outerjoin(Reserve, col(Reserve.id) == col(Hold.reserve_id))
        .where(Hold.state == HoldState.REQUESTED)
        .group_by(*columns, *whose)
        .order_by(Hold.first_night, Hold.id)
    )
    tonight = first_night(look.now)
    found = (
        Asking(hold, f"{where}/{unit}", first, nights, places, None, why, action, reserve)
        for where, unit, hold, first, nights, why, action, reserve, places in rows(look, query)
    )
    return [row for row in found if max(row.on) >= tonight]


def _free(look: Look, asked: Sequence[Asking]) -> dict[tuple[str, date], int]:
    """Open places less those that a booking claims, by operation and unit, and night."""
    night, first, last = OpenNight, min(row.first for row in asked), max(max(row.on) for row in asked)
    units = {int(row.unit.split("/")[1]) for row in asked}
    where = (night.operation_id, night.unit_id, night.night)
    open_ = pick(*where, sa.func.count()).where(col(night.unit_id).in_(units), col(night.night).between(first, last))
    claimed = col(Claim.unit_id) == night.unit_id, col(Claim.number) == night.number, col(Claim.night) == night.night
    taken = (
        open_.join(Claim, sa.and_(*claimed))
        .join(Hold, col(Hold.id) == col(Claim.hold_id))
        .where(sa.or_(col(Hold.expires_at).is_(None), col(Hold.expires_at) > look.now))
    )
    free: defaultdict[tuple[str, date], int] = defaultdict(int)
    for sign, query in ((1, open_), (-1, taken)):
        for operation, unit, on, number in rows(look, query.group_by(*where)):
            free[f"{operation}/{unit}", on] += sign * number
    return free
