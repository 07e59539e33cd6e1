"""The tabs of the Operation page: plan and partnership, what Gold set, the gate's policy, pauses and overrides."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import streamlit as st

from planner.outputs.handover import may_hand_over
from planner.ui.charter_forms import draw_charter
from planner.ui.compartment_forms import draw_orphans
from planner.ui.decision_log import draw_log_of_operation
from planner.ui.export_forms import draw_pack
from planner.ui.feed_forms import draw_switch
from planner.ui.objective_forms import draw_set_by_gold
from planner.ui.operation_forms import draw_marking, draw_new_operation, draw_phases
from planner.ui.override_list import draw_overrides
from planner.ui.pause_forms import draw_pauses
from planner.ui.policy_forms import draw_policy
from planner.ui.timeline import draw_timeline
from planner.ui.widgets import empty_state
from planner.views import operation as view
from planner.views.compartments import orphans
from planner.work import Desk

EXERCISE_ENDS = "The exercise's accounts work beside no real operation: once one is set up, nobody signs in with them."


class Opened(NamedTuple):
    """The operation that is looked at, and what its reader may change."""

    row: view.OperationRow
    rights: view.Rights
    leads: dict[str, str]
    exercise: bool
    today: date


def _draw_overview(desk: Desk, one: Opened) -> None:
    row, rights = one.row, one.rights
    with desk.reading() as look:
        phases, closed = view.phases(look, row.id), orphans(look, row.id)
        hands_over = may_hand_over(look, row.id)
    draw_orphans(desk, closed)
    st.header("Phases")
    if phases:
        draw_timeline(phases, one.today)
    else:
        empty_state("No phase is set yet.", "The cell sets them; preparation usually comes first.")
    if rights.sets_phases:
        with st.expander("Change the phases"):
            draw_phases(desk, row, phases)
    draw_charter(desk, row, writes=rights.writes_charter)
    if hands_over:
        draw_pack(row.code)
    draw_switch(desk, row.id)
    if rights.remarks:
        with st.expander("Change the marking"):
            draw_marking(desk, row)
    if rights.founds:
        with st.expander("Set up another operation"):
            if one.exercise:
                st.text(EXERCISE_ENDS)
            draw_new_operation(desk, one.leads, one.today)


def _draw_objectives(desk: Desk, one: Opened) -> None:
    draw_set_by_gold(desk, one.row, may_change=one.rights.sets_objectives)


def _draw_policy(desk: Desk, one: Opened) -> None:
    draw_policy(desk, one.row)


def _draw_pauses(desk: Desk, one: Opened) -> None:
    draw_pauses(desk, one.row, may_ask=one.rights.asks_pause)


def _draw_overrides(desk: Desk, one: Opened) -> None:
    draw_overrides(desk, one.row)


def _draw_log(desk: Desk, one: Opened) -> None:
    draw_log_of_operation(desk, one.row, may_choose=one.rights.sets_objectives)


TABS: dict[str, Callable[[Desk, Opened], None]] = {
    "Overview": _draw_overview,
    "Objectives": _draw_objectives,
    "Policy": _draw_policy,
    "Pauses": _draw_pauses,
    "Overrides": _draw_overrides,
    "Decision log": _draw_log,
}
