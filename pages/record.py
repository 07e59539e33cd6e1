"""Who did what, newest first; whether the record is whole."""

import math

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.dates import instant_words
from planner.rules.words import Outcome
from planner.services.records import verify_record
from planner.ui.desk import open_desk, show_flash
from planner.ui.forms import words
from planner.ui.rows import draw_rows
from planner.ui.widgets import empty_state, page_header
from planner.views import record as view

ALL = ""

desk = open_desk("record")
page_header("Record")
show_flash()
if st.button("Verify the whole record"):
    with desk.reading() as look:
        verdict = verify_record(look)
    st.text(("✓ " if verdict.whole else "✕ ") + verdict.sentence)

text_column, outcome_column = st.columns(2)
text = text_column.text_input("Find", placeholder="A reference, a post or a word", max_chars=80)
outcome = outcome_column.selectbox(
    "Outcome", [ALL, *Outcome], format_func=lambda item: words(item) if item else "Every outcome"
)
wanted = view.LineFilter(text.strip(), Outcome(outcome) if outcome else None)
with desk.reading() as look:
    total = view.count_lines(look, wanted)
pages = max(1, math.ceil(total / view.PER_PAGE))
number = st.pagination(pages, key="record-page") if pages > 1 else 1
with desk.reading() as look:
    lines = view.lines(look, wanted._replace(page=min(number, pages)))
if not lines:
    empty_state("No line matches.", "Every change, refusal, view of a page and export appears here.")
    st.stop()
st.text(f"{count_words(total, 'line')}, newest first.")
draw_rows(
    "Lines of the record",
    ("No.", "When", "Who", "What", "About", "Outcome", "In words"),
    [
        (
            line.number,
            instant_words(line.at),
            line.actor,
            words(line.verb),
            line.about,
            words(line.outcome),
            line.sentence,
        )
        for line in lines
    ],
)
