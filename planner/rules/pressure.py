"""How places of care stand in one night: those likely needed, against those booked and those still free."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from planner.rules.counts import count_words
from planner.rules.matching import Matching

TIGHT = 4  # fewer left than a quarter of what is still to be found: the next refusal makes it short


class Strain(StrEnum):
    SHORT = "short"
    TIGHT = "tight"
    ENOUGH = "enough"
    UNKNOWN = "unknown"


class Pressure(NamedTuple):
    """One night from noon to noon; `free` is None where no night is open: unknown, never free.

    `unplaced` are those whom no unit that takes them has a place for in reach of their zone, however much is free
    elsewhere; `tight`: of some people's places little is left.
    """

    needed: int
    booked: int
    free: int | None
    unplaced: int = 0
    tight: bool = False

    @property
    def to_find(self) -> int:
        """Places likely needed and neither held nor confirmed."""
        return max(0, self.needed - self.booked)

    @property
    def left(self) -> int:
        """What would be left over once everybody is placed; below nought, how many are short."""
        left = (self.free or 0) - self.to_find
        return min(left, -self.unplaced) if self.unplaced else left

    @property
    def strain(self) -> Strain:
        if not self.to_find:
            return Strain.ENOUGH
        if self.free is None:
            return Strain.UNKNOWN
        if self.left < 0:
            return Strain.SHORT
        return Strain.TIGHT if self.tight or is_tight(self.left, self.to_find) else Strain.ENOUGH

    @property
    def word(self) -> str:
        """A number and a word: 4 places short."""
        match self.strain:
            case Strain.SHORT:
                return f"{count_words(-self.left, 'place')} short"
            case Strain.UNKNOWN:
                return f"{count_words(self.to_find, 'place')} to find"
        return f"{count_words(self.left, 'place')} left" if self.free is not None else "All placed"

    @property
    def sentence(self) -> str:
        """The whole of it, for who has room for it."""
        free = "no place is open for them" if self.free is None else f"{self.free:,} free"
        said = f"{self.needed:,} likely needed that night, {self.booked:,} booked, {free}"
        if self.unplaced and (self.free or 0) >= self.to_find:
            return f"{said}, not all of it in reach or for these people"
        return f"{said}, little of it for some" if self.tight and not is_tight(self.left, self.to_find) else said


def is_tight(left: int, to_find: int) -> bool:
    """Of nobody that is still to be placed, any number will do."""
    return bool(to_find) and left * TIGHT < to_find


def with_spare(to_find: int) -> int:
    """So many places leave enough for so many people: a quarter more, rounded up; fewer are tight."""
    return to_find + -(-to_find // TIGHT)


def unplaced(wanted: Sequence[int], takers: Sequence[Sequence[int]], free: Sequence[int]) -> int:
    """Of so many people of each group in one night, such as women in one zone, how many have no place anywhere.

    `takers` are the units that take each group, by their place in `free`. Mostly everybody finds one when nobody makes
    way.
    """
    room = list(free)
    if all(_taken(number, takers[group], room) for group, number in enumerate(wanted)):
        return 0
    given = Matching(takers, [[places] for places in free])
    return sum(given.place(group) != 0 for group, number in enumerate(wanted) for _ in range(number))


def _taken(number: int, units: Sequence[int], room: list[int]) -> bool:
    for unit in units:
        here = min(number, room[unit])
        room[unit] -= here
        number -= here
    return not number
