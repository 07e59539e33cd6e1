"""A month or a week of a calendar on paper: the entries that its file has, with the same titles, as a tagged PDF."""

import re
from calendar import Calendar, day_name
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from planner.errors import InputError
from planner.outputs.calendar_components import event
from planner.outputs.calendar_entries import ActionEntry, Entry
from planner.outputs.calendar_series import standing
from planner.outputs.typst_pdf import pdf_of
from planner.rules.calendar_choice import Choice, Scope
from planner.rules.dates import clock_words, day_words, instant_words
from planner.rules.lead_time import NATION_WORDS
from planner.rules.markings import together
from planner.rules.windows import local
from planner.rules.words import Nation
from planner.views.calendar import NAMES, entries_of
from planner.views.calendar_days import Days
from planner.views.calendar_page import holidays
from planner.work import Look

TEMPLATE = Path(__file__).with_name("calendar_sheet.typ")
FILE_NAME, MEDIA_TYPE = "calendar.pdf", "application/pdf"
MONTH, WEEK = "month", "week"
MOST_A_DAY = 8
EARLIEST, LATEST = 1990, 2200
WRONG = "That names no month and no week. Choose a day and print it from the calendar page."
_STRETCH = re.compile(rf"({MONTH}|{WEEK})-(\d{{4}}-\d\d-\d\d)", re.ASCII)


class Stretch(NamedTuple):
    """What is printed: the weeks of a day's month, or a day's week."""

    shape: str
    day: date

    @property
    def text(self) -> str:
        """As an address carries it: month-2026-11-27."""
        return f"{self.shape}-{self.day}"

    @property
    def days(self) -> Days:
        if self.shape == MONTH:
            weeks = Calendar().monthdatescalendar(self.day.year, self.day.month)
            return Days(weeks[0][0], weeks[-1][-1])
        monday = self.day - timedelta(days=self.day.weekday())
        return Days(monday, monday + timedelta(days=6))

    @property
    def words(self) -> str:
        if self.shape == MONTH:
            return f"{self.day:%B %Y}"
        return f"{day_words(self.days.first)} to {day_words(self.days.last, year=True)}"


def stretch_of(text: str) -> Stretch:
    """The stretch that an address names; anything else is refused."""
    found = _STRETCH.fullmatch(text)
    try:
        day = date.fromisoformat(found[2] if found else "")
    except ValueError:
        raise InputError(WRONG) from None
    if found is None or not EARLIEST < day.year < LATEST:
        raise InputError(WRONG)
    return Stretch(found[1], day)


class _Line(NamedTuple):
    """One entry as it stands on a day: times of the clock on the wall, a title that tells a stranger nothing."""

    starts: datetime | date
    number: int
    time: str
    title: str
    state: str


def calendar_sheet(look: Look, scope: Scope, name: str, choice: Choice, stretch: Stretch) -> bytes:
    """The sheet of a calendar that the reader may take; missing and forbidden answer alike."""
    entries = entries_of(look, scope, name, choice, days=stretch.days)
    kept = standing(entries, now=look.now)
    free = holidays(look, stretch.days)
    values = {
        "title": NAMES[scope],
        "when": stretch.words,
        "marking": together(entry.marked for entry in kept).words,
        "printed": f"Printed {instant_words(look.now)}. What changed since stands on the calendar page.",
        "shape": stretch.shape,
        "columns": list(day_name),
        "closing": "",
        **_days(kept, stretch, free),
    }
    return pdf_of(TEMPLATE, values, at=int(look.now.timestamp()))


def _days(entries: Sequence[Entry], stretch: Stretch, free: Mapping[date, Mapping[str, Sequence[Nation]]]) -> Any:
    by_day, lasting = _spread(entries, stretch.days)
    first, number = stretch.days.first, (stretch.days.last - stretch.days.first).days + 1
    every = [first + timedelta(days=n) for n in range(number)]
    days = [_day(day, sorted(by_day[day], key=_order), stretch, free.get(day, {})) for day in every]
    return {"lasting": lasting, "days": days}


def _day(day: date, lines: Sequence[_Line], stretch: Stretch, free: Mapping[str, Sequence[Nation]]) -> dict[str, Any]:
    """A month's day has room for some of its entries and says how many more there are; a week's has all."""
    month = stretch.shape == MONTH
    lines = list(_together(lines)) if month else lines
    fit = len(lines) if not month or len(lines) <= MOST_A_DAY else MOST_A_DAY - 1
    left = len(lines) - fit
    return {
        "number": str(day.day) if month else day_words(day),
        "outside": month and day.month != stretch.day.month,
        "holidays": [
            f"{title} ({', '.join(NATION_WORDS[each] for each in nations)})" for title, nations in free.items()
        ],
        "entries": [{"time": line.time, "title": line.title, "state": line.state} for line in lines[:fit]],
        "more": f"and {left:,} more: print the week" if left else "",
    }


def _spread(entries: Sequence[Entry], days: Days) -> tuple[defaultdict[date, list[_Line]], list[str]]:
    """What stands on each day, and in words of their own the entries of several whole days, such as a phase."""
    by_day: defaultdict[date, list[_Line]] = defaultdict(list)
    lasting = []
    for entry in entries:
        line, ends = _line(entry)
        if isinstance(line.starts, datetime) and isinstance(ends, datetime):
            for day, part in _parts(line, local(line.starts), local(ends), days):
                by_day[day].append(part)
        elif (last := ends - timedelta(days=1)) > line.starts:
            lasting.append(f"{line.title}: {day_words(line.starts, year=True)} to {day_words(last, year=True)}")
        else:
            by_day[line.starts].append(line)
    return by_day, lasting


def _line(entry: Entry) -> tuple[_Line, date]:
    """With its end: an instant, or the day after its last."""
    made = event(entry)
    number = (entry.number or 0) if isinstance(entry, ActionEntry) else 0
    state = "Cancelled" if entry.cancelled_at else ""
    return _Line(made.start, number, "", str(made.get("summary")), state), made.end


def _parts(line: _Line, begins: datetime, until: datetime, days: Days) -> Iterator[tuple[date, _Line]]:
    """A line for each of the days that the time covers: an end at midnight does not touch the day it begins."""
    first, last = begins.date(), max(begins, until - datetime.resolution).date()
    if first == last:
        other = "" if begins.date() == until.date() else f"{until:%a} "
        yield first, line._replace(time=f"{clock_words(begins)}–{other}{clock_words(until)}")
        return
    for number in range(max(first, days.first).toordinal(), min(last, days.last).toordinal() + 1):
        day = date.fromordinal(number)
        yield day, _part(line, day, begins, until)


def _part(line: _Line, day: date, begins: datetime, until: datetime) -> _Line:
    """One day of several; those with a number keep their place by their start, so that they stay together."""
    if day == begins.date():
        return line._replace(time=f"from {clock_words(begins)}")
    ends = day == until.date()
    place = datetime.combine(day, time(), until.tzinfo) if ends else day
    words = f"until {clock_words(until)}" if ends else "all day"
    return line._replace(time=words, starts=line.starts if line.number else place)


def _order(line: _Line) -> tuple[str, str, int, str]:
    """Whole days first, then by the clock; what was begun on a day before comes before what begins."""
    begins = line.starts.astimezone(UTC).isoformat() if isinstance(line.starts, datetime) else ""
    return begins, line.title.rpartition(" ")[0] if line.number else line.title, line.number, line.time


def _together(lines: Sequence[_Line]) -> Iterator[_Line]:
    """What is at one time under one title, or one but for its number, is a single line where there is little room."""
    for _, same in groupby(lines, key=lambda line: (_order(line)[:2], line.time, line.state)):
        first, *rest = same
        if not rest:
            yield first
        elif first.number:
            yield first._replace(title=f"{first.title} to {rest[-1].title.rpartition(' ')[2]}")
        else:
            yield first._replace(title=f"{first.title}, {len(rest) + 1} times")
