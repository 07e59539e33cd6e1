"""Agencies, people, agreements, training, hours, the role catalogue, published figures with their sources."""

import streamlit as st

from planner.rules.counts import count_words
from planner.ui.agreement_forms import draw_agreements
from planner.ui.availability_forms import draw_availability
from planner.ui.catalogue_forms import draw_catalogue
from planner.ui.desk import open_desk, show_flash
from planner.ui.forms import words
from planner.ui.import_forms import draw_directory_import
from planner.ui.people_forms import draw_people
from planner.ui.provider_units import draw_provider_units
from planner.ui.rows import draw_rows, page_of
from planner.ui.training_forms import draw_training
from planner.ui.widgets import empty_state, page_header
from planner.views import operation as view
from planner.work import Desk

ALL = "all"


def _draw_agencies(desk: Desk) -> None:
    with desk.reading() as look:
        agencies = view.agencies(look)
    st.header("Agencies")
    text_column, kind_column = st.columns(2)
    text = text_column.text_input("Name or region", placeholder="For example West Midlands", max_chars=80)
    kind = kind_column.selectbox("Kind", [ALL, *sorted({row.kind for row in agencies})], format_func=words)
    wanted = text.strip().casefold()
    found = [
        row
        for row in agencies
        if kind in (ALL, row.kind) and wanted in f"{row.code} {row.name} {row.region or ''}".casefold()
    ]
    if not found:
        empty_state("No agency matches.", "Clear the filter; the cell imports agencies below.")
        return
    shown = page_of(found, key="agencies-page")
    st.text(f"{count_words(len(found), 'agency', 'agencies')}; showing {len(shown)}.")
    draw_rows(
        "Agencies",
        ("Code", "Agency", "Kind", "Region", "Fictional", "Source"),
        [
            (
                row.code,
                row.name,
                words(row.kind),
                row.region or "–",
                "Yes" if row.fictional else "No",
                row.source or "–",
            )
            for row in shown
        ],
    )


def _draw_figures(desk: Desk) -> None:
    with desk.reading() as look:
        figures = view.figures(look)
    st.header("Published figures of Pentameter 1 and 2")
    st.text("Figures that disagree stand side by side, each with its source.")
    shown = page_of(figures, key="figures-page")
    draw_rows("Published figures", ("Operation", "Measure", "Value", "Source", "Date"), shown)


desk = open_desk("directory")
page_header("Directory")
show_flash()
_draw_agencies(desk)
draw_directory_import(desk)
draw_provider_units(desk)
draw_people(desk)
draw_agreements(desk)
draw_training(desk)
draw_availability(desk)
draw_catalogue(desk)
_draw_figures(desk)
