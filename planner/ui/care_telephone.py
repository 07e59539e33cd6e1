"""A provider's own side of what it said by telephone: what was kept, and a correction where that is not so."""

import streamlit as st

from planner.ui.day_places import draw_correction, said_words
from planner.ui.widgets import state_badge
from planner.views.overflow import own_telephone
from planner.work import Desk


def draw_own_telephone(desk: Desk) -> None:
    """Nothing at all where nothing was said of late."""
    with desk.reading() as look:
        rows = own_telephone(look)
    if not rows:
        return
    st.header("Given by you on the telephone")
    for row in rows:
        with st.container(border=True, key=f"own-said-{row.id}"):
            state_badge("by_telephone")
            st.text(f"{said_words(row)}\n{row.region}. This is no booking: planners may still ask you to confirm one.")
            with st.expander("That is not so…"):
                draw_correction(desk, row)
