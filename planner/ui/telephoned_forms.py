"""A decision by telephone: a loggist types it, its giver confirms it."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from planner.rules.drawn import Drawn
from planner.services import telephoned
from planner.ui.choices import which
from planner.ui.desk import attempt
from planner.views.one_action import OneAction
from planner.views.telephoned import Telephoned
from planner.work import Desk


def draw_typing(desk: Desk, one: OneAction, spoken: Telephoned, drawn: Drawn) -> None:
    """For a loggist: who gave it, on what condition; it stands at once."""
    with st.popover("Given by telephone…"):
        giver = which("Who gave it", spoken.givers)
        condition = st.text_area("On what condition", help="It prints on the order. Leave it empty if there is none.")
        if st.button("Write the go-ahead down"):
            reference, said = one.row.reference, condition or None
            attempt(
                desk,
                lambda work: telephoned.type_go_ahead(
                    work, telephoned.TypedDecision(reference, giver(), said), drawn=drawn
                ),
                done=lambda _: f"The go-ahead stands; {giver()} is asked to confirm it within 12 hours.",
            )


def draw_confirming(desk: Desk, reference: str, answer: DeltaGenerator) -> None:
    """For who gave it: one press."""
    if st.button("Confirm that I gave it", type="primary"):
        with answer:
            attempt(
                desk,
                lambda work: telephoned.confirm_go_ahead(work, reference),
                done=f"You confirmed the go-ahead for {reference}.",
            )
