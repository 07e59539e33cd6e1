"""A month, a week and a list of days as our own HTML: on the screen at once; keyboard, screen reader and phone first.

A table and, where the space is narrow, a list of the same: both are sent, and style shows the one that fits, so that
no script stands between the answer and the days.
"""

from collections.abc import Sequence
from datetime import date
from html import escape
from pathlib import Path

import streamlit as st

from planner.rules.dates import day_words
from planner.ui.calendar import Laid, Shape
from planner.ui.calendar_days import ShownOn
from planner.ui.calendar_grid import DAYS, Band, Cell, Week, long_name
from planner.ui.calendar_list import as_list
from planner.ui.calendar_tiles import About, hidden, in_cell, sign_html, table_tile

LOOK = Path(__file__).parent / "look_calendar.css"
MARGIN = "<td></td>"


def draw(laid: Laid, about: About) -> None:
    """Draw it; by a script beside every page links stay in the session and the arrow keys lead from one to the next."""
    st.html(LOOK)
    st.html(as_html(laid, about))


def as_html(laid: Laid, about: About) -> str:
    table = "" if laid.shape is Shape.AGENDA else _table(laid, about)
    return f'<div class="calendar {laid.shape.lower()}">{table}{as_list(laid, about)}</div>'


def _table(laid: Laid, about: About) -> str:
    """A month has columns with names and one row a week, a week has rows for the parts of a day."""
    caption = f"<caption>{escape(laid.caption)}</caption>"
    if laid.shape is Shape.WEEK:
        return f'<table class="parts">{caption}{_parts(laid, about)}</table>'
    names = "".join(f'<th scope="col">{day:%A}</th>' for day in laid.weeks[0].days)
    bodies = "".join(_month_week(week, laid, about) for week in laid.weeks)
    return f'<table class="month">{caption}<thead><tr>{names}</tr></thead>{bodies}</table>'


def _month_week(week: Week, laid: Laid, about: About) -> str:
    classes = [_day_class(day, laid, about) for day in week.days]
    heads = "".join(
        _head(day, look, f'<span aria-hidden="true">{day.day}</span>' + hidden(long_name(day)), about)
        for day, look in zip(week.days, classes, strict=True)
    )
    lanes = _lanes(week, about, first=week is laid.weeks[0])
    cells = _day_cells(week.rows[0].cells, week.days, classes, about)
    return f'<tbody><tr class="numbers">{heads}</tr>{lanes}<tr>{cells}</tr></tbody>'


def _parts(laid: Laid, about: About) -> str:
    (week,) = laid.weeks
    classes = [_day_class(day, laid, about) for day in week.days]
    heads = "".join(
        _head(day, look, escape(day_words(day)), about) for day, look in zip(week.days, classes, strict=True)
    )
    rows = "".join(
        f'<tr><th scope="row">{escape(row.name)}</th>{_day_cells(row.cells, week.days, classes, about)}</tr>'
        for row in week.rows
    )
    return f"<tbody><tr>{MARGIN}{heads}</tr>{_lanes(week, about, first=True, margin=MARGIN)}{rows}</tbody>"


def _head(day: date, look: str, name: str, about: About) -> str:
    is_today = day == about.today
    current, today = (' aria-current="date"', '<span class="today"> Today</span>') if is_today else ("", "")
    marks = "".join(
        f'<span class="mark {mark.tone}" title="{escape(mark.said)}">{hidden(", ")}{sign_html(mark.sign)}'
        f"{escape(mark.word)}</span>"
        for mark in about.marks.get(day, ())
    )
    return f'<th scope="col"{look}{current}>{name}{today}{marks}</th>'


def _day_class(day: date, laid: Laid, about: About) -> str:
    """How a day looks, as an attribute; most look as they are."""
    outside = laid.shape is Shape.MONTH and day.month != laid.day.month
    names = " ".join(filter(None, ("outside" if outside else "", "current" if day == about.today else "")))
    return f' class="{names}"' if names else ""


def _day_cells(cells: Sequence[Cell], days: Sequence[date], classes: Sequence[str], about: About) -> str:
    drawn = (in_cell(cell, day, about) for cell, day in zip(cells, days, strict=True))
    return "".join(f"<td{look}>{items}</td>" for look, items in zip(classes, drawn, strict=True))


def _lanes(week: Week, about: About, *, first: bool, margin: str = "") -> str:
    """Bands above the days; a phase that goes on through a whole week was named in the weeks before."""

    def drawn(lane: Sequence[Band]) -> str:
        if first or not all(_goes_on(band, week) for band in lane):
            return f'<tr class="lane">{margin}{_bands(lane, week, about)}</tr>'
        said = hidden(f"{lane[0].tile.entry.title} goes on")
        return f'<tr class="lane goes-on">{margin}<td colspan="{DAYS}">{said}</td></tr>'

    return "".join(map(drawn, week.lanes))


def _goes_on(band: Band, week: Week) -> bool:
    entry = band.tile.entry
    if not isinstance(entry, ShownOn) or entry.state.colour != "gray":
        return False
    return entry.first_on < week.days[0] and entry.last_on > week.days[-1]


def _bands(lane: Sequence[Band], week: Week, about: About) -> str:
    cells, column = [], 0
    for band in lane:
        if band.column > column:
            cells.append(f'<td colspan="{band.column - column}"></td>')
        cells.append(f'<td colspan="{band.columns}">{table_tile(band.tile, week.days[band.column], about)}</td>')
        column = band.column + band.columns
    if column < len(week.days):
        cells.append(f'<td colspan="{len(week.days) - column}"></td>')
    return "".join(cells)
