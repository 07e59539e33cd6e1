"""Two actions that may disturb each other: near in place or source, one team, one lead, or the same last places."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from planner.rules.windows import from_local, local

NEAR, AT_ONCE = timedelta(hours=72), timedelta(0)
NIGHTLY = time(3)
Pair = tuple[int, int]


class Ground(StrEnum):
    """Why two actions clash, as vaguely as both sides may read it."""

    NEAR = "near"
    TEAM = "team"
    LEAD = "lead"
    PLACES = "places"


WORDS = {
    Ground.NEAR: "is near in place or source, and time",
    Ground.TEAM: "counts on the same team",
    Ground.LEAD: "has a lead in common",
    Ground.PLACES: "asks for the same last places",
}


class Side(NamedTuple):
    """What the check knows of one action: coarse cells, references, never a place.

    `mark` stands for a premises reference. `leads` are those who accepted a post; `rivals` the actions that ask for
    places of which there are too few for both.
    """

    id: int
    region: str
    starts_at: datetime
    ends_at: datetime
    cell: str | None
    intelligence_system: str | None
    intelligence_reference: str | None
    mark: str | None = None
    force_id: int = 0
    team: str | None = None
    leads: frozenset[int] = frozenset()
    rivals: frozenset[int] = frozenset()


class ClashFact(NamedTuple):
    """Another action, of which nothing is known here but whom to ring, and what it has in common with this one."""

    grounds: str
    fingerprint: str
    cleared_fingerprint: str | None
    contact: str = ""
    cleared_at: datetime | None = None

    @property
    def open(self) -> bool:
        return self.cleared_fingerprint != self.fingerprint

    @property
    def reason(self) -> str:
        return f"{grounds_words(self.grounds.split(','))} Ring the duty officer: {self.contact} cell."


def clash(one: Side, other: Side) -> bool:
    """Whether a person must ring the other side; the answer is the same from both."""
    return bool(grounds(one, other))


def grounds(one: Side, other: Side) -> tuple[Ground, ...]:
    """Every ground on which two actions clash, the same from both sides; none, and nobody has to ring."""
    if one.id == other.id:
        return ()
    found = (
        (Ground.NEAR, _within(one, other, NEAR) and _same_spot(one, other)),
        (Ground.TEAM, _same(one.team, other.team) and one.force_id == other.force_id and _within(one, other, AT_ONCE)),
        (Ground.LEAD, not one.leads.isdisjoint(other.leads) and _within(one, other, AT_ONCE)),
        (Ground.PLACES, other.id in one.rivals or one.id in other.rivals),
    )
    return tuple(ground for ground, is_so in found if is_so)


def _within(one: Side, other: Side, margin: timedelta) -> bool:
    return one.starts_at < other.ends_at + margin and other.starts_at < one.ends_at + margin


def _same(mine: str | None, others: str | None) -> bool:
    return mine is not None and mine == others


def _same_spot(one: Side, other: Side) -> bool:
    if _same(one.cell, other.cell) or _same(one.mark, other.mark):
        return True
    mine = (one.intelligence_system, one.intelligence_reference)
    return all(mine) and mine == (other.intelligence_system, other.intelligence_reference)


def all_clashes(sides: Sequence[Side]) -> dict[Pair, tuple[Ground, ...]]:
    """Every pair that clashes, by ids in ascending order: what `grounds` says of each pair, found in one sweep.

    Only actions that share something are compared, in the order of their start, until the next one starts too late.
    """
    known = {side.id: side for side in sides}
    found = {pair: grounds(known[pair[0]], known[pair[1]]) for pair in set(_candidates(sides, known))}
    return {pair: why for pair, why in found.items() if why}


def _candidates(sides: Sequence[Side], known: dict[int, Side]) -> Iterator[Pair]:
    shared: defaultdict[tuple[object, ...], list[Side]] = defaultdict(list)
    for side in sides:
        for key in _keys(side):
            shared[key].append(side)
        yield from (_pair(side.id, rival) for rival in side.rivals if rival in known and rival != side.id)
    for (margin, *_), members in shared.items():
        if len(members) > 1:
            yield from _close_in_time(members, NEAR if margin is Ground.NEAR else AT_ONCE)


def _keys(side: Side) -> Iterator[tuple[object, ...]]:
    """What another action may share with this one, each with the ground that it would be."""
    if side.cell is not None:
        yield Ground.NEAR, "cell", side.cell
    if side.mark is not None:
        yield Ground.NEAR, "mark", side.mark
    if side.intelligence_system and side.intelligence_reference:
        yield Ground.NEAR, side.intelligence_system, side.intelligence_reference
    if side.team is not None:
        yield Ground.TEAM, side.force_id, side.team
    for lead in side.leads:
        yield Ground.LEAD, lead


def _close_in_time(members: list[Side], margin: timedelta) -> Iterator[Pair]:
    members.sort(key=lambda side: side.starts_at)
    for number, one in enumerate(members):
        reach = one.ends_at + margin
        for after in range(number + 1, len(members)):
            other = members[after]
            if other.starts_at >= reach:
                break
            yield _pair(one.id, other.id)


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def fingerprint(one: Side, other: Side) -> str:
    """What a clearance was given for: when either side changes in what the check looks at, it no longer fits.

    Of leads only those in common count, and of places only that they are too few: others come and go.
    """
    first, second = sorted((one, other), key=lambda side: side.id)
    told = [value for side in (first, second) for value in side[:7]]
    more = [(side.mark, side.team) for side in (first, second)]
    if any(value is not None for both in more for value in both):
        told += [value for both in more for value in both]
    told += [f"lead {lead}" for lead in sorted(one.leads & other.leads)] if _within(one, other, AT_ONCE) else []
    told += ["places"] if Ground.PLACES in grounds(one, other) else []
    body = "|".join(str(value.isoformat() if isinstance(value, datetime) else value) for value in told)
    return hashlib.sha256(body.encode()).hexdigest()


def grounds_words(found: Iterable[str]) -> str:
    """Read by both sides, so it says what they have in common and nothing else of the other."""
    said = [WORDS[Ground(ground)] for ground in found]
    return f"Another action {' and '.join([', '.join(said[:-1]), said[-1]] if len(said) > 1 else said)}."


def last_night(now: datetime) -> datetime:
    """The last three o'clock on the clock on the wall: what was checked before then is checked again."""
    today = local(now).date()
    due = from_local(today, NIGHTLY)
    return due if due <= now else from_local(today - timedelta(days=1), NIGHTLY)
