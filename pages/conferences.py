"""Case conferences: those to come, one while it meets, what was undertaken, a new one, what they begin with."""

import streamlit as st

from planner.errors import NotFound
from planner.ui.conference_list import draw_list, draw_owed
from planner.ui.conference_mail import draw_replies
from planner.ui.convene_forms import draw_convene_several, draw_template
from planner.ui.desk import not_here, open_desk, show_flash
from planner.ui.export_forms import draw_export
from planner.ui.meeting import draw_meeting
from planner.ui.standing_groups import draw_standing_groups
from planner.ui.tabs import draw_tabs
from planner.ui.widgets import page_header
from planner.work import Desk

TABS = {
    "To come": draw_list,
    "Undertakings": draw_owed,
    "Convene": draw_convene_several,
    "Replies": draw_replies,
    "Standing groups": draw_standing_groups,
    "What they begin with": draw_template,
}


def draw_all(desk: Desk) -> None:
    page_header("Conferences")
    show_flash()
    for name, tab in draw_tabs(TABS).items():
        if tab.open:
            with tab:
                TABS[name](desk)
                draw_export("conferences", name)


number = st.query_params.get("conference", "")
desk = open_desk("conferences", about=number)
if number:
    try:
        # The page ends by itself: st.stop() would throw away what is pressed on its live parts while it is drawn.
        draw_meeting(desk, int(number) if number.isdecimal() and len(number) < 10 else 0)
    except NotFound:
        not_here()
else:
    draw_all(desk)
