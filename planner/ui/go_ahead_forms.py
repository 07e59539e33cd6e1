"""Gold's decision: what waits for it, who attends, what the conference said; give, override, withdraw, reaffirm."""

import streamlit as st

from planner import facts
from planner.rules.counts import count_words
from planner.rules.dates import instant_words, when_words
from planner.rules.readiness import Gate
from planner.rules.words import ActionState, OfferState, Standing
from planner.services import go_ahead
from planner.ui.desk import attempt, show_flash
from planner.ui.forms import words
from planner.ui.widgets import empty_state, page_header, state_badge, task_row
from planner.views.actions import ActionFilter, ActionRow, action_rows
from planner.views.conferences import ConferenceRow
from planner.views.one_action import OneAction
from planner.work import Desk

GIVEN = (Standing.STANDING, Standing.SUSPENDED)


def draw_waiting(desk: Desk) -> None:
    """The actions whose go-ahead is asked for, the next to come first."""
    page_header("Go-ahead")
    show_flash()
    with desk.reading() as look:
        rows = action_rows(look, ActionFilter(state=ActionState.REQUESTED))
        gates = facts.gates(look, [row.id for row in rows])
    decided = [row for row in rows if gates[row.id].standing is Standing.STANDING]
    waiting = [row for row in rows if row not in decided]
    if not waiting:
        empty_state("No go-ahead waits for a decision.", "Silver asks for one on the action's page; it appears here.")
    for row in waiting:
        _draw_row(row, gates[row.id])
    if decided:
        with st.expander(f"{count_words(len(decided), 'go-ahead stands', 'go-aheads stand')}"):
            for row in decided:
                _draw_row(row, gates[row.id])


def _draw_row(row: ActionRow, gate: Gate) -> None:
    ready = "ready" if gate.ready else f"{len(gate.blocking)} blocking"
    sentence = f"{row.reference}: {when_words(row.starts_at, row.ends_at)}, {row.force}. {ready.capitalize()}."
    state = "asked_for" if gate.standing is Standing.NONE else gate.standing
    if task_row(state, sentence, "Look at it", key=row.reference):
        st.switch_page("pages/go_ahead.py", query_params={"ref": row.reference})


def draw_attending(one: OneAction) -> None:
    """Posts that are accepted, by agency; immigration enforcement's presence."""
    accepted = [item for item in one.facts.offers if item.state is not OfferState.OFFERED]
    by_agency: dict[str, list[str]] = {}
    for item in accepted:
        by_agency.setdefault(item.agency, []).append(item.role_title)
    lines = [f"{agency}: {', '.join(titles)}." for agency, titles in by_agency.items()]
    lines.append(f"Immigration enforcement: {words(one.facts.action.immigration).lower()}.")
    st.text("\n".join(lines if accepted else ["Nobody has accepted yet.", *lines]))


def draw_conference(held: tuple[ConferenceRow, ...]) -> None:
    """What the last conference decided, why, and who dissented."""
    decided = [row for row in held if row.decision is not None]
    if not decided:
        st.text("No conference has decided on this action yet.")
        return
    last = decided[-1]
    state_badge(str(last.decision))
    dissent = f"\nDissent: {last.dissent}" if last.dissent else ""
    st.text(f"{when_words(last.starts_at, last.ends_at)}: {last.reasons}{dissent}")


def draw_decision(desk: Desk, one: OneAction, *, gives: bool) -> None:
    """The decision itself, always in reach; what it rests on is above."""
    standing = one.gate.standing
    if one.given:
        said = f"Given by {one.given.by}, {instant_words(one.given.at)}."
        condition = f" Condition: {one.given.condition}" if one.given.condition else ""
        since = f" Since then: {one.given.reason}" if one.given.reason and standing is not Standing.STANDING else ""
        st.text(said + condition + since)
    if not gives:
        st.text("The owning force's Gold gives the go-ahead; whoever asked for it never does.")
        return
    blocking = [item for item in one.gate.blocking if not item.final]
    if blocking:
        with st.expander("Override a check, with a reason that prints on the order"):
            _draw_override(desk, one.row.reference, [item.check for item in blocking])
    with st.bottom:
        _draw_bottom(desk, one)


def _draw_override(desk: Desk, reference: str, checks: list[str]) -> None:
    check = st.selectbox("Check", checks, format_func=words)
    reason = st.text_area("Reason", max_chars=500, key="override_reason")
    if st.button("Override this check"):
        attempt(
            desk,
            lambda work: go_ahead.override_check(work, go_ahead.OverrideRequest(reference, check, reason)),
            done=f"{words(check)} is overridden for this slot.",
        )


def _draw_bottom(desk: Desk, one: OneAction) -> None:
    reference, standing = one.row.reference, one.gate.standing
    give, withdraw, why = st.columns([0.3, 0.3, 0.4], vertical_alignment="bottom")
    text = why.text_input("Condition, or reason to withdraw", max_chars=300)
    ready = one.gate.ready and one.asked is not None
    if standing is Standing.SUSPENDED:
        if give.button("Reaffirm", type="primary", disabled=not one.gate.ready, width="stretch"):
            attempt(desk, lambda work: go_ahead.reaffirm_go_ahead(work, reference), done="The go-ahead stands again.")
    elif give.button(  # never greyed for what is unmet: a press on a stale page is refused in words
        "Give the go-ahead",
        type="primary" if ready else "secondary",
        disabled=standing is Standing.STANDING,
        width="stretch",
        key="give",
    ):
        attempt(
            desk,
            lambda work: go_ahead.give_go_ahead(work, reference, condition=text.strip() or None),
            done=f"The go-ahead for {reference} is given.",
        )
    if withdraw.button("Withdraw", disabled=standing not in GIVEN, width="stretch"):
        attempt(
            desk,
            lambda work: go_ahead.withdraw_go_ahead(work, reference, text),
            done=f"The go-ahead for {reference} is withdrawn.",
        )
