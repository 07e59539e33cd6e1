"""Strategy discussions about a child, on an action's page: a slot, who convenes it, held; nothing else has a field."""

from datetime import timedelta

import streamlit as st

from planner.rules.dates import instant_words
from planner.rules.windows import local
from planner.services import strategy
from planner.ui.choices import which
from planner.ui.desk import attempt
from planner.ui.forms import instant, request_key
from planner.ui.widgets import empty_state, state_badge
from planner.views import strategy as view
from planner.views.one_action import OneAction
from planner.views.people import agencies_near
from planner.work import Desk


def draw_discussions(desk: Desk, one: OneAction) -> None:
    with desk.reading() as look:
        rows, now = view.discussions(look, one.row.reference), look.now
        names = view.who_convenes(agencies_near(look, one.facts.action))
    st.header("Strategy discussion about a child")
    if not rows:
        empty_state(
            "None is noted.",
            "Note when it is and who convenes it. What is said there is minuted by that agency, never here.",
        )
    for row in rows:
        with st.container(horizontal=True, vertical_alignment="center", key=f"discussion-{row.id}"):
            state_badge("done" if row.held_at else "convened")
            held = f", held {instant_words(row.held_at)}" if row.held_at else ""
            st.text(f"{instant_words(row.starts_at)}, convened by {row.agency}{held}")
            if row.held_at is None and row.starts_at <= now and st.button("It was held", key=f"held-{row.id}"):
                _hold(desk, row.id)
    if names:
        with st.expander("Note a discussion"):
            _draw_new(desk, one, names)


def _hold(desk: Desk, number: int) -> None:
    attempt(desk, lambda work: strategy.hold_discussion(work, number), done="Noted: it was held.")


def _draw_new(desk: Desk, one: OneAction, names: dict[str, str]) -> None:
    form = f"discussion-{one.row.reference}"
    start = local(one.row.starts_at) + timedelta(hours=4)
    with st.form(form, border=False):
        agency = which("Convened by", names)
        day = st.date_input("Day of it", start.date(), format="DD/MM/YYYY")
        at = st.time_input("Begins at", start.time())
        if st.form_submit_button("Note it"):
            attempt(
                desk,
                lambda work: strategy.note_discussion(
                    work,
                    strategy.DiscussionRequest(one.row.reference, agency(), instant(day, at), request_key(form)),
                ),
                done="The discussion is noted; nothing of what is said is kept here.",
                form=form,
            )
