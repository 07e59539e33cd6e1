"""Every override of an operation in one list, with its reason."""

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.dates import instant_words
from planner.ui.forms import words
from planner.ui.rows import draw_action_rows, page_number
from planner.ui.widgets import empty_state
from planner.views import overrides as view
from planner.views.operation import OperationRow
from planner.work import Desk

COLUMNS = ("Action", "Force", "Check", "What it said", "Why it was set aside", "By", "State")


def draw_overrides(desk: Desk, row: OperationRow) -> None:
    """Newest first; what is closed to the reader is counted, never told."""
    st.header("Overrides")
    key = f"overrides-page-{row.id}"
    with desk.reading() as look:
        found, now = view.overrides(look, row.id), look.now
    if found.closed:
        st.text(f"{count_words(found.closed, 'override')} of actions that are closed to you: ask their Gold.")
    if not found.total:
        empty_state("No check was overridden.", "Gold's overrides appear here with their reasons, as they are given.")
        return
    number = page_number(found.total, key=key, per_page=view.PER_PAGE)
    if number > 1:
        with desk.reading() as look:
            found = view.overrides(look, row.id, number)
    st.text(f"{count_words(found.total, 'override')}.")
    cells = [
        (
            item.action,
            item.force,
            words(item.check),
            item.was,
            item.reason,
            f"{item.by}, {instant_words(item.at)}",
            "Taken back" if item.withdrawn_at else "Over" if item.expires_at <= now else "Stands",
        )
        for item in found.rows
    ]
    draw_action_rows("Overrides", COLUMNS, cells, key=key, tab="Gate")
