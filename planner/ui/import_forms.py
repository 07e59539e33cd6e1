"""The import of a spreadsheet."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from planner.errors import PlannerError
from planner.inputs.action_columns import ACTIONS
from planner.inputs.actions import read_actions
from planner.inputs.columns import suggest_mapping
from planner.inputs.spreadsheets import read_grid
from planner.services import importing_actions as importing
from planner.ui.desk import attempt, refuse
from planner.ui.forms import choose
from planner.work import Desk

MOST_FINDINGS = 50


def draw_import(desk: Desk) -> None:
    """A file of actions: its columns, what it would do, every bad row, then all or nothing."""
    with desk.reading() as look:
        codes = importing.operation_codes(look)
    if not codes:
        return
    operation = choose("Operation", list(codes), show=lambda code: codes[code])
    file = st.file_uploader("A spreadsheet of actions, CSV or XLSX", type=["csv", "xlsx"])
    if file is None:
        return
    try:
        grid = read_grid(file.getvalue())
        mapping = suggest_mapping(grid.headings, ACTIONS)
        bar = st.progress(0.0, "Reading rows")
        with desk.reading() as look:
            known = importing.known_for(look, operation)
            reading = read_actions(grid, mapping, known, lambda done, total: _advance(bar, done, total))
            counted = importing.preview_actions(look, operation, reading.rows)
        bar.empty()
    except PlannerError as error:
        refuse(str(error))
        return
    if not reading.stands:
        number = len(reading.findings)
        st.text(f"{number} cells cannot be taken, so nothing is imported. Mend them and choose the file again.")
        for item in reading.findings[:MOST_FINDINGS]:
            st.text(f"Line {item.line}, {item.column}: {item.sentence} {item.remedy}")
        return
    st.text(f"{counted.created} new, {counted.changed} changed, {counted.unchanged} as they were.")
    if st.button("Import these actions", type="primary"):
        attempt(
            desk,
            lambda work: importing.import_actions(work, operation, reading),
            done=f"{counted.created} actions are imported, {counted.changed} changed.",
        )


def _advance(bar: DeltaGenerator, done: int, total: int) -> None:
    bar.progress(done / max(1, total), f"Reading rows: {done:,} of {total:,}")
