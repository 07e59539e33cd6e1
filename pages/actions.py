"""All actions: find one, see its gate at a glance, plan a new one."""

import math
from collections.abc import Mapping

import streamlit as st

from planner import facts
from planner.rules.asked import Asked
from planner.rules.dates import when_words
from planner.rules.readiness import Gate
from planner.rules.warrants import Countdown
from planner.ui.conduct_forms import draw_new_action
from planner.ui.coverage import draw_coverage_by_force
from planner.ui.desk import open_desk, show_flash
from planner.ui.export_forms import draw_export
from planner.ui.gate import STANDING_WORDS, ready_words
from planner.ui.import_forms import draw_import
from planner.ui.law_forms import OVER, left_words
from planner.ui.rows import draw_action_rows
from planner.ui.strike_days import draw_strike_days
from planner.ui.tabs import draw_tabs
from planner.ui.widgets import empty_state, fold_saying, page_header
from planner.views import actions as view
from planner.views.coverage import by_force
from planner.views.powers import powers_left
from planner.work import Desk

COLUMNS = ("Action", "When", "Force", "Gate", "Power", "Go-ahead")


def _wanted() -> view.ActionFilter:
    """What the filter says, known before it is drawn: the rows go to the browser first."""
    asked = st.session_state
    text, force = asked.get("text", "").strip(), asked.get("force") or ""
    return view.ActionFilter(text, force, to_come=not asked.get("past", False), page=asked.get("page", 1))


def _asked() -> Asked:
    """What the same filter says of a sheet."""
    wanted = _wanted()
    return Asked(text=wanted.text, force=wanted.force, to_come=wanted.to_come)


def _draw_rows(
    rows: tuple[view.ActionRow, ...], gates: Mapping[int, Gate], left: Mapping[int, Countdown], total: int
) -> None:
    if not rows:
        empty_state("No action matches.", "Clear the filter, or import a spreadsheet.")
        return
    st.text(f"{total:,} {'action' if total == 1 else 'actions'}; showing {len(rows)}.")
    shown = [
        (
            row.reference,
            when_words(row.starts_at, row.ends_at),
            row.force,
            ready_words(gates[row.id], row.state),
            left_words(None if row.state in OVER else left.get(row.id)),
            STANDING_WORDS[gates[row.id].standing],
        )
        for row in rows
    ]
    draw_action_rows("Actions", COLUMNS, shown, key="actions")


def _draw_filter(desk: Desk, wanted: view.ActionFilter) -> None:
    """Folded, its label saying what is shown: fields bring code along that would delay the rows."""
    said = [wanted.text, wanted.force or "all forces", "to come" if wanted.to_come else "past ones too"]
    label = f"Filter: {', '.join(filter(None, said))}"
    folded = fold_saying(label, key="filter")
    if not folded.open:
        return
    with desk.reading() as look:
        forces = view.forces(look)
    with folded:
        text, force, past = st.columns([0.4, 0.4, 0.2], vertical_alignment="bottom")
        text.text_input("Reference", placeholder="For example WM-0001", key="text", persist_state="session")
        force.selectbox("Force", forces, index=None, placeholder="All forces", key="force", persist_state="session")
        past.checkbox("Past actions too", key="past", persist_state="session")


def _draw_actions(desk: Desk) -> None:
    wanted = _wanted()
    with desk.reading() as look:
        total = view.count_actions(look, wanted)
        pages = max(1, math.ceil(total / view.PER_PAGE))
        wanted = wanted._replace(page=min(wanted.page, pages))
        rows = view.action_rows(look, wanted)
        gates = facts.gates(look, [row.id for row in rows])
        left = powers_left(look, [row.id for row in rows])
    _draw_filter(desk, wanted)
    _draw_rows(rows, gates, left, total)
    if pages > 1:
        st.pagination(pages, key="page")


def _draw_by_force(desk: Desk) -> None:
    with desk.reading() as look:
        counts = by_force(look)
    draw_coverage_by_force(counts)


# Each is drawn only while it is open: what a form brings along would delay the rows.
TABS = {
    "All actions": _draw_actions,
    "By force": _draw_by_force,
    "Strike days": draw_strike_days,
    "Plan an action": draw_new_action,
    "Import a spreadsheet": draw_import,
}

desk = open_desk("actions")
page_header("Actions")
show_flash()
for name, tab in draw_tabs(TABS).items():
    if tab.open:
        with tab:
            TABS[name](desk)
            draw_export("actions", name, _asked())
