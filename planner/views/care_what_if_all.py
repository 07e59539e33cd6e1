"""What if, of all actions at once and without writing: who would lose readiness, confirmed care or a place to go to.

The gate is judged twice, from the same facts and from facts in which the change has happened; whether those who lack
places could still be placed is asked of all of them in one look at the places that would be free.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlmodel import col

from planner import access, facts
from planner.db import pick
from planner.errors import InputError
from planner.models.operations import Action, StrikeDay
from planner.rules.capacity import Asked
from planner.rules.demand import coverage
from planner.rules.readiness import Gate, judge
from planner.rules.values import Facts
from planner.rules.windows import first_night, local
from planner.rules.words import ActionState
from planner.scheduling.bulk import Horizon, Outlook, Question
from planner.services.care import LONGEST_STAY
from planner.views.care import Nights
from planner.views.care_check import line_of, nights_asked, supply_of, unit_codes
from planner.work import Look

TO_COME = (ActionState.PLANNED, ActionState.REQUESTED, ActionState.DEFERRED)
CARE = "care"
NOTHING = "Choose what would be other: a strike day's date, the stay, or what is closed."


class Change(NamedTuple):
    """What would be other: units closed, a stay of so many nights for everybody, a strike day on another day."""

    closed: Collection[str] = ()
    nights: int | None = None
    strike_day_id: int | None = None
    day: date | None = None


class Loses(StrEnum):
    """What an action would lose, the heaviest first."""

    READINESS = "readiness"
    CARE = "confirmed care"
    PLACE = "places to go to"


class Loser(NamedTuple):
    """An action with what it would lose and why; `elsewhere`: all of its people could still be placed, on its own."""

    reference: str
    starts_at: datetime
    loses: Loses
    words: str
    elsewhere: bool


class Count(NamedTuple):
    before: int
    after: int


class WhatIfAll(NamedTuple):
    """Of so many actions: how many are ready, have their care confirmed, could be placed; before and after."""

    actions: int
    ready: Count
    care: Count
    placeable: Count
    losers: tuple[Loser, ...]


def what_if_all(look: Look, change: Change) -> WhatIfAll:
    """Every visible action still to come; nothing is written."""
    _sensible(look, change)
    ids = pick(Action.id).where(
        col(Action.id).in_(access.visible_actions(look)), col(Action.state).in_(TO_COME), Action.starts_at > look.now
    )
    codes = unit_codes(look)
    shut = frozenset(number for number, code in codes.items() if code in change.closed)
    moving = _members(look, change)
    before = list(facts.load(look, ids).values())
    after = [_changed(item, change, shut, moving) for item in before]
    gates = [(judge(one), judge(other)) for one, other in zip(before, after, strict=True)]
    could = _placeable(look, before, codes)
    can = _placeable(look, after, {number: code for number, code in codes.items() if number not in shut})
    rows = zip(before, after, gates, could, can, strict=True)
    losers = [found for row in rows if (found := _loser(*row)) is not None]
    return WhatIfAll(
        len(before),
        Count(sum(one.ready for one, _ in gates), sum(other.ready for _, other in gates)),
        Count(sum(not _short(one) for one, _ in gates), sum(not _short(other) for _, other in gates)),
        Count(sum(could), sum(can)),
        tuple(sorted(losers, key=lambda each: (list(Loses).index(each.loses), each.starts_at, each.reference))),
    )


def _sensible(look: Look, change: Change) -> None:
    tonight = local(look.now).date()
    if not change.closed and change.nights is None and change.strike_day_id is None:
        raise InputError(NOTHING)
    if change.nights is not None and not 1 <= change.nights <= LONGEST_STAY:
        raise InputError(f"A stay is 1 to {LONGEST_STAY} nights; you asked for {change.nights}.")
    if change.strike_day_id is not None and (change.day is None or not 0 <= (change.day - tonight).days <= 366):
        raise InputError(f"Ask for a day from {tonight:%-d %B %Y} on, within a year.")


def _members(look: Look, change: Change) -> dict[int, timedelta]:
    """How far each member of the strike day would be moved."""
    if change.strike_day_id is None or change.day is None:
        return {}
    query = pick(Action.id, StrikeDay.day).join(StrikeDay, col(StrikeDay.id) == col(Action.strike_day_id))
    rows = look.session.execute(query.where(col(StrikeDay.id) == change.strike_day_id))
    return {number: change.day - day for number, day in rows}


def _changed(item: Facts, change: Change, shut: frozenset[int], moving: dict[int, timedelta]) -> Facts:
    """The same facts once the change has happened."""
    if shut:
        holds = tuple(hold for hold in item.holds if hold.unit_id not in shut)
        reserves = tuple(
            reserve._replace(holds=tuple(hold for hold in reserve.holds if hold.unit_id not in shut))
            for reserve in item.reserves
        )
        item = item._replace(holds=holds, reserves=reserves)
    if change.nights is not None:
        item = item._replace(policy=item.policy._replace(nights=change.nights, whole_stay=False))
    by = moving.get(item.action.id)
    if by:
        action = item.action
        item = item._replace(action=action._replace(starts_at=action.starts_at + by, ends_at=action.ends_at + by))
    return item


def _short(gate: Gate) -> bool:
    return any(finding.check == CARE and finding.stops for finding in gate.findings)


def _wanted(item: Facts) -> tuple[Asked, ...]:
    """Likely and neither held nor confirmed."""
    lines = ((line, line.likely - line.confirmed - line.held) for line in coverage(item))
    return tuple(line_of(item.action, line, places) for line, places in lines if places > 0)


def _placeable(look: Look, every: list[Facts], codes: dict[int, str]) -> list[bool]:
    """Of each action on its own: whether who has no place yet could stay from its night on."""
    if not every:
        return []
    nights = [first_night(item.action.starts_at) for item in every]
    first, starts = min(nights), (max(nights) - min(nights)).days + 1
    questions = [Question(_wanted(item), nights_asked(item)) for item in every]
    longest = max(question.nights for question in questions)
    supply = supply_of(look, codes, Nights(first, starts + longest))
    can = Outlook(supply, questions, Horizon(first, starts)).can
    return [bool(can[number, (night - first).days]) for number, night in enumerate(nights)]


def _loser(before: Facts, after: Facts, gates: tuple[Gate, Gate], could: bool, can: bool) -> Loser | None:
    one, other = gates
    if one.ready and not other.ready:
        loses = Loses.READINESS
    elif _short(other) and not _short(one):
        loses = Loses.CARE
    elif could and not can:
        loses = Loses.PLACE
    else:
        return None
    return Loser(before.action.reference, after.action.starts_at, loses, _why(one, other), can)


def _why(one: Gate, other: Gate) -> str:
    """What stands in the way after and did not before; of care anyhow, where it stood in the way already."""
    stopped = {finding.check for finding in one.blocking}
    new: Iterable[str] = (finding.sentence for finding in other.blocking if finding.check not in stopped)
    care = (finding.sentence for finding in other.blocking if finding.check == CARE)
    return " ".join(new) or " ".join(care)
