"""Conditions of partners on one action: Silver says what is done, offers another wording, or that it cannot be."""

import streamlit as st

from planner.rules.dates import day_words
from planner.rules.windows import local
from planner.rules.words import ConditionState
from planner.services import conditions
from planner.ui.desk import attempt
from planner.ui.widgets import state_badge
from planner.views.conditions import ConditionRow
from planner.work import Desk


def draw_condition(desk: Desk, item: ConditionRow, *, named: bool = False) -> None:
    """One condition, where it stands, and three answers while it waits for the planners; `named`: of which action."""
    with st.container(border=True, key=f"condition-{item.id}"):
        state_badge(item.state)
        before = f"{item.reference}, {day_words(local(item.starts_at).date())}. " if named else ""
        st.text(f"{before}Condition of {item.agency}, {item.role}: {item.text}")
        if item.broken:
            st.text(f"! Afterwards {item.agency} reported that it was not kept: {item.broken}")
        if item.changed_to:
            st.text(f"Offered instead: {item.changed_to}\nIt waits for {item.agency} to agree.")
        elif item.state is ConditionState.RAISED:
            _draw_answers(desk, item)
        else:
            agreed = f" {item.agency} agreed." if item.confirmed else ""
            st.text(f"{item.answer or ''}{agreed}".strip())


def _draw_answers(desk: Desk, item: ConditionRow) -> None:
    answer = st.text_input("What is done about it, or why it cannot be", key=f"answer-{item.id}")
    met, changed, refused = st.columns(3)
    if met.button("It is met", key=f"met-{item.id}", width="stretch"):
        attempt(
            desk,
            lambda work: conditions.answer_condition(work, item.id, met=True, answer=answer),
            done="The partner is told that the condition is met.",
        )
    with changed.popover("Another wording…", key=f"reword-{item.id}", width="stretch"):
        wording = st.text_input("The other wording", key=f"wording-{item.id}")
        because = st.text_input("Why it is worded so", key=f"because-{item.id}")
        if st.button("Offer this wording", key=f"change-{item.id}"):
            attempt(
                desk,
                lambda work: conditions.change_condition(work, item.id, changed_to=wording, answer=because),
                done="The partner is asked whether the other wording will do.",
            )
    if refused.button("It cannot be met", key=f"refused-{item.id}", width="stretch"):
        attempt(
            desk,
            lambda work: conditions.answer_condition(work, item.id, met=False, answer=answer),
            done="The partner is told that the condition cannot be met.",
        )
