"""Gold's decision, always in reach: give, give with a condition, override, not yet, reaffirm, withdraw.

Each press carries what the page showed when it was drawn: a go-ahead for what changed meanwhile is refused.
"""

from urllib.parse import quote

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from planner.rules.dates import instant_words
from planner.rules.drawn import Drawn
from planner.rules.words import ActionState, Standing
from planner.services import go_ahead
from planner.ui.desk import attempt, refuse
from planner.ui.forms import choose, drawn_version, words
from planner.ui.last_hours_forms import draw_answers
from planner.ui.telephoned_forms import draw_confirming, draw_typing
from planner.views.last_hours import LastHours
from planner.views.one_action import OneAction
from planner.views.telephoned import Telephoned
from planner.work import Desk

GIVEN = (Standing.STANDING, Standing.SUSPENDED)


def draw_decision(desk: Desk, one: OneAction, spoken: Telephoned, near: LastHours, *, gives: bool) -> None:
    """The decision itself, always in reach; what it rests on is above."""
    standing = one.gate.standing
    if one.given:
        said = f"Given by {one.given.by}, {instant_words(one.given.at)}."
        condition = f" Condition: {one.given.condition}" if one.given.condition else ""
        since = f" Since then: {one.given.reason}" if one.given.reason and standing is not Standing.STANDING else ""
        st.text(said + condition + since)
    if one.sent_back:
        st.text(one.sent_back)
    if spoken.typist and spoken.by:
        until = instant_words(spoken.by)
        st.text(f"Given by telephone and typed by {spoken.typist}; to be confirmed by {until}.")
    if not gives:
        st.text("The owning force's Gold gives the go-ahead; whoever asked for it never does.")
        if spoken.givers:
            draw_typing(desk, one, spoken, drawn_version(f"decision-{one.row.reference}", one.drawn))
        with st.container(horizontal=True):
            draw_answers(desk, one, near)
            _draw_print(one.row.reference)
        return
    drawn = drawn_version(f"decision-{one.row.reference}", one.drawn)
    with st.bottom:
        answer = st.container(key="decision-answer")  # beside a button it would push the open ones from their places
        row = st.container(horizontal=True, key="decision")
    with row:
        if spoken.may_confirm:
            draw_confirming(desk, one.row.reference, answer)
        if standing is Standing.STANDING:
            st.text("The go-ahead stands.")
            if st.session_state.get("give"):  # pressed on a page where it did not stand yet: that button is gone
                with answer:
                    refuse(
                        f"Nothing was changed: the go-ahead for {one.row.reference} was given while your page was open."
                    )
        elif standing is Standing.SUSPENDED:
            _draw_reaffirm(desk, one, drawn, answer)
        else:
            _draw_give(desk, one, drawn, answer)
        draw_answers(desk, one, near)
        if standing in GIVEN:
            _draw_withdraw(desk, one.row.reference, drawn)
        _draw_print(one.row.reference)


def _draw_print(reference: str) -> None:
    """The two pages as a PDF; why they are printed stands in the record."""
    with st.popover("Print two pages…", key="print-sheet"):
        why = st.text_input("Why you print them", "To decide on the go-ahead", max_chars=200).strip()
        if why:
            st.link_button("Download the PDF", f"/files/sheet/{quote(reference, safe='')}/{quote(why, safe='')}")
        else:
            st.text("Say why, in a few words: it is recorded.")


def _draw_reaffirm(desk: Desk, one: OneAction, drawn: Drawn, answer: DeltaGenerator) -> None:
    reference = one.row.reference
    if st.button("Reaffirm", type="primary" if one.gate.ready else "secondary"):
        with answer:
            attempt(
                desk,
                lambda work: go_ahead.reaffirm_go_ahead(work, reference, drawn=drawn),
                done="The go-ahead stands again.",
            )
    _draw_overrides(desk, one, drawn)


def _draw_give(desk: Desk, one: OneAction, drawn: Drawn, answer: DeltaGenerator) -> None:
    """Give, give with a condition, set a check aside, or say what is missing; none greyed, a refusal has its words."""
    reference, ready = one.row.reference, one.gate.ready and one.asked is not None
    if st.button("Give the go-ahead", type="primary" if ready else "secondary", key="give"):
        with answer:
            _give(desk, reference, None, drawn)
    with st.popover("With a condition…", key="with-condition"):
        condition = st.text_area("Condition", help="It prints on the order.")
        if st.button("Give it with this condition"):
            _give(desk, reference, condition, drawn)
    _draw_overrides(desk, one, drawn)
    if one.asked and one.row.state is ActionState.REQUESTED:
        with st.popover("Not yet…", key="not-yet"):
            missing = st.text_area("What is missing", help="Silver is told, and asks again.")
            if st.button("Send it back to Silver"):
                attempt(
                    desk,
                    lambda work: go_ahead.answer_not_yet(work, reference, missing, drawn=drawn),
                    done=f"The request for {reference} is sent back; Silver is told why.",
                )


def _give(desk: Desk, reference: str, condition: str | None, drawn: Drawn) -> None:
    if condition is not None and not condition.strip():
        refuse("No condition is typed. Type it, or give the go-ahead without one.")
        return
    attempt(
        desk,
        lambda work: go_ahead.give_go_ahead(work, reference, condition=condition, drawn=drawn),
        done=f"The go-ahead for {reference} is given.",
    )


def _draw_overrides(desk: Desk, one: OneAction, drawn: Drawn) -> None:
    checks = [item.check for item in one.gate.blocking if not item.final]
    if not checks:
        return
    with st.popover("Override a check…", key="override-check"):
        check = choose("Check", checks, show=words)
        reason = st.text_area("Reason", key="override_reason", help="It prints on the order.")
        if st.button("Override this check"):
            attempt(
                desk,
                lambda work: go_ahead.override_check(
                    work, go_ahead.OverrideRequest(one.row.reference, check, reason), drawn=drawn
                ),
                done=f"{words(check)} is overridden for this slot.",
            )


def _draw_withdraw(desk: Desk, reference: str, drawn: Drawn) -> None:
    with st.popover("Withdraw…", key="withdraw"):
        why = st.text_area("Why it is withdrawn", help="It is recorded; whoever asked is told.")
        if st.button("Withdraw the go-ahead"):
            attempt(
                desk,
                lambda work: go_ahead.withdraw_go_ahead(work, reference, why, drawn=drawn),
                done=f"The go-ahead for {reference} is withdrawn.",
            )
