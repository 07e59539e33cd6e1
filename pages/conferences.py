"""Case conferences on actions still to come."""

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.dates import when_words
from planner.rules.words import ConferenceState
from planner.ui.desk import open_desk, show_flash
from planner.ui.forms import words
from planner.ui.rows import draw_action_rows, page_of
from planner.ui.widgets import empty_state, page_header, state_words
from planner.views.conferences import conferences

EVERY = "Every state"
STATES = {state_words(item): item for item in ConferenceState}

desk = open_desk("conferences")
page_header("Conferences")
show_flash()
with desk.reading() as look:
    rows = conferences(look)
if not rows:
    empty_state("No conference is convened.", "Convene one on an action's page, under Conference.")
    st.stop()
text_column, state_column = st.columns(2)
text = text_column.text_input("Find", placeholder="An action's reference", max_chars=40).strip().casefold()
state = STATES.get(state_column.selectbox("State", [EVERY, *STATES]))
found = [row for row in rows if text in row.reference.casefold() and state in (None, row.state)]
if not found:
    empty_state("No conference matches.", "Clear the filter; convene one on an action's page, under Conference.")
    st.stop()
meetings = count_words(len({row.id for row in found}), "conference")
shown = page_of(found, key="conferences-page")
st.text(f"{meetings} on {count_words(len(found), 'action')} still to come; showing {len(shown)}.")
draw_action_rows(
    "Conferences",
    ("Action", "When", "State", "Decision", "Marking"),
    [
        (
            row.reference,
            when_words(row.starts_at, row.ends_at),
            state_words(row.state),
            words(row.decision) if row.decision else "–",
            row.marked.words,
        )
        for row in shown
    ],
    key="conferences",
    tab="Conference",
)
