"""Can these people be placed: every person in one unit for every night, eligibility and zones respected.

Counting free places a night is wrong: a unit open early and one open late are free every night between
them, and yet nobody can stay. So each unit counts by its smallest number of free places over the stay,
and people are matched to units exactly.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from planner.rules.values import UnitFact
from planner.rules.words import Exploitation, Need, Profile


class Wanted(NamedTuple):
    profile: Profile
    need: Need
    places: int


class Free(NamedTuple):
    """A unit as it can be used: `free` by night; a night that is missing is unknown, never free."""

    unit_id: int
    unit: UnitFact
    free: Mapping[date, int]


class Placed(NamedTuple):
    unit_id: int
    profile: Profile
    need: Need
    places: int


class Short(NamedTuple):
    profile: Profile
    need: Need
    places: int


class Placement(NamedTuple):
    placed: tuple[Placed, ...]
    short: tuple[Short, ...]

    @property
    def placeable(self) -> bool:
        return not self.short


def room(unit: Free, nights: Sequence[date]) -> int:
    """Places that are free on every one of these nights."""
    return min((unit.free.get(night, 0) for night in nights), default=0)


def takes(unit: UnitFact, line: Wanted, zone: str, exploitation: Exploitation) -> bool:
    """Whether a unit may take such a person; adult places never cover a child."""
    return (
        line.profile in unit.profiles
        and line.need in unit.needs
        and exploitation in unit.exploitations
        and zone in unit.zones
    )


def placement(
    wanted: Sequence[Wanted], units: Sequence[Free], nights: Sequence[date], *, zone: str, exploitation: Exploitation
) -> Placement:
    """The most people that can be placed, and who is left over: exact, by augmenting paths."""
    left = {unit.unit_id: room(unit, nights) for unit in units}
    open_to = [
        [unit.unit_id for unit in units if takes(unit.unit, line, zone, exploitation) and left[unit.unit_id] > 0]
        for line in wanted
    ]
    given: dict[tuple[int, int], int] = {}
    short = []
    for index, line in enumerate(wanted):
        missing = sum(not _place_one(index, open_to, left, given, set()) for _ in range(line.places))
        if missing:
            short.append(Short(line.profile, line.need, missing))
    placed = tuple(
        Placed(unit, wanted[index].profile, wanted[index].need, places)
        for (index, unit), places in sorted(given.items())
        if places
    )
    return Placement(placed, tuple(short))


def _place_one(
    line: int,
    open_to: Sequence[Sequence[int]],
    left: dict[int, int],
    given: dict[tuple[int, int], int],
    tried: set[int],
) -> bool:
    """Give one place to this line, moving others to further units where that frees one."""
    for unit in open_to[line]:
        if unit in tried:
            continue
        tried.add(unit)
        if left[unit] > 0:
            left[unit] -= 1
            given[line, unit] = given.get((line, unit), 0) + 1
            return True
        for (other, where), places in list(given.items()):
            if where == unit and places and other != line and _place_one(other, open_to, left, given, tried):
                given[other, unit] -= 1
                given[line, unit] = given.get((line, unit), 0) + 1
                return True
    return False


def numbers_for(places: int, open_numbers: Sequence[int], taken: frozenset[int]) -> tuple[int, ...]:
    """Which place numbers to claim on one night: the lowest that are open and not taken."""
    return tuple(number for number in sorted(open_numbers) if number not in taken)[:places]
