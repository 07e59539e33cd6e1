"""Gold's one page: the gate, care, who attends; the decision at the bottom."""

import streamlit as st

from planner import access
from planner.errors import NotFound
from planner.rules.dates import when_words
from planner.rules.words import OfferState, Standing
from planner.services import go_ahead
from planner.ui.desk import attempt, not_here, open_desk, show_flash
from planner.ui.forms import words
from planner.ui.gate import draw_coverage, draw_gate, standing_line
from planner.ui.widgets import empty_state, page_header
from planner.views import actions as view

reference = st.query_params.get("ref", "")
desk = open_desk("go_ahead", about=reference)
if not reference:
    page_header("Go-ahead")
    show_flash()
    with desk.reading() as look:
        rows = view.action_rows(look, view.ActionFilter(state=view.ActionState.REQUESTED))
    if not rows:
        empty_state("No go-ahead is asked for.", "Silver asks for one on the action's page; it appears here.")
    for row in rows:
        st.page_link(
            "pages/go_ahead.py",
            label=f"{row.reference}: {when_words(row.starts_at, row.ends_at)}",
            query_params={"ref": row.reference},
        )
    st.stop()

try:
    with desk.reading() as look:
        one = view.one_action(look, reference)
        gives = access.may(look, access.Verb.GIVE_GO_AHEAD) and look.actor.person_id != one.facts.action.requested_by
except NotFound:
    not_here()

page_header(f"Go-ahead: action {reference}", one.row.marking)
show_flash()
st.text(f"{when_words(one.row.starts_at, one.row.ends_at)} · {one.row.region} · {one.row.force}")
standing_line(one.gate, one.row.state)
left, right = st.columns([0.62, 0.38], gap="medium")
with left:
    draw_gate(one.gate)
with right:
    st.header("Care: needed and confirmed")
    draw_coverage(one.facts)
    st.header("Who attends")
    accepted = [item for item in one.facts.offers if item.state is not OfferState.OFFERED]
    st.text("\n".join(f"{item.role_title}: {item.agency}" for item in accepted) or "Nobody has accepted yet.")
    st.text(f"Immigration enforcement: {words(one.facts.action.immigration).lower()}.")

if not gives:
    st.text("The owning force's Gold gives the go-ahead; whoever asked for it never does.")
    st.stop()

blocking = [item for item in one.gate.blocking if not item.final]
with st.expander("Override a check, with a reason that prints on the order") if blocking else st.container():
    if blocking:
        check = st.selectbox("Check", [item.check for item in blocking], format_func=words)
        reason = st.text_area("Reason", max_chars=500, key="override_reason")
        if st.button("Override this check"):
            attempt(
                desk,
                lambda work: go_ahead.override_check(work, go_ahead.OverrideRequest(reference, check, reason)),
                done=f"{words(check)} is overridden for this slot.",
            )
with st.bottom:
    give, withdraw, why = st.columns([0.3, 0.3, 0.4], vertical_alignment="bottom")
    why_text = why.text_input("Condition, or reason to withdraw", max_chars=300)
    if one.gate.standing is Standing.SUSPENDED:
        if give.button("Reaffirm", type="primary", disabled=not one.gate.ready, width="stretch"):
            attempt(desk, lambda work: go_ahead.reaffirm_go_ahead(work, reference), done="The go-ahead stands again.")
    elif give.button(
        "Give the go-ahead",
        type="primary",
        disabled=not one.gate.ready or one.gate.standing is Standing.STANDING,
        width="stretch",
    ):
        attempt(
            desk,
            lambda work: go_ahead.give_go_ahead(work, reference, condition=why_text.strip() or None),
            done=f"The go-ahead for {reference} is given.",
        )
    stands = one.gate.standing in (Standing.STANDING, Standing.SUSPENDED)
    if withdraw.button("Withdraw", disabled=not stands, width="stretch"):
        attempt(
            desk,
            lambda work: go_ahead.withdraw_go_ahead(work, reference, why_text),
            done=f"The go-ahead for {reference} is withdrawn.",
        )
