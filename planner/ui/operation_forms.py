"""An operation set up by the cell: its days, phases and marking."""

from datetime import date, timedelta

import streamlit as st

from planner.rules.markings import Marked, in_order
from planner.rules.words import PhaseKind
from planner.services import operations
from planner.settings import load_settings
from planner.ui.choices import which
from planner.ui.desk import attempt
from planner.ui.forms import choose_marking, drawn_version, words
from planner.views.operation import OperationRow, PhaseRow
from planner.work import Desk

HALF_A_YEAR = timedelta(days=182)


def draw_new_operation(desk: Desk, agencies: dict[str, str], today: date) -> None:
    """Code, name, who leads, first and last day; the gate begins with its default policy."""
    with st.form("operation", border=True):
        name = st.text_input("Name of the operation")
        code = st.text_input("Its code, in letters, digits and hyphens")
        lead = which("Who leads it", agencies)
        first = st.date_input("First day", today, format="DD/MM/YYYY")
        last = st.date_input("Last day", today + HALF_A_YEAR, format="DD/MM/YYYY")
        marking, handling = choose_marking(Marked(load_settings().ceiling))
        if st.form_submit_button("Set up this operation"):
            attempt(
                desk,
                lambda work: operations.create_operation(
                    work, operations.OperationRequest(code, name, lead(), first, last, marking, handling)
                ),
                done=f"{name.strip()} is set up. Give it phases next.",
            )


def draw_phases(desk: Desk, row: OperationRow, phases: tuple[PhaseRow, ...]) -> None:
    """One line a kind of phase; those that are ticked replace what is kept."""
    have = {item.kind: item for item in phases}
    with st.form("phases", border=True):
        lines = []
        for kind in PhaseKind:
            kept = have.get(kind)
            ticked, begins, ends = st.columns([0.3, 0.35, 0.35], vertical_alignment="bottom")
            chosen = ticked.checkbox(words(kind), kept is not None, key=f"phase-{row.id}-{kind}")
            first = begins.date_input(
                f"{words(kind)} from", kept.starts_on if kept else row.starts_on, format="DD/MM/YYYY"
            )
            last = ends.date_input(f"{words(kind)} to", kept.ends_on if kept else row.ends_on, format="DD/MM/YYYY")
            if chosen:
                lines.append(operations.PhaseLine(kind, first, last))
        if st.form_submit_button("Keep these phases"):
            attempt(desk, lambda work: operations.set_phases(work, row.code, lines), done="The phases are kept.")


def draw_marking(desk: Desk, row: OperationRow) -> None:
    """The marking of the operation itself: its name, phases and objectives; each action has its own."""
    version = drawn_version(f"marking-{row.code}", row.version)
    with st.form("operation-marking", border=True):
        marking, handling = choose_marking(Marked(row.marking, row.handling))
        if st.form_submit_button("Keep this marking"):
            attempt(
                desk,
                lambda work: operations.remark_operation(work, row.code, marking, handling, version=version),
                done=f"{row.name} is marked {Marked(marking, in_order(handling or '') or None).words}.",
            )
