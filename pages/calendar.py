"""Month, week and agenda; what of it is taken out as a file; feeds."""

from collections.abc import Callable

import streamlit as st

from planner.ui.calendar_page import choose_scope, draw_calendar
from planner.ui.calendar_taking import draw_taking
from planner.ui.desk import open_desk, show_flash
from planner.ui.feed_forms import draw_feeds
from planner.ui.widgets import page_header
from planner.views.calendar_scopes import ScopeRow, own_scopes
from planner.work import Desk

# Each is drawn only while it is open: fields bring code along that would delay the days. Their key is not "tab", which
# an address of this page would then keep from the pages that an entry leads to.
TABS: dict[str, Callable[[Desk, ScopeRow], None]] = {
    "Calendar": draw_calendar,
    "Take it out": draw_taking,
    "Feeds": draw_feeds,
}

desk = open_desk("calendar")
page_header("Calendar")
show_flash()
with desk.reading() as look:
    scopes = own_scopes(look)
row = choose_scope(scopes)
for tab, draw in zip(st.tabs(list(TABS), key="view", bind="query-params"), TABS.values(), strict=True):
    if tab.open:
        with tab:
            draw(desk, row)
