"""Gold's decision, always in reach: give, give with a condition, override, not yet, reaffirm, withdraw.

Each press carries what the page showed when it was drawn: a go-ahead for what changed meanwhile is refused.
"""

from urllib.parse import quote

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from planner.rules.dates import instant_words
from planner.rules.drawn import Drawn
from planner.rules.findings import State
from planner.rules.pauses import holding
from planner.rules.words import ActionState, Standing
from planner.services import go_ahead
from planner.services.override_ends import take_back_override
from planner.ui.choices import which
from planner.ui.desk import attempt, refuse
from planner.ui.forms import drawn_version, words
from planner.ui.last_hours_forms import draw_answers
from planner.ui.telephoned_forms import draw_confirming, draw_typing
from planner.ui.why_field import why_field
from planner.views.last_hours import LastHours
from planner.views.one_action import OneAction
from planner.views.telephoned import Telephoned
from planner.work import Desk

NOT_YOURS = "The owning force's Gold gives the go-ahead; whoever asked for it never does."
NOT_ANY_MORE = "There is no go-ahead to give any more: teams entered for immediate danger to life."
GIVEN = (Standing.STANDING, Standing.SUSPENDED)
PRESSES = ("give", "give-with-condition", "reaffirm", "override", "take-back", "send-back", "withdraw-it")


class Presses:
    """The buttons of a decision: a press on one that the page, drawn anew, has no longer is answered all the same."""

    def __init__(self, reference: str) -> None:
        self.reference = reference
        self.unanswered = {key for key in PRESSES if st.session_state.get(key)}

    def button(self, label: str, key: str, *, primary: bool = False) -> bool:
        self.unanswered.discard(key)
        return st.button(label, key=key, type="primary" if primary else "secondary")

    def answer_rest(self, answer: DeltaGenerator) -> None:
        if self.unanswered:
            with answer:
                refuse(f"Nothing was changed: {self.reference} was decided on while your page was open. Look again.")


def draw_decision(desk: Desk, one: OneAction, spoken: Telephoned, near: LastHours, *, gives: bool) -> None:
    """The decision itself, always in reach; what it rests on is above."""
    standing = one.gate.standing
    if one.given:
        said = f"Given by {one.given.by}, {instant_words(one.given.at)}."
        condition = f" Condition: {one.given.condition}" if one.given.condition else ""
        since = f" Since then {one.given.reason}" if one.given.reason and standing is not Standing.STANDING else ""
        st.text(said + condition + since)
    if one.sent_back:
        st.text(one.sent_back)
    if spoken.typist and spoken.by:
        until = instant_words(spoken.by)
        st.text(f"Given by telephone and typed by {spoken.typist}; to be confirmed by {until}.")
    if not gives:
        st.text(NOT_ANY_MORE if near.danger else NOT_YOURS)
        if spoken.givers:
            draw_typing(desk, one, spoken, drawn_version(f"decision-{one.row.reference}", one.drawn))
        with st.container(horizontal=True):
            draw_answers(desk, one, near)
            _draw_print(one.row.reference)
        return
    drawn, presses = drawn_version(f"decision-{one.row.reference}", one.drawn), Presses(one.row.reference)
    with st.bottom:
        answer = st.container(key="decision-answer")  # beside a button it would push the open ones from their places
        row = st.container(horizontal=True, key="decision")
    with row:
        if spoken.may_confirm:
            draw_confirming(desk, one.row.reference, answer)
        if standing is Standing.STANDING:
            st.text("The go-ahead stands.")
        elif standing is Standing.SUSPENDED:
            _draw_reaffirm(desk, one, drawn, (presses, answer))
        else:
            _draw_give(desk, one, drawn, (presses, answer))
        draw_answers(desk, one, near)
        _draw_take_back(desk, one, drawn, presses)
        if standing in GIVEN:
            _draw_withdraw(desk, one.row.reference, drawn, presses)
        _draw_print(one.row.reference)
    presses.answer_rest(answer)


def _draw_print(reference: str) -> None:
    """The two pages as a PDF; why they are printed stands in the record."""
    with st.popover("Print two pages…", key="print-sheet"):
        if why := why_field("Why you print them", "To decide on the go-ahead"):
            st.link_button("Download the PDF", f"/files/sheet/{quote(reference, safe='')}/{quote(why, safe='')}")


def _draw_reaffirm(desk: Desk, one: OneAction, drawn: Drawn, pressed: tuple[Presses, DeltaGenerator]) -> None:
    reference, (presses, answer) = one.row.reference, pressed
    if presses.button("Reaffirm", "reaffirm", primary=one.gate.ready):
        with answer:
            attempt(
                desk,
                lambda work: go_ahead.reaffirm_go_ahead(work, reference, drawn=drawn),
                done="The go-ahead stands again.",
            )
    _draw_overrides(desk, one, drawn, presses)


def _draw_give(desk: Desk, one: OneAction, drawn: Drawn, pressed: tuple[Presses, DeltaGenerator]) -> None:
    """Give, give with a condition, set a check aside, or say what is missing; none greyed, a refusal has its words."""
    reference, ready = one.row.reference, one.gate.ready and one.asked is not None
    ready = ready and not holding(one.facts.pauses) and one.strike_day is None
    presses, answer = pressed
    if presses.button("Give the go-ahead", "give", primary=ready):
        with answer:
            _give(desk, reference, None, drawn)
    with st.popover("With a condition…", key="with-condition"):
        condition = st.text_area("Condition", help="It prints on the order.")
        if presses.button("Give it with this condition", "give-with-condition"):
            _give(desk, reference, condition, drawn)
    _draw_overrides(desk, one, drawn, presses)
    if one.asked and one.row.state is ActionState.REQUESTED:
        with st.popover("Not yet…", key="not-yet"):
            missing = st.text_area("What is missing", help="Silver is told, and asks again.")
            if presses.button("Send it back to Silver", "send-back"):
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


def _draw_overrides(desk: Desk, one: OneAction, drawn: Drawn, presses: Presses) -> None:
    checks = [item.check for item in one.gate.blocking if not item.final]
    if not checks:
        return
    with st.popover("Override a check…", key="override-check"):
        check = which("Check", {check: words(check) for check in checks})
        reason = st.text_area("Reason", key="override_reason", help="It prints on the order.")
        if presses.button("Override this check", "override"):
            attempt(
                desk,
                lambda work: go_ahead.override_check(
                    work, go_ahead.OverrideRequest(one.row.reference, check(), reason), drawn=drawn
                ),
                done=lambda _: f"{words(check())} is overridden for this slot.",
            )


def _draw_take_back(desk: Desk, one: OneAction, drawn: Drawn, presses: Presses) -> None:
    """An override that turned out wrong; it would else stand until the slot ends."""
    checks = [item.check for item in one.gate.findings if item.state is State.OVERRIDDEN]
    if not checks:
        return
    with st.popover("Undo an override…", key="take-override-back"):
        check = which("Overridden check", {check: words(check) for check in checks})
        why = st.text_area("Why it is taken back", help="It is recorded; whoever asked is told.")
        if presses.button("Take it back", "take-back"):
            attempt(
                desk,
                lambda work: take_back_override(work, one.row.reference, check(), why, drawn=drawn),
                done=lambda _: f"{words(check())} counts again.",
            )


def _draw_withdraw(desk: Desk, reference: str, drawn: Drawn, presses: Presses) -> None:
    with st.popover("Withdraw…", key="withdraw"):
        why = st.text_area("Why it is withdrawn", help="It is recorded; whoever asked is told.")
        if presses.button("Withdraw the go-ahead", "withdraw-it"):
            attempt(
                desk,
                lambda work: go_ahead.withdraw_go_ahead(work, reference, why, drawn=drawn),
                done=f"The go-ahead for {reference} is withdrawn.",
            )
