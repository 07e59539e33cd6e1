"""Whether each of many actions could be placed from each night of a horizon, kept true while bookings change.

The condition is that of `rules/capacity.py`: for every choice of an action's lines, the units that take any of them
have room for all of them. Few choices differ, so the room of each is added up once for all actions and nights, and a
booking that changes touches only the choices that count its unit, on the nights whose stay it meets.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from planner.rules.capacity import Asked, Supply

Places = npt.NDArray[np.int32]
Truths = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.intp]
Units = frozenset[int]


class Question(NamedTuple):
    """The lines of one action, or those of a strike day pooled, and for how many nights."""

    asked: tuple[Asked, ...]
    nights: int


class Horizon(NamedTuple):
    """The nights from which a stay could begin: so many, from the first on."""

    first: date
    starts: int


class _Conditions(NamedTuple):
    """What must hold: that pool `pool[c]` has room for `need[c]`, for the conditions of each kind of question.

    A pool is some units for a stay of so many nights. Actions that ask the same are one kind; the conditions of kind
    k are `parts[begins[k]:begins[k + 1]]`.
    """

    pools: tuple[tuple[int, Units], ...]
    pool: Indices
    need: Places
    parts: Indices
    begins: Indices
    kind_of: Indices


class _Touched(NamedTuple):
    """What counts a unit for stays of one length."""

    pools: Indices
    conditions: Indices
    kinds: Indices
    parts: Indices
    begins: Indices


class Outlook:
    """`can[n, d]`: whether all of question n can stay from the d-th night of the horizon on."""

    def __init__(self, supply: Supply, questions: Sequence[Question], horizon: Horizon) -> None:
        self.horizon = horizon
        self._must = must = _conditions(supply, questions)
        self._stays = sorted({nights for nights, _ in must.pools})
        self._free = _free(supply, horizon, max(self._stays, default=1))
        self._room = {nights: _room(self._free, nights)[:, : horizon.starts] for nights in self._stays}
        self._pooled = np.zeros((len(must.pools), horizon.starts), np.int32)
        for number, (nights, units) in enumerate(must.pools):
            self._pooled[number] = self._room[nights][sorted(units)].sum(axis=0)
        self._met = self._pooled[must.pool] >= must.need[:, None]
        self._fits = _every(self._met, must.parts, must.begins)
        self.can: Truths = self._fits[must.kind_of]
        self._known: dict[tuple[int, int], _Touched] = {}

    def change(self, unit: int, first: date, nights: int, places: int) -> Indices:
        """So many more free places (fewer below nought) in a unit on these nights; which questions' answers changed."""
        begin = (first - self.horizon.first).days
        begin, end = max(0, begin), min(self._free.shape[1], begin + nights)
        if begin >= end:
            return np.zeros(0, np.intp)
        self._free[unit, begin:end] += places
        changed = [self._recheck(unit, stay, begin, end) for stay in self._stays]
        kinds = np.concatenate([*changed, np.zeros(0, np.intp)])
        asked = np.zeros(len(self._fits), np.bool_)
        asked[kinds] = True
        askers: Indices = np.flatnonzero(asked[self._must.kind_of])
        self.can[askers] = self._fits[self._must.kind_of[askers]]
        return askers

    def _recheck(self, unit: int, stay: int, begin: int, end: int) -> Indices:
        """What changes for stays of one length; the kinds of question whose answer does."""
        none: Indices = np.zeros(0, np.intp)
        begin, end = max(0, begin - stay + 1), min(self.horizon.starts, end)
        if begin >= end:
            return none
        room = self._room[stay][unit, begin:end]
        now = _room(self._free[unit : unit + 1, begin : end + stay - 1], stay)[0]
        moved = np.flatnonzero(now != room)
        if not len(moved):
            return none
        nights = slice(begin + int(moved[0]), begin + int(moved[-1]) + 1)
        step = (now - room)[moved[0] : moved[-1] + 1]
        self._room[stay][unit, nights] += step
        touched, must = self._touched(unit, stay), self._must
        self._pooled[touched.pools, nights] += step
        there = self._pooled[must.pool[touched.conditions], nights]
        self._met[touched.conditions, nights] = there >= must.need[touched.conditions, None]
        before = self._fits[touched.kinds, nights]
        after = _every(self._met[:, nights], touched.parts, touched.begins)
        self._fits[touched.kinds, nights] = after
        differ: Indices = touched.kinds[(before != after).any(axis=1)]
        return differ

    def _touched(self, unit: int, stay: int) -> _Touched:
        found = self._known.get((unit, stay))
        if found is None:
            found = self._known[unit, stay] = _touched(self._must, unit, stay)
        return found


def _free(supply: Supply, horizon: Horizon, longest: int) -> Places:
    """Free places by unit and night, to the end of the last stay; nought where nothing is stated."""
    nights = horizon.starts + longest - 1
    rows = [supply.free(index, horizon.first, nights) for index in range(len(supply.units))]
    return np.array(rows, np.int32).reshape(len(rows), nights)


def _room(free: Places, stay: int) -> Places:
    """Places free on every night of a stay, by unit and first night."""
    stays = np.lib.stride_tricks.sliding_window_view(free, stay, axis=1)
    room: Places = np.maximum(stays.min(axis=2), 0)
    return room


def _every(met: Truths, parts: Indices, begins: Indices) -> Truths:
    """Whether all conditions of each kind are met; a kind that nobody waits in has one that always is."""
    found: Truths = np.logical_and.reduceat(met[parts], begins, axis=0)
    return found


def _conditions(supply: Supply, questions: Sequence[Question]) -> _Conditions:
    kinds: dict[tuple[Any, ...], int] = {}
    pools: dict[tuple[int, Units], int] = {}
    known: dict[tuple[int, int], int] = {}
    parts: list[list[int]] = []
    kind_of = []
    for question in questions:
        wanted = _wanted(supply, question)
        key = (question.nights, *sorted(wanted.items(), key=lambda item: sorted(item[0])))
        if key not in kinds:
            kinds[key] = len(kinds)
            needs = [(pools.setdefault((question.nights, units), len(pools)), need) for units, need in _needs(wanted)]
            parts.append([known.setdefault(condition, len(known)) for condition in needs])
        kind_of.append(kinds[key])
    begins = np.cumsum([0, *map(len, parts)])[:-1]
    return _Conditions(
        tuple(pools),
        np.array([pool for pool, _ in known], np.intp),
        np.array([need for _, need in known], np.int32),
        np.array([condition for each in parts for condition in each], np.intp),
        np.asarray(begins, np.intp),
        np.array(kind_of, np.intp),
    )


def _wanted(supply: Supply, question: Question) -> dict[Units, int]:
    """People by the units that take them."""
    wanted: dict[Units, int] = {}
    for line in question.asked:
        if line.places:
            units = frozenset(supply.takers(line))
            wanted[units] = wanted.get(units, 0) + line.places
    return wanted


def _needs(wanted: dict[Units, int]) -> Iterable[tuple[Units, int]]:
    """For each set of units that belong together, how many people have nowhere else to go."""
    if not wanted:
        return [(frozenset(), 0)]
    joined: dict[Units, None] = dict.fromkeys(wanted)
    waiting = list(joined)
    for units in waiting:
        for more in wanted:
            both = units | more
            if units & more and both not in joined:
                joined[both] = None
                waiting.append(both)
    return [(units, sum(places for own, places in wanted.items() if own <= units)) for units in joined]


def _touched(must: _Conditions, unit: int, stay: int) -> _Touched:
    counts = np.array([nights == stay and unit in units for nights, units in must.pools], np.bool_)
    conditions = counts[must.pool]
    kinds = np.flatnonzero(np.logical_or.reduceat(conditions[must.parts], must.begins))
    ends = np.append(must.begins[1:], len(must.parts))
    sizes = ends[kinds] - must.begins[kinds]
    return _Touched(
        np.flatnonzero(counts),
        np.flatnonzero(conditions),
        kinds,
        np.concatenate([*(must.parts[must.begins[k] : ends[k]] for k in kinds), np.zeros(0, np.intp)]),
        np.cumsum([0, *sizes])[:-1].astype(np.intp),
    )
