"""A month and a week as our own table: keyboard, screen reader and phone first, no frame and no outside code.

The browser gets words and dates made here and draws them as text; what it sends back is taken only if it names
something that was shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from planner.rules.dates import day_words
from planner.ui.calendar_grid import Band, Cell, Shown, Tile, Week, dates, long_name, week_of, weeks
from planner.ui.components import nothing, own_component


@dataclass(frozen=True)
class Picked:
    """What was clicked: an entry, or a day whose every entry is asked for."""

    ref: str | None = None
    on: date | None = None


def month(entries: Iterable[Shown], first_on: date, *, today: date, key: str) -> Picked | None:
    """Draw the month of a day; return what was picked, once, in the run that the click started."""
    laid = weeks(entries, first_on)
    data = {
        "caption": f"{first_on:%B %Y}",
        "columns": [f"{day:%A}" for day in laid[0].days],
        "weeks": [_week(week, today=today, month=first_on.month) for week in laid],
    }
    return _draw(data, laid, key)


def week(entries: Iterable[Shown], day: date, *, today: date, key: str) -> Picked | None:
    """Draw the week of a day, each day in parts; return what was picked, once."""
    laid = week_of(entries, day)
    monday, sunday = laid.days[0], laid.days[-1]
    data = {
        "caption": f"{dates(monday, sunday)} {sunday.year}",
        "columns": [],
        "weeks": [_week(laid, today=today, month=None)],
    }
    return _draw(data, [laid], key)


def _draw(data: dict[str, Any], laid: Sequence[Week], key: str) -> Picked | None:
    result = own_component("calendar", css=True)(key=key, data=data, on_picked_change=nothing)
    return picked(result.get("picked"), laid)


def picked(answer: object, laid: Iterable[Week]) -> Picked | None:
    """Return what the browser says was clicked, or nothing if that was never shown."""
    if not isinstance(answer, Mapping):
        return None
    ref, on = answer.get("ref"), answer.get("on")
    for shown in laid:
        if isinstance(ref, str) and ref in _refs(shown):
            return Picked(ref=ref)
        for day in shown.days:
            if on == day.isoformat():
                return Picked(on=day)
    return None


def _refs(shown: Week) -> set[str]:
    bands = {band.tile.entry.ref for lane in shown.lanes for band in lane}
    return bands | {tile.entry.ref for row in shown.rows for cell in row.cells for tile in cell.tiles}


def _week(shown: Week, *, today: date, month: int | None) -> dict[str, Any]:
    return {
        "days": [_day(day, today=today, month=month) for day in shown.days],
        "lanes": [[_band(band) for band in lane] for lane in shown.lanes],
        "rows": [
            {
                "name": row.name,
                "cells": [_cell(cell, day) for cell, day in zip(row.cells, shown.days, strict=True)],
            }
            for row in shown.rows
        ],
    }


def _day(day: date, *, today: date, month: int | None) -> dict[str, Any]:
    return {
        "on": day.isoformat(),
        "number": str(day.day),
        "short": day_words(day),
        "label": long_name(day),
        "outside": month is not None and day.month != month,
        "today": day == today,
    }


def _band(band: Band) -> dict[str, Any]:
    return {"tile": _tile(band.tile, ""), "column": band.column, "columns": band.columns}


def _cell(cell: Cell, day: date) -> dict[str, Any]:
    return {"tiles": [_tile(tile, long_name(day)) for tile in cell.tiles], "more": cell.more}


def _tile(tile: Tile, day: str) -> dict[str, str]:
    entry, state = tile.entry, tile.entry.state
    return {
        "ref": entry.ref,
        "time": tile.time,
        "title": entry.title,
        "sign": state.mark,
        "word": state.word,
        "tone": state.colour,
        "until": tile.until,
        "detail": entry.detail,
        "day": day,
    }
