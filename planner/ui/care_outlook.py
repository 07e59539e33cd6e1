"""All nights at a glance, week by week and unit by unit: colours for the eye, a table that says the same."""

from datetime import date

import altair as alt
import pandas as pd
import streamlit as st

from planner.ui.rows import draw_rows
from planner.ui.theme import colours
from planner.ui.widgets import empty_state
from planner.views.care_outlook import Week, weeks
from planner.work import Desk

ROW_HEIGHT = 18
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
        st.text("The fewest places free on any open night of each week. White: nothing is open, so unknown.")
        st.altair_chart(_chart(found), width="stretch", alt="Fewest free places by unit and week; the table says it.")
        _draw_table(found)


def _chart(found: tuple[Week, ...]) -> alt.LayerChart | alt.FacetChart:
    scheme = colours()
    frame = pd.DataFrame(
        {
            "Unit": [row.unit for row in found],
            "Week": [f"{row.monday:%Y-%m-%d}" for row in found],
            BETWEEN: [row.lowest for row in found],
            "Share": [max(0, row.lowest) / max(1, row.open) for row in found],
        }
    )
    base = alt.Chart(frame).encode(
        x=alt.X("Week:O", title="Week from Monday", axis=alt.Axis(labelAngle=-90)), y=alt.Y("Unit:N", title=None)
    )
    scale = alt.Scale(domain=[0, 1], range=[scheme.red, scheme.green], interpolate="rgb")
    cells = base.mark_rect(fillOpacity=0.45).encode(
        fill=alt.Fill("Share:Q", scale=scale, legend=None), tooltip=["Unit", "Week", BETWEEN]
    )
    numbers = base.mark_text(fontSize=10, color=scheme.text).encode(text=f"{BETWEEN}:Q")
    units = len({row.unit for row in found})
    return alt.layer(cells, numbers).properties(height=units * ROW_HEIGHT)


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
