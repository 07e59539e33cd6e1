"""What is known of one action: premises, exploitation, languages, references of intelligence, marking."""

import streamlit as st

from planner.rules.markings import Marked
from planner.rules.words import Exploitation, PremisesKind
from planner.services import details
from planner.services.slip_changes import NewPlace
from planner.ui.forms import choose, choose_marking, drawn_version, words
from planner.ui.slip_forms import about_of, ask_first, draw_listed, slip_of
from planner.views.one_action import OneAction
from planner.work import Desk


def draw_details(desk: Desk, one: OneAction) -> None:
    """The fields begin with what is kept; of intelligence a system's name and a reference, never content."""
    now, version = one.facts.action, drawn_version("details", one.row.version)
    with st.form("details", border=True):
        premises = choose("Premises", list(PremisesKind), show=words, now=now.premises_kind)
        count = st.number_input("How many premises", 1, details.MOST_PREMISES, now.premises_count)
        exploitation = choose("Exploitation, as far as known", list(Exploitation), show=words, now=now.exploitation)
        languages = st.text_input("Languages to expect, with commas between", now.languages)
        system = st.text_input("Intelligence system: its name alone", one.intelligence[0] or "")
        reference = st.text_input("Reference there, never content", one.intelligence[1] or "")
        marking, handling = choose_marking(Marked(one.row.marking, one.row.handling))
        team = st.text_input("Team, by its reference, for the clash check", one.team or "")
        postcode = st.text_input("Another postcode, for the clash check: it is not kept")
        premises_reference = st.text_input("Another premises reference, for the clash check: it is not kept")
        if st.form_submit_button("Keep these details"):
            known = (premises, int(count), exploitation, languages, system, reference, marking)
            ask_first(
                desk,
                about_of(one, "details"),
                lambda: slip_of(
                    one,
                    "details",
                    NewPlace(
                        details.DetailsRequest(*known, postcode or None, handling, team, premises_reference or None)
                    ),
                    version,
                ),
                done="The details are kept.",
            )
    draw_listed(desk, about_of(one, "details"))
