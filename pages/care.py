"""Places of care: bookings, places by night and reserves for planners; a provider's own side, as light as can be."""

import streamlit as st

from planner.ui.care_forms import draw_bookings
from planner.ui.care_nights import draw_nights
from planner.ui.care_own import draw_own
from planner.ui.care_reserves import draw_reserves
from planner.ui.care_telephone import draw_own_telephone
from planner.ui.desk import open_desk, show_flash
from planner.ui.widgets import page_header
from planner.views.care_own import sections

desk = open_desk("care")
page_header("Care")
show_flash()
with desk.reading() as look:
    mine = sections(look)

if mine.provides:
    draw_own_telephone(desk)
    draw_own(desk)
if mine.plans:
    bookings, nights, *reserves = st.tabs(
        ["Bookings", "Places by night", *(["Reserves"] if mine.sets_reserves else [])]
    )
    with bookings:
        draw_bookings(desk)
    with nights:
        draw_nights(desk)
    for tab in reserves:
        with tab:
            draw_reserves(desk)
