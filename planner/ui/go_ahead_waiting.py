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
from planner.ui.tasks import draw_tasks
from planner.ui.widgets import empty_state, page_header
from planner.views.actions import ActionFilter, ActionRow, action_rows
from planner.views.today import Task
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
    draw_tasks([_task(row, gates[row.id]) for row in waiting], key="waiting")
    if decided:
        with st.expander(f"{count_words(len(decided), 'go-ahead stands', 'go-aheads stand')}"):
            draw_tasks([_task(row, gates[row.id]) for row in decided], key="standing")
    draw_strike_days_asked(desk)
    draw_command(desk)


def _task(row: ActionRow, gate: Gate) -> Task:
    ready = "ready" if gate.ready else f"{len(gate.blocking)} blocking"
    sentence = f"{row.reference}: {when_words(row.starts_at, row.ends_at)}, {row.force}. {ready.capitalize()}."
    state = "asked_for" if gate.standing is Standing.NONE else gate.standing
    return Task(state, sentence, "Look at it", "go_ahead", row.reference)
