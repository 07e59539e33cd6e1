"""The tabs of the Directory page, each drawn while it is open; one that a post may not use is not there for it."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import streamlit as st

from planner import access
from planner.access import Verb
from planner.rules.counts import count_words
from planner.rules.dates import day_words
from planner.ui.agreement_forms import draw_agreements
from planner.ui.availability_forms import draw_availability
from planner.ui.catalogue_forms import draw_catalogue
from planner.ui.forms import words
from planner.ui.import_forms import draw_directory_import
from planner.ui.people_forms import draw_people
from planner.ui.provider_units import draw_provider_units
from planner.ui.rows import draw_rows, page_of
from planner.ui.training_forms import draw_training
from planner.ui.widgets import empty_state
from planner.views import operation as view
from planner.work import Desk, Look

ALL = "all"
IMPORT = "Import a spreadsheet"


def _draw_agencies(desk: Desk) -> None:
    with desk.reading() as look:
        agencies = view.agencies(look)
    st.header("Agencies")
    text_column, kind_column = st.columns(2)
    text = text_column.text_input("Name or region", placeholder="For example West Midlands")
    kind = kind_column.selectbox("Kind", [ALL, *sorted({row.kind for row in agencies})], format_func=words)
    wanted = text.strip().casefold()
    found = [
        row
        for row in agencies
        if kind in (ALL, row.kind) and wanted in f"{row.code} {row.name} {row.region or ''}".casefold()
    ]
    if not found:
        empty_state("No agency matches.", f"Clear the filter; the cell imports agencies under {IMPORT}.")
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
    draw_rows(
        "Published figures",
        ("Operation", "Measure", "Value", "Source", "Date"),
        [
            (words(operation), words(measure), value, source, _day(on))
            for operation, measure, value, source, on in shown
        ],
    )


def _day(text: str) -> str:
    """A source may say no day, or a year alone."""
    try:
        return day_words(date.fromisoformat(text), year=True)
    except ValueError:
        return text.capitalize()


class Tab(NamedTuple):
    """What a tab draws, and the verb that who uses it may do; None: whoever may open the page."""

    draw: Callable[[Desk], None]
    verb: Verb | None = None


TABS = {
    "People": Tab(draw_people),
    "Agencies": Tab(_draw_agencies),
    "Care providers": Tab(draw_provider_units, Verb.SEE_PROVIDERS),
    "Availability": Tab(draw_availability, Verb.MANAGE_DIRECTORY),
    "Agreements": Tab(draw_agreements, Verb.MANAGE_DIRECTORY),
    "Training": Tab(draw_training, Verb.MANAGE_DIRECTORY),
    "Roles": Tab(draw_catalogue),
    "Figures": Tab(_draw_figures),
    IMPORT: Tab(draw_directory_import, Verb.MANAGE_DIRECTORY),
}


def tabs_for(look: Look) -> dict[str, Callable[[Desk], None]]:
    """The tabs that this reader may use, by name."""
    return {name: tab.draw for name, tab in TABS.items() if tab.verb is None or access.may(look, tab.verb)}
