"""A strike day as one question: whether all of its people can be placed at once, and what would be booked for whom."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlmodel import col

from planner import access, facts
from planner.db import pick
from planner.errors import NotFound
from planner.models.operations import Action
from planner.rules.capacity import Asked, Free, Supply
from planner.rules.checks_care import care
from planner.rules.demand import Cover, asked_for, coverage, reserve_stands
from planner.rules.findings import State
from planner.rules.placement import Placement, placement
from planner.rules.shortage import Nearest, nearest, shortage_words
from planner.rules.values import Facts, HoldFact
from planner.rules.windows import first_night, local, nights_of
from planner.rules.words import ActionState, Need, Profile
from planner.views.care import Nights
from planner.views.care_check import WINDOW, line_of, nights_asked, supply_of, unit_codes
from planner.work import Look

GONE = (ActionState.DONE, ActionState.STOOD_DOWN)


class Member(NamedTuple):
    """One action of the day: what it expects, and whether its own care is confirmed."""

    reference: str
    region: str
    likely: int
    high: int
    confirmed: int
    care_met: bool


class Shared(NamedTuple):
    """A reserve that members share: its places are there once, however many share them."""

    reserve_id: int
    wanted: int
    confirmed: int
    members: tuple[str, ...]


class Booked(NamedTuple):
    """What would be booked for one member in one unit, where all of the day can be placed without a reserve."""

    reference: str
    unit: str
    lines: tuple[tuple[Profile, Need, int], ...]


class StrikeCheck(NamedTuple):
    """Everybody likely of all members asked of the same places at once, for the longest stay that any of them asks.

    `asked`: places that are asked for already and claim nothing until their providers answer.
    """

    members: tuple[Member, ...]
    cover: tuple[Cover, ...]
    found: Placement
    unit_codes: dict[int, str]
    first: date
    last: date
    words: str
    reserves: tuple[Shared, ...]
    without: tuple[str, ...]
    bookings: tuple[Booked, ...]
    asked: int

    @property
    def nights(self) -> int:
        return (self.last - self.first).days + 1


def strike_check(look: Look, strike_day_id: int) -> StrikeCheck:
    """What is likely and neither held nor confirmed, of every visible member still to come, placed together."""
    every = [item for item in _facts(look, strike_day_id) if item.action.state not in GONE]
    if not every:
        raise NotFound("No action of this strike day is still to come, or none that you can open.")
    first = min(first_night(item.action.starts_at) for item in every)
    last = max(first_night(item.action.starts_at) + timedelta(days=nights_asked(item) - 1) for item in every)
    asked, nights, codes = pooled(every), (last - first).days + 1, unit_codes(look)
    operation = every[0].action.operation_id
    free = supply_of(look, codes, Nights(first, nights, operation_id=operation))
    found = placement(with_reserves(free, every), asked, first, nights)
    near = _nearest(look, codes, every, asked, found, first, nights) if found.short else Nearest()
    return StrikeCheck(
        tuple(_member(item) for item in every),
        _pooled_cover(every),
        found,
        codes,
        first,
        last,
        shortage_words(found, near, codes),
        _shared(every),
        tuple(item.action.reference for item in every if _without(item)),
        _bookings(every, free, codes, first, nights),
        sum(sum(asked_for(item).values()) for item in every),
    )


def _bookings(every: list[Facts], free: Supply, codes: dict[int, str], first: date, nights: int) -> tuple[Booked, ...]:
    """Member by member and unit by unit; the rows of a placement follow the lines that were asked."""
    asked = [(item.action.reference, line) for item in every for line in pooled([item])]
    found = placement(free, [line for _, line in asked], first, nights)
    if not found.placeable:
        return ()
    lines: dict[tuple[str, str], list[tuple[Profile, Need, int]]] = {}
    rows = list(found.placed)
    for reference, line in asked:
        left = line.places
        while left:
            row = rows.pop(0)
            left -= row.places
            lines.setdefault((reference, codes[row.unit_id]), []).append((row.profile, row.need, row.places))
    return tuple(Booked(reference, unit, tuple(found)) for (reference, unit), found in lines.items())


def _facts(look: Look, strike_day_id: int) -> list[Facts]:
    ids: Any = pick(Action.id).where(
        col(Action.strike_day_id) == strike_day_id, col(Action.id).in_(access.visible_actions(look))
    )
    return list(facts.load(look, ids).values())


def pooled(every: Iterable[Facts]) -> tuple[Asked, ...]:
    """The lines of all members; those alike in everything are one."""
    total: Counter[Asked] = Counter()
    for item in every:
        shares = frozenset(reserve.reserve_id for reserve in item.reserves)
        for line in coverage(item):
            places = line.likely - line.confirmed - line.held
            if places > 0:
                total[line_of(item.action, line, 0)._replace(reserves=shares)] += places
    return tuple(line._replace(places=places) for line, places in total.items())


def with_reserves(supply: Supply, every: Iterable[Facts]) -> Supply:
    """The confirmed places of what members share, each once, for who shares it."""
    holds: dict[tuple[int, HoldFact], Facts] = {}
    for item in every:
        for reserve in item.reserves:
            holds |= {(reserve.reserve_id, hold): item for hold in reserve.holds}
    more = [_kept(item, number, hold) for (number, hold), item in holds.items() if hold.unit_id in item.units]
    return Supply([*supply.units, *more])


def _kept(item: Facts, reserve_id: int, hold: HoldFact) -> Free:
    unit = item.units[hold.unit_id]._replace(profiles=frozenset({hold.profile}), needs=frozenset({hold.need}))
    return Free(hold.unit_id, unit, dict.fromkeys(nights_of(hold.first_night, hold.nights), hold.places), reserve_id)


def _nearest(
    look: Look,
    codes: dict[int, str],
    every: list[Facts],
    asked: tuple[Asked, ...],
    found: Placement,
    first: date,
    nights: int,
) -> Nearest:
    """Another night from which the whole day could be placed, within four weeks and never before tonight."""
    earliest, latest = max(first - WINDOW, local(look.now).date()), first + WINDOW
    begin = min(first, earliest)
    shown = Nights(begin, (latest - begin).days + nights, operation_id=every[0].action.operation_id)
    supply = with_reserves(supply_of(look, codes, shown), every)
    return nearest(supply, asked, found, first, nights, window=(earliest, latest))


def _pooled_cover(every: Iterable[Facts]) -> tuple[Cover, ...]:
    total: dict[Any, Cover] = {}
    for line in (line for item in every for line in coverage(item)):
        before = total.get((line.profile, line.need))
        added = zip(before[2:], line[2:], strict=True) if before else ()
        total[line.profile, line.need] = Cover(*line[:2], *(a + b for a, b in added)) if before else line
    return tuple(total[key] for key in sorted(total))


def _member(item: Facts) -> Member:
    cover = coverage(item)
    return Member(
        item.action.reference,
        item.action.region,
        sum(line.likely for line in cover),
        sum(line.high for line in cover),
        sum(line.confirmed for line in cover),
        care(item).state is State.MET,
    )


def _shared(every: Iterable[Facts]) -> tuple[Shared, ...]:
    found: dict[int, Shared] = {}
    for item in every:
        for reserve in item.reserves:
            known = found.get(reserve.reserve_id)
            confirmed = sum(hold.places for hold in reserve.holds)
            members = (*(known.members if known else ()), item.action.reference)
            found[reserve.reserve_id] = Shared(reserve.reserve_id, reserve.places, confirmed, members)
    return tuple(found[number] for number in sorted(found))


def _without(item: Facts) -> bool:
    """Nobody is likely, and yet somebody may be there: neither a place nor a share of a confirmed reserve."""
    cover = coverage(item)
    nobody = bool(cover) and not any(line.likely for line in cover)
    return nobody and not any(line.confirmed for line in cover) and not reserve_stands(item)
