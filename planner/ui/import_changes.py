"""A file that changes actions: what differs cell by cell, what is missing, what follows, and then exactly that."""

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from planner.errors import PlannerError, Questioned, Stale
from planner.inputs.action_rows import ActionRow
from planner.inputs.grid import Grid
from planner.inputs.readings import Reading, RowFinding
from planner.rules.counts import count_words
from planner.rules.held import held_in
from planner.rules.slip_times import UNDO_MINUTES
from planner.services.action_lines import lines_of
from planner.services.importing import Counted, Fate, counted
from planner.services.importing_actions import Removal, import_actions, list_import, mark_of, refused_lines
from planner.services.missing_lines import HEADLESS, is_headless, missing
from planner.services.slips import Listed
from planner.ui.choices import which_ones
from planner.ui.desk import attempt, tell_refusal
from planner.ui.forms import kept_here
from planner.ui.import_differences import draw_differences, draw_new
from planner.ui.import_tables import action_cells
from planner.ui.looks import looked_at
from planner.ui.slip_forms import draw_consequences
from planner.work import Desk, Work

LISTED = "import_listed"
NAMED = 12
UNDO = f" For {UNDO_MINUTES} minutes the changes can be undone together, on the page of any action that changed."
STAYS_DOWN = " What was stood down stays so."
LEAVE, STAND_DOWN = "Leave them as they are", "Stand them down"


class File(NamedTuple):
    """A sound file for one operation; `mark` tells files apart, `key` also what was read of one, by another choice."""

    operation: str
    reading: Reading[ActionRow]
    grid: Grid
    mark: str

    @property
    def key(self) -> tuple[str, str, int]:
        return self.operation, self.mark, hash(self.reading.rows)


class Waiting(NamedTuple):
    """What was listed of a file, and of which lines one cannot be as it is; it waits for the second press."""

    removal: Removal
    listed: Listed | None
    refused: tuple[RowFinding, ...] = ()


def draw_file(desk: Desk, file: File, fates: Sequence[Fate]) -> tuple[RowFinding, ...]:
    """All that a file would do, and the presses that do it; returns lines that a verb refuses."""
    with desk.reading() as look:
        lines = lines_of(look, file.operation, file.reading.rows)
        held = held_in(file.grid.preface)
        absent = missing(look, file.operation, file.reading.rows, held)
    differences = [item for row in file.reading.rows for item in lines.differences(row)]
    done = counted(fates)
    st.subheader("What this file would do")
    if is_headless(file.reading.rows, held):
        st.text(HEADLESS)
    if not file.reading.rows:
        st.text("Nothing: no line of the sheet is of this operation.")
        return ()
    if not (done.created or done.changed or absent):
        st.text(f"Nothing: {count_words(done.unchanged, 'line')} read, and everything is as the file says already.")
        return ()
    st.text(f"{done.created:,} new, {done.changed:,} changed, {done.unchanged:,} as they were.")
    draw_new(file.reading.rows, fates, action_cells)
    draw_differences(differences, "Action", file.mark)
    removal = _ask_about(absent, file.mark)
    if done.changed or removal.references:
        return _draw_steps(desk, file, removal)
    if done.created and st.button("Import these actions", type="primary"):
        _write(desk, file, removal, mark_of(lines, file.reading.rows, removal))
    return ()


def _ask_about(absent: Sequence[str], mark: str) -> Removal:
    """Lines that were taken out of a sheet may be done with, or may only have been in the way."""
    if not absent:
        return Removal()
    named = ", ".join(absent[:NAMED]) + (f" and {len(absent) - NAMED:,} more" if len(absent) > NAMED else "")
    held = count_words(len(absent), "action")
    stands = "stands" if len(absent) == 1 else "stand"
    st.text(f"The sheet was made with {held} that {stands} in no line of it any more: {named}.")
    meant = st.radio("What is meant by that", [LEAVE, STAND_DOWN], key=f"missing-{mark}", horizontal=True)
    if meant == LEAVE:
        return Removal()
    chosen = which_ones("Which of them", absent, now=_few(absent), key=mark)
    chosen.say()
    if not chosen.shown:
        st.text("Choose each action that is to be stood down; the others are left as they are.")
        return Removal()
    why = st.text_input("Why they are stood down", key=f"missing-why-{mark}").strip()
    return Removal(chosen.shown, why)


def _few(absent: Sequence[str]) -> Sequence[str]:
    """One that was taken out is meant; of several each is named by somebody."""
    return absent if len(absent) == 1 else ()


def _draw_steps(desk: Desk, file: File, removal: Removal) -> tuple[RowFinding, ...]:
    waits = kept_here(LISTED)
    if st.button("List what follows", type="secondary" if file.key in waits else "primary"):
        waits.pop(file.key, None)
        _list(desk, file, removal)
    waiting: Waiting | None = waits.get(file.key)
    if waiting is None or waiting.removal != removal:
        return ()
    if waiting.listed is None:
        return waiting.refused
    with st.container(border=True, key="import-follows"):
        st.subheader("What follows")
        draw_consequences(waiting.listed, several=True)
        if st.button("Do exactly this", type="primary"):
            _write(desk, file, removal, waiting.listed.mark)
    return ()


def _list(desk: Desk, file: File, removal: Removal) -> None:
    """What follows; where a verb refuses, which lines it refuses."""
    found: Waiting
    try:
        with st.spinner("Trying it out"):
            try:
                with desk.writing(looked_at=looked_at(), rehearsed=True) as work:
                    found = Waiting(removal, list_import(work, file.operation, file.reading, removal))
            except (Stale, Questioned):
                raise
            except PlannerError:
                with desk.writing(looked_at=looked_at(), rehearsed=True) as work:
                    refused = refused_lines(work, file.operation, file.reading)
                if not refused:
                    raise
                found = Waiting(removal, None, refused)
    except Exception as error:
        tell_refusal(error)
        return
    kept_here(LISTED)[file.key] = found
    st.rerun()


def _write(desk: Desk, file: File, removal: Removal, seen: str | None) -> None:
    def verb(work: Work) -> Counted:
        try:
            return import_actions(work, file.operation, file.reading, removal, seen=seen)
        except Stale:
            kept_here(LISTED).pop(file.key, None)
            raise

    def said(done: Counted) -> str:
        kept_here(LISTED).pop(file.key, None)
        gone = f", {len(removal.references):,} stood down" if removal.references else ""
        undo = UNDO + (STAYS_DOWN if gone else "") if done.changed else ""
        return f"The actions are imported: {done.created:,} new, {done.changed:,} changed{gone}.{undo}"

    attempt(desk, verb, done=said)
