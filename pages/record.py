"""Who did what, newest first, by person and by action; what was disclosed; whether the record is whole."""

import streamlit as st

from planner.errors import InputError
from planner.rules.asked import Asked
from planner.rules.words import Outcome
from planner.services.checkpoints import checkpoint_state
from planner.services.records import verify_record
from planner.settings import load_settings
from planner.ui.desk import open_desk, refuse, show_flash
from planner.ui.export_forms import draw_export
from planner.ui.forms import words
from planner.ui.record_tabs import TABS
from planner.ui.tabs import draw_tabs
from planner.ui.widgets import page_header
from planner.views import record as view
from planner.work import Desk

ANY = ""


def _draw_trust(desk: Desk) -> None:
    """Whether the record agrees with what is kept outside the database, and the whole of it on request."""
    file = load_settings().checkpoints
    with desk.reading() as look:
        state = checkpoint_state(look, file)
    st.text(("✓ " if state.good else "! ") + state.sentence)
    if st.button("Verify the whole record"):
        try:
            with desk.reading() as look:
                verdict = verify_record(look, file)
            st.text(("✓ " if verdict.whole else "✕ ") + verdict.sentence)
            for finding in verdict.findings:
                st.text(f"! {finding}")
        except InputError:
            refuse("The file of checkpoints cannot be read, so the record cannot be compared with it.")


def _wanted(desk: Desk) -> view.LineFilter:
    with desk.reading() as look:
        people = view.actors(look)
    text, kind = st.columns(2)
    outcome = kind.selectbox(
        "Kind", [ANY, *Outcome], format_func=lambda item: words(item) if item else "Done, refused, viewed, exported"
    )
    found = text.text_input("Find", placeholder="A word").strip()
    with st.expander("Who, which action, which days"):
        (who, about), (first, last) = st.columns(2), st.columns(2)
    return view.LineFilter(
        text=found,
        outcome=Outcome(outcome) if outcome else None,
        actor=who.selectbox("Who", [ANY, *people], format_func=lambda name: name or "Everybody") or ANY,
        action=about.text_input("Action", placeholder="A reference").strip(),
        first_day=first.date_input("From", value=None, format="DD/MM/YYYY"),
        last_day=last.date_input("Until", value=None, format="DD/MM/YYYY"),
    )


def _asked(wanted: view.LineFilter) -> Asked:
    """What the same filter says of a sheet."""
    return Asked(
        text=wanted.text,
        outcome=wanted.outcome or "",
        who=wanted.actor,
        action=wanted.action,
        first_day=wanted.first_day,
        last_day=wanted.last_day,
    )


desk = open_desk("record")
page_header("Record", load_settings().ceiling)  # it quotes from everywhere
show_flash()
_draw_trust(desk)
wanted = _wanted(desk)
if wanted.first_day and wanted.last_day and wanted.last_day < wanted.first_day:
    refuse("The last day is before the first. Choose another of the two.")
    st.stop()
for name, tab in draw_tabs(TABS).items():
    if tab.open:
        with tab:
            TABS[name](desk, wanted)
            draw_export("record", name, _asked(wanted))
