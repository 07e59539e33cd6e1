"""The role board: which posts are held, missing or held twice; whom to chase first; conditions; every offer."""

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.dates import day_words
from planner.rules.windows import local
from planner.rules.words import OfferState
from planner.ui.board import draw_board
from planner.ui.board_chase import draw_chase
from planner.ui.board_conditions import draw_conditions
from planner.ui.desk import open_desk, show_flash
from planner.ui.export_forms import draw_export
from planner.ui.rows import draw_action_rows, page_number
from planner.ui.widgets import empty_state, page_header, state_words
from planner.views import people
from planner.work import Desk

EVERY = "Every state"
STATES = {state_words(item): item for item in OfferState if item is not OfferState.WITHDRAWN}


def _draw_all(desk: Desk) -> None:
    text_column, state_column = st.columns(2)
    text = text_column.text_input("Find", placeholder="A reference, a post or an agency")
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


# Each is drawn only while it is open.
TABS = {
    "Board": draw_board,
    "Whom to chase": draw_chase,
    "Conditions": draw_conditions,
    "All offers": _draw_all,
}


@st.fragment
def _draw_page() -> None:
    """All of the page and none of the frame: a filter draws this again, and so this opens the desk."""
    desk = open_desk("roles")
    page_header("Roles")
    show_flash()
    for name, tab in zip(TABS, st.tabs(list(TABS), key="show", bind="query-params"), strict=True):
        if tab.open:
            with tab:
                TABS[name](desk)
                draw_export("roles", name)


_draw_page()
