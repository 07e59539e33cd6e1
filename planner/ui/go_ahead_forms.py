"""Gold's decision: what waits for it, who attends, what the conference said; give, override, withdraw, reaffirm."""

import streamlit as st

from planner import facts
from planner.rules.counts import count_words
from planner.rules.dates import instant_words, when_words
from planner.rules.readiness import Gate
from planner.rules.words import ActionState, OfferState, Standing
from planner.services import go_ahead
from planner.ui.desk import attempt, refuse, show_flash
from planner.ui.forms import choose, words
from planner.ui.widgets import empty_state, marking_line, page_header, state_badge, task_row
from planner.views.actions import ActionFilter, ActionRow, action_rows
from planner.views.conferences import ConferenceRow
from planner.views.one_action import Asked, OneAction
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


def asked_words(asked: Asked) -> str:
    """Who asked, when, and by when it is decided."""
    decide = f" Decide by {instant_words(asked.decide_by)}." if asked.decide_by else ""
    return f"Asked for by {asked.by}, {instant_words(asked.at)}.{decide}"


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
    with st.container(horizontal=True, vertical_alignment="center"):
        state_badge(str(last.decision))
        marking_line(*last.marked)
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
    if one.sent_back:
        st.text(one.sent_back)
    if not gives:
        st.text("The owning force's Gold gives the go-ahead; whoever asked for it never does.")
        return
    with st.bottom, st.container(horizontal=True, key="decision"):
        if standing is Standing.STANDING:
            st.text("The go-ahead stands.")
        elif standing is Standing.SUSPENDED:
            _draw_reaffirm(desk, one)
        else:
            _draw_give(desk, one)
        if standing in GIVEN:
            _draw_withdraw(desk, one.row.reference)


def _draw_reaffirm(desk: Desk, one: OneAction) -> None:
    reference = one.row.reference
    if st.button("Reaffirm", type="primary" if one.gate.ready else "secondary"):
        attempt(desk, lambda work: go_ahead.reaffirm_go_ahead(work, reference), done="The go-ahead stands again.")
    _draw_overrides(desk, one)


def _draw_give(desk: Desk, one: OneAction) -> None:
    """Give, give with a condition, set a check aside, or say what is missing; none greyed, a refusal has its words."""
    reference, ready = one.row.reference, one.gate.ready and one.asked is not None
    if st.button("Give the go-ahead", type="primary" if ready else "secondary", key="give"):
        _give(desk, reference, None)
    with st.popover("With a condition…"):
        condition = st.text_area("Condition", help="It prints on the order.")
        if st.button("Give it with this condition"):
            _give(desk, reference, condition)
    _draw_overrides(desk, one)
    if one.asked and one.row.state is ActionState.REQUESTED:
        with st.popover("Not yet…"):
            missing = st.text_area("What is missing", help="Silver is told, and asks again.")
            if st.button("Send it back to Silver"):
                attempt(
                    desk,
                    lambda work: go_ahead.answer_not_yet(work, reference, missing),
                    done=f"The request for {reference} is sent back; Silver is told why.",
                )


def _give(desk: Desk, reference: str, condition: str | None) -> None:
    if condition is not None and not condition.strip():
        refuse("No condition is typed. Type it, or give the go-ahead without one.")
        return
    attempt(
        desk,
        lambda work: go_ahead.give_go_ahead(work, reference, condition=condition),
        done=f"The go-ahead for {reference} is given.",
    )


def _draw_overrides(desk: Desk, one: OneAction) -> None:
    checks = [item.check for item in one.gate.blocking if not item.final]
    if not checks:
        return
    with st.popover("Override a check…"):
        check = choose("Check", checks, show=words)
        reason = st.text_area("Reason", key="override_reason", help="It prints on the order.")
        if st.button("Override this check"):
            attempt(
                desk,
                lambda work: go_ahead.override_check(work, go_ahead.OverrideRequest(one.row.reference, check, reason)),
                done=f"{words(check)} is overridden for this slot.",
            )


def _draw_withdraw(desk: Desk, reference: str) -> None:
    with st.popover("Withdraw…"):
        why = st.text_area("Why it is withdrawn", help="It is recorded; whoever asked is told.")
        if st.button("Withdraw the go-ahead"):
            attempt(
                desk,
                lambda work: go_ahead.withdraw_go_ahead(work, reference, why),
                done=f"The go-ahead for {reference} is withdrawn.",
            )
