"""The role board: who is asked, who has answered, whom to chase first."""

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.dates import day_words, instant_words
from planner.rules.windows import local
from planner.rules.words import ConditionState, OfferState
from planner.ui.desk import open_desk, show_flash
from planner.ui.rows import draw_action_rows, page_number, page_of
from planner.ui.widgets import empty_state, page_header, state_words
from planner.views import people
from planner.work import Desk

FIRST = 10  # of what waits: as many as one chases before looking again
EVERY = "Every state"
STATES = {state_words(item): item for item in OfferState if item is not OfferState.WITHDRAWN}


def _draw_waiting(desk: Desk) -> None:
    with desk.reading() as look:
        total = people.count_offers(look, people.OfferFilter(state=OfferState.OFFERED))
        first = people.waiting(look, FIRST)
    st.header("Waiting for an answer")
    if not first:
        empty_state(
            "Every offer is answered.", "Offer posts on an action's page; what waits appears here, first due first."
        )
        return
    rest = f"; the {FIRST} due first" if total > FIRST else ""
    st.text(f"{count_words(total, 'offer waits', 'offers wait')}{rest}.")
    draw_action_rows(
        "Waiting for an answer",
        ("Action", "Post", "Agency", "Answer by"),
        [(item.reference, item.role, item.agency, instant_words(item.answer_by)) for item in first],
        key="waiting",
        tab="Roles",
    )


def _draw_conditions(desk: Desk) -> None:
    with desk.reading() as look:
        raised = [item for item in people.conditions(look) if item.state is ConditionState.RAISED]
    st.header("Conditions to answer")
    if not raised:
        empty_state("No condition waits.", "A partner's condition appears here until Silver answers it.")
        return
    shown = page_of(raised, key="conditions-page")
    draw_action_rows(
        "Conditions to answer",
        ("Action", "Post", "Agency", "Condition"),
        [(item.reference, item.role, item.agency, item.text) for item in shown],
        key="conditions",
        tab="Roles",
    )


def _draw_all(desk: Desk) -> None:
    st.header("All offers")
    text_column, state_column = st.columns(2)
    text = text_column.text_input("Find", placeholder="A reference, a post or an agency", max_chars=80)
    state = state_column.selectbox("State", [EVERY, *STATES])
    wanted = people.OfferFilter(text.strip(), STATES.get(state))
    with desk.reading() as look:
        total = people.count_offers(look, wanted)
    number = page_number(total, key="offers-page", per_page=people.PER_PAGE)
    with desk.reading() as look:
        shown = people.offers(look, wanted._replace(page=number))
    if not shown:
        empty_state("No offer matches.", "Clear the filter; posts are offered on an action's page, under Roles.")
        return
    st.text(f"{count_words(total, 'offer')}; showing {len(shown)}.")
    draw_action_rows(
        "All offers",
        ("Action", "Day", "Post", "Agency", "State"),
        [
            (item.reference, day_words(local(item.starts_at).date()), item.role, item.agency, state_words(item.state))
            for item in shown
        ],
        key="offers",
        tab="Roles",
    )


desk = open_desk("roles")
page_header("Roles")
show_flash()
_draw_waiting(desk)
_draw_conditions(desk)
_draw_all(desk)
