"""What a file would add and change, cell by cell, before anything is written."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from planner.inputs.columns import Mapping
from planner.services.differences import Difference
from planner.services.importing import Fate
from planner.ui.import_tables import Cells, as_table
from planner.ui.rows import page_of
from planner.ui.widgets import plain

NEW_SHOWN, DIFFERENCES_A_PAGE = 10, 20


def draw_unread(mapping: Mapping, further: Sequence[str]) -> None:
    """Of a sheet that was exported, the columns that only a reader wants: what is typed there changes nothing."""
    unread = [title for title in further if title in mapping.unused]
    if mapping.position("version") is not None and unread:
        st.text(f"Not read from an exported sheet, whatever is typed there: {', '.join(unread)}.")


def draw_new(rows: Sequence[Any], fates: Sequence[Fate], cells: Callable[[Any, bool], Cells]) -> None:
    """The first of the lines that bring something new, as they will be written."""
    new = [row for row, fate in zip(rows, fates, strict=True) if fate is Fate.NEW]
    shown = new[:NEW_SHOWN]
    if not new:
        return
    st.dataframe(as_table(shown, [Fate.NEW] * len(shown), cells), hide_index=True, width="stretch")
    if len(new) > len(shown):
        st.text(f"These are the first {len(shown)} of {len(new):,} new lines, as they will be written.")


def draw_differences(differences: Sequence[Difference], what: str, mark: str) -> None:
    """Each with what stands now and what would, a page at a time; `what` the lines are about, such as Action."""
    if not differences:
        return
    shown = page_of(differences, key=f"differences-{mark}", per_page=DIFFERENCES_A_PAGE)
    st.table(
        {
            "Line": [item.line for item in shown],
            what: [plain(item.reference) for item in shown],
            "What": [plain(item.what) for item in shown],
            "Now": [plain(item.was) for item in shown],
            "Becomes": [plain(item.becomes) for item in shown],
        },
        border="horizontal",
        hide_index=True,
    )
    if len(shown) < len(differences):
        st.text(f"{len(differences):,} cells differ; {len(shown)} are shown.")
