"""Closing an action to a list of people, and opening it again."""

import streamlit as st

from planner.rules.counts import count_words
from planner.services import compartments
from planner.ui.choices import which, which_ones
from planner.ui.desk import attempt
from planner.ui.forms import drawn_version
from planner.views.compartments import Compartment, Orphans, compartment
from planner.views.one_action import OneAction
from planner.work import Desk


def draw_compartment(desk: Desk, one: OneAction) -> None:
    """Who sees this action; the force's Gold and the cell change it."""
    with desk.reading() as look:
        now = compartment(look, one.row.reference)
    if now.closed:
        people = count_words(len(now.people), "person", "people")
        st.text(f"Closed to all but {people}, whatever their posts:\n" + "\n".join(now.people))
    else:
        st.text("Open to everybody whose post reaches it.")
    if now.may_change:
        _draw_list(desk, one, now)


def draw_orphans(desk: Desk, found: Orphans) -> None:
    """Closed actions that nobody can open: their references, and a new list with a reason."""
    if not found.references:
        return
    with st.container(border=True, key="orphans"):
        st.header("Closed, and open to nobody")
        st.text(
            f"{', '.join(found.references)}: nobody on the list holds a post that reaches it any more. You see no more "
            "of it than this until you are on a new list."
        )
        with st.form("orphans-form", border=False):
            reference = which("Which action", found.references)
            people = which_ones("Who is to see it", found.choices, help="Each must hold a post that reaches it.")
            reason = st.text_input("Why a new list is needed")
            if st.form_submit_button("Put this list on it"):
                attempt(
                    desk,
                    lambda work: compartments.list_anew(work, reference(), people(), reason),
                    done=lambda _: f"{reference()} has a new list; the people on it are told.",
                )


def _draw_list(desk: Desk, one: OneAction, now: Compartment) -> None:
    reference, version = one.row.reference, drawn_version("compartment", one.row.version)
    with st.form("compartment", border=True):
        chosen = which_ones(
            "Close this action to these people",
            now.choices,
            now=now.people,
            help="You stay on the list yourself. Partners keep what they were asked.",
        )
        if st.form_submit_button("Close it to this list"):
            attempt(
                desk,
                lambda work: compartments.close_to(work, reference, chosen(), version=version),
                done="Only the people on the list see this action now.",
            )
    if now.closed and st.button("Open it again"):
        attempt(
            desk,
            lambda work: compartments.open_again(work, reference, version=version),
            done="Everybody whose post reaches this action sees it again.",
        )
