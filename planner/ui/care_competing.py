"""What is asked for more often than it is free, in words: who asks beside, and who decides."""

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.supply import nights_words
from planner.services.care_deciding import decide_places
from planner.ui.desk import attempt
from planner.ui.widgets import plain, state_badge
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
            if row.may_decide:
                _draw_decision(desk, row)
    if len(found) > MOST:
        st.text(f"And {len(found) - MOST} more: decide these first.")


def _draw_decision(desk: Desk, row: Competing) -> None:
    """The cell's word, with a reason that both Silvers read."""
    with st.expander(plain(f"Let {row.asking.reference} go first…")):
        reason = st.text_input(
            "Why it goes first; both Silvers and their commanders read this",
            key=f"why-first-{row.asking.hold}",
        )
        if st.button("Decide this", key=f"first-{row.asking.hold}"):
            attempt(
                desk,
                lambda work: decide_places(work, row.asking.hold, reason),
                done=f"{row.asking.reference} goes first; who asks for these places and the provider are told.",
            )


def _decided_words(row: Competing) -> str:
    """What the cell said, and to whom: the other action is named only to who may know it."""
    first = row.first
    if first is None:
        return ""
    who = first.reference or "another booking"
    return f"\nThe cell decided: {who} goes first. {first.decided}"


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
        f"{asked.reference} asks for {asked.places}; {'; '.join(named)}.{_decided_words(row)}"
    )
