"""A page of nothing but the shared drawings, common widgets and hostile texts, served to a real browser."""

import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

import altair as alt
import pandas as pd
import streamlit as st

from planner.rules.words import Marking
from planner.ui import figures, rows, tasks, theme, widgets
from planner.views.today import Task
from tests.browser.hostile import HOSTILE


def states() -> None:
    st.header("States")
    with st.container(horizontal=True):
        for state in widgets.SIGNS:
            widgets.state_badge(state)
    short = Task("blocks", "Two places were taken back.", "Find places", "care", "")
    tasks.draw_tasks([short, short._replace(state="advises", verb="Look at it")], key="tasks", primary=True)
    widgets.task_row("asked_for", "Somebody is asked to take over.", "Take over", key="turn")
    figures.draw_figures([("Actions", 12), ("Ready", 0), ("Waiting for partners", 4), ("Overrides", 1)])
    widgets.summary_list([("When", "Thu 26 November"), ("Asked by", HOSTILE[0])])
    widgets.empty_state("Conferences appear here.", "Convene one with the button above.")


def inputs() -> None:
    st.header("Inputs")
    st.text_input("Reference", placeholder="WM-0142", help="As printed on the warrant")
    st.text_area("Reason", placeholder="In your own words", max_chars=200)
    st.selectbox("Region", ["North", "South"])
    st.multiselect("Profiles", ["woman", "man"], ["woman"])
    st.number_input("Places", 0, 9)
    st.datetime_input("Starts", datetime(2026, 11, 26, 6, tzinfo=UTC))
    st.checkbox("The partner was told", value=True)
    st.radio("Children", ["unknown", "none", "expected"])
    st.segmented_control("Show", ["Month", "Week"], default="Month")
    st.toggle("Only what is unmet", value=True)
    st.slider("Hours", 0, 10, 3)
    st.file_uploader("Spreadsheet")
    with st.form("places"):
        st.caption("Whole numbers")
        st.form_submit_button("Hold places", type="primary")
        st.form_submit_button("Give the go-ahead", type="primary", disabled=True, key="disabled")


def containers() -> None:
    st.header("Containers")
    for alert in (st.error, st.warning, st.info, st.success):
        alert("Hope House has 2 places left then; you asked for 3.")
    st.metric("Ready", 17, "3 since yesterday", border=True)
    with st.expander("Who else will be there", expanded=True):
        st.caption("As of 09:15")
    first, _ = st.tabs(["Month", "Week"])
    first.caption("November")
    nights = pd.DataFrame({"Night": ["Thu", "Fri"], "Free": [1, 3]})
    st.dataframe(nights, hide_index=True)
    st.table(nights)
    st.altair_chart(alt.Chart(nights).mark_bar().encode(x="Night", y="Free"), alt="Free places by night")


def hostile() -> None:
    st.header("Hostile texts")
    for number, text in enumerate(HOSTILE):
        with st.container(key=f"markdown{number}"):
            st.markdown(widgets.plain(text))
        with st.container(key=f"button{number}"):
            st.button(widgets.plain(text), key=f"b{number}")
        with st.container(key=f"table{number}"):
            st.table({"Text": widgets.plain(text)})
        with st.container(key=f"rows{number}"):
            rows.draw_rows(f"Text {number}", ["No.", "Text"], [(number, text)])
        with st.container(key=f"tasks{number}"):
            tasks.draw_tasks([Task("blocks", text, text, "care", "")], key=f"text-{number}")


st.set_page_config(layout="wide")
theme.dress()
HANDLING = "RECIPIENTS ONLY - EMBARGOED UNTIL 09:00 ON 1 MARCH - LEGAL PROFESSIONAL PRIVILEGE"
widgets.page_header("Drawings", Marking.OFFICIAL_SENSITIVE, HANDLING)
states()
inputs()
containers()
hostile()
