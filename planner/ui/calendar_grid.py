"""A month or a week laid out as rows of days: pure functions from entries to what a table shows.

Entries that last several days become bands above the days; the others are listed by the day they start on, a few
a day, with the number left over.
"""

from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from operator import itemgetter

from planner.rules.dates import day_words
from planner.rules.windows import local
from planner.ui.widgets import Sign

MOST_A_DAY, MOST_A_PART, MOST_IN_LIST, MOST_LANES = 3, 6, 25, 6
DAYS = 7


@dataclass(frozen=True, kw_only=True)
class Shown:
    """Something to show, and the address that it leads to; without one it leads to the list of its day."""

    ref: str
    title: str
    state: Sign
    detail: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class ShownAt(Shown):
    """From one instant to another; both aware."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class ShownOn(Shown):
    """Whole days, the first and the last included."""

    first_on: date
    last_on: date


@dataclass(frozen=True)
class Tile:
    """One entry as it stands in a day: its time, and the rest of its time for who cannot see the table."""

    entry: Shown
    time: str
    until: str


@dataclass(frozen=True)
class Cell:
    tiles: tuple[Tile, ...]
    more: int


@dataclass(frozen=True)
class Row:
    """Seven cells; the name says which part of the day, and is empty where a row is the whole day."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Band:
    """A stretch of days, by the first column it covers (0 is Monday) and how many."""

    tile: Tile
    column: int
    columns: int


@dataclass(frozen=True)
class Week:
    days: tuple[date, ...]
    lanes: tuple[tuple[Band, ...], ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class _Part:
    """A part of the day, by the hours it begins and ends with."""

    name: str
    begins: int
    ends: int


_PARTS = (
    _Part("Night, to 06:00", 0, 6),
    _Part("Morning, to noon", 6, 12),
    _Part("Afternoon, to 18:00", 12, 18),
    _Part("Evening, to midnight", 18, 24),
)


def weeks(entries: Iterable[Shown], month: date, *, most_a_day: int = MOST_A_DAY) -> tuple[Week, ...]:
    """Return the weeks, Monday first, that a month's days fall in, with at most so many entries a day."""
    given = tuple(entries)
    by_day = _by_day(given)
    laid = Calendar().monthdatescalendar(month.year, month.month)
    return tuple(_month_week(tuple(days), given, by_day, most_a_day) for days in laid)


def week_of(entries: Iterable[Shown], day: date, *, most_a_part: int = MOST_A_PART) -> Week:
    """Return the week that holds a day, each of its days in parts."""
    given = tuple(entries)
    monday = day - timedelta(days=day.weekday())
    days = tuple(monday + timedelta(days=n) for n in range(DAYS))
    lanes, hidden = _lanes(given, days)
    by_day = _by_day(given)
    whole = _row("All day", [[t for t in by_day[d] if isinstance(t.entry, ShownOn)] for d in days], most_a_part)
    parts = [_part_row(part, days, by_day, most_a_part) for part in _PARTS]
    return Week(days, lanes, (_with_hidden(whole, hidden), *parts))


def agenda_of(entries: Iterable[Shown], day: date, *, most_a_day: int = MOST_IN_LIST) -> Week:
    """Return seven days from one on, each a list; the first of them whole, since the rest of any day is asked of it."""
    given = tuple(entries)
    days = tuple(day + timedelta(days=n) for n in range(DAYS))
    lanes, hidden = _lanes(given, days)
    by_day = _by_day(given)
    cells = [_cell(by_day[each], most_a_day if each > day else len(by_day[each])) for each in days]
    return Week(days, lanes, (_with_hidden(Row("", tuple(cells)), hidden),))


def days_of_month(day: date) -> tuple[date, date]:
    """Return the first and the last day of the weeks that a month is drawn with."""
    laid = Calendar().monthdatescalendar(day.year, day.month)
    return laid[0][0], laid[-1][-1]


def on_day(entries: Iterable[Shown], day: date) -> tuple[Shown, ...]:
    """Return everything of one day, longest first, as a page lists it when someone asks for the rest."""
    given = tuple(entries)
    lasting = (entry for entry in given if _is_band(entry) and _covers(entry, day))
    return (*lasting, *(tile.entry for tile in _by_day(given)[day]))


def dates(first: date, last: date) -> str:
    """Return a stretch of days in words, such as "2 to 30 November"."""
    if first == last:
        return day_words(first)
    same_month = (first.month, first.year) == (last.month, last.year)
    begins = f"{first.day}" if same_month else f"{first.day} {first:%B}"
    return f"{begins} to {last.day} {last:%B}"


def long_name(day: date) -> str:
    """Return a day with its weekday in full, as it is read aloud: Thursday 26 November."""
    return f"{day:%A} {day.day} {day:%B}"


def _month_week(days: tuple[date, ...], given: Sequence[Shown], by_day: Mapping[date, list[Tile]], most: int) -> Week:
    lanes, hidden = _lanes(given, days)
    row = _row("", [by_day[day] for day in days], most)
    return Week(days, lanes, (_with_hidden(row, hidden),))


def _row(name: str, lists: Iterable[Sequence[Tile]], most: int) -> Row:
    return Row(name, tuple(_cell(tiles, most) for tiles in lists))


def _cell(tiles: Sequence[Tile], most: int) -> Cell:
    """As many as fit; a last one takes the place of a line that only says that there is one more."""
    fit = most if len(tiles) > most + 1 else most + 1
    return Cell(tuple(tiles[:fit]), max(0, len(tiles) - fit))


def _part_row(part: _Part, days: Sequence[date], by_day: Mapping[date, list[Tile]], most: int) -> Row:
    def falls(tile: Tile) -> bool:
        entry = tile.entry
        return isinstance(entry, ShownAt) and part.begins <= local(entry.starts_at).hour < part.ends

    return _row(part.name, [[tile for tile in by_day[day] if falls(tile)] for day in days], most)


def _with_hidden(row: Row, hidden: Sequence[int]) -> Row:
    cells = zip(row.cells, hidden, strict=True)
    return Row(row.name, tuple(Cell(cell.tiles, cell.more + count) for cell, count in cells))


def _lanes(given: Iterable[Shown], days: Sequence[date]) -> tuple[tuple[tuple[Band, ...], ...], list[int]]:
    """Pack the bands of a week into lanes, each into the first where it fits; count by day what does not."""
    lanes: list[list[Band]] = []
    hidden = [0] * len(days)
    for band in _bands(given, days):
        lane = next((lane for lane in lanes if lane[-1].column + lane[-1].columns <= band.column), None)
        if lane is not None:
            lane.append(band)
        elif len(lanes) < MOST_LANES:
            lanes.append([band])
        else:
            for column in range(band.column, band.column + band.columns):
                hidden[column] += 1
    return tuple(tuple(lane) for lane in lanes), hidden


def _bands(given: Iterable[Shown], days: Sequence[date]) -> Iterator[Band]:
    lasting = [entry for entry in given if isinstance(entry, ShownOn) and _is_band(entry)]
    # By their true first days, so that a band keeps its place above the others from week to week.
    for entry in sorted(lasting, key=lambda entry: (entry.first_on, -entry.last_on.toordinal(), entry.ref)):
        first, last = max(entry.first_on, days[0]), min(entry.last_on, days[-1])
        if first <= last:
            yield Band(_tile(entry), (first - days[0]).days, (last - first).days + 1)


def _by_day(given: Iterable[Shown]) -> defaultdict[date, list[Tile]]:
    found: defaultdict[date, list[Tile]] = defaultdict(list)
    dated = [(_order(entry), entry) for entry in given if not _is_band(entry)]
    for (day, *_), entry in sorted(dated, key=itemgetter(0)):
        found[day].append(_tile(entry))
    return found


def _order(entry: Shown) -> tuple[date, time, str]:
    match entry:
        case ShownAt(starts_at=starts_at):
            wall = local(starts_at)
            return wall.date(), wall.time(), entry.title
        case ShownOn(first_on=first_on):
            return first_on, time.min, ""
    raise TypeError(f"{type(entry).__name__} has no day.")


def _tile(entry: Shown) -> Tile:
    match entry:
        case ShownAt(starts_at=starts_at, ends_at=ends_at):
            start, end = local(starts_at), local(ends_at)
            other_day = "" if start.date() == end.date() else f"{day_words(end.date())}, "
            return Tile(entry, f"{start:%H:%M}", f"to {other_day}{end:%H:%M}")
        case ShownOn(first_on=first_on, last_on=last_on):
            return Tile(entry, "", dates(first_on, last_on) if _is_band(entry) else "All day")
    raise TypeError(f"{type(entry).__name__} has no day.")


def _is_band(entry: Shown) -> bool:
    return isinstance(entry, ShownOn) and entry.last_on > entry.first_on


def _covers(entry: Shown, day: date) -> bool:
    return isinstance(entry, ShownOn) and entry.first_on <= day <= entry.last_on
