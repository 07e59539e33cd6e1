"""One action: what stands in its way, who is asked, the conference, care, arrangements, what happened."""

import streamlit as st

from planner.access import reference_at
from planner.errors import NotFound
from planner.rules.counts import count_words
from planner.rules.dates import when_words
from planner.services import go_ahead
from planner.ui.action_tabs import TABS, seen_tabs
from planner.ui.desk import attempt, not_here, open_desk, show_flash
from planner.ui.gate import standing_line
from planner.ui.law_forms import draw_power_left
from planner.ui.pause_forms import draw_paused
from planner.ui.tabs import draw_tabs
from planner.ui.widgets import page_header
from planner.views.one_action import one_action
from planner.work import Look

reference, entry = (st.query_params.get(name, "") for name in ("ref", "entry"))


def _asked(look: Look) -> str:
    """By its reference, or by its identity in a calendar file, of which the link says nothing of where."""
    return reference or (reference_at(look, entry) if entry else "")


desk = open_desk("action", about=reference or (lambda look: _asked(look) or entry))
try:
    with desk.reading() as look:
        one = one_action(look, _asked(look))
except NotFound:
    not_here()

reference = one.row.reference
page_header(f"Action {reference}", one.row.marking, one.row.handling)
show_flash()
st.text(f"{when_words(one.row.starts_at, one.row.ends_at)} · {one.row.region} · {one.row.force}")
standing_line(one.gate, one.row.state)
draw_power_left(one)
draw_paused(one.facts.pauses)
if one.sent_back:
    st.text(one.sent_back)
blocking = count_words(len(one.gate.blocking), "check blocks", "checks block")
asked = "Gold is asked for the go-ahead." + ("" if one.gate.ready else f" {blocking} it until they are met.")
if one.may_be_asked:
    with st.container(horizontal=True, vertical_alignment="bottom", key="ask-row"):
        why_now = st.text_input("Why now", help="Gold reads it first: why on this day and not another.")
        if st.button("Ask for the go-ahead", type="primary" if one.gate.ready else "secondary"):
            attempt(desk, lambda work: go_ahead.request_go_ahead(work, reference, why_now=why_now), done=asked)
if one.may_be_taken_back and st.button("Take the request back"):
    attempt(desk, lambda work: go_ahead.take_back_request(work, reference), done="Gold is no longer asked.")

tabs = draw_tabs(TABS)
for name in seen_tabs(reference, next(name for name, tab in tabs.items() if tab.open)):
    with tabs[name]:
        TABS[name](desk, one)
