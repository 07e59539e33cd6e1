"""Bookings that wait for the same places: which stand beside each other, and whether there are too few for all."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from planner.rules.windows import nights_of


class Asking(NamedTuple):
    """One booking that waits; `reference` is its action's, where the reader may know it.

    `decided`: why the cell says that it goes first, where it has said so.
    """

    hold: int
    unit: str
    first: date
    nights: int
    places: int
    reference: str | None
    decided: str | None = None
    action_id: int | None = None
    reserve_id: int | None = None

    @property
    def on(self) -> frozenset[date]:
        return frozenset(nights_of(self.first, self.nights))

    @property
    def until(self) -> date:
        """The first night after it."""
        return self.first + timedelta(days=self.nights)


Beside = tuple[Asking, tuple[Asking, ...]]


def asked_beside(mine: Iterable[Asking], waiting: Iterable[Asking]) -> list[Beside]:
    """Each booking beside which others ask for the same unit and night, with those, the first night first."""
    of_unit: defaultdict[str, list[Asking]] = defaultdict(list)
    for row in waiting:
        of_unit[row.unit].append(row)
    longest = {}
    for unit, rows in of_unit.items():
        rows.sort(key=lambda row: row.first)
        longest[unit] = timedelta(days=max(row.nights for row in rows))
    found = ((row, _beside(row, of_unit[row.unit], longest.get(row.unit, timedelta()))) for row in mine)
    return [(row, others) for row, others in found if others]


def _beside(one: Asking, rows: Sequence[Asking], longest: timedelta) -> tuple[Asking, ...]:
    """The others of its unit, which begin in order: only those that can still be there are looked at.

    One that asks twice does not compete with itself.
    """
    begin = bisect_left(rows, one.first - longest, key=lambda row: row.first)
    end = bisect_left(rows, one.until, key=lambda row: row.first)
    whose = (one.action_id, one.reserve_id)
    return tuple(row for row in rows[begin:end] if row.until > one.first and (row.action_id, row.reserve_id) != whose)


def wanted_with(row: Asking, others: Sequence[Asking]) -> int:
    return row.places + sum(other.places for other in others)


def fewest_free(row: Asking, free: Mapping[tuple[str, date], int]) -> int:
    """What is free of its unit on its fullest night."""
    return min(free.get((row.unit, on), 0) for on in row.on)


def rivals(crowded: Iterable[Beside], free: Mapping[tuple[str, date], int]) -> dict[int, frozenset[int]]:
    """By action, the other actions that ask for places of which there are too few, and on which nobody decided."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for row, others in crowded:
        if row.action_id is None or row.decided is not None or wanted_with(row, others) <= fewest_free(row, free):
            continue
        for other in others:
            if other.action_id is not None and other.decided is None:
                found[row.action_id].add(other.action_id)
                found[other.action_id].add(row.action_id)
    return {action: frozenset(others) for action, others in found.items()}
