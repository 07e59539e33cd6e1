"""Coverage by force: a tile map for the eye, with numbers on it, and a table that says the same."""

import functools
from pathlib import Path

import altair as alt
import pandas as pd
import streamlit as st

from planner.inputs.reference import load_force_tiles
from planner.rules.counts import count_words
from planner.settings import load_settings
from planner.ui.rows import Row, draw_rows
from planner.ui.theme import Colours, colours
from planner.ui.widgets import empty_state, state_badge
from planner.views.coverage import ForceCount

SIDE = 64
WIDEST = 560
PALE = 0.5
LACKS = "✕"
COLUMNS = ("Force", "To come", "Ready", "Trained officers", "Dedicated team", "Either of them")


def draw_coverage_by_force(counts: tuple[ForceCount, ...]) -> None:
    """Ready of those to come, a square for each force, roughly where it lies; never a map from outside."""
    if not counts:
        empty_state("No action is to come.", "Plan one, or import a spreadsheet; each force then has its square here.")
        return
    words = "A square for each force with ready actions of those to come; the table below says the same."
    with st.container(width=WIDEST):
        st.altair_chart(_tiles(_frame(counts), colours()), width="stretch", alt=words)
    _draw_lacking([row.force for row in counts if row.has_neither])
    with st.expander("The same as a table"):
        draw_rows("Actions by force", COLUMNS, [_row(row) for row in counts])


def _draw_lacking(forces: list[str]) -> None:
    """Where nobody is known to recognise a victim: in a sign, a word and names, before any picture is read."""
    if not forces:
        st.text("Every force here has trained officers or a dedicated team.")
        return
    with st.container(border=True, key="forces-lacking"):
        state_badge("advises")
        number = count_words(len(forces), "force has", "forces have")
        st.text(f"{number} neither trained officers nor a dedicated team ({LACKS} on the map):\n{', '.join(forces)}.")
        st.text("The cell keeps both on the Directory page, under Training and dedicated teams.")


def _row(row: ForceCount) -> Row:
    training = f"{LACKS} Neither" if row.has_neither else "✓ Yes"
    return row.force, row.actions, row.ready, row.trained, "Yes" if row.dedicated_team else "No", training


@functools.cache
def _places(data: Path) -> dict[str, tuple[int, int]]:
    return {tile.code: (tile.row, tile.column) for tile in load_force_tiles(data)}


def _frame(counts: tuple[ForceCount, ...]) -> pd.DataFrame:
    places = _places(load_settings().data)
    shown = [row for row in counts if row.code in places]
    return pd.DataFrame(
        {
            "row": [places[row.code][0] for row in shown],
            "column": [places[row.code][1] for row in shown],
            "Code": [row.code for row in shown],
            "Force": [row.force for row in shown],
            "Said": [f"{row.ready} of {row.actions}" for row in shown],
            "Lacks": [LACKS if row.has_neither else "" for row in shown],
            "Share": [row.ready / row.actions for row in shown],
        }
    )


def _tiles(frame: pd.DataFrame, scheme: Colours) -> alt.LayerChart | alt.FacetChart:
    rows, columns = int(frame["row"].max()) + 1, int(frame["column"].max()) + 1
    base = alt.Chart(frame).encode(
        x=alt.X("column:O", axis=None, scale=alt.Scale(domain=list(range(columns)))),
        y=alt.Y("row:O", axis=None, scale=alt.Scale(domain=list(range(rows)))),
    )
    share = alt.Scale(domain=[0, 1], range=[scheme.ground, scheme.green], interpolate="rgb")
    tiles = base.mark_rect(cornerRadius=4, stroke=scheme.border, strokeWidth=1, fillOpacity=PALE).encode(
        fill=alt.Fill("Share:Q", scale=share, legend=None), tooltip=["Force", "Said"]
    )
    code = base.mark_text(dy=-8, fontWeight="bold", color=scheme.text).encode(text="Code")
    said = base.mark_text(dy=9, fontSize=11, color=scheme.text).encode(text="Said")
    lacks = base.mark_text(dx=22, dy=-22, fontSize=11, color=scheme.text).encode(text="Lacks")
    return alt.layer(tiles, code, said, lacks).properties(height=rows * SIDE)
