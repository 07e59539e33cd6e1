"""The tabs of an action's page, each drawn once it was opened; an unmet check leads to the tab that mends it."""

from collections.abc import Callable

import streamlit as st

from planner.rules.dates import instant_words
from planner.rules.readiness import UNDER_WAY
from planner.ui.arrangement_forms import draw_arrangements
from planner.ui.booking_forms import draw_care
from planner.ui.clash_forms import draw_clashes
from planner.ui.compartment_forms import draw_compartment
from planner.ui.conduct_forms import draw_conduct, draw_copy, draw_move
from planner.ui.conference_forms import draw_conferences
from planner.ui.danger_entry import draw_danger_entry
from planner.ui.decision_log import draw_log_of_action
from planner.ui.demand_forms import draw_children, draw_demand
from planner.ui.details_forms import draw_details
from planner.ui.forms import words
from planner.ui.gate import draw_gate
from planner.ui.law_forms import draw_law
from planner.ui.on_the_day import draw_on_the_day
from planner.ui.role_forms import draw_roles
from planner.ui.safeguarding_forms import draw_disclosures
from planner.ui.since import draw_since
from planner.ui.strategy_forms import draw_discussions
from planner.ui.strike_days import draw_strike_day_of
from planner.ui.tabs import open_tab
from planner.ui.widgets import empty_state, summary_list
from planner.views.history import history
from planner.views.last_hours import danger_entry
from planner.views.one_action import OneAction
from planner.views.training import trained_officers
from planner.work import Desk


def _gate(desk: Desk, one: OneAction) -> None:
    entry = None
    if one.row.state in UNDER_WAY:
        with desk.reading() as look:
            entry = danger_entry(look, one)
    if entry is not None:
        draw_danger_entry(entry, one.gate, open_tab=open_tab)
    else:
        st.header("The gate")
        draw_gate(one.gate, open_tab=open_tab)
    st.header("Since you last looked")
    draw_since(desk, "action", one.row.reference)


def _plan(desk: Desk, one: OneAction) -> None:
    st.header("Demand")
    draw_demand(desk, one)
    st.header("What is known")
    draw_details(desk, one)
    st.header("Children")
    draw_children(desk, one)
    st.header("Legal basis")
    draw_law(desk, one)
    st.header("Strike day")
    draw_strike_day_of(desk, one)
    st.header("Clashes")
    draw_clashes(desk, one)


def _roles(desk: Desk, one: OneAction) -> None:
    st.header("Roles")
    draw_roles(desk, one)
    st.header("Urgent disclosure, to safeguard")
    draw_disclosures(desk, one)


def _conference(desk: Desk, one: OneAction) -> None:
    st.header("Case conference")
    draw_conferences(desk, one)
    draw_discussions(desk, one)


def _care(desk: Desk, one: OneAction) -> None:
    st.header("Care: needed and confirmed")
    draw_care(desk, one)


def _arrangements(desk: Desk, one: OneAction) -> None:
    st.header("Arrangements")
    draw_arrangements(desk, one)


def _move_and_begin(desk: Desk, one: OneAction) -> None:
    st.header("Move")
    draw_move(desk, one)
    st.header("Begin, or stand down")
    draw_conduct(desk, one)


def _on_the_day(desk: Desk, one: OneAction) -> None:
    st.header("People on the day")
    draw_on_the_day(desk, one)


def _about(desk: Desk, one: OneAction) -> None:
    action, legal = one.facts.action, one.facts.legal
    with desk.reading() as look:
        trained = trained_officers(look, one.row.reference)
    st.header("About this action")
    summary_list(
        (
            ("Kind", words(action.kind)),
            ("Premises", f"{action.premises_count}, {words(action.premises_kind).lower()}"),
            ("Exploitation", words(action.exploitation)),
            ("Languages", action.languages or "Not known"),
            ("Children", words(action.children)),
            ("Trained officer", ", ".join(trained) or "Nobody yet"),
            ("Immigration enforcement", words(action.immigration)),
            ("Intelligence", " ".join(filter(None, one.intelligence)) or "No reference"),
            ("Power", f"{words(legal.power)}, reference {legal.reference}" if legal else "Not recorded"),
        )
    )
    st.header("Who sees it")
    draw_compartment(desk, one)
    st.header("Plan one like this")
    draw_copy(desk, one)
    st.header("What happened")
    with desk.reading() as look:
        happened = history(look, one.row.reference)
    if not happened:
        empty_state("Nothing is recorded of this action yet.", "Every change and decision appears here, newest first.")
    st.text("\n".join(f"{instant_words(item.at)}, {item.actor}: {item.sentence}" for item in happened))


def _decisions(desk: Desk, one: OneAction) -> None:
    draw_log_of_action(desk, one.row.reference)


TABS: dict[str, Callable[[Desk, OneAction], None]] = {
    "Gate": _gate,
    "Plan": _plan,
    "Roles": _roles,
    "Conference": _conference,
    "Care": _care,
    "Arrangements": _arrangements,
    "Move and begin": _move_and_begin,
    "On the day": _on_the_day,
    "Decisions": _decisions,
    "About": _about,
}


def seen_tabs(reference: str, open_now: str) -> tuple[str, ...]:
    """The tabs opened since this action's page was: what is typed in one is kept while another is looked at."""
    about, seen = st.session_state.get("seen_tabs", ("", ()))
    seen = tuple(dict.fromkeys((*(seen if about == reference else ()), open_now)))
    st.session_state["seen_tabs"] = (reference, seen)
    return seen
