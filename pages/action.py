"""One action: what stands in its way, who is asked, the conference, care, arrangements."""

import streamlit as st

from planner.errors import NotFound
from planner.rules.dates import when_words
from planner.services import go_ahead
from planner.ui import action_forms, conduct_forms, plan_forms
from planner.ui.desk import attempt, not_here, open_desk, show_flash
from planner.ui.forms import words
from planner.ui.gate import draw_coverage, draw_gate, standing_line
from planner.ui.widgets import page_header, summary_list
from planner.views import actions as view

reference = st.query_params.get("ref", "")
desk = open_desk("action", about=reference)
try:
    with desk.reading() as look:
        one = view.one_action(look, reference)
        units = view.units_near(look, one.facts.action.zone)
except NotFound:
    not_here()

action = one.facts.action
page_header(f"Action {reference}", one.row.marking)
show_flash()
st.text(f"{when_words(one.row.starts_at, one.row.ends_at)} · {one.row.region} · {one.row.force}")
standing_line(one.gate)
if st.button("Ask for the go-ahead", type="primary"):
    attempt(desk, lambda work: go_ahead.request_go_ahead(work, reference), done="Gold is asked for the go-ahead.")

gate, plan, roles, conference, care, arrangements, about = st.tabs(
    ["Gate", "Plan", "Roles", "Conference", "Care", "Arrangements", "About"]
)
with gate:
    st.header("The gate")
    draw_gate(one.gate)
with plan:
    st.header("Demand")
    plan_forms.draw_demand(desk, one)
    st.header("Children")
    plan_forms.draw_children(desk, one)
    st.header("Legal basis")
    plan_forms.draw_law(desk, one)
    st.header("Clashes")
    plan_forms.draw_clashes(desk, one)
    st.header("Move")
    plan_forms.draw_move(desk, one)
    st.header("The day")
    conduct_forms.draw_conduct(desk, one)
with roles:
    st.header("Roles")
    action_forms.draw_roles(desk, one)
with conference:
    st.header("Case conference")
    action_forms.draw_conference(desk, one)
with care:
    st.header("Care: needed and confirmed")
    draw_coverage(one.facts)
    action_forms.draw_care_form(desk, one, units)
with arrangements:
    st.header("Arrangements")
    action_forms.draw_arrangement_form(desk, one)
with about:
    st.header("About this action")
    legal = one.facts.legal
    summary_list(
        (
            ("Kind", words(action.kind)),
            ("Premises", f"{action.premises_count}, {words(action.premises_kind).lower()}"),
            ("Exploitation", words(action.exploitation)),
            ("Languages", action.languages or "Not known"),
            ("Children", words(action.children)),
            ("Immigration enforcement", words(action.immigration)),
            ("Power", f"{words(legal.power)}, reference {legal.reference}" if legal else "Not recorded"),
        )
    )
