"""People given places one after another by augmenting paths, always the cheapest place within reach.

A unit's first places cost nothing, as many as are free on every night; each further one costs the nights on which
it would have to be opened. Costs only rise within a unit, so this is exact: the most people have a place that costs
nothing, and the rest cost the fewest nights.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Stay(NamedTuple):
    """One line's people in one unit: of its places they have those after `before` up to `before + places`."""

    line: int
    unit: int
    before: int
    places: int


class Matching:
    """How many people of each line are in each unit so far; `free` is each unit's nights, fewest places first."""

    def __init__(self, takers: Sequence[Sequence[int]], free: Sequence[Sequence[int]]) -> None:
        self.takers, self.free = takers, free
        self.full = [0] * len(free)
        self.people: Counter[tuple[int, int]] = Counter()

    def cost(self, unit: int) -> int:
        """On how many nights a unit's next place would have to be opened."""
        return bisect_left(self.free[unit], self.full[unit] + 1)

    def place(self, line: int) -> int | None:
        """One person more, others moving on where that frees a cheaper place; its cost, None where no unit takes it."""
        entered, left = self._reach(line)
        if not entered:
            return None
        unit = min(entered, key=self.cost)  # of equals the first reached: the fewest people move
        cost = self.cost(unit)
        self.full[unit] += 1
        while True:
            mover = entered[unit]
            self.people[mover, unit] += 1
            if mover not in left:
                return cost
            unit = left[mover]
            self.people[mover, unit] -= 1

    def _reach(self, line: int) -> tuple[dict[int, int], dict[int, int]]:
        """Which line would enter each unit within reach, and which unit each line other than this would leave."""
        entered: dict[int, int] = {}
        left: dict[int, int] = {}
        waiting = [line]
        for mover in waiting:
            for unit in self.takers[mover]:
                if unit in entered:
                    continue
                entered[unit] = mover
                for other in range(len(self.takers)):
                    if other != line and other not in left and self.people[other, unit] > 0:
                        left[other] = unit
                        waiting.append(other)
        return entered, left

    def stays(self) -> Iterator[Stay]:
        """Unit by unit; the lines that were asked first have its first places."""
        for unit in range(len(self.free)):
            before = 0
            for line in range(len(self.takers)):
                number = self.people[line, unit]
                if number:
                    yield Stay(line, unit, before, number)
                before += number
