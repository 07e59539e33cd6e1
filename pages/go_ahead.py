"""Gold's one page: the gate, care, who attends, what the conference said; the decision at the bottom."""

import streamlit as st

from planner.errors import NotFound
from planner.rules.dates import when_words
from planner.ui.desk import not_here, open_desk, show_flash
from planner.ui.forms import words
from planner.ui.gate import draw_coverage, draw_gate, standing_line
from planner.ui.go_ahead_forms import asked_words, draw_attending, draw_conference, draw_decision, draw_waiting
from planner.ui.widgets import page_header
from planner.views.conferences import conferences
from planner.views.one_action import one_action

reference = st.query_params.get("ref", "")
desk = open_desk("go_ahead", about=reference)
if not reference:
    draw_waiting(desk)
    st.stop()

try:
    with desk.reading() as look:
        one = one_action(look, reference)
        held = conferences(look, reference)
except NotFound:
    not_here()

action = one.facts.action
page_header(f"Go-ahead: action {reference}", one.row.marking, one.row.handling)
show_flash()
kind = f"{words(action.kind)}, {words(action.premises_kind).lower()}"
asked = f"\n{asked_words(one.asked)}" if one.asked else ""
st.text(f"{when_words(one.row.starts_at, one.row.ends_at)} · {one.row.region} · {one.row.force} · {kind}{asked}")
standing_line(one.gate, one.row.state)
left, right = st.columns([0.62, 0.38], gap="medium")
with left:
    draw_gate(one.gate)
with right:
    st.header("Care: needed and confirmed")
    draw_coverage(one.facts)
    st.header("Who attends")
    draw_attending(one)
    st.header("Case conference")
    draw_conference(held)
draw_decision(desk, one, gives=one.may_be_decided)
