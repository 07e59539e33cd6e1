"""What is asked for more often than it is free, in words: who asks beside, and who decides."""

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.supply import nights_words
from planner.ui.widgets import state_badge
from planner.views.care_competing import Competing, competing
from planner.work import Desk

MOST = 12


def draw_competing(desk: Desk, reference: str | None = None) -> None:
    """Nothing where all that is asked for could be given."""
    with desk.reading() as look:
        found = competing(look, reference)
    if not found:
        return
    st.header("Asked for by several")
    st.text("The cell decides who has them, with both Silvers. The provider answers whom the cell names.")
    for row in found[:MOST]:
        with st.container(border=True, key=f"competing-{row.asking.hold}"):
            state_badge("advises")
            st.text(competing_words(row))
    if len(found) > MOST:
        st.text(f"And {len(found) - MOST} more: decide these first.")


def competing_words(row: Competing) -> str:
    """ "Unit U1, Wed 25 November, 1 night: 4 places are asked for and 3 are free. WM-0001 asks for 2; …"."""
    asked, last = row.asking, max(row.asking.on)
    named = [f"{other.reference} asks for {other.places}" for other in row.others if other.reference]
    unnamed = [other for other in row.others if not other.reference]
    if unnamed:
        others = count_words(len(unnamed), "booking of others asks", "bookings of others ask")
        named.append(f"{others} for {sum(other.places for other in unnamed)}")
    wanted = count_words(row.wanted, "place is", "places are")
    return (
        f"Unit {asked.unit}, {nights_words(asked.first, last)}: {wanted} asked for and {row.free} free. "
        f"{asked.reference} asks for {asked.places}; {'; '.join(named)}."
    )
