"""A partner's own copies of minutes, made for a phone: read, take receipt, take along."""

from urllib.parse import quote

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.dates import instant_words, when_words
from planner.rules.minutes_copy import TITLES
from planner.services import minutes, minutes_issue
from planner.ui.desk import BY_DEVICE, attempt, record_view
from planner.ui.minutes_copy import draw_copy
from planner.ui.widgets import marking_line
from planner.views.minutes import MyMinutes, my_minutes
from planner.views.minutes_copy import copy_of
from planner.work import Desk

MOST_RECEIVED = 10
OWN_COPY = "Our agency's copy"  # the reason that stands in the record: each reads its own


def draw_my_minutes(desk: Desk) -> None:
    """What waits for a receipt first; what was received is folded away."""
    with desk.reading() as look:
        rows = my_minutes(look)
    if not rows:
        return
    st.header("Minutes", anchor=False)
    waiting = [row for row in rows if row.received_at is None]
    received = [row for row in rows if row.received_at is not None][:MOST_RECEIVED]
    for row in waiting:
        _draw(desk, row)
    if received:
        with st.expander(f"{count_words(len(received), 'copy', 'copies')} that you took receipt of"):
            for row in received:
                _draw(desk, row)


def _draw(desk: Desk, row: MyMinutes) -> None:
    with st.container(border=True, key=f"my-minutes-{row.copy_id}"):
        marking_line(*row.marked)
        of = f"Issue {row.number}, {instant_words(row.issued_at)}."
        st.text(f"{TITLES[row.kind]}\n{when_words(row.starts_at, row.ends_at)}\n{of}")
        if st.session_state[BY_DEVICE]:
            st.text("Sign in with your password to read them and to take receipt.")
            return
        if not row.accepted:
            _draw_confidentiality(desk, row)
        if st.toggle("Read our copy here", key=f"read-minutes-{row.copy_id}"):
            record_view(desk, "my_part", f"minutes {row.issue_id}")
            with desk.reading() as look:
                copy = copy_of(look, row.issue_id)
            draw_copy(copy)
        address = f"/files/minutes/{row.issue_id}.pdf/{quote(OWN_COPY, safe='')}"
        st.link_button("Download the PDF", address, width="stretch")
        if row.received_at is not None:
            st.text(f"Receipt: {instant_words(row.received_at)}.")
        elif st.button("We have it: take receipt", key=f"receive-{row.copy_id}", width="stretch"):
            attempt(
                desk,
                lambda work: minutes_issue.receive_minutes(work, row.copy_id),
                done="Your receipt is kept, and the planners see it.",
            )


def _draw_confidentiality(desk: Desk, row: MyMinutes) -> None:
    """Whoever was not there accepts it before reading what was said there."""
    st.text(f"What was said is in your copy once your agency accepts this:\n{row.confidentiality}")
    if st.button("Our agency accepts this", key=f"accept-minutes-{row.copy_id}", width="stretch"):
        attempt(
            desk,
            lambda work: minutes.accept_confidentiality(work, row.conference_id),
            done="It is kept: your copy holds what may be shared with your agency.",
        )
