"""Agencies, people, agreements, training, hours, the role catalogue, published figures with their sources."""

import streamlit as st

from planner.ui.desk import open_desk, show_flash
from planner.ui.directory_tabs import tabs_for
from planner.ui.widgets import page_header

desk = open_desk("directory")
page_header("Directory")
show_flash()
with desk.reading() as look:
    tabs = tabs_for(look)
for draw, tab in zip(tabs.values(), st.tabs(list(tabs), key="tab", bind="query-params"), strict=True):
    if tab.open:
        with tab:
            draw(desk)
