"""Clashes with other actions: whom to ring, what was cleared, what was checked outside."""

import streamlit as st

from planner.rules.checks_law import still_clashing
from planner.rules.clashes import ClashFact
from planner.rules.dates import instant_words
from planner.rules.findings import State
from planner.rules.windows import local
from planner.services import clashes
from planner.services.outside_checks import OutsideCheck, record_outside_check
from planner.ui.desk import attempt
from planner.ui.forms import request_key
from planner.ui.widgets import state_badge
from planner.views.one_action import OneAction
from planner.work import Desk


def draw_clashes(desk: Desk, one: OneAction) -> None:
    """Run the check; clear what it found after the call; record what another system says."""
    reference = one.row.reference
    finding = next(item for item in one.gate.findings if item.check == "clashes")
    found = sorted(still_clashing(one.facts), key=lambda clash: not clash.open)
    if not any(clash.open for clash in found) or finding.state is State.NOT_RECORDED:
        st.text(finding.sentence)
    if st.button("Run the clash check"):
        attempt(desk, lambda work: clashes.run_clash_check(work, reference), done="The clash check has run.")
    for number, clash in enumerate(found):
        with st.container(border=True, key=f"clash-{number}"):
            _draw(desk, reference, clash)
    _draw_outside(desk, one)


def _draw(desk: Desk, reference: str, clash: ClashFact) -> None:
    """Of the other action nothing is known here: what both have in common, and whom to ring."""
    if not clash.open:
        state_badge("clash_cleared")
        cleared = f" Cleared {instant_words(clash.cleared_at)}, until either side changes." if clash.cleared_at else ""
        st.text(clash.reason + cleared)
        return
    state_badge("to_clear")
    st.text(clash.reason)
    with st.form(f"clash-{clash.fingerprint}", border=False):
        spoke_with = st.text_input("Which post you spoke with")
        if st.form_submit_button("Clear this clash"):
            attempt(
                desk,
                lambda work: clashes.clear_one_clash(work, reference, spoke_with, seen=clash.fingerprint),
                done="The clash is cleared until either side changes.",
            )


def _draw_outside(desk: Desk, one: OneAction) -> None:
    """This check knows the actions held here; another system's answer is recorded by reference."""
    with st.expander("Checked outside this system…"), st.form("outside", border=False):
        office = st.text_input("Which office checked")
        reference = st.text_input("Its reference there, never what it said")
        on = st.date_input("Checked on", local(one.facts.now).date(), format="DD/MM/YYYY")
        if st.form_submit_button("Record the outside check"):
            key = request_key("outside")
            attempt(
                desk,
                lambda work: record_outside_check(work, OutsideCheck(one.row.reference, office, reference, on, key)),
                done="The outside check is recorded; it stands until the action moves.",
                form="outside",
            )
