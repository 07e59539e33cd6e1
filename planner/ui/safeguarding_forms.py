"""Urgent disclosure on an action's page: that it was made by voice, to whom, of what kind, on what law and why."""

import streamlit as st

from planner.rules.dates import instant_words
from planner.rules.sharing import BASIS_WORDS, CATEGORY_WORDS, TO_AGREE, Basis, categories_words
from planner.services.safeguarding import DisclosureRequest, disclose_urgently
from planner.ui.choices import which
from planner.ui.desk import attempt
from planner.ui.forms import choose
from planner.ui.rows import draw_rows
from planner.views import agreements as view
from planner.views.one_action import OneAction
from planner.work import Desk

URGENT = (Basis.VITAL_INTERESTS, Basis.SAFEGUARDING, Basis.LEGAL_OBLIGATION, Basis.LAW_ENFORCEMENT, Basis.PUBLIC_TASK)


def draw_disclosures(desk: Desk, one: OneAction) -> None:
    """What was disclosed about this action, and the form for who may disclose."""
    reference = one.row.reference
    with desk.reading() as look:
        rows, partners = view.disclosures_of(look, reference), view.partners_to_tell(look, reference)
    st.text(
        "To keep somebody from harm an agency may be told what no agreement covers: tell it by voice, then keep here "
        "that you did. What was told is never typed."
    )
    if rows:
        columns = ("When", "To", "What kind", "Legal basis", "Why")
        cells = [
            (instant_words(row.at), row.agency, categories_words(row.categories), BASIS_WORDS[row.basis], row.reason)
            for row in rows
        ]
        draw_rows("Urgent disclosures", columns, cells)
    if partners:
        with st.expander("Keep that you told an agency urgently"):
            _draw_form(desk, reference, partners)


def _draw_form(desk: Desk, reference: str, partners: dict[str, str]) -> None:
    with st.form("disclosure", border=False, clear_on_submit=False):
        agency = which("Told to", partners)
        what = st.multiselect(
            "What kind of information",
            TO_AGREE,
            format_func=lambda item: CATEGORY_WORDS[item].capitalize(),
            placeholder="Choose one at least",
        )
        basis = choose("Legal basis", list(URGENT), show=lambda item: BASIS_WORDS[item])
        why = st.text_input("Why it could not wait")
        if st.form_submit_button("Keep this disclosure"):
            attempt(
                desk,
                lambda work: disclose_urgently(work, DisclosureRequest(reference, agency(), what, basis, why)),
                done="The disclosure is in the record, with its basis and reason.",
            )
