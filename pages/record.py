"""Who did what, newest first; whether the record is whole."""

import streamlit as st

from planner.rules.dates import instant_words
from planner.services.records import verify_record
from planner.ui.desk import open_desk, show_flash
from planner.ui.forms import words
from planner.ui.widgets import empty_state, page_header
from planner.views import operation as view

desk = open_desk("record")
page_header("Record")
show_flash()
with desk.reading() as look:
    lines = view.record_lines(look)
if st.button("Verify the whole record"):
    with desk.reading() as look:
        verdict = verify_record(look)
    st.text(("✓ " if verdict.whole else "✕ ") + verdict.sentence)
if not lines:
    empty_state("Nothing is recorded yet.", "Every change, refusal, view of a page and export appears here.")
st.dataframe(
    {
        "No.": [line.number for line in lines],
        "When": [instant_words(line.at) for line in lines],
        "Who": [line.actor for line in lines],
        "What": [words(line.verb) for line in lines],
        "Outcome": [words(line.outcome) for line in lines],
        "In words": [line.sentence for line in lines],
    },
    hide_index=True,
    width="stretch",
)
