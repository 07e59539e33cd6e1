"""Objectives and tactical parameters: what the national Gold set, what the gate checks of it, each version's reason."""

from datetime import time

import streamlit as st

from planner.rules.dates import instant_words
from planner.rules.parameters import DAYS, ParameterFact, ParameterKind, days_in, hours_in
from planner.services import objectives
from planner.ui.desk import attempt
from planner.ui.forms import choose, drawn_version
from planner.ui.widgets import empty_state
from planner.views.objectives import ObjectiveRow, SetByGold, set_by_gold
from planner.views.operation import OperationRow
from planner.work import Desk

NOT_SET, ADVISES, BLOCKS = "Not set", "The gate advises", "The gate blocks"
QUARTER_HOURS = 900
TITLES = {
    ParameterKind.ENTRY_HOURS: "Hours of entry",
    ParameterKind.ENTRY_DAYS: "Days of entry",
    ParameterKind.LATEST_END: "Over by an hour of the day",
    ParameterKind.LAST_DAY: "No action after a day",
    ParameterKind.NO_IMMIGRATION: "Immigration enforcement attends no action",
}


def draw_set_by_gold(desk: Desk, row: OperationRow, *, may_change: bool) -> None:
    """What every action is planned within."""
    with desk.reading() as look:
        found = set_by_gold(look, row.id)
    for title, parameter in (("Objectives", False), ("Tactical parameters", True)):
        st.header(title)
        said = [item for item in found.rows if item.parameter is parameter]
        if not said:
            empty_state("None is set yet.", "The national Gold sets them; every action is planned within them.")
        for number, item in enumerate(said, 1):
            st.text(f"{number}. {item.text}{_checked_words(item)}")
    if may_change:
        with st.expander("Change objectives and parameters"):
            _draw_form(desk, row, found)
    if found.versions:
        st.header("How they came to be")
        for version in found.versions:
            by = f" by {version.by}" if version.by else ""
            st.text(f"Version {version.version}, {instant_words(version.at)}{by}. Reason: {version.reason}")


def _checked_words(item: ObjectiveRow) -> str:
    if item.kind is None:
        return ""
    return " The gate blocks what breaks it." if item.blocks else " The gate advises of what breaks it."


def _draw_form(desk: Desk, row: OperationRow, found: SetByGold) -> None:
    """One objective or parameter a line, and those that the gate can check; earlier versions are kept."""
    version = drawn_version(f"objectives-{row.code}", found.version)
    with st.form("objectives", border=True):
        aims = st.text_area("Objectives, one a line", _lines(found, parameter=False))
        bounds = st.text_area("Tactical parameters in words, one a line", _lines(found, parameter=True))
        st.markdown("**Parameters that the gate checks**")
        have = {item.kind: item.checked for item in found.rows if item.checked}
        typed = [_type_one(f"parameter-{row.id}-{version}-{kind}", kind, have.get(kind)) for kind in ParameterKind]
        reason = st.text_input("Why they are changed")
        if st.form_submit_button("Keep objectives and parameters"):
            checked = tuple(item for item in typed if item is not None)
            attempt(
                desk,
                lambda work: objectives.set_objectives(
                    work,
                    objectives.ObjectivesRequest(row.code, _said(aims), _said(bounds), reason, checked, version),
                ),
                done="Objectives and parameters are kept. Gold and Silver of every force are told.",
            )


def _type_one(key: str, kind: ParameterKind, kept: ParameterFact | None) -> ParameterFact | None:
    """Whether it is set and blocks, beside its value."""
    left, right = st.columns(2, vertical_alignment="bottom")
    now = NOT_SET if kept is None else BLOCKS if kept.blocks else ADVISES
    with left:
        chosen = choose(TITLES[kind], (NOT_SET, ADVISES, BLOCKS), now=now, key=key)
    with right:
        value = _type_value(key, kind, kept.value if kept else "")
    return None if chosen == NOT_SET else ParameterFact(kind, value, chosen == BLOCKS)


def _type_value(key: str, kind: ParameterKind, value: str) -> str:
    if kind is ParameterKind.ENTRY_HOURS:
        first, last = hours_in(value) if value else (time(6), time(22))
        one, two = st.columns(2)
        begins = one.time_input("Entry from", first, step=QUARTER_HOURS, key=f"{key}-from")
        ends = two.time_input("Entry until", last, step=QUARTER_HOURS, key=f"{key}-until")
        return f"{begins:%H:%M}-{ends:%H:%M}"
    if kind is ParameterKind.ENTRY_DAYS:
        kept = [DAYS[day - 1] for day in days_in(value)] if value else list(DAYS[:5])
        days = st.multiselect("Entry on", DAYS, default=kept, key=f"{key}-days")
        return " ".join(str(DAYS.index(day) + 1) for day in days)
    if kind is ParameterKind.LATEST_END:
        latest = time.fromisoformat(value) if value else time(18)
        return f"{st.time_input('Over by', latest, step=QUARTER_HOURS, key=f'{key}-latest'):%H:%M}"
    if kind is ParameterKind.LAST_DAY:
        day = st.date_input("The last day", value or None, format="DD/MM/YYYY", key=f"{key}-day")
        return day.isoformat() if day else ""
    return ""


def _lines(found: SetByGold, *, parameter: bool) -> str:
    return "\n".join(item.text for item in found.rows if item.parameter is parameter and item.kind is None)


def _said(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
