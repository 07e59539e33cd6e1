"""The days of a calendar below each other, for narrow space and for an agenda."""

from datetime import date
from html import escape

from planner.rules.counts import count_words
from planner.ui.calendar import Laid
from planner.ui.calendar_days import dates
from planner.ui.calendar_grid import Cell, Week, long_name
from planner.ui.calendar_tiles import About, in_list, listed, roomy_tile, sign_html

NOTHING = Cell((), 0)


def as_list(laid: Laid, about: About) -> str:
    """In narrow space a month is the week of its day; each other week is a link that shows it instead."""
    bands = [band.tile for week in laid.weeks for lane in week.lanes for band in lane]
    once = {tile.entry.ref: tile for tile in bands}
    lasting = listed((f"<li>{roomy_tile(tile, laid.day, about)}</li>" for tile in once.values()), ' class="lasting"')
    chosen = next((week for week in laid.weeks if laid.day in week.days), laid.weeks[0])
    others = listed((_other(week, laid, about) for week in laid.weeks if week is not chosen), ' class="weeks"')
    caption = escape(laid.caption)
    return (
        f'<div class="listed" role="group" aria-label="{caption}"><p class="caption">{caption}</p>'
        f"{lasting}{_week_list(chosen, about)}{others}</div>"
    )


def _other(week: Week, laid: Laid, about: About) -> str:
    day = next(day for day in week.days if day.month == laid.day.month)
    lasting = sum(len(lane) for lane in week.lanes)
    more = f" and {lasting:,} that {'lasts' if lasting == 1 else 'last'} for days" if lasting else ""
    said = f"{_week_name(week)}: {count_words(week.count, 'entry', 'entries')}{more}"
    return f'<li><a href="{escape(about.at(laid.shape, day))}">{escape(said)}</a></li>'


def _week_name(week: Week) -> str:
    return dates(week.days[0], week.days[-1])


def _week_list(week: Week, about: About) -> str:
    """A day without anything is left out, unless it is today."""
    filled = [day for day in week.days if _all_of(week, day) != NOTHING or about.marks.get(day)]
    if not filled:
        nothing = "Nothing else" if week.lanes else "Nothing"
        return f"<p>{nothing} on these days: {_week_name(week)}.</p>"
    days = (_day_list(week, day, about) for day in week.days if day in filled or day == about.today)
    return f'<ol role="list">{"".join(days)}</ol>'


def _all_of(week: Week, day: date) -> Cell:
    """What stands in a day's cells, whatever part of the day they are for."""
    column = week.days.index(day)
    cells = [row.cells[column] for row in week.rows]
    return Cell(tuple(tile for cell in cells for tile in cell.tiles), sum(cell.more for cell in cells))


def _day_list(week: Week, day: date, about: About) -> str:
    marks = about.marks.get(day, ())
    look, today = ("day current", "<b> Today</b>") if day == about.today else ("day", "")
    said = "".join(
        f'<p class="mark {mark.tone}">{sign_html(mark.sign)}{escape(mark.word)}. {escape(mark.said)}.</p>'
        for mark in marks
    )
    items = in_list(_all_of(week, day), day, about)
    return f'<li><p class="{look}">{escape(long_name(day))}{today}</p>{said}{items}</li>'
