"""Posts of one action: who is asked and what they answered, conditions to answer, offer one or all that are missing."""

import streamlit as st

from planner import access
from planner.rules.counts import count_words
from planner.rules.dates import instant_words
from planner.rules.words import ConditionState, OfferState
from planner.services import roles
from planner.ui.desk import attempt
from planner.ui.forms import request_key
from planner.ui.widgets import empty_state, state_badge
from planner.views import people
from planner.views.one_action import OneAction
from planner.work import Desk, Work

ANSWERED = (OfferState.ACCEPTED, OfferState.ACCEPTED_WITH_CONDITIONS)


def draw_roles(desk: Desk, one: OneAction) -> None:
    """Who is asked and what they answered; conditions to answer; offer a post."""
    with desk.reading() as look:
        offers = people.role_board(look, one.row.reference)
        asked = people.conditions(look, one.row.reference)
        by_telephone = access.may(look, access.Verb.ANSWER_OFFER)
    if not offers:
        empty_state("No post is offered yet.", "Offer the posts below; each partner's lead answers in a minute.")
    for item in sorted(asked, key=lambda item: item.state is not ConditionState.RAISED):
        _draw_condition(desk, item)
    for offer in offers:
        _draw_offer(desk, offer, by_telephone=by_telephone)
    _draw_new(desk, one, offers)


def _draw_offer(desk: Desk, offer: people.OfferRow, *, by_telephone: bool) -> None:
    with st.container(border=True, key=f"offer-{offer.id}"):
        state_badge(offer.state)
        until = f", answer by {instant_words(offer.answer_by)}" if offer.state is OfferState.OFFERED else ""
        st.text(f"{offer.role}: {offer.agency} ({offer.lead}){until}.")
        if offer.state is OfferState.OFFERED and by_telephone:
            with st.expander("Answer given by telephone…"):
                _draw_telephone(desk, offer)
        if offer.state in (OfferState.OFFERED, *ANSWERED):
            with st.expander("Withdraw…"):
                st.text("The partner is told; the gate falls when the post was accepted.")
                if st.button("Withdraw this offer", key=f"withdraw-{offer.id}"):
                    attempt(
                        desk, lambda work: roles.withdraw_offer(work, offer.id), done="The partner is no longer asked."
                    )


def _draw_telephone(desk: Desk, offer: people.OfferRow) -> None:
    """The cell types what a lead said; the lead is told and can correct it."""
    said = st.text_input("Their condition, or why not", key=f"said-{offer.id}", max_chars=300)
    yes, no = st.columns(2)

    def answer(work: Work, accept: bool) -> None:
        conditions = [said] if accept and said.strip() else []
        roles.answer_offer(work, offer.id, accept=accept, conditions=conditions, reason="" if accept else said)

    if yes.button("They said yes", key=f"yes-{offer.id}", width="stretch"):
        attempt(desk, lambda work: answer(work, True), done="The answer is kept, and the lead is told.")
    if no.button("They said no", key=f"no-{offer.id}", width="stretch"):
        attempt(desk, lambda work: answer(work, False), done="The answer is kept, and the lead is told.")


def _draw_condition(desk: Desk, item: people.ConditionRow) -> None:
    with st.container(border=True, key=f"condition-{item.id}"):
        state_badge(item.state)
        st.text(f"Condition of {item.agency}, {item.role}: {item.text}")
        if item.state is not ConditionState.RAISED:
            st.text(item.answer or "")
            return
        answer = st.text_input("What is done about it", key=f"answer-{item.id}", max_chars=300)
        met, refused = st.columns(2)
        if met.button("It is met", key=f"met-{item.id}", width="stretch"):
            attempt(
                desk,
                lambda work: roles.answer_condition(work, item.id, met=True, answer=answer),
                done="The partner is told that the condition is met.",
            )
        if refused.button("It cannot be met", key=f"refused-{item.id}", width="stretch"):
            attempt(
                desk,
                lambda work: roles.answer_condition(work, item.id, met=False, answer=answer),
                done="The partner is told that the condition cannot be met.",
            )


def _draw_new(desk: Desk, one: OneAction, offers: tuple[people.OfferRow, ...]) -> None:
    """Offer one post to an agency that may fill it, or every required one that nobody is asked for."""
    with desk.reading() as look:
        choices = people.role_choices(look)
        agencies = people.agencies_near(look, one.facts.action)
    st.header("Offer a post")
    by_code = {role.code: role for role in choices}
    missing = people.whom_to_ask([by_code[role.code] for role in one.facts.roles], offers, agencies)
    if missing and st.button("Offer every required post to who can fill it"):
        _offer_all(desk, one.row.reference, missing)
    code = st.selectbox("Post", list(by_code), format_func=lambda key: by_code[key].title)
    role = by_code[code]
    st.text(role.responsibilities)
    names = {item.code: item.name for item in agencies if item.kind in role.kinds}
    if not names:
        st.text("No agency of this region that may fill the post has a lead in this operation. Ask the cell.")
        return
    with st.form("offer", border=True):
        agency = st.selectbox("Agency", list(names), format_func=lambda key: names[key])
        if st.form_submit_button("Offer this post"):
            request = roles.OfferRequest(one.row.reference, code, agency, request_key("offer"))
            attempt(desk, lambda work: roles.offer_role(work, request), done="The post is offered.", form="offer")


def _offer_all(desk: Desk, reference: str, missing: dict[str, str]) -> None:
    key = request_key("all")
    requests = [roles.OfferRequest(reference, role, agency, f"{key}-{role}") for role, agency in missing.items()]
    done = f"{count_words(len(requests), 'post is', 'posts are')} offered."
    attempt(desk, lambda work: [roles.offer_role(work, request) for request in requests], done=done, form="all")
