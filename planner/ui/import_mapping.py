"""Which column of a file holds what: the suggestion, a choice for each of our columns, and what is not read."""

import streamlit as st

from planner.inputs.columns import Column, Mapping, suggest_mapping
from planner.inputs.grid import Grid
from planner.services.importing import FileKind

NOT_IN_FILE = -1
SIDE_BY_SIDE = 3


def choose_columns(kind: FileKind[object], grid: Grid, file: str) -> Mapping:
    """The columns as a person chose them; folded away while the suggestion is complete. `file` tells files apart."""
    suggested = suggest_mapping(grid.headings, kind.layout)
    complete = not (suggested.missing or suggested.doubled)
    with st.expander("Which column holds what", expanded=not complete, key=f"columns-{file}"):
        if suggested.missing:
            st.text(f"Needed, and not found by its heading: {_listed(suggested.missing)}. Choose its column.")
        spots = [spot for _ in kind.layout.columns[::SIDE_BY_SIDE] for spot in st.columns(SIDE_BY_SIDE)]
        chosen: list[tuple[str, int | None]] = []
        for column, spot in zip(kind.layout.columns, spots, strict=False):
            with spot:
                position = _choose(column, suggested, file)
            if position is not None:
                chosen.append((column.name, None if position == NOT_IN_FILE else position))
        mapping = suggested.choose_all(chosen)
        _say_what_is_not_read(mapping)
    return mapping


def _choose(column: Column, suggested: Mapping, file: str) -> int | None:
    """The position chosen for a column; None while it could be several and nobody has chosen."""
    positions = [NOT_IN_FILE, *(at for at, heading in enumerate(suggested.headings) if heading)]
    position = suggested.position(column.name)
    start = positions.index(NOT_IN_FILE if position is None else position)
    return st.selectbox(
        f"Column for {column.title}" + (" (needed)" if column.required else ""),
        positions,
        index=None if column.name in suggested.doubled else start,
        format_func=lambda at: "not in the file" if at == NOT_IN_FILE else suggested.headings[at],
        placeholder="Choose: several could be meant",
        help=column.holds,
        key=f"column-{column.name}-{file}",
    )


def _say_what_is_not_read(mapping: Mapping) -> None:
    others = tuple(heading for heading in mapping.unused if heading not in mapping.never_kept)
    if others:
        st.text(f"Not read: {_listed(others)}.")
    if mapping.never_kept:
        st.text(f"Neither read nor kept, because of what it may hold: {_listed(mapping.never_kept)}.")


def _listed(headings: tuple[str, ...]) -> str:
    return ", ".join(f"“{heading[:40]}”" for heading in headings)
