"""Taking a board out: as a workbook or as CSV, what it will hold, and why; it is made when the link is pressed."""

from urllib.parse import quote

import streamlit as st

from planner.outputs.boards.registry import boards_at
from planner.outputs.table_file import MEDIA, WHOLE, scope_of_table
from planner.rules.asked import Asked
from planner.ui.why_field import why_field

EVERYTHING = "It holds all that you may see of it, also what a filter here leaves out."
OF_OPERATION = "It holds all of this operation that you may see, on every page."
AS_FILTERED = "It holds the rows that the filter leaves, on every page, and no more than you see."
PACK = (
    "One zip: every table of the operation that you may see as XLSX and CSV, the last minutes of each conference, the "
    "decision log, and a manifest with SHA-256 and marking of each file. Of a large operation it takes a minute."
)
WAIT = "Thousands of rows take some seconds; the browser shows the file as soon as it is made."


def draw_export(page: str, tab: str, asked: Asked = WHOLE) -> None:
    """A fold for the boards of a tab, nothing where it shows none; `asked` is what the page narrows them to."""
    boards = boards_at(page, tab)
    if not boards:
        return
    name, *others = boards
    key = f"export-{name}"
    folded = st.expander("Export…", key=key, on_change="rerun")
    if not folded.open:  # fields bring code along that would delay the rows beside it
        return
    with folded:
        if others:
            show = {each: board.title for each, board in boards.items()}.__getitem__
            name = st.selectbox("Which table", list(boards), format_func=show, key=f"{key}-name") or name
        board = boards[name]
        wanted = asked if board.filtered else Asked(asked.operation)
        endings = [ending.upper() for ending in MEDIA]
        ending = st.segmented_control("As", endings, default=endings[0], required=True, key=f"{key}-as")
        told = AS_FILTERED if board.filtered else OF_OPERATION if asked.operation else EVERYTHING
        st.text(" ".join(filter(None, (told, board.limit, WAIT))))
        _draw_link(scope_of_table(name, str(ending).lower(), wanted), str(ending), key)


def draw_pack(operation: str) -> None:
    """Everything of an operation in one file, for whoever takes it over."""
    key = "export-pack"
    folded = st.expander("Hand over…", key=key, on_change="rerun")
    if not folded.open:
        return
    with folded:
        st.text(PACK)
        if not (why := why_field("Why you hand it over", key=f"{key}-why")):
            return
        st.link_button("Download the pack", f"/files/handover/{quote(operation, safe='')}/{quote(why, safe='')}")


def _draw_link(scope: str, ending: str, key: str) -> None:
    if not (why := why_field("Why you export it", key=f"{key}-why")):
        return
    st.link_button(f"Download the {ending}", f"/files/table/{quote(scope, safe='')}/{quote(why, safe='')}")
