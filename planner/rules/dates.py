"""Days and times in plain words, on the clock on the wall in London."""

from datetime import date, datetime

from planner.rules.windows import local


def day_words(day: date, *, year: bool = False) -> str:
    """ "Thu 26 November", with the year where it could be mistaken."""
    return f"{day:%a} {day.day} {day:%B}" + (f" {day.year}" if year else "")


def instant_words(at: datetime) -> str:
    wall = local(at)
    return f"{day_words(wall.date())}, {wall:%H:%M}"


def when_words(starts_at: datetime, ends_at: datetime, *, year: bool = False) -> str:
    """ "Thu 26 November, 06:00 to 09:00"; the second day is named when it is another."""
    start, end = local(starts_at), local(ends_at)
    until = f"{end:%H:%M}" if end.date() == start.date() else f"{day_words(end.date())}, {end:%H:%M}"
    return f"{day_words(start.date(), year=year)}, {start:%H:%M} to {until}"
