"""Agencies, people, agreements, training, hours, the role catalogue, published figures with their sources."""

from planner.ui.desk import open_desk, show_flash
from planner.ui.directory_tabs import tabs_for
from planner.ui.export_forms import draw_export
from planner.ui.tabs import draw_tabs
from planner.ui.widgets import page_header

desk = open_desk("directory")
page_header("Directory")
show_flash()
with desk.reading() as look:
    tabs = tabs_for(look)
for name, tab in draw_tabs(tabs).items():
    if tab.open:
        with tab:
            tabs[name](desk)
            draw_export("directory", name)
