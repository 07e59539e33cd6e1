"""The operation: phases, the partnership charter, objectives and parameters, the gate's policy; set up by the cell."""

import streamlit as st

from planner.rules.asked import Asked
from planner.rules.dates import day_words
from planner.ui.address import OPERATION, choose_asked
from planner.ui.desk import open_desk, show_flash
from planner.ui.export_forms import draw_export
from planner.ui.operation_forms import draw_new_operation
from planner.ui.operation_tabs import TABS, Opened
from planner.ui.tabs import draw_tabs
from planner.ui.widgets import empty_state, page_header
from planner.views import operation as view
from planner.views.accounts import is_exercise_alone

desk = open_desk("operation")
with desk.reading() as look:
    rows = view.operations(look)
    rights = view.rights(look)
    exercise = is_exercise_alone(look)
    leads = view.leading_agencies(look) if rights.founds else {}
    today = look.now.date()
if not rows:
    page_header("Operation")
    show_flash()
    empty_state("No operation is planned yet.", "The cell sets one up; then its phases and objectives appear here.")
    if rights.founds:
        st.header("Set up an operation")
        draw_new_operation(desk, leads, today)
    st.stop()

chosen = rows[0].code
if len(rows) > 1:
    chosen = choose_asked("Operation", {row.code: row.name for row in rows}, name=OPERATION, default=chosen)
row = next(item for item in rows if item.code == chosen)

page_header(row.name, row.marking, row.handling)
show_flash()
st.text(f"{day_words(row.starts_on, year=True)} to {day_words(row.ends_on, year=True)}, led by {row.lead}")
one = Opened(row, rights, leads, exercise, today)
for name, tab in draw_tabs(TABS).items():
    if tab.open:
        with tab:
            TABS[name](desk, one)
            draw_export("operation", name, Asked(row.code))
