"""The finder of a time: the earliest slots at which every agency that must come is free.

Minutes since an origin are the bits of an integer, one integer an agency: free time, meetings that fit and agencies
that would miss are then a few operations on whole numbers, however many weeks there are. Hours are those of the clock
on the wall in London, so the time that a clock change takes away or gives twice is dealt with where hours become bits;
a slot that would begin or end at a time that happens twice is never proposed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple

from planner.rules.availability import Availability
from planner.rules.windows import LONDON, Window

GRID_MINUTES, BEST = 15, 3
HOUR, DAY = 60, 24 * 60
OFFICE_HOURS = Availability("12345", time(9), time(17), bank_holidays=False)
NOT_STATED = "hours not stated"


class Diary(NamedTuple):
    """When an agency can come: the hours it stated, if any; `holidays` are its nation's, `busy` may overlap."""

    agency: str
    required: bool
    hours: Availability | None
    holidays: frozenset[date]
    busy: tuple[Window, ...] = ()


class Slot(NamedTuple):
    """A time to meet, with who would miss of those who must come and of the others, in the order of the diaries."""

    starts_at: datetime
    ends_at: datetime
    required_missing: tuple[str, ...]
    others_missing: tuple[str, ...]


class _Segment(NamedTuple):
    """Minutes under one offset from UTC, itself in minutes."""

    begins: int
    ends: int
    offset: int


def best_times(diaries: Sequence[Diary], minutes: int, within: Window) -> tuple[Slot, ...]:
    """The earliest three slots within a window at which all who must come are free.

    Where there is none, the three at which fewest of them would miss, then the earliest; never one that all would
    miss. Slots begin on the quarter hour.
    """
    origin = within.starts_at.astimezone(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(days=1)
    first, last = -_minutes(within.starts_at, origin, up=-1), _minutes(within.ends_at, origin) - minutes
    segments = _segments(origin, last + minutes + DAY)
    begins = _grid(first, last) & ~_twice(segments, minutes)
    taken = _taken(diaries, origin)
    fits = [_fits(_free(diary, origin, segments, taken), minutes) for diary in diaries]
    required = [fit for fit, diary in zip(fits, diaries, strict=True) if diary.required]
    slots = []
    for minute in _chosen(begins, required):
        missing = [diary for fit, diary in zip(fits, diaries, strict=True) if not fit >> minute & 1]
        starts_at = origin + timedelta(minutes=minute)
        slots.append(
            Slot(
                starts_at,
                starts_at + timedelta(minutes=minutes),
                tuple(diary.agency for diary in missing if diary.required),
                tuple(diary.agency for diary in missing if not diary.required),
            )
        )
    return tuple(slots)


def _minutes(at: datetime, origin: datetime, *, up: int = 1) -> int:
    """Whole minutes from the origin, rounded down; with `up` -1 the negative of what is rounded up."""
    return up * (at - origin) // timedelta(minutes=1)


def _range(begins: int, ends: int) -> int:
    """The bits of the minutes from one up to, not including, another."""
    begins = max(begins, 0)
    return ((1 << (ends - begins)) - 1) << begins if ends > begins else 0


def _grid(first: int, last: int) -> int:
    """A bit for each quarter hour; the origin is a whole hour, and London is whole hours from UTC."""
    bits, span = 1, GRID_MINUTES
    while span <= last:
        bits |= bits << span
        span *= 2
    return bits & _range(first, last + 1)


def _segments(origin: datetime, minutes: int) -> tuple[_Segment, ...]:
    """The minutes from the origin under one offset after the other; clocks change on the whole hour."""
    found: list[_Segment] = []
    for begins in range(0, minutes, HOUR):
        offset = (origin + timedelta(minutes=begins)).astimezone(LONDON).utcoffset() or timedelta(0)
        until, number = begins + HOUR, offset // timedelta(minutes=1)
        if found and found[-1].offset == number:
            found[-1] = found[-1]._replace(ends=until)
        else:
            found.append(_Segment(begins, until, number))
    return tuple(found)


def _twice(segments: Sequence[_Segment], minutes: int) -> int:
    """The starts whose own time, or whose end's, happens twice on the clock on the wall."""
    bits = 0
    for before, after in pairwise(segments):
        back = before.offset - after.offset
        bits |= _range(after.begins - back, after.begins + back)
    return bits | bits >> minutes


def _taken(diaries: Iterable[Diary], origin: datetime) -> dict[Window, int]:
    """The minutes of each busy time, once for all whom it takes; a minute that is touched is taken."""
    windows = {window for diary in diaries for window in diary.busy}
    return {
        window: _range(_minutes(window.starts_at, origin), -_minutes(window.ends_at, origin, up=-1))
        for window in windows
    }


def _free(diary: Diary, origin: datetime, segments: Sequence[_Segment], taken: Mapping[Window, int]) -> int:
    """The minutes in which an agency is at work and not busy."""
    worked, midnight = _worked(diary, origin, segments[-1].ends)
    since = _minutes(origin.replace(tzinfo=None), midnight)
    free = 0
    for segment in segments:
        free |= worked >> (since + segment.offset) & _range(segment.begins, segment.ends)
    busy = 0
    for window in diary.busy:
        busy |= taken[window]
    return free & ~busy


def _worked(diary: Diary, origin: datetime, minutes: int) -> tuple[int, datetime]:
    """An agency's hours as minutes of the clock on the wall, from a midnight before the origin."""
    hours = diary.hours or OFFICE_HOURS
    first = origin.date() - timedelta(days=2)
    bits = 0
    for number in range(minutes // DAY + 5):
        day = first + timedelta(days=number)
        if str(day.isoweekday()) in hours.weekdays and (hours.bank_holidays or day not in diary.holidays):
            begins, ends = _clock(hours.opens), _clock(hours.closes)
            bits |= _range(number * DAY + begins, number * DAY + ends + (DAY if ends <= begins else 0))
    return bits, datetime.combine(first, time())


def _clock(at: time) -> int:
    return at.hour * HOUR + at.minute


def _fits(free: int, minutes: int) -> int:
    """The minutes from which an agency stays free for so long."""
    fits, have = free, 1
    while have < minutes:
        step = min(have, minutes - have)
        fits &= fits >> step
        have += step
    return fits


def _chosen(begins: int, required: Sequence[int]) -> Iterator[int]:
    """The minutes of the best slots, the best first."""
    planes = _missing(begins, required)
    found = 0
    for number in range(max(len(required), 1)):
        exactly = begins
        for power, plane in enumerate(planes):
            exactly &= plane if number >> power & 1 else ~plane
        for minute in _lowest(exactly, BEST - found):
            found += 1
            yield minute
        if found == BEST or (found and not number):
            return


def _missing(begins: int, required: Iterable[int]) -> list[int]:
    """How many of those who must come would miss each start: the binary digits of that number, the lowest first."""
    planes: list[int] = []
    for fit in required:
        carry = begins & ~fit
        for power, plane in enumerate(planes):
            planes[power], carry = plane ^ carry, plane & carry
        if carry:
            planes.append(carry)
    return planes


def _lowest(bits: int, most: int) -> Iterator[int]:
    while bits and most:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
        most -= 1
