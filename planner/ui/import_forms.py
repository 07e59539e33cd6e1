"""A spreadsheet in: templates, which column holds what, what it would do, every bad cell, then all or nothing."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from planner.errors import PlannerError
from planner.inputs.columns import Layout, Mapping
from planner.inputs.grid import Grid
from planner.inputs.readings import Reading, RowFinding
from planner.inputs.spreadsheets import read_grid
from planner.outputs.boards.actions import FURTHER
from planner.outputs.boards.directory import AGENCY_FURTHER, AVAILABILITY_FURTHER, PROVIDER_FURTHER
from planner.rules.counts import count_words
from planner.services.importing import NOTHING_GOES, Fate, FileKind, counted, read_file
from planner.services.importing_files import (
    AGENCY_FILE,
    AVAILABILITY_FILE,
    PROVIDER_FILE,
    actions_of,
    may_import_actions,
    may_import_directory,
)
from planner.services.importing_known import operation_codes
from planner.settings import load_settings
from planner.ui.choices import which
from planner.ui.desk import attempt, refuse
from planner.ui.import_changes import File, draw_file
from planner.ui.import_differences import draw_differences, draw_new, draw_unread
from planner.ui.import_mapping import choose_columns
from planner.ui.import_tables import Cells, action_cells, agency_cells, availability_cells, provider_cells
from planner.ui.looks import ask_about, looked_at
from planner.ui.rows import page_number
from planner.ui.widgets import plain
from planner.work import Desk

COMES_BACK = (
    "A sheet that was exported under All actions can be edited and brought back here: only what was edited changes, "
    "and what follows from it is listed before it is done."
)
FINDINGS_A_PAGE = 20
POSTS = "These are posts, organisations or references and no person's: take them"
LOOKED_AT = "You looked at what was in question; the record says that you did."
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Form:
    """One kind of file as a page speaks of it: its rows in words, what `one` of them is, a row as cells of a table.

    `further` are columns of an exported sheet that are not read. A file for an `operation` changes what others answered
    for: what follows is listed before it is done.
    """

    what: str
    one: str
    file: FileKind[Any]
    cells: Callable[[Any, bool], Cells]
    further: tuple[str, ...]
    operation: str = ""


def draw_import(desk: Desk) -> None:
    """A file of actions for one of the operations that the reader can see."""
    with desk.reading() as look:
        codes, plans = operation_codes(look), may_import_actions(look)
    if not (codes and plans):
        st.text("Those who plan actions import them: Silver, the cell, or a regional cell.")
        return
    st.text(COMES_BACK)
    chosen = which("Operation", codes)
    chosen.say()
    if operation := chosen.shown:
        _draw(desk, Form("actions", "Action", actions_of(operation), action_cells, FURTHER, operation))


def draw_directory_import(desk: Desk) -> None:
    """A file of agencies or of care providers, for those who manage the directory; nothing for others."""
    with desk.reading() as look:
        if not may_import_directory(look):
            return
    st.header("Import a spreadsheet")
    agencies = Form("agencies", "Agency", AGENCY_FILE, agency_cells, AGENCY_FURTHER)
    providers = Form("care providers", "Unit", PROVIDER_FILE, provider_cells, PROVIDER_FURTHER)
    hours = Form("hours", "Agency", AVAILABILITY_FILE, availability_cells, AVAILABILITY_FURTHER)
    forms = {"Agencies": agencies, "Care providers": providers, "When agencies can be asked": hours}
    _draw(desk, forms[st.radio("What the file holds", list(forms), horizontal=True)])


def _draw(desk: Desk, form: Form) -> None:
    _draw_templates(form.file.layout)
    file = st.file_uploader(f"A spreadsheet of {form.what}, CSV or XLSX", type=["csv", "xlsx"])
    if file is None:
        st.session_state.pop("import_grid", None)
        return
    content = file.getvalue()
    try:
        mark = hashlib.sha256(content).hexdigest()[:16]
        grid = _grid(content, mark)
        if grid.unread:
            st.text(grid.unread)
        mapping = choose_columns(form.file, grid, f"{form.file.layout.what}-{mark}")
        mapping.refuse_gaps(grid.rows)
        reading, fates = _read(desk, form, grid, mapping)
    except PlannerError as error:
        refuse(str(error))
        return
    for elsewhere in reading.elsewhere:
        st.text(elsewhere.sentence)
    draw_unread(mapping, form.further)
    findings = reading.findings
    if reading.stands and form.operation:
        findings = draw_file(desk, File(form.operation, reading, grid, mark), fates)
    elif reading.stands:
        if reading.came_back:
            st.text(NOTHING_GOES)
        _draw_foreseen(desk, form, reading, fates, mark)
    if findings:
        _draw_findings(form, findings, mark)


def _draw_templates(layout: Layout) -> None:
    """Templates are the same for everybody, so a link to one tells nothing."""
    with st.container(horizontal=True):
        for ending, mime in (("csv", "text/csv"), ("xlsx", WORKBOOK)):
            name = f"{layout.what}.{ending}"
            body = (load_settings().data / "templates" / name).read_bytes()
            label = f"Template as {ending.upper()}"
            st.download_button(label, body, name, mime, key=f"template-{name}", on_click="ignore")
    with st.expander("What each column holds"):
        st.table(
            {
                "Column": [plain(column.title) for column in layout.typed],
                "Needed": ["Yes" if column.required else "" for column in layout.typed],
                "What it holds": [plain(column.holds) for column in layout.typed],
            },
            border="horizontal",
            hide_index=True,
        )


def _grid(content: bytes, mark: str) -> Grid:
    """The table in the file; a workbook takes a while, so it is kept while its columns are chosen."""
    kept = st.session_state.get("import_grid")
    if kept is None or kept[0] != mark:
        with st.spinner("Opening the file"):
            kept = (mark, read_grid(content))
        st.session_state["import_grid"] = kept
    grid: Grid = kept[1]
    return grid


def _read(desk: Desk, form: Form, grid: Grid, mapping: Mapping) -> tuple[Reading[Any], tuple[Fate, ...]]:
    bar = st.progress(0.0, "Reading lines")
    try:
        with desk.reading() as look:
            reading = read_file(
                look,
                form.file,
                grid,
                mapping,
                looked_at=looked_at(),
                progress=lambda done, total: _advance(bar, done, total),
            )
            return reading, form.file.fates(look, reading.rows) if reading.stands else ()
    finally:
        bar.empty()


def _advance(bar: DeltaGenerator, done: int, total: int) -> None:
    bar.progress(done / max(1, total), f"Reading lines: {done:,} of {total:,}")


def _draw_foreseen(desk: Desk, form: Form, reading: Reading[Any], fates: Sequence[Fate], mark: str) -> None:
    """The count, what is new and what differs, and the one button that writes it all."""
    done = counted(fates)
    st.subheader("What this file would do")
    if not (done.created or done.changed):
        st.text(f"Nothing: {count_words(done.unchanged, 'line')} read, and everything is as the file says already.")
        return
    st.text(f"{done.created:,} new, {done.changed:,} changed, {done.unchanged:,} as they were.")
    with desk.reading() as look:
        differences = form.file.differences(look, reading.rows)
    draw_new(reading.rows, fates, form.cells)
    draw_differences(differences, form.one, mark)
    if st.button(f"Import these {form.what}", type="primary"):
        attempt(
            desk,
            lambda work: form.file.write(work, reading),
            done=f"The {form.what} are imported: {done.created:,} new, {done.changed:,} changed.",
        )


def _draw_findings(form: Form, findings: Sequence[RowFinding], mark: str) -> None:
    """Every bad cell, a page at a time."""
    st.subheader("What cannot be taken")
    cells = "1 cell" if len(findings) == 1 else f"{len(findings):,} cells"
    st.text(f"{cells} cannot be taken, so none of these {form.what} is imported. Mend them and choose the file again.")
    number = page_number(len(findings), key=f"findings-{form.file.layout.what}-{mark}", per_page=FINDINGS_A_PAGE)
    first = (number - 1) * FINDINGS_A_PAGE
    shown = findings[first : first + FINDINGS_A_PAGE]
    st.table(
        {
            "Line": [item.line for item in shown],
            "Column": [plain(item.column) for item in shown],
            "What is wrong": [plain(item.what) for item in shown],
            "Remedy": [plain(item.remedy) for item in shown],
        },
        border="horizontal",
        hide_index=True,
    )
    if len(shown) < len(findings):
        st.text(f"Showing {first + 1:,} to {first + len(shown):,} of {len(findings):,}.")
    in_question = list(dict.fromkeys(words for item in shown for words in item.in_question))
    if in_question:
        ask_about(in_question, POSTS, said=LOOKED_AT)
