"""All nights at a glance, week by week and unit by unit: colours for the eye, a table that says the same."""

from datetime import date
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from planner.ui.care_heat import enough_of
from planner.ui.rows import draw_rows
from planner.ui.theme import colours
from planner.ui.widgets import empty_state
from planner.views.care_outlook import Week, weeks
from planner.work import Desk

ROW_HEIGHT = 18
BELOW = 110  # pixels for the weeks' names
BETWEEN = "Fewest free"


def draw_outlook(desk: Desk, first: date, operation_id: int | None) -> None:
    """Folded and drawn once it is open: a chart brings code along that would delay the table above."""
    folded = st.expander("All nights, week by week", key="care-outlook", on_change="rerun")
    if not folded.open:
        return
    with desk.reading() as look:
        found = weeks(look, first, operation_id)
    with folded:
        if not found:
            empty_state("No place is open from this night on.", "Weeks appear here once providers open places.")
            return
        st.text(
            "The fewest places free on any open night of each week, in the colours of the table above. "
            "Empty: nothing is open, so unknown."
        )
        st.altair_chart(_chart(found), width="stretch", alt="Fewest free places by unit and week; the table says it.")
        _draw_table(found)


def _chart(found: tuple[Week, ...]) -> alt.LayerChart | alt.FacetChart:
    scheme = colours()
    frame = pd.DataFrame(
        {
            "Unit": [row.unit for row in found],
            "Week": [_named(row.monday) for row in found],
            BETWEEN: [row.lowest for row in found],
            "Look": [enough_of(row.lowest, row.open) for row in found],
        }
    )
    ink: dict[str, Any] = {"labelColor": scheme.text, "titleColor": scheme.text, "labelOverlap": False}
    weeks_in_turn = [_named(monday) for monday in sorted({row.monday for row in found})]
    base = alt.Chart(frame).encode(
        x=alt.X("Week:N", title="Week from Monday", sort=weeks_in_turn, axis=alt.Axis(labelAngle=-90, **ink)),
        y=alt.Y("Unit:N", title=None, axis=alt.Axis(labelFontSize=10, **ink)),
    )
    scale = alt.Scale(domain=["none", "scarce", "enough"], range=[scheme.red, scheme.orange, scheme.green])
    cells = base.mark_rect(fillOpacity=0.3, stroke=scheme.ground).encode(
        fill=alt.Fill("Look:N", scale=scale, legend=None), tooltip=["Unit", "Week", BETWEEN]
    )
    numbers = base.mark_text(fontSize=10, color=scheme.text).encode(text=f"{BETWEEN}:Q")
    units = len({row.unit for row in found})
    return alt.layer(cells, numbers).properties(height=units * ROW_HEIGHT + BELOW)


def _named(monday: date) -> str:
    return f"{monday.day} {monday:%b %Y}"


def _draw_table(found: tuple[Week, ...]) -> None:
    """One row a unit: runs of weeks with the same number are one phrase."""
    units = list(dict.fromkeys(row.unit for row in found))
    rows = [(unit, _phrases([row for row in found if row.unit == unit])) for unit in units]
    draw_rows("Fewest free places by unit and week", ("Unit", "Fewest free, from the week of"), rows)


def _phrases(rows: list[Week]) -> tuple[str, ...]:
    said: list[str] = []
    before: int | None = None
    for row in rows:
        if row.lowest != before:
            said.append(f"{row.monday.day} {row.monday:%B %Y}: {row.lowest} of {row.open}")
        before = row.lowest
    return tuple(said)
