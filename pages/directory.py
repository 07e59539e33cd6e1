"""Agencies, people and posts, the role catalogue with responsibilities, published figures with their sources."""

import streamlit as st

from planner.ui.desk import open_desk, show_flash
from planner.ui.forms import words
from planner.ui.import_forms import draw_directory_import
from planner.ui.people_forms import draw_people
from planner.ui.widgets import page_header, plain
from planner.views import operation as view

desk = open_desk("directory")
page_header("Directory")
show_flash()
with desk.reading() as look:
    agencies = view.agencies(look)
    catalogue = view.catalogue(look)
    figures = view.figures(look)

st.header("Agencies")
kinds = sorted({row.kind for row in agencies})
kind = st.selectbox("Kind", ["all", *kinds], format_func=words)
shown = [row for row in agencies if kind in ("all", row.kind)]
st.dataframe(
    {
        "Code": [row.code for row in shown],
        "Agency": [row.name for row in shown],
        "Kind": [words(row.kind) for row in shown],
        "Region": [row.region or "–" for row in shown],
        "Fictional": ["yes" if row.fictional else "no" for row in shown],
        "Source": [row.source for row in shown],
    },
    hide_index=True,
    width="stretch",
)
draw_directory_import(desk)
draw_people(desk)
st.header("Roles and responsibilities")
for title, responsibilities, required in catalogue:
    with st.expander(plain(title) + (" (required)" if required else "")):
        st.text(responsibilities)
st.header("Published figures of Pentameter 1 and 2")
st.text("Figures that disagree stand side by side, each with its source.")
st.dataframe(
    {
        "Operation": [row[0] for row in figures],
        "Measure": [row[1] for row in figures],
        "Value": [row[2] for row in figures],
        "Source": [row[3] for row in figures],
        "Date": [row[4] for row in figures],
    },
    hide_index=True,
    width="stretch",
)
