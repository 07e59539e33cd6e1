"""The gate as a task list: unmet first, each with its state, its sentence and who mends it."""

import streamlit as st

from planner.rules.demand import coverage
from planner.rules.findings import Finding
from planner.rules.readiness import Gate, unmet_first
from planner.rules.values import Facts
from planner.rules.words import Standing
from planner.ui.widgets import gate_state, plain, state_badge

STANDING_WORDS = {
    Standing.NONE: "No go-ahead given",
    Standing.STANDING: "✓ Go-ahead stands",
    Standing.SUSPENDED: "! Go-ahead suspended",
    Standing.SPENT: "✕ Go-ahead spent: the plan changed since it was given",
    Standing.WITHDRAWN: "✕ Go-ahead withdrawn",
}
COLOURS = {Standing.STANDING: "green", Standing.SUSPENDED: "orange", Standing.SPENT: "red", Standing.WITHDRAWN: "red"}


def standing_line(gate: Gate) -> None:
    """Ready or not, and what the go-ahead is worth, in one line of badges."""
    blocking = len(gate.blocking)
    with st.container(horizontal=True, gap="small"):
        if gate.ready:
            st.badge("✓ Ready", color="green")
        else:
            st.badge(f"✕ Not ready: {blocking} blocking", color="red")
        colour = COLOURS.get(gate.standing, "gray")
        st.badge(STANDING_WORDS[gate.standing], color=colour)  # type: ignore[arg-type]


def draw_gate(gate: Gate) -> None:
    """Every check, one a row."""
    with st.container(border=True, gap="small"):
        for finding in unmet_first(gate.findings):
            _row(finding)


def _row(finding: Finding) -> None:
    state, name, sentence = st.columns([0.2, 0.2, 0.6], vertical_alignment="center", gap="small")
    with state:
        state_badge(gate_state(finding))
    name.markdown(f"**{plain(finding.check.replace('_', ' ').capitalize())}**")
    sentence.text(finding.sentence + (f" → {finding.remedy}" if finding.remedy else ""))


def draw_coverage(facts: Facts) -> None:
    """Places needed, held and confirmed, by profile."""
    rows = coverage(facts)
    if not rows:
        st.text("Nobody has said yet how many people to expect. Set demand on the action's page.")
        return
    names = [f"{line.profile.capitalize()}" + (f", {line.need}" if line.need != "none" else "") for line in rows]
    st.table(
        {
            "Who": names,
            "Likely": [line.likely for line in rows],
            "High": [line.high for line in rows],
            "Held": [line.held for line in rows],
            "Confirmed": [line.confirmed for line in rows],
        }
    )
