"""How places of care stand in one night: those likely needed, against those booked and those still free."""

from enum import StrEnum
from typing import NamedTuple

from planner.rules.counts import count_words

TIGHT = 4  # fewer left than a quarter of what is still to be found: the next refusal makes it short


class Strain(StrEnum):
    SHORT = "short"
    TIGHT = "tight"
    ENOUGH = "enough"
    UNKNOWN = "unknown"


class Pressure(NamedTuple):
    """One night from noon to noon; `free` is None where no night is open: unknown, never free."""

    needed: int
    booked: int
    free: int | None

    @property
    def to_find(self) -> int:
        """Places likely needed and neither held nor confirmed."""
        return max(0, self.needed - self.booked)

    @property
    def left(self) -> int:
        """What would be left over once everybody is placed; below nought, how many are short."""
        return (self.free or 0) - self.to_find

    @property
    def strain(self) -> Strain:
        if not self.to_find:
            return Strain.ENOUGH
        if self.free is None:
            return Strain.UNKNOWN
        if self.left < 0:
            return Strain.SHORT
        return Strain.TIGHT if self.left * TIGHT < self.to_find else Strain.ENOUGH

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
        free = "no place is open" if self.free is None else f"{self.free:,} free"
        return f"{self.needed:,} likely needed that night, {self.booked:,} booked, {free}"
