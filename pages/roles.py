"""The role board: who is asked, who has answered, whom to chase first."""

import streamlit as st

from planner.rules.dates import day_words, instant_words
from planner.rules.windows import local
from planner.rules.words import ConditionState, OfferState
from planner.ui.desk import open_desk, show_flash
from planner.ui.widgets import empty_state, page_header, state_words
from planner.views import people

desk = open_desk("roles")
page_header("Roles")
show_flash()
with desk.reading() as look:
    offers = people.role_board(look)
    conditions = [item for item in people.conditions(look) if item.state is ConditionState.RAISED]

waiting = sorted((item for item in offers if item.state is OfferState.OFFERED), key=lambda item: item.answer_by)
st.header("Waiting for an answer")
if not waiting:
    empty_state("Every offer is answered.", "Offer posts on an action's page; what waits appears here, oldest first.")
for item in waiting[:20]:
    st.text(f"{item.reference}: {item.role}, {item.agency}, by {instant_words(item.answer_by)}")
st.header("Conditions to answer")
if not conditions:
    empty_state("No condition waits.", "A partner's condition appears here until Silver answers it.")
for item in conditions:
    st.page_link("pages/action.py", label=f"{item.reference}: {item.agency}", query_params={"ref": item.reference})
    st.text(item.text)

st.header("All offers")
state = st.segmented_control("State", ["All", *[state_words(item) for item in OfferState]], default="All")
shown = [item for item in offers if state in (None, "All", state_words(item.state))]
st.text(f"{len(shown):,} offers.")
st.dataframe(
    {
        "Action": [item.reference for item in shown[:500]],
        "Day": [day_words(local(item.starts_at).date()) for item in shown[:500]],
        "Post": [item.role for item in shown[:500]],
        "Agency": [item.agency for item in shown[:500]],
        "State": [state_words(item.state) for item in shown[:500]],
    },
    hide_index=True,
    width="stretch",
)
