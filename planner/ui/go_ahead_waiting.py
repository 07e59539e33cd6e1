"""The go-aheads that wait for Gold, the next action first, and those that stand."""

import streamlit as st

from planner import facts
from planner.rules.counts import count_words
from planner.rules.dates import when_words
from planner.rules.readiness import Gate
from planner.rules.words import ActionState, Standing
from planner.ui.command_forms import draw_command
from planner.ui.desk import show_flash
from planner.ui.strike_go import draw_strike_days_asked
from planner.ui.widgets import empty_state, page_header, task_row
from planner.views.actions import ActionFilter, ActionRow, action_rows
from planner.work import Desk


def draw_waiting(desk: Desk) -> None:
    """The actions whose go-ahead is asked for, the next to come first."""
    page_header("Go-ahead")
    show_flash()
    with desk.reading() as look:
        rows = action_rows(look, ActionFilter(state=ActionState.REQUESTED))
        gates = facts.gates(look, [row.id for row in rows])
    decided = [row for row in rows if gates[row.id].standing is Standing.STANDING]
    waiting = [row for row in rows if row not in decided]
    if not waiting:
        empty_state("No go-ahead waits for a decision.", "Silver asks for one on the action's page; it appears here.")
    for row in waiting:
        _draw_row(row, gates[row.id])
    if decided:
        with st.expander(f"{count_words(len(decided), 'go-ahead stands', 'go-aheads stand')}"):
            for row in decided:
                _draw_row(row, gates[row.id])
    draw_strike_days_asked(desk)
    draw_command(desk)


def _draw_row(row: ActionRow, gate: Gate) -> None:
    ready = "ready" if gate.ready else f"{len(gate.blocking)} blocking"
    sentence = f"{row.reference}: {when_words(row.starts_at, row.ends_at)}, {row.force}. {ready.capitalize()}."
    state = "asked_for" if gate.standing is Standing.NONE else gate.standing
    if task_row(state, sentence, "Look at it", key=row.reference):
        st.switch_page("pages/go_ahead.py", query_params={"ref": row.reference})
