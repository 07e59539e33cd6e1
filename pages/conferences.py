"""Case conferences on actions still to come."""

import streamlit as st

from planner.rules.dates import when_words
from planner.ui.desk import open_desk, show_flash
from planner.ui.forms import words
from planner.ui.widgets import empty_state, page_header, state_words
from planner.views.conferences import conferences

desk = open_desk("conferences")
page_header("Conferences")
show_flash()
with desk.reading() as look:
    rows = conferences(look)
if not rows:
    empty_state("No conference is convened.", "Convene one on an action's page, under Conference.")
    st.stop()
st.text(f"{len({row.id for row in rows})} conferences on {len(rows)} actions still to come.")
st.dataframe(
    {
        "When": [when_words(row.starts_at, row.ends_at) for row in rows],
        "Action": [row.reference for row in rows],
        "State": [state_words(row.state) for row in rows],
        "Decision": [words(row.decision) if row.decision else "–" for row in rows],
    },
    hide_index=True,
    width="stretch",
)
reference = st.selectbox("Open the action of a conference", [row.reference for row in rows], index=None)
if reference:
    st.switch_page("pages/action.py", query_params={"ref": reference})
