"""The operation: phases on a timeline, the partnership charter, objectives and parameters; set up by the cell."""

import streamlit as st

from planner.rules.dates import day_words
from planner.ui.charter_forms import draw_charter
from planner.ui.compartment_forms import draw_orphans
from planner.ui.desk import open_desk, show_flash
from planner.ui.operation_forms import draw_marking, draw_new_operation, draw_objectives, draw_phases
from planner.ui.timeline import draw_timeline
from planner.ui.widgets import empty_state, page_header
from planner.views import operation as view
from planner.views.accounts import is_exercise_alone
from planner.views.compartments import orphans

EXERCISE_ENDS = "The exercise's accounts work beside no real operation: once one is set up, nobody signs in with them."

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

names = {row.id: row.name for row in rows}
chosen = rows[0].id
if len(rows) > 1:
    chosen = st.selectbox("Operation", list(names), format_func=lambda number: names[number]) or chosen
row = next(item for item in rows if item.id == chosen)
with desk.reading() as look:
    phases = view.phases(look, row.id)
    objectives = view.objectives(look, row.id)
    closed = orphans(look, row.id)

page_header(row.name, row.marking, row.handling)
show_flash()
st.text(f"{day_words(row.starts_on, year=True)} to {day_words(row.ends_on, year=True)}, led by {row.lead}")

draw_orphans(desk, closed)
st.header("Phases")
if phases:
    draw_timeline(phases, today)
else:
    empty_state("No phase is set yet.", "The cell sets them; preparation usually comes first.")
if rights.sets_phases:
    with st.expander("Change the phases"):
        draw_phases(desk, row, phases)

draw_charter(desk, row, writes=rights.writes_charter)

for title, parameter in (("Objectives", False), ("Tactical parameters", True)):
    st.header(title)
    said = [item.text for item in objectives if item.parameter is parameter]
    if not said:
        empty_state("None is set yet.", "The national Gold sets them; every action is planned within them.")
    for number, text in enumerate(said, 1):
        st.text(f"{number}. {text}")
if rights.sets_objectives:
    with st.expander("Change objectives and parameters"):
        draw_objectives(desk, row, objectives)
if rights.remarks:
    with st.expander("Change the marking"):
        draw_marking(desk, row)
if rights.founds:
    with st.expander("Set up another operation"):
        if exercise:
            st.text(EXERCISE_ENDS)
        draw_new_operation(desk, leads, today)
