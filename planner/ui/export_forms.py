"""Taking a board out: as a workbook or as CSV, what it will hold, and why; it is made when the link is pressed."""

from collections.abc import Sequence
from urllib.parse import quote

import streamlit as st

from planner.outputs.boards.board import Asked
from planner.outputs.boards.registry import BOARDS
from planner.outputs.table_file import LONGEST_WHY, MEDIA, WHOLE, scope_of_table

AS_FILTERED = "It holds the rows that the filter leaves, on every page, and no more than you see."
EVERYTHING = "It holds all that you may see of it, also what a filter here leaves out."
WAIT = "Thousands of rows take some seconds; the browser shows the file as soon as it is made."


def draw_export(*names: str, asked: Asked | None = None) -> None:
    """A popover for one board or for several of one tab; `asked` is what the page's filter says."""
    folded = st.popover("Export…", key=f"export-{names[0]}", on_change="rerun")
    if not folded.open:  # fields bring code along that would delay the rows beside it
        return
    with folded:
        _draw_choice(names, asked)


def _draw_choice(names: Sequence[str], asked: Asked | None) -> None:
    key = f"export-{names[0]}"
    name = names[0]
    if len(names) > 1:
        titles = {each: BOARDS[each].title for each in names}
        name = st.selectbox("Which table", list(names), format_func=titles.__getitem__, key=f"{key}-name") or name
    endings = [ending.upper() for ending in MEDIA]
    ending = st.segmented_control("As", endings, default=endings[0], required=True, key=f"{key}-as")
    st.text(f"{EVERYTHING if asked is None else AS_FILTERED} {WAIT}")
    why = st.text_input("Why you export it", max_chars=LONGEST_WHY, key=f"{key}-why").strip()
    if not why:
        st.text("Say why, in a few words: it is recorded.")
        return
    scope = scope_of_table(name, str(ending).lower(), asked or WHOLE)
    st.link_button(f"Download the {ending}", f"/files/table/{quote(scope, safe='')}/{quote(why, safe='')}")
