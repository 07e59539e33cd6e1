"""Every condition of posts to come: whose turn it is, since when; answered here by who may."""

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.dates import day_words
from planner.rules.role_words import Turn
from planner.rules.supply import age_words
from planner.rules.windows import local
from planner.ui.condition_forms import draw_condition
from planner.ui.forms import words
from planner.ui.rows import draw_action_rows, page_of
from planner.ui.widgets import empty_state
from planner.views.conditions import answerable, conditions
from planner.work import Desk

PER_PAGE = 20
TURNS = {words(turn): turn for turn in Turn}


def draw_conditions(desk: Desk) -> None:
    """What waits for the planners first; another choice shows what became of the others."""
    with desk.reading() as look:
        found, now = conditions(look), look.now
    if not found:
        empty_state("No condition was made.", "A partner's condition appears here as soon as it answers with one.")
        return
    counts = {label: sum(item.turn is turn for item in found) for label, turn in TURNS.items()}
    chosen = st.selectbox("Show", list(TURNS), format_func=lambda label: f"{label} ({counts[label]})")
    rows = [item for item in found if item.turn is TURNS[chosen]]
    if not rows:
        empty_state("No condition is here.", "Choose another state above.")
        return
    shown = page_of(sorted(rows, key=lambda item: item.starts_at), key="conditions-page", per_page=PER_PAGE)
    draw_action_rows(
        f"Conditions: {chosen.lower()}",
        ("Action", "Day", "Post", "Agency", "Condition", "Answer", "Since"),
        [
            (
                *(item.reference, day_words(local(item.starts_at).date()), item.role, item.agency, item.text),
                *(item.changed_to or item.broken or item.answer or "–", age_words(item.since, now)),
            )
            for item in shown
        ],
        key="conditions",
        tab="Roles",
    )
    if TURNS[chosen] is Turn.PLANNERS:
        with desk.reading() as look:
            own = answerable(look, {item.action_id for item in shown})
        mine = [item for item in shown if item.action_id in own]
        if mine:
            st.header(f"Answer {count_words(len(mine), 'condition')} here", anchor=False)
        for item in mine:
            draw_condition(desk, item, named=True)
