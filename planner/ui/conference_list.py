"""Conferences to come as a list, and what agencies still owe from those that were."""

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.dates import instant_words, when_words
from planner.rules.words import ConferenceState, UndertakingState
from planner.services import undertakings
from planner.ui.desk import attempt
from planner.ui.forms import words
from planner.ui.meeting_matters import draw_undertaking
from planner.ui.rows import Link, draw_linked_rows, page_of
from planner.ui.widgets import empty_state, state_words
from planner.views import conference_list as view
from planner.work import Desk

EVERY = "Every state"
STATES = {state_words(item): item for item in ConferenceState}
HOW = "Convene one under Convene, or on an action's page under Conference."


def draw_list(desk: Desk) -> None:
    """One row a conference, the next first; a row leads to it."""
    with desk.reading() as look:
        rows = view.conference_list(look)
    if not rows:
        empty_state("No conference is convened.", HOW)
        return
    text_column, state_column = st.columns(2)
    text = text_column.text_input("Find", placeholder="An action's reference").strip().casefold()
    state = STATES.get(state_column.selectbox("State", [EVERY, *STATES]))
    found = [
        row
        for row in rows
        if state in (None, row.state) and (not text or any(text in ref.casefold() for ref in row.references))
    ]
    if not found:
        empty_state("No conference matches.", f"Clear the filter. {HOW}")
        return
    shown = page_of(found, key="conferences-page")
    total = count_words(len({ref for row in found for ref in row.references}), "action")
    st.text(f"{count_words(len(found), 'conference')} on {total} still to come; showing {len(shown)}.")
    draw_linked_rows(
        "Conferences",
        ("No", "When", "Kind", "State", "Actions", "Decided", "Marking"),
        [
            (
                row.id,
                when_words(row.starts_at, row.ends_at),
                words(row.kind),
                state_words(row.state),
                _references(row.references),
                f"{row.decided} of {len(row.references)}",
                row.marked.words,
            )
            for row in shown
        ],
        link=Link("conferences", name="conference"),
        key="conferences",
    )


def _references(references: tuple[str, ...]) -> str:
    few = ", ".join(references[:3])
    return few if len(references) <= 3 else f"{few} and {len(references) - 3} more"


def draw_owed(desk: Desk) -> None:
    """What is undertaken and not done: overdue first, each with a reminder."""
    with desk.reading() as look:
        rows, now = view.owed(look), look.now
    if not rows:
        empty_state("Nothing is owed.", "What is undertaken at a conference stands here until it is done.")
        return
    late = [row for row in rows if row.undertaken.due_at < now]
    st.text(f"{count_words(len(rows), 'undertaking')} open, {len(late)} overdue.")
    for row in page_of(rows, key="owed-page"):
        item = row.undertaken
        draw_undertaking(desk, item, now)
        chased = f", reminded {instant_words(row.chased_at)}" if row.chased_at else ""
        with st.container(horizontal=True, vertical_alignment="center", key=f"owed-{item.id}"):
            st.text(f"From the conference of {instant_words(row.met_at)}{chased}")
            if item.state is UndertakingState.OPEN and st.button("Remind them", key=f"remind-{item.id}"):
                _remind(desk, item.id)


def _remind(desk: Desk, number: int) -> None:
    attempt(desk, lambda work: undertakings.chase_undertaking(work, number), done="The agency is reminded.")
