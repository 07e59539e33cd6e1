"""A strike day slips as a whole: one day typed, what follows for every member listed, then done as listed."""

import streamlit as st

from planner.services.slip_changes import NewDay
from planner.services.slips import SlipRequest
from planner.ui.forms import drawn_version, request_key
from planner.ui.slip_forms import ask_first, draw_listed
from planner.views.strike_days import StrikeDayRow, versions_of
from planner.work import Desk


def draw_move_day(desk: Desk, row: StrikeDayRow) -> None:
    """Each action keeps its hours by the clock on the wall."""
    about = f"strike-move-{row.id}"
    with desk.reading() as look:
        versions = drawn_version(about, versions_of(look, row.id))
    st.subheader("Move the whole day")
    with st.form(about, border=True):
        day = st.date_input("New day", row.day, format="DD/MM/YYYY", key=f"{about}-day")
        if st.form_submit_button("See what follows"):
            ask_first(
                desk,
                about,
                lambda: SlipRequest(tuple(versions), NewDay(day), request_key(about), versions, strike_day=row.id),
                done=f"{row.name} is moved; everybody whom it concerns is told once.",
            )
    draw_listed(desk, about)
