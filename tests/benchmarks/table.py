"""One table of what was measured, what it may be, and whether that is met."""

import time
from collections.abc import Callable, Iterable
from statistics import median
from typing import NamedTuple


class Row(NamedTuple):
    """One budget; `unit` is "x" for a ratio of two things measured in turn, or "s", "ms" or "µs" for a time."""

    name: str
    measured: float
    budget: float
    unit: str
    detail: str = ""

    @property
    def met(self) -> bool:
        return self.measured <= self.budget


def drawn(rows: Iterable[Row]) -> str:
    lines = [f"{'':<58} {'measured':>9} {'budget':>9}"]
    for row in rows:
        measured, budget = f"{_figure(row.measured)} {row.unit}", f"{row.budget:.2f} {row.unit}"
        verdict = "met" if row.met else "not met"
        lines.append(f"{row.name:<58} {measured:>9} {budget:>9}  {verdict:<8} {row.detail}".rstrip())
    return "\n".join(lines)


def _figure(value: float) -> str:
    """Two decimals; four where these would round a small ratio to nothing."""
    return f"{value:.2f}" if value >= 0.1 else f"{value:.4f}"


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def in_turn(rounds: int, *measures: Callable[[], float]) -> tuple[float, ...]:
    """The median of each measure; they take turns, so that what else the machine does falls on all of them."""
    taken = [[measure() for measure in measures] for _ in range(rounds)]
    return tuple(median(column) for column in zip(*taken, strict=True))
