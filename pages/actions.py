"""All actions: find one, see its gate at a glance, plan a new one."""

import math
from collections.abc import Mapping

import streamlit as st

from planner import facts
from planner.rules.dates import when_words
from planner.rules.readiness import Gate
from planner.ui.conduct_forms import draw_new_action
from planner.ui.coverage import draw_coverage_by_force
from planner.ui.desk import open_desk, show_flash
from planner.ui.gate import STANDING_WORDS
from planner.ui.import_forms import draw_import
from planner.ui.rows import linked_rows
from planner.ui.widgets import empty_state, page_header
from planner.views import actions as view
from planner.views.coverage import by_force
from planner.work import Desk

COLUMNS = ("Action", "When", "Force", "Gate", "Go-ahead")


def _wanted() -> view.ActionFilter:
    """What the filter says, known before it is drawn: the rows go to the browser first."""
    asked = st.session_state
    text, force = asked.get("text", "").strip(), asked.get("force") or ""
    return view.ActionFilter(text, force, to_come=not asked.get("past", False), page=asked.get("page", 1))


def _draw_rows(rows: tuple[view.ActionRow, ...], gates: Mapping[int, Gate], total: int) -> None:
    if not rows:
        empty_state("No action matches.", "Clear the filter, or import a spreadsheet below.")
        return
    st.text(f"{total:,} actions; showing {len(rows)}.")
    shown = [
        (
            row.reference,
            when_words(row.starts_at, row.ends_at),
            row.force,
            "✓ Ready" if gates[row.id].ready else f"✕ {len(gates[row.id].blocking)} blocking",
            STANDING_WORDS[gates[row.id].standing],
        )
        for row in rows
    ]
    picked = linked_rows("Actions", COLUMNS, shown, page="action", key="actions")
    if picked:
        st.switch_page("pages/action.py", query_params={"ref": picked})


def _draw_filter(forces: tuple[str, ...], pages: int) -> None:
    text, force, past = st.columns([0.4, 0.4, 0.2], vertical_alignment="bottom")
    text.text_input("Reference", placeholder="For example WM-0001", key="text")
    force.selectbox("Force", forces, index=None, placeholder="All forces", key="force")
    past.checkbox("Past actions too", key="past")
    if pages > 1:
        st.number_input("Page", 1, pages, key="page")


@st.fragment
def _draw_by_force(desk: Desk) -> None:
    """Drawn alone when it is asked for: every gate is derived for it."""
    if st.toggle("Show how many are ready, force by force"):
        with desk.reading() as look:
            counts = by_force(look)
        draw_coverage_by_force(counts)


desk = open_desk("actions")
page_header("Actions")
show_flash()

wanted = _wanted()
above, listed = st.container(), st.container()
with desk.reading() as look:
    total = view.count_actions(look, wanted)
    pages = max(1, math.ceil(total / view.PER_PAGE))
    if wanted.page > pages:
        wanted = wanted._replace(page=pages)
        st.session_state["page"] = pages
    rows = view.action_rows(look, wanted)
    gates = facts.gates(look, [row.id for row in rows])
    with listed:
        _draw_rows(rows, gates, total)
    with above:
        _draw_filter(view.forces(look), pages)

st.header("By force")
_draw_by_force(desk)

st.header("Plan an action")
draw_new_action(desk)
st.header("Import a spreadsheet")
draw_import(desk)
