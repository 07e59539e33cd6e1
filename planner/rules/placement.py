"""Who stays in which unit, and what is short: the fewest places that would have to be opened, and on which nights."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from planner.rules.capacity import Asked, Supply
from planner.rules.matching import Matching
from planner.rules.words import Need, Profile


class Placed(NamedTuple):
    unit_id: int
    profile: Profile
    need: Need
    places: int


class Lack(NamedTuple):
    """So many places more would do from one night to another, both included; of no unit where none takes them."""

    unit_id: int | None
    first: date
    last: date
    places: int


class Short(NamedTuple):
    """People who cannot be placed; `asked` is the line they come from."""

    asked: Asked
    places: int
    lacks: tuple[Lack, ...]

    @property
    def profile(self) -> Profile:
        return self.asked.profile

    @property
    def need(self) -> Need:
        return self.asked.need


class Placement(NamedTuple):
    placed: tuple[Placed, ...]
    short: tuple[Short, ...]

    @property
    def placeable(self) -> bool:
        return not self.short


def placement(supply: Supply, asked: Sequence[Asked], first: date, nights: int) -> Placement:
    """The most people that can be placed, and who is left over with what would have to be opened for them."""
    free = [supply.free(index, first, nights) for index in range(len(supply.units))]
    given = Matching([supply.takers(line) for line in asked], [sorted(row) for row in free])
    nowhere = [sum(given.place(i) is None for _ in range(line.places)) for i, line in enumerate(asked)]
    placed, lacks, places = [], [Counter[Lack]() for _ in asked], list(nowhere)
    for line, unit, before, number in given.stays():
        room, unit_id = min(free[unit], default=0), supply.units[unit].unit_id
        inside = min(number, max(0, room - before))
        if inside:
            placed.append((line, Placed(unit_id, asked[line].profile, asked[line].need, inside)))
        for place in range(before + inside + 1, before + number + 1):
            places[line] += 1
            missing = [day for day, there in enumerate(free[unit]) if there < place]
            lacks[line].update(Lack(unit_id, *run, 0) for run in _runs(first, missing))
    for line, number in enumerate(nowhere):
        if number:
            lacks[line][Lack(None, first, first + timedelta(days=nights - 1), 0)] = number
    short = [Short(line, places[i], _counted(lacks[i])) for i, line in enumerate(asked) if places[i]]
    return Placement(tuple(row for _, row in sorted(placed, key=lambda item: item[0])), tuple(short))


def _runs(first: date, days: Sequence[int]) -> Iterator[tuple[date, date]]:
    """Nights that follow each other, as the first and the last of each run."""
    begin = 0
    for index, day in enumerate(days):
        if index + 1 == len(days) or days[index + 1] != day + 1:
            yield first + timedelta(days=days[begin]), first + timedelta(days=day)
            begin = index + 1


def _counted(lacks: Counter[Lack]) -> tuple[Lack, ...]:
    rows = [lack._replace(places=number) for lack, number in lacks.items()]
    return tuple(sorted(rows, key=lambda lack: (lack.first, lack.last, lack.unit_id or 0)))
