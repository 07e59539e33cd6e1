"""Care providers' units in the directory, for who may see a provider's name."""

from datetime import datetime

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.supply import age_words
from planner.rules.words import Exploitation, Need
from planner.ui.care_words import profile_names
from planner.ui.forms import words
from planner.ui.rows import draw_rows, page_of
from planner.ui.terms_forms import draw_terms_by_telephone
from planner.ui.widgets import empty_state
from planner.views.provider_units import ProviderUnit, provider_units
from planner.work import Desk

EVERY = "Every provider"


def draw_provider_units(desk: Desk) -> None:
    """Each unit with what its provider says of it; none for who may not see a provider's name."""
    with desk.reading() as look:
        rows, now = provider_units(look), look.now
    st.header("Care providers' units")
    if not rows:
        empty_state("No unit is in the directory yet.", "The cell imports care providers under Import a spreadsheet.")
        return
    provider = st.selectbox("Provider", [EVERY, *dict.fromkeys(row.provider for row in rows)])
    found = [row for row in rows if provider in (EVERY, row.provider)]
    shown = page_of(found, key="units-page")
    st.text(f"{count_words(len(found), 'unit')}; showing {len(shown)}. Nights that are open stand on the Care page.")
    draw_rows(
        "Care providers' units",
        ("Unit", "Provider", "Places", "Accepts", "Criteria", "Serves", "Last confirmed"),
        [_cells(row, now) for row in shown],
    )
    draw_terms_by_telephone(desk)


def _cells(row: ProviderUnit, now: datetime) -> tuple[str | int, ...]:
    confirmed = words(age_words(row.confirmed_at, now))
    return row.code, row.provider, row.places, _accepts(row), _criteria(row), ", ".join(row.zones) or "–", confirmed


def _accepts(row: ProviderUnit) -> str:
    """ "Women, men; needs met: wheelchair; any exploitation"."""
    needs = [words(item).lower() for item in row.needs if item is not Need.NONE]
    is_any = len(row.exploitations) == len(Exploitation)
    kinds = "any" if is_any else " or ".join(words(item).lower() for item in row.exploitations)
    said = [
        profile_names(row.profiles),
        f"needs met: {', '.join(needs)}" if needs else "",
        kinds and f"{kinds} exploitation",
    ]
    text = "; ".join(filter(None, said)) or "nobody yet"
    return f"{text[0].upper()}{text[1:]}"


def _criteria(row: ProviderUnit) -> str:
    required = "Co-operation with the police is required." if row.cooperation_required else ""
    return " ".join(filter(None, (row.criteria, required))) or "–"
