"""Windows of time and nights: instants are UTC, nights are dates and run noon to noon local time."""

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
NOON = time(12)
LONGEST_ACTION = timedelta(days=7)


class Window(NamedTuple):
    """From `starts_at` up to, not including, `ends_at`."""

    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: "Window") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def covers(self, other: "Window") -> bool:
        return self.starts_at <= other.starts_at and other.ends_at <= self.ends_at


def local(at: datetime) -> datetime:
    """An instant on the clock on the wall."""
    return at.astimezone(LONDON)


def happens_twice(wall: datetime) -> bool:
    """Whether London's clock shows this time of its a second time, in the hour of October's change."""
    if wall.hour != 1 or wall.month != 10:  # as nearly all are, of many thousands
        return False
    return wall.replace(fold=0).utcoffset() != wall.replace(fold=1).utcoffset()


def first_night(starts_at: datetime) -> date:
    """The night an action falls in: a 02:00 action belongs to the night before, noon begins a new one."""
    wall = local(starts_at)
    return wall.date() if wall.time() >= NOON else wall.date() - timedelta(days=1)


def from_local(day: date, at: time) -> datetime:
    """The instant of a local time; ValueError with a sentence when it does not exist or happens twice."""
    wall = datetime.combine(day, at, tzinfo=LONDON)
    instant = wall.astimezone(UTC)
    if instant.astimezone(LONDON).replace(tzinfo=None) != wall.replace(tzinfo=None):
        raise ValueError(f"{at:%H:%M} does not exist on {day:%-d %B %Y}: the clocks go forward. Choose another time.")
    if wall.utcoffset() != wall.replace(fold=1).utcoffset():
        raise ValueError(f"{at:%H:%M} happens twice on {day:%-d %B %Y}: the clocks go back. Choose another time.")
    return instant


def nights_of(first: date, nights: int) -> tuple[date, ...]:
    return tuple(first + timedelta(days=day) for day in range(nights))
