"""Places by night as a table of HTML: a number and a colour in each cell, and a link to who holds what that night.

It is on the screen with the page itself: a grid on a canvas would bring a megabyte of code along first.
"""

from datetime import date, datetime
from html import escape
from urllib.parse import urlencode

import streamlit as st

from planner.rules.dates import day_words
from planner.rules.supply import age_words
from planner.rules.words import Profile
from planner.ui.components import nothing, own_component
from planner.ui.widgets import one_line
from planner.views.care_nights import UnitNights

SHORT = {
    Profile.WOMAN: "Women",
    Profile.MAN: "Men",
    Profile.FAMILY: "Woman with child",
    Profile.CHILD: "Child or unsure",
}
SCARCE = 1 / 3
KEY = "nights"
TAB = "Places by night"


def draw_heat(
    units: tuple[UnitNights, ...], nights: tuple[date, ...], now: datetime, opened: tuple[str, date] | None
) -> tuple[str, date] | None:
    """Draw the table, the night that is open marked; the unit and night whose cell was picked."""
    st.html(as_heat(units, nights, now))
    before = f"{opened[0]} {opened[1]}" if opened else ""
    data = {"table": f"nights-{KEY}", "picked": before}
    result = own_component("nights")(key=KEY, data=data, on_picked_change=nothing)
    answer = str(result.get("picked") or "")
    shown = {f"{unit.code} {night}": (unit.code, night) for unit in units for night in nights}
    return shown.get(answer)


def as_heat(units: tuple[UnitNights, ...], nights: tuple[date, ...], now: datetime) -> str:
    """Every word in it is text. It scrolls inside itself where it is wider than its place; its links take the focus."""
    named = any(unit.provider for unit in units)
    days = "".join(f'<th scope="col" class="night">{night:%a}<br>{night.day} {night:%b}</th>' for night in nights)
    heads = ["Figures", *(["Provider"] if named else [])]
    after = "".join(f'<th scope="col">{words}</th>' for words in heads)
    head = f'<th scope="col">Unit</th><th scope="col">Takes</th>{days}{after}'
    body = "".join(f"<tr>{_cells(unit, nights, now, named=named)}</tr>" for unit in units)
    return (
        f'<div class="nights nights-{KEY}" role="region" aria-label="Places by unit and night">'
        f'<table aria-label="Free places by unit and night"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _cells(unit: UnitNights, nights: tuple[date, ...], now: datetime, *, named: bool) -> str:
    cells = "".join(_cell(unit, night) for night in nights)
    takes = escape(", ".join(SHORT[profile] for profile in unit.profiles))
    age = f'<td class="{"scarce" if unit.stale else ""}">{figures_words(unit, now)}</td>'
    provider = f"<td>{escape(one_line(unit.provider or ''))}</td>" if named else ""
    return f'<th scope="row">{escape(unit.code)}</th><td>{takes}</td>{cells}{age}{provider}'


def _cell(unit: UnitNights, night: date) -> str:
    row = unit.nights.get(night)
    if row is None:
        return '<td class="unknown"></td>'
    look = enough_of(row.free, row.open)
    where = escape(f"care?{urlencode({'tab': TAB, 'unit': unit.code, 'night': night})}")
    said = escape(f"{unit.code}, {day_words(night)}: {row.free} free of {row.open}")
    pick = escape(f"{unit.code} {night}")
    link = f'<a href="{where}" target="_self" data-pick="{pick}" aria-label="{said}">{row.free}</a>'
    return f'<td class="{look}">{link}</td>'


def enough_of(free: int, opened: int) -> str:
    """None, scarce or enough: what the colour of a figure says."""
    return "none" if free <= 0 else "scarce" if free <= opened * SCARCE else "enough"


def figures_words(unit: UnitNights, now: datetime) -> str:
    """How old its provider's word is, to who may know the provider; that it is stale, to everybody."""
    if unit.provider is None:
        return "! Stale" if unit.stale else "✓ Fresh"
    return ("! " if unit.stale else "✓ ") + age_words(unit.confirmed_at, now)
