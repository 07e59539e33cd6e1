"""A month, a week or a list of days laid out, and what stands beside its days and entries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planner.ui.calendar_days import Shown, dates
from planner.ui.calendar_grid import Week, agenda_of, week_of, weeks
from planner.ui.widgets import Colour, Sign


class Shape(StrEnum):
    MONTH = "Month"
    WEEK = "Week"
    AGENDA = "Agenda"


@dataclass(frozen=True)
class Mark:
    """What stands beside a day: a sign, words and a colour, and more for a list, which has room for it."""

    sign: str
    word: str
    tone: Colour
    said: str


@dataclass(frozen=True)
class Known:
    """What is known of a shown entry alone: how it stands, and the address where the reader may move it."""

    state: Sign
    move: str = ""


@dataclass(frozen=True)
class Laid:
    """Entries laid out; what is found out of those shown alone is asked between this and drawing."""

    shape: Shape
    caption: str
    weeks: tuple[Week, ...]
    day: date

    @property
    def refs(self) -> frozenset[str]:
        return frozenset().union(*map(_refs, self.weeks))


def lay(shape: Shape, entries: Iterable[Shown], day: date) -> Laid:
    """The month or the week of a day, or the seven days from it on."""
    if shape is Shape.MONTH:
        return Laid(shape, f"{day:%B %Y}", weeks(entries, day), day)
    laid = week_of(entries, day) if shape is Shape.WEEK else agenda_of(entries, day)
    return Laid(shape, _caption(laid.days[0], laid.days[-1]), (laid,), day)


def _caption(first: date, last: date) -> str:
    if first.year == last.year:
        return f"{dates(first, last)} {last.year}"
    return f"{first.day} {first:%B %Y} to {last.day} {last:%B %Y}"


def _refs(shown: Week) -> set[str]:
    bands = {band.tile.entry.ref for lane in shown.lanes for band in lane}
    return bands | {tile.entry.ref for row in shown.rows for cell in row.cells for tile in cell.tiles}
