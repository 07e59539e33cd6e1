"""A month, a week and a list of days as our own table: keyboard, screen reader and phone first, no outside code.

The browser gets words, dates and addresses of our own pages made here, and draws them as text and links; the day that
it sends back is taken only if it was shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from planner.rules.dates import day_words
from planner.ui.calendar_grid import (
    Band,
    Cell,
    Shown,
    ShownOn,
    Tile,
    Week,
    agenda_of,
    dates,
    long_name,
    week_of,
    weeks,
)
from planner.ui.components import nothing, own_component
from planner.ui.widgets import Colour, Sign


class Shape(StrEnum):
    MONTH = "Month"
    WEEK = "Week"
    AGENDA = "Agenda"


@dataclass(frozen=True)
class Mark:
    """What stands beside a day: a sign, words and a colour, and more for a list, which has room for it.

    `keeps`: a day without an entry is listed for its sake.
    """

    sign: str
    word: str
    tone: Colour
    said: str
    keeps: bool = False


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
    return Laid(shape, f"{dates(laid.days[0], laid.days[-1])} {laid.days[-1].year}", (laid,), day)


def draw(
    laid: Laid,
    *,
    today: date,
    key: str,
    marks: Mapping[date, Sequence[Mark]] | None = None,
    known: Mapping[str, Known] | None = None,
) -> date | None:
    """Draw it; return the day whose every entry is asked for, once, in the run that the click started."""
    month = laid.day.month if laid.shape is Shape.MONTH else None
    data = {
        "shape": laid.shape.lower(),
        "caption": laid.caption,
        "day": laid.day.isoformat(),
        "columns": [f"{day:%A}" for day in laid.weeks[0].days] if month else [],
        "weeks": [
            {
                "days": [_day(day, (marks or {}).get(day, ()), today=today, month=month) for day in week.days],
                "name": dates(week.days[0], week.days[-1]),
                **_entries(week, known or {}, first=week is laid.weeks[0]),
            }
            for week in laid.weeks
        ],
    }
    result = own_component("calendar", css=True)(key=key, data=data, on_picked_change=nothing)
    return picked(result.get("picked"), laid)


def picked(answer: object, laid: Laid) -> date | None:
    """Return the day that the browser says was picked, or nothing if that was never shown."""
    on = answer.get("on") if isinstance(answer, Mapping) else None
    return next((day for week in laid.weeks for day in week.days if on == day.isoformat()), None)


def _refs(shown: Week) -> set[str]:
    bands = {band.tile.entry.ref for lane in shown.lanes for band in lane}
    return bands | {tile.entry.ref for row in shown.rows for cell in row.cells for tile in cell.tiles}


def _entries(week: Week, known: Mapping[str, Known], *, first: bool) -> dict[str, Any]:
    return {
        "lanes": [[_band(band, week, known, first=first) for band in lane] for lane in week.lanes],
        "rows": [
            {
                "name": row.name,
                "cells": [_cell(cell, day, known) for cell, day in zip(row.cells, week.days, strict=True)],
            }
            for row in week.rows
        ],
    }


def _day(day: date, marks: Sequence[Mark], *, today: date, month: int | None) -> dict[str, Any]:
    return {
        "on": day.isoformat(),
        "number": str(day.day),
        "short": day_words(day),
        "label": long_name(day),
        "outside": month is not None and day.month != month,
        "today": day == today,
        "marks": [
            {"sign": mark.sign, "word": mark.word, "tone": mark.tone, "said": mark.said, "keeps": mark.keeps}
            for mark in marks
        ],
    }


def _band(band: Band, week: Week, known: Mapping[str, Known], *, first: bool) -> dict[str, Any]:
    """One that neither begins nor ends in a later week was named in the week before, and only goes on."""
    entry, days = band.tile.entry, week.days
    throughout = isinstance(entry, ShownOn) and entry.first_on < days[0] and entry.last_on > days[-1]
    tile = _tile(band.tile, "", known)
    return {"tile": tile, "column": band.column, "columns": band.columns, "goes_on": throughout and not first}


def _cell(cell: Cell, day: date, known: Mapping[str, Known]) -> dict[str, Any]:
    return {"tiles": [_tile(tile, long_name(day), known) for tile in cell.tiles], "more": cell.more}


def _tile(tile: Tile, day: str, known: Mapping[str, Known]) -> dict[str, Any]:
    entry = tile.entry
    found = known.get(entry.ref, Known(entry.state))
    return {
        "ref": entry.ref,
        "time": tile.time,
        "title": entry.title,
        "sign": found.state.mark,
        "word": found.state.word,
        "tone": found.state.colour,
        "until": tile.until,
        "detail": entry.detail,
        "day": day,
        "address": entry.address,
        "move": found.move,
    }
