"""Days and times in plain words, on the clock on the wall in London."""

from datetime import UTC, date, datetime

from planner.rules.windows import happens_twice, local


def day_words(day: date, *, year: bool = False, read: date | None = None) -> str:
    """ "Thu 26 November", with the year where it could be mistaken: always, or in another year than it is read in."""
    said = year or (read is not None and day.year != read.year)
    return f"{day:%a} {day.day} {day:%B}" + (f" {day.year}" if said else "")


def instant_words(at: datetime, *, read: date | None = None) -> str:
    wall = local(at)
    return f"{day_words(wall.date(), read=read)}, {clock_words(wall)}"


def clock_words(wall: datetime) -> str:
    """ "06:00" in London; in the hour that its clock shows twice in October, which of the two: "01:30 GMT"."""
    return f"{wall:%H:%M %Z}" if happens_twice(wall) else f"{wall:%H:%M}"


def when_words(starts_at: datetime, ends_at: datetime, *, year: bool = False, read: date | None = None) -> str:
    """ "Thu 26 November, 06:00 to 09:00"; the second day is named when it is another, its year when that is."""
    start, end = local(starts_at), local(ends_at)
    last = day_words(end.date(), read=read or (start.date() if year else None))
    until = clock_words(end) if end.date() == start.date() else f"{last}, {clock_words(end)}"
    return f"{day_words(start.date(), year=year, read=read)}, {clock_words(start)} to {until}"


def occurrence_name(at: datetime) -> str:
    """An instant that names one of a series, as a calendar writes it: 20260706T130000Z."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def occurrence_at(name: str) -> datetime | None:
    """The instant of such a name; None of an empty one, which is a single conference's."""
    return datetime.strptime(name, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) if name else None
