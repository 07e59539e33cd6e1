"""Phases on a timeline: bars for the eye, today as a line; the table beside it says the same in words."""

from datetime import date

import altair as alt
import pandas as pd
import streamlit as st

from planner.rules.dates import day_words
from planner.ui.forms import words
from planner.ui.theme import colours
from planner.views.operation import PhaseRow


def draw_timeline(phases: tuple[PhaseRow, ...], today: date) -> None:
    """One bar a phase, from its first day to its last."""
    names = [f"{item.number}. {words(item.kind)}" for item in phases]
    frame = pd.DataFrame(
        {
            "Phase": names,
            "Starts": [pd.Timestamp(item.starts_on) for item in phases],
            "Ends": [pd.Timestamp(item.ends_on) for item in phases],
        }
    )
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
    rule = alt.Chart(pd.DataFrame({"Today": [pd.Timestamp(today)]}))
    now = rule.mark_rule(strokeWidth=2, color=colours().text).encode(x="Today:T")
    st.altair_chart(bars + now, width="stretch", alt="Timeline of the phases; the line is today")
    st.table(
        {
            "Phase": [words(item.kind) for item in phases],
            "From": [day_words(item.starts_on, year=True) for item in phases],
            "To": [day_words(item.ends_on, year=True) for item in phases],
        }
    )
