"""After the day: how support stands for those who were met, in numbers alone; the care lead and the cell keep them."""

from datetime import date

import streamlit as st

from planner.rules.dates import day_words
from planner.rules.outcomes import OUTCOME_WORDS, REFERRALS, STANDS, SupportOutcome, told_words
from planner.services.outcomes import MOST, OutcomesRequest, keep_outcomes
from planner.ui.desk import attempt
from planner.ui.forms import drawn_version
from planner.ui.widgets import summary_list
from planner.views.outcomes import Outcomes
from planner.work import Desk

NARROW = 148  # pixels: two fields beside each other on a phone


def draw_after(desk: Desk, reference: str, kept: Outcomes, *, encountered: int, today: date) -> None:
    """The last word, then the form for who keeps it."""
    st.header("After: how support went on", anchor=False)
    if kept.as_of is None:
        st.text("Nothing is kept yet. Numbers alone, as of a day; declining is never a failure.")
    else:
        by = f", kept by {kept.typed_by}" if kept.typed_by else ""
        st.text(f"As of {day_words(kept.as_of, year=True)}{by}. {told_words(kept.numbers, encountered)}")
        summary_list([(OUTCOME_WORDS[outcome], str(kept.numbers.get(outcome, 0))) for outcome in SupportOutcome])
    if kept.may_keep:
        with st.expander("Keep the numbers as of a day"):
            _draw_form(desk, reference, kept, today)


def _draw_form(desk: Desk, reference: str, kept: Outcomes, today: date) -> None:
    version = drawn_version(f"outcomes-{reference}", kept.version)
    with st.form("outcomes", border=False):
        as_of = st.date_input("As of", today, format="DD/MM/YYYY")
        st.text("Each person once:")
        with st.container(horizontal=True, gap="small"):
            numbers = {outcome: _number(outcome, kept) for outcome in STANDS}
        st.text("Referrals, counted beside them:")
        with st.container(horizontal=True, gap="small"):
            numbers |= {outcome: _number(outcome, kept) for outcome in REFERRALS}
        if st.form_submit_button("Keep these numbers"):
            attempt(
                desk,
                lambda work: keep_outcomes(work, OutcomesRequest(reference, numbers, as_of, version)),
                done="The numbers are kept; what stood before is in the record.",
            )


def _number(outcome: SupportOutcome, kept: Outcomes) -> int:
    return int(st.number_input(OUTCOME_WORDS[outcome], 0, MOST, kept.numbers.get(outcome, 0), width=NARROW) or 0)
