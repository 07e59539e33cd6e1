"""A month or a week laid out as rows of days: pure functions from entries to what a table shows.

Entries that last several days become bands above the days; the others are listed by the days they stand on, a few
a day, with the number left over.
"""

from calendar import Calendar
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from planner.ui.calendar_days import Shown, ShownOn, Tile, band_tile, by_day, is_band

MOST_A_DAY, MOST_A_PART, MOST_IN_LIST, MOST_LANES = 3, 6, 25, 6
DAYS = 7


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
    """`count` is how many entries stand in its cells or have no room: each once, on however many days it stands."""

    days: tuple[date, ...]
    lanes: tuple[tuple[Band, ...], ...]
    rows: tuple[Row, ...]
    count: int


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
    laid = Calendar().monthdatescalendar(month.year, month.month)
    on = by_day(given, [day for days in laid for day in days])
    return tuple(_week(days, given, on, [_row("", [on[day] for day in days], most_a_day)]) for days in laid)


def week_of(entries: Iterable[Shown], day: date, *, most_a_part: int = MOST_A_PART) -> Week:
    """Return the week that holds a day, each of its days in parts."""
    given = tuple(entries)
    days = _days_from(day - timedelta(days=day.weekday()))
    on = by_day(given, days)
    whole = _row("All day", [[tile for tile in on[each] if tile.hour is None] for each in days], most_a_part)
    return _week(days, given, on, [whole, *(_part_row(part, days, on, most_a_part) for part in _PARTS)])


def agenda_of(entries: Iterable[Shown], day: date, *, most_a_day: int = MOST_IN_LIST) -> Week:
    """Return seven days from one on, each a list; the first of them whole, since the rest of any day is asked of it."""
    given, days = tuple(entries), _days_from(day)
    on = by_day(given, days)
    cells = [_cell(on[each], most_a_day if each > day else len(on[each])) for each in days]
    return _week(days, given, on, [Row("", tuple(cells))])


def days_of_month(day: date) -> tuple[date, date]:
    """Return the first and the last day of the weeks that a month is drawn with."""
    laid = Calendar().monthdatescalendar(day.year, day.month)
    return laid[0][0], laid[-1][-1]


def on_day(entries: Iterable[Shown], day: date) -> tuple[Shown, ...]:
    """Return everything of one day, longest first, as a page lists it when someone asks for the rest."""
    given = tuple(entries)
    lasting = (entry for entry in given if is_band(entry) and _covers(entry, day))
    return (*lasting, *(tile.entry for tile in by_day(given, [day])[day]))


def long_name(day: date) -> str:
    """Return a day with its weekday in full, as it is read aloud: Thursday 26 November."""
    return f"{day:%A} {day.day} {day:%B}"


def _days_from(first: date) -> list[date]:
    return [first + timedelta(days=n) for n in range(DAYS)]


def _week(days: Sequence[date], given: Sequence[Shown], on: Mapping[date, list[Tile]], rows: Sequence[Row]) -> Week:
    """Bands above the rows; those without a lane are counted in the first of them."""
    lanes, left = _lanes(given, days)
    listed = {tile.entry.ref for day in days for tile in on[day]}
    first, *others = rows
    return Week(tuple(days), lanes, (_with_left(first, left), *others), len(listed) + len(left))


def _row(name: str, lists: Iterable[Sequence[Tile]], most: int) -> Row:
    return Row(name, tuple(_cell(tiles, most) for tiles in lists))


def _cell(tiles: Sequence[Tile], most: int) -> Cell:
    """As many as fit; a last one takes the place of a line that only says that there is one more."""
    fit = most if len(tiles) > most + 1 else most + 1
    return Cell(tuple(tiles[:fit]), max(0, len(tiles) - fit))


def _part_row(part: _Part, days: Sequence[date], on: Mapping[date, list[Tile]], most: int) -> Row:
    def falls(tile: Tile) -> bool:
        return tile.hour is not None and part.begins <= tile.hour < part.ends

    return _row(part.name, [[tile for tile in on[day] if falls(tile)] for day in days], most)


def _with_left(row: Row, left: Sequence[Band]) -> Row:
    cells = (
        Cell(cell.tiles, cell.more + sum(band.column <= column < band.column + band.columns for band in left))
        for column, cell in enumerate(row.cells)
    )
    return Row(row.name, tuple(cells))


def _lanes(given: Iterable[Shown], days: Sequence[date]) -> tuple[tuple[tuple[Band, ...], ...], list[Band]]:
    """Pack the bands of a week into lanes, each into the first where it fits, and return those that fit nowhere."""
    lanes: list[list[Band]] = []
    left: list[Band] = []
    for band in _bands(given, days):
        lane = next((lane for lane in lanes if lane[-1].column + lane[-1].columns <= band.column), None)
        if lane is not None:
            lane.append(band)
        elif len(lanes) < MOST_LANES:
            lanes.append([band])
        else:
            left.append(band)
    return tuple(tuple(lane) for lane in lanes), left


def _bands(given: Iterable[Shown], days: Sequence[date]) -> Iterator[Band]:
    lasting = [entry for entry in given if isinstance(entry, ShownOn) and is_band(entry)]
    # By their true first days, so that a band keeps its place above the others from week to week.
    for entry in sorted(lasting, key=lambda entry: (entry.first_on, -entry.last_on.toordinal(), entry.ref)):
        first, last = max(entry.first_on, days[0]), min(entry.last_on, days[-1])
        if first <= last:
            yield Band(band_tile(entry), (first - days[0]).days, (last - first).days + 1)


def _covers(entry: Shown, day: date) -> bool:
    return isinstance(entry, ShownOn) and entry.first_on <= day <= entry.last_on
