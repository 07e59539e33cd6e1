"""The operation: objectives and parameters, phases on a timeline."""

import altair as alt
import pandas as pd
import streamlit as st

from planner.rules.dates import day_words
from planner.ui.desk import open_desk, show_flash
from planner.ui.forms import words
from planner.ui.theme import colours
from planner.ui.widgets import empty_state, page_header
from planner.views import operation as view

desk = open_desk("operation")
with desk.reading() as look:
    rows = view.operations(look)
if not rows:
    page_header("Operation")
    empty_state("No operation is planned yet.", "Run planner init with the exercise, or ask the cell to set one up.")
    st.stop()

names = {row.id: row.name for row in rows}
chosen = rows[0].id
if len(rows) > 1:
    chosen = st.selectbox("Operation", list(names), format_func=lambda number: names[number]) or chosen
row = next(item for item in rows if item.id == chosen)
with desk.reading() as look:
    phases = view.phases(look, row.id)
    objectives = view.objectives(look, row.id)
    today = look.now.date()

page_header(row.name, row.marking)
show_flash()
st.text(f"{day_words(row.starts_on, year=True)} to {day_words(row.ends_on, year=True)}, led by {row.lead}")

st.header("Phases")
frame = pd.DataFrame(
    {
        "Phase": [f"{item.number}. {words(item.kind)}" for item in phases],
        "Starts": [pd.Timestamp(item.starts_on) for item in phases],
        "Ends": [pd.Timestamp(item.ends_on) for item in phases],
    }
)
scheme = colours()
bars = (
    alt.Chart(frame)
    .mark_bar(height=18, cornerRadius=3, color=str(st.get_option("theme.primaryColor") or "#1d4e79"))
    .encode(
        x=alt.X("Starts:T", title=None, axis=alt.Axis(format="%d %b")),
        x2="Ends:T",
        y=alt.Y("Phase:N", title=None, sort=None),
        tooltip=["Phase", "Starts", "Ends"],
    )
)
now = (
    alt.Chart(pd.DataFrame({"Today": [pd.Timestamp(today)]}))
    .mark_rule(strokeWidth=2, color=scheme.text)
    .encode(x="Today:T")
)
st.altair_chart(bars + now, width="stretch", alt="Timeline of the phases; the line is today")
st.table(
    {
        "Phase": [f"{item.number}. {words(item.kind)}" for item in phases],
        "From": [day_words(item.starts_on, year=True) for item in phases],
        "To": [day_words(item.ends_on, year=True) for item in phases],
    }
)

st.header("Objectives")
for item in objectives:
    if not item.parameter:
        st.text(f"{item.number}. {item.text}")
st.header("Tactical parameters")
for item in objectives:
    if item.parameter:
        st.text(f"{item.number}. {item.text}")
