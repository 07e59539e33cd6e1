"""What a page shows in the gate's place once teams entered for immediate danger to life."""

from collections.abc import Callable

import streamlit as st

from planner.rules.danger import Danger, mend_after_words, not_asked, to_mend
from planner.rules.findings import State
from planner.rules.readiness import Gate
from planner.ui.gate import draw_findings
from planner.ui.widgets import gate_state


def draw_danger_entry(entry: Danger, gate: Gate, *, open_tab: Callable[[str], None] | None = None) -> None:
    """What was entered, by whom, when and why; then what is mended after it, with who mends it; then what is met."""
    st.header("Entered for immediate danger to life")
    st.text("\n".join(entry.words))
    st.header("To be mended after it")
    mend, met = to_mend(gate.findings), [each for each in gate.findings if each.state in (State.MET, State.OVERRIDDEN)]
    if not mend:
        st.text("Nothing: posts, places and arrangements for the people met are all there.")
    rows = [(each, "to_mend", mend_after_words(each)) for each in mend] + [(each, gate_state(each), "") for each in met]
    if rows:
        draw_findings(rows, open_tab=open_tab)
    past = not_asked(gate.findings)
    if past:
        names = ", ".join(each.check.replace("_", " ") for each in past)
        st.text(f"Not asked any more: {names}. The power that was used, and the record, stand in their place.")
