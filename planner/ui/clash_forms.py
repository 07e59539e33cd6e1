"""Clashes with other actions, cleared by a call."""

import streamlit as st

from planner.services import clashes
from planner.ui.desk import attempt
from planner.views.one_action import OneAction
from planner.work import Desk


def draw_clashes(desk: Desk, one: OneAction) -> None:
    """Run the check; clear what it found after the call."""
    reference = one.row.reference
    finding = next(item for item in one.gate.findings if item.check == "clashes")
    st.text(finding.sentence)
    if st.button("Run the clash check"):
        attempt(desk, lambda work: clashes.run_clash_check(work, reference), done="The clash check has run.")
    open_ = [clash for clash in one.facts.clashes if clash.cleared_fingerprint != clash.fingerprint]
    if not open_:
        return
    for clash in open_:
        st.text(clash.reason)
    seen = [clash.fingerprint for clash in one.facts.clashes]
    with st.form("clashes", border=True):
        spoke_with = st.text_input("Which post you spoke with")
        if st.form_submit_button("Clear the clashes"):
            attempt(
                desk,
                lambda work: clashes.clear_clashes(work, reference, spoke_with, seen=seen),
                done="The clashes are cleared until either side changes.",
            )
