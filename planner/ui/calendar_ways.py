"""Earlier and later, in which shape and narrowed to what: links in one piece of HTML above a calendar.

As buttons, a switch and a fold they would bring code along that delays the days. Each says where it leads; the fields
of the filter are drawn when its link is followed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from planner.ui.address import address_of
from planner.ui.calendar import Shape
from planner.ui.calendar_grid import DAYS
from planner.ui.tasks import way_html

PAGE = "calendar"
FILTER, OPEN = "filter", "open"
FIRST, LAST = date(1901, 1, 1), date(2199, 12, 31)
CURRENT = {"aria-current": "true"}
# A link without an address (WAI-ARIA 1.2): it keeps its place and its name, and says that it leads nowhere now.
NOWHERE = {"role": "link", "aria-disabled": "true", "tabindex": "-1"}


@dataclass(frozen=True)
class Here:
    """The shape and the day that are shown, today, to what they are narrowed, and whether the filter is open."""

    shape: Shape
    day: date
    today: date
    narrowed: Mapping[str, str]
    unfolded: bool

    def shows(self, shape: Shape, day: date) -> str:
        """The address of these days, everything else being as now."""
        return self._address(shape, day, unfolded=self.unfolded)

    def folds(self) -> str:
        """The address of the same with the filter open, or without it where it is."""
        return self._address(self.shape, self.day, unfolded=not self.unfolded)

    def _address(self, shape: Shape, day: date, *, unfolded: bool) -> str:
        """What is so without being asked for is left out."""
        asked = {
            "show": "" if shape is Shape.MONTH else str(shape),
            "day": "" if day == self.today else day.isoformat(),
            FILTER: OPEN if unfolded else "",
        }
        return address_of(PAGE, {**self.narrowed, **{name: value for name, value in asked.items() if value}})


def draw_ways(here: Here, filtered: str) -> None:
    """Draw them; `filtered` says to what the calendar is narrowed, and is empty where it cannot be."""
    st.html(as_html(here, filtered))


def as_html(here: Here, filtered: str) -> str:
    days = {"Earlier": step(here.shape, here.day, -1), "Today": here.today, "Later": step(here.shape, here.day, 1)}
    steps = (_step(words, here, day) for words, day in days.items())
    shapes = (
        _way(shape, here.shows(shape, here.day), CURRENT if shape is here.shape else None, look="way joined")
        for shape in Shape
    )
    fold = ""
    if filtered:
        expanded = {"aria-expanded": str(here.unfolded).lower()}
        fold = f"<p>{_way(filtered, here.folds(), expanded, name='Filter', look='way fold')}</p>"
    return (
        f'<nav class="calendar-ways" aria-label="Days shown"><p>{"".join(steps)}</p>'
        f'<p class="shapes">{"".join(shapes)}</p>{fold}</nav>'
    )


def _step(words: str, here: Here, day: date) -> str:
    """Beyond the first and the last day that can be asked for there is nothing to lead to."""
    return _way(words, here.shows(here.shape, day)) if may_be_asked(day) else _way(words, "", NOWHERE)


def _way(words: str, address: str, said: Mapping[str, str] | None = None, *, name: str = "", look: str = "way") -> str:
    """Its name stays when it is drawn again, and so does the keyboard's place on it."""
    return way_html(words, address, look=look, said={"id": f"calendar-{(name or words).lower()}", **(said or {})})


def may_be_asked(day: date) -> bool:
    """Whether a table can be drawn around this day, and the address may name it."""
    return FIRST <= day <= LAST


def step(shape: Shape, day: date, way: int) -> date:
    """A week on or back, or the first of the next or the last month."""
    if shape is not Shape.MONTH:
        return day + timedelta(days=way * DAYS)
    first = day.replace(day=1)
    return (first + timedelta(days=31 if way > 0 else -1)).replace(day=1)
