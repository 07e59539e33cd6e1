"""Conferences about one action, as its page shows them: what each came to, and the way to it; convene another."""

from datetime import datetime

import streamlit as st

from planner.rules.dates import when_words
from planner.rules.windows import local
from planner.rules.words import ConferenceState
from planner.services import conference_changes
from planner.ui.address import address_of
from planner.ui.convene_forms import draw_convene
from planner.ui.desk import attempt
from planner.ui.forms import drawn_version, instant, words
from planner.ui.meeting_matters import draw_undertaking
from planner.ui.tasks import draw_way
from planner.ui.widgets import empty_state, marking_line, state_badge
from planner.views import conferences as view
from planner.views.one_action import OneAction
from planner.work import Desk

WAYS = "conferences"


def draw_conferences(desk: Desk, one: OneAction) -> None:
    """The conferences about this action, then the form to convene one."""
    with desk.reading() as look:
        held = view.conferences(look, one.row.reference)
    if not held:
        empty_state("No case conference is convened.", "Convene one: who is invited is told the time at once.")
    for row in held:
        _draw_one(desk, row)
    with st.expander("Convene a conference", expanded=not held):
        draw_convene(desk, (one.row.reference,))


def _draw_one(desk: Desk, row: view.ConferenceRow) -> None:
    with desk.reading() as look:
        seats = view.seats(look, row.id)
        undertaken = view.undertakings(look, row.id)
        now = look.now
    with st.container(border=True, key=f"conference-{row.id}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            state_badge(row.state)
            marking_line(*row.marked)
        st.text(f"{words(row.kind)}, {when_words(row.starts_at, row.ends_at)}")
        if row.decision:
            state_badge(row.decision)
            st.text(row.reasons)
        if row.options:
            st.text(f"Rejected: {row.options}")
        if row.dissent:
            st.text(f"Dissent. {row.dissent}")
        for item in undertaken:
            if item.reference in (None, row.reference):
                draw_undertaking(desk, item, now)
        invited = ", ".join(f"{seat.agency} ({words(seat.state).lower()})" for seat in seats)
        st.text(f"Seats: {invited}.")
        if row.state is not ConferenceState.CANCELLED:
            draw_way("Open the conference", address_of("conferences", {"conference": str(row.id)}), key=WAYS)


def draw_change(desk: Desk, number: int, starts_at: datetime, ends_at: datetime, version: int) -> None:
    """Another time for a conference that is not held, or none at all; everybody invited is told."""
    start, version = local(starts_at), drawn_version(f"conference-{number}", version)
    with st.form(f"change-{number}", border=False):
        day = st.date_input("New day", start.date(), format="DD/MM/YYYY")
        at = st.time_input("New time", start.time())
        if st.form_submit_button("Move the conference"):
            attempt(
                desk,
                lambda work: conference_changes.move_conference(
                    work,
                    number,
                    version,
                    starts_at=instant(day, at),
                    ends_at=instant(day, at) + (ends_at - starts_at),
                ),
                done="The conference is moved; everyone invited is told.",
            )
    reason = st.text_input("Why it is cancelled", key=f"why-conference-{number}")
    if st.button("Cancel the conference", key=f"cancel-conference-{number}"):
        attempt(
            desk,
            lambda work: conference_changes.cancel_conference(work, number, version, reason=reason),
            done="The conference is cancelled; everyone invited is told.",
        )
