"""All actions: find one, see its gate at a glance, plan a new one."""

import math

import streamlit as st

from planner import facts
from planner.rules.dates import when_words
from planner.ui.conduct_forms import draw_new_action
from planner.ui.coverage import draw_coverage_by_force
from planner.ui.desk import open_desk, show_flash
from planner.ui.gate import STANDING_WORDS
from planner.ui.import_forms import draw_import
from planner.ui.widgets import empty_state, page_header
from planner.views import actions as view
from planner.views.coverage import by_force

desk = open_desk("actions")
page_header("Actions")
show_flash()

text_column, force_column, done_column = st.columns([0.4, 0.4, 0.2], vertical_alignment="bottom")
with desk.reading() as look:
    names = view.forces(look)
text = text_column.text_input("Reference", placeholder="For example WM-0001")
force = force_column.selectbox("Force", ["All forces", *names])
past = done_column.checkbox("Past actions too")

wanted = view.ActionFilter(text.strip(), "" if force == "All forces" else force, to_come=not past)
with desk.reading() as look:
    total = view.count_actions(look, wanted)
    pages = max(1, math.ceil(total / view.PER_PAGE))
    number = st.number_input("Page", 1, pages, 1) if pages > 1 else 1
    rows = view.action_rows(look, wanted._replace(page=int(number)))
    gates = facts.gates(look, [row.id for row in rows])

if not rows:
    empty_state("No action matches.", "Clear the filter, or import a spreadsheet below.")
else:
    st.text(f"{total:,} actions; showing {len(rows)}.")
    picked = st.dataframe(
        {
            "Action": [row.reference for row in rows],
            "When": [when_words(row.starts_at, row.ends_at) for row in rows],
            "Force": [row.force for row in rows],
            "Gate": ["✓ Ready" if gates[row.id].ready else f"✕ {len(gates[row.id].blocking)} blocking" for row in rows],
            "Go-ahead": [STANDING_WORDS[gates[row.id].standing] for row in rows],
        },
        hide_index=True,
        width="stretch",
        on_select="rerun",
        selection_mode="single-row",
        key="actions",
    )
    chosen = picked.selection.rows
    if chosen and chosen[0] < len(rows):
        st.switch_page("pages/action.py", query_params={"ref": rows[chosen[0]].reference})
    reference = st.selectbox("Open an action", [row.reference for row in rows], index=None, placeholder="Choose")
    if reference:
        st.switch_page("pages/action.py", query_params={"ref": reference})

st.header("By force")
if st.toggle("Show how many are ready, force by force"):
    with desk.reading() as look:
        counts = by_force(look)
    draw_coverage_by_force(counts)

st.header("Plan an action")
draw_new_action(desk)
st.header("Import a spreadsheet")
draw_import(desk)
