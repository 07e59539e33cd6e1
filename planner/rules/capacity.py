"""Can these people be placed: every person in one unit for every night, eligibility and zones respected.

Counting free places a night is wrong: a unit open early and one open late are free every night between
them, and yet nobody can stay. So each unit counts by its smallest number of free places over the stay,
and people are matched to units exactly: here yes or no, in `placement.py` who stays where and who is short.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import NamedTuple

from planner.rules.matching import Matching
from planner.rules.values import UnitFact
from planner.rules.words import Exploitation, Need, Profile

MOST_CHOSEN = 5


class Wanted(NamedTuple):
    profile: Profile
    need: Need
    places: int


class Asked(NamedTuple):
    """People of one profile and need; the lines of a strike day are pooled, each with its own zone and exploitation.

    `reserves` names the reserves in which the people's action has a share.
    """

    profile: Profile
    need: Need
    places: int
    zone: str
    exploitation: Exploitation
    reserves: frozenset[int] = frozenset()


class Free(NamedTuple):
    """A unit as it can be used: `free` by night; a night that is missing is unknown, never free.

    The confirmed places of a reserve are a unit of their own, once, for lines that have a share in it.
    """

    unit_id: int
    unit: UnitFact
    free: Mapping[date, int]
    reserve_id: int | None = None


def takes(unit: UnitFact, line: Wanted | Asked, zone: str, exploitation: Exploitation) -> bool:
    """Whether a unit may take such a person; adult places never cover a child."""
    return (
        line.profile in unit.profiles
        and line.need in unit.needs
        and exploitation in unit.exploitations
        and zone in unit.zones
    )


def fits(unit: Free, line: Asked) -> bool:
    """Whether these people may use this unit; a reserve is for who shares it."""
    shared = unit.reserve_id is None or unit.reserve_id in line.reserves
    return shared and takes(unit.unit, line, line.zone, line.exploitation)


class Choice(NamedTuple):
    """Some lines of a question, and the units that take people of any of them."""

    lines: tuple[int, ...]
    units: tuple[int, ...]


class Supply:
    """Units made ready to be asked often: one row of free places a unit, a night each from `first` on."""

    def __init__(self, units: Sequence[Free]) -> None:
        known = [night for unit in units for night in unit.free]
        self.units = tuple(units)
        self.first = min(known, default=date.min)
        self.nights = (max(known) - self.first).days + 1 if known else 0
        every = nights_from(self.first, self.nights)
        self.rows = [[max(0, unit.free.get(night, 0)) for night in every] for unit in units]
        self._takers: dict[tuple[object, ...], tuple[int, ...]] = {}
        self._choices: dict[tuple[tuple[int, ...], ...], tuple[Choice, ...]] = {}

    def takers(self, line: Asked) -> tuple[int, ...]:
        """Which units may take these people, by their place in `units`."""
        profile, need, _, zone, exploitation, reserves = line
        key = (profile, need, zone, exploitation, reserves)
        found = self._takers.get(key)
        if found is None:
            found = tuple(index for index, unit in enumerate(self.units) if fits(unit, line))
            self._takers[key] = found
        return found

    def choices(self, takers: tuple[tuple[int, ...], ...]) -> tuple[Choice, ...]:
        """Every choice of lines with the units that take any of them, all lines last."""
        found = self._choices.get(takers)
        if found is None:
            numbers = range(len(takers))
            every = [lines for size in numbers for lines in combinations(numbers, size + 1)]
            found = tuple(Choice(lines, tuple(sorted({i for n in lines for i in takers[n]}))) for lines in every)
            self._choices[takers] = found
        return found

    def free(self, index: int, first: date, nights: int) -> list[int]:
        """Free places of a unit on each night of a stay; none where nothing is stated."""
        begin = (first - self.first).days
        row = self.rows[index]
        return [row[night] if 0 <= night < self.nights else 0 for night in range(begin, begin + nights)]


def nights_from(first: date, nights: int) -> list[date]:
    return [first + timedelta(days=day) for day in range(nights)]


def can_place(supply: Supply, asked: Sequence[Asked], first: date, nights: int) -> bool:
    """Whether everybody can stay from this night on, by Hall's condition.

    For every choice of lines, the units that take any of them must have room for all of them.
    """
    if not asked:
        return True
    begin = (first - supply.first).days
    end = begin + nights
    if begin < 0 or end > supply.nights:
        return not any(line.places for line in asked)
    room: dict[int, int] = {}
    if _in_turn(supply, asked, begin, end, room):
        return True
    if len(asked) == 1:
        return False
    takers = tuple(map(supply.takers, asked))
    if len(takers) > MOST_CHOSEN:
        return _matched(supply, asked, begin, end)
    choices = supply.choices(takers)
    for index in choices[-1].units:
        if index not in room:
            room[index] = min(supply.rows[index][begin:end])
    for lines, units in choices:
        if sum([asked[line].places for line in lines]) > sum([room[index] for index in units]):
            return False
    return True


def _in_turn(supply: Supply, asked: Sequence[Asked], begin: int, end: int, room: dict[int, int]) -> bool:
    """Whether all can stay when nobody makes way for others: mostly so, and then few units are looked at.

    For one line this is exact. `room` keeps the room of the units that were looked at.
    """
    used: dict[int, int] = {}
    for line in asked:
        left = line.places
        for index in supply.takers(line):
            if left <= 0:
                break
            if index not in room:
                room[index] = min(supply.rows[index][begin:end])
            before = used.get(index, 0)
            given = min(left, room[index] - before)
            used[index] = before + given
            left -= given
        if left > 0:
            return False
    return True


def _matched(supply: Supply, asked: Sequence[Asked], begin: int, end: int) -> bool:
    """The same for many lines, whose choices would be too many."""
    given = Matching([supply.takers(line) for line in asked], [[min(row[begin:end])] for row in supply.rows])
    return all(given.place(line) == 0 for line, wanted in enumerate(asked) for _ in range(wanted.places))


def numbers_for(places: int, open_numbers: Sequence[int], taken: frozenset[int]) -> tuple[int, ...]:
    """Which place numbers to claim on one night: the lowest that are open and not taken."""
    return tuple(number for number in sorted(open_numbers) if number not in taken)[:places]
