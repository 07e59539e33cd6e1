"""The days of a calendar below each other, for narrow space and for an agenda."""

from datetime import date
from html import escape

from planner.rules.counts import count_words
from planner.ui.calendar import Laid
from planner.ui.calendar_days import dates
from planner.ui.calendar_grid import Cell, Week, long_name
from planner.ui.calendar_tiles import About, in_list, listed, roomy_tile, sign_html


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
    said = f"{_week_name(week)}: {count_words(week.count, 'entry', 'entries')}"
    return f'<li><a href="{escape(about.at(laid.shape, day))}">{escape(said)}</a></li>'


def _week_name(week: Week) -> str:
    return dates(week.days[0], week.days[-1])


def _week_list(week: Week, about: About) -> str:
    filled = list(filter(None, (_day_list(week, day, about) for day in week.days)))
    nothing = "Nothing else" if week.lanes else "Nothing"
    return (
        f'<ol role="list">{"".join(filled)}</ol>' if filled else f"<p>{nothing} on these days: {_week_name(week)}.</p>"
    )


def _day_list(week: Week, day: date, about: About) -> str:
    """A day without an entry is left out, unless what stands beside it matters by itself."""
    column = week.days.index(day)
    cells = [row.cells[column] for row in week.rows]
    marks = about.marks.get(day, ())
    tiles, more = tuple(tile for cell in cells for tile in cell.tiles), sum(cell.more for cell in cells)
    if not tiles and not more and not any(mark.keeps for mark in marks):
        return ""
    look, today = ("day current", "<b> Today</b>") if day == about.today else ("day", "")
    said = "".join(
        f'<p class="mark {mark.tone}">{sign_html(mark.sign)}{escape(mark.word)}. {escape(mark.said)}.</p>'
        for mark in marks
    )
    items = in_list(Cell(tiles, more), day, about)
    return f'<li><p class="{look}">{escape(long_name(day))}{today}</p>{said}{items}</li>'
