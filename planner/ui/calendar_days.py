"""What a calendar shows, and how each thing stands on each of its days: from when, until when, or all of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from planner.rules.dates import clock_words, day_words, when_words
from planner.rules.windows import local
from planner.ui.widgets import Sign


@dataclass(frozen=True, kw_only=True)
class Shown:
    """Something to show, and the address that it leads to; without one it leads to the list of its day."""

    ref: str
    title: str
    state: Sign
    detail: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class ShownAt(Shown):
    """From one instant to another; both aware."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class ShownOn(Shown):
    """Whole days, the first and the last included."""

    first_on: date
    last_on: date


@dataclass(frozen=True)
class Tile:
    """One entry as it stands in a day: its time there, and the rest of its time for who cannot see the table.

    `hour` is from which hour of that day on it stands there; None of a whole day.
    """

    entry: Shown
    time: str
    until: str
    hour: int | None = None


def by_day(given: Iterable[Shown], days: Sequence[date]) -> defaultdict[date, list[Tile]]:
    """What is listed on each of these days, which follow each other.

    Whole days come first, then what was begun on a day before, then what begins, in order of time.
    """
    found: defaultdict[date, list[Tile]] = defaultdict(list)
    dated = (each for entry in given if not is_band(entry) for each in _on_days(entry, days))
    for (day, *_), tile in sorted(dated, key=itemgetter(0)):
        found[day].append(tile)
    return found


def _on_days(entry: Shown, days: Sequence[date]) -> Iterator[tuple[tuple[Any, ...], Tile]]:
    """A tile for each of these days that it touches, with its place in the order of all."""
    match entry:
        case ShownAt(starts_at=starts_at, title=title):
            for day, tile in _parts(entry, days):
                yield (day, 1, starts_at, title), tile
        case ShownOn(first_on=first_on):
            yield (first_on, 0), Tile(entry, "", "All day")
        case _:
            raise TypeError(f"{type(entry).__name__} has no day.")


def _parts(entry: ShownAt, days: Sequence[date]) -> Iterator[tuple[date, Tile]]:
    """An end at midnight does not touch the day that it begins."""
    start, end = local(entry.starts_at), local(entry.ends_at)
    first, ends_on = start.date(), end.date()
    last = first if first == ends_on else max(start, end - datetime.resolution).date()
    clock = clock_words(end)
    until = f"to {clock}" if first == ends_on else f"to {day_words(ends_on, read=first)}, {clock}"
    if first == last:
        yield first, Tile(entry, clock_words(start), until, start.hour)
        return
    for number in range(max(first, days[0]).toordinal(), min(last, days[-1]).toordinal() + 1):
        day = date.fromordinal(number)
        whole = f"({when_words(entry.starts_at, entry.ends_at, read=day)})"
        if day == first:
            yield day, Tile(entry, f"from {clock_words(start)}", until, start.hour)
        elif day == ends_on:
            yield day, Tile(entry, f"until {clock}", whole, 0)
        else:
            yield day, Tile(entry, "all day", whole)


def band_tile(entry: ShownOn) -> Tile:
    """Of several days at once."""
    return Tile(entry, "", dates(entry.first_on, entry.last_on))


def is_band(entry: Shown) -> bool:
    return isinstance(entry, ShownOn) and entry.last_on > entry.first_on


def dates(first: date, last: date) -> str:
    """Return a stretch of days in words, such as "2 to 30 November"."""
    if first == last:
        return day_words(first)
    same_month = (first.month, first.year) == (last.month, last.year)
    begins = f"{first.day}" if same_month else f"{first.day} {first:%B}"
    return f"{begins} to {last.day} {last:%B}"
