"""A conference on an invited agency's own page: where it is, what it accepts before the agenda, and then the agenda."""

import streamlit as st

from planner.services.minutes import accept_confidentiality
from planner.ui.desk import BY_DEVICE, attempt
from planner.views.my_room import my_room
from planner.work import Desk


def draw_room(desk: Desk, conference_id: int) -> None:
    """Nothing for who is not invited; the agenda once confidentiality is accepted."""
    with desk.reading() as look:
        room = my_room(look, conference_id)
    if room is None:
        return
    if st.session_state[BY_DEVICE]:
        st.text("Sign in with your password to read where it is and to accept confidentiality.")
        return
    if room.venue:
        st.text(f"Where: {room.venue}")
    if room.join_link.startswith("https://"):
        st.link_button("Join, with sign-in", room.join_link, width="stretch")
    if room.accepted:
        items = "\n".join(f"{number} {item}" for number, item in enumerate(room.agenda, 1))
        st.text(f"You accepted confidentiality. The agenda:\n{items}")
        return
    with st.expander("Confidentiality, before the agenda opens"):
        st.text(room.confidentiality)
        if st.button("We accept this", key=f"accept-{conference_id}", width="stretch"):
            done = "It is kept: you accepted confidentiality, and the chair sees it."
            attempt(desk, lambda work: accept_confidentiality(work, conference_id), done=done)
