"""A strike day's go-ahead: asked for and given for all of its actions at once."""

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.words import ActionState, Standing
from planner.services import strike_go as services
from planner.ui.desk import attempt
from planner.ui.forms import drawn_version
from planner.ui.gate import STANDING_WORDS, ready_words
from planner.ui.rows import draw_action_rows
from planner.ui.widgets import plain
from planner.views.strike_go import StrikeGo, strike_days_asked, strike_go
from planner.work import Desk


def draw_strike_go(desk: Desk, strike_day_id: int) -> None:
    """Every member with what its gate says; one press asks for all, one gives all."""
    with desk.reading() as look:
        found = strike_go(look, strike_day_id)
    if found is None or len(found.members) < 2:
        return
    st.subheader(f"All or none: {plain(found.name)}")
    rows = [
        (each.reference, ready_words(each.gate, each.state), STANDING_WORDS[each.gate.standing])
        for each in found.members
    ]
    draw_action_rows("Go-aheads of the strike day", ("Action", "Gate", "Go-ahead"), rows, key=f"go-{found.id}")
    if found.asks:
        _draw_ask(desk, found)
    if found.gives and any(each.state is ActionState.REQUESTED for each in found.members):
        _draw_give(desk, found)


def _draw_ask(desk: Desk, found: StrikeGo) -> None:
    if all(each.gate.standing is Standing.STANDING for each in found.members):
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"ask-row-{found.id}"):
        why = st.text_input("Why now", key=f"strike-why-{found.id}")
        if st.button("Ask for the whole day", key=f"strike-ask-{found.id}"):
            attempt(
                desk,
                lambda work: services.request_strike_day(work, found.id, why_now=why),
                done=lambda number: f"Gold is asked for {count_words(number, 'action')}, all or none.",
            )


def _draw_give(desk: Desk, found: StrikeGo) -> None:
    drawn = drawn_version(f"strike-{found.id}", found.gives)
    ready = all(each.gate.ready for each in found.members if each.reference in found.gives)
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"ask-row-give-{found.id}"):
        condition = st.text_input("Condition for all, if any", key=f"strike-condition-{found.id}")
        if st.button("Give it for all", type="primary" if ready else "secondary", key=f"strike-give-{found.id}"):
            attempt(
                desk,
                lambda work: services.give_strike_day(work, found.id, condition=condition or None, drawn=drawn),
                done=lambda number: f"The go-ahead is given for {count_words(number, 'action')} of {found.name}.",
            )


def draw_strike_days_asked(desk: Desk) -> None:
    """On Gold's list: the strike days of which the go-ahead is asked for."""
    with desk.reading() as look:
        asked = strike_days_asked(look)
    if asked:
        st.header("Strike days")
    for number in asked:
        draw_strike_go(desk, number)
