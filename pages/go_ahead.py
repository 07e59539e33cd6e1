"""Gold's one page: the gate, care, who attends, what the conference said, what changed; the decision at the bottom."""

import streamlit as st

from planner.errors import NotFound
from planner.ui.desk import not_here, open_desk, show_flash
from planner.ui.go_ahead_forms import draw_decision
from planner.ui.go_ahead_page import draw_ground, draw_what
from planner.ui.go_ahead_waiting import draw_waiting
from planner.ui.last_hours_forms import draw_called
from planner.ui.widgets import page_header
from planner.views.conferences import conferences
from planner.views.last_hours import last_hours
from planner.views.one_action import one_action
from planner.views.telephoned import telephoned

reference = st.query_params.get("ref", "")
desk = open_desk("go_ahead", about=reference)
if not reference:
    draw_waiting(desk)
    st.stop()

try:
    with desk.reading() as look:
        one = one_action(look, reference)
        held = conferences(look, reference)
        spoken, near = telephoned(look, one), last_hours(look, one)
except NotFound:
    not_here()

with st.container(key="one-page"):
    show_flash()
    draw_called(near)
    left, right = st.columns([0.6, 0.4], gap="medium")
    with left:
        page_header(f"Go-ahead: action {reference}", one.row.marking, one.row.handling)
        draw_what(one, near.danger)
    with right:
        draw_ground(desk, one, held)
draw_decision(desk, one, spoken, near, gives=one.may_be_decided)
