"""Posts of one action: who is asked and what they answered, conditions to answer, offer one or all that are missing."""

import streamlit as st

from planner import access
from planner.rules.counts import count_words
from planner.rules.dates import instant_words
from planner.rules.words import ConditionState, OfferState
from planner.services import answers, conditions
from planner.services import offers as asking
from planner.ui.desk import attempt
from planner.ui.forms import request_key
from planner.ui.widgets import empty_state, state_badge
from planner.views import people
from planner.views.one_action import OneAction
from planner.work import Desk

ANSWERED = (OfferState.ACCEPTED, OfferState.ACCEPTED_WITH_CONDITIONS)


def draw_roles(desk: Desk, one: OneAction) -> None:
    """Who is asked and what they answered; conditions to answer; offer a post."""
    with desk.reading() as look:
        offers = people.role_board(look, one.row.reference)
        asked = people.conditions(look, one.row.reference)
        by_telephone = access.may(look, access.Verb.ANSWER_OFFER)
        choices = people.role_choices(look)
    duties = {role.title: role.responsibilities for role in choices}
    if not offers:
        empty_state("No post is offered yet.", "Offer the posts below; each partner's lead answers in a minute.")
    for item in sorted(asked, key=lambda item: item.state is not ConditionState.RAISED):
        _draw_condition(desk, item)
    for offer in offers:
        _draw_offer(desk, offer, duties.get(offer.role, ""), by_telephone=by_telephone)
    _draw_new(desk, one, offers, choices)


def _draw_offer(desk: Desk, offer: people.OfferRow, duties: str, *, by_telephone: bool) -> None:
    """Who is asked for a post and what it is responsible for."""
    with st.container(border=True, key=f"offer-{offer.id}"):
        state_badge(offer.state)
        until = f", answer by {instant_words(offer.answer_by)}" if offer.state is OfferState.OFFERED else ""
        st.text(f"{offer.role}: {offer.agency} ({offer.lead}){until}.")
        st.text(duties)
        if offer.state is OfferState.OFFERED and by_telephone:
            with st.expander("Answer given by telephone…"):
                _draw_telephone(desk, offer)
        if offer.state in (OfferState.OFFERED, *ANSWERED):
            with st.expander("Withdraw this post…" if offer.state in ANSWERED else "Withdraw this offer…"):
                _draw_withdrawal(desk, offer)


def _draw_withdrawal(desk: Desk, offer: people.OfferRow) -> None:
    """Who has accepted is told why; who has not answered yet need not be."""
    if offer.state in ANSWERED:
        st.text("The partner has accepted: they are told your reason, and the gate falls.")
        why = st.text_input("Reason for withdrawing", key=f"why-withdraw-{offer.id}", max_chars=300)
    else:
        st.text("Nobody has answered: the partner is told that they are no longer asked.")
        why = st.text_input("Reason for withdrawing, if you wish", key=f"why-withdraw-{offer.id}", max_chars=300)
    if st.button("Withdraw", key=f"withdraw-{offer.id}"):
        attempt(
            desk,
            lambda work: asking.withdraw_offer(work, offer.id, reason=why),
            done="The partner is told that they are no longer asked.",
        )


def _draw_telephone(desk: Desk, offer: people.OfferRow) -> None:
    """The cell types what a lead said; the lead is told and can correct it."""
    yes, no = st.columns(2)
    condition = yes.text_input("Their condition, if they have one", key=f"condition-said-{offer.id}", max_chars=300)
    if yes.button("They said yes", key=f"yes-{offer.id}", width="stretch"):
        conditions = [condition] if condition.strip() else []
        attempt(
            desk,
            lambda work: answers.answer_offer(work, offer.id, accept=True, conditions=conditions),
            done="The answer is kept, and the lead is told.",
        )
    reason = no.text_input("Why they cannot", key=f"reason-said-{offer.id}", max_chars=300)
    if no.button("They said no", key=f"no-{offer.id}", width="stretch"):
        attempt(
            desk,
            lambda work: answers.answer_offer(work, offer.id, accept=False, reason=reason),
            done="The answer is kept, and the lead is told.",
        )


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
                lambda work: conditions.answer_condition(work, item.id, met=True, answer=answer),
                done="The partner is told that the condition is met.",
            )
        if refused.button("It cannot be met", key=f"refused-{item.id}", width="stretch"):
            attempt(
                desk,
                lambda work: conditions.answer_condition(work, item.id, met=False, answer=answer),
                done="The partner is told that the condition cannot be met.",
            )


def _draw_new(
    desk: Desk, one: OneAction, offers: tuple[people.OfferRow, ...], choices: tuple[people.RoleChoice, ...]
) -> None:
    """Offer one post to an agency that may fill it, or every required one that nobody is asked for."""
    with desk.reading() as look:
        agencies = people.agencies_near(look, one.facts.action)
    st.header("Offer a post")
    by_code = {role.code: role for role in choices}
    missing = people.whom_to_ask([by_code[role.code] for role in one.facts.roles], offers, agencies)
    if missing and st.button("Offer every required post to who can fill it"):
        _offer_all(desk, one.row.reference, missing)
    needed = {role.code: role.needed for role in one.facts.roles}
    code = st.selectbox(
        "Post",
        list(by_code),
        index=people.first_open(needed, choices, offers),
        format_func=lambda key: by_code[key].title,
        placeholder="Every required post is offered",
        key=f"post-{one.row.reference}-{len(offers)}",  # once one is offered, the next open one is chosen
    )
    if code is not None:
        _draw_whom(desk, one.row.reference, by_code[code], offers, agencies)


def _draw_whom(
    desk: Desk,
    reference: str,
    role: people.RoleChoice,
    offers: tuple[people.OfferRow, ...],
    agencies: tuple[people.AgencyChoice, ...],
) -> None:
    """Agencies that may fill the post and are not asked for it already."""
    st.text(role.responsibilities)
    fitting = [item for item in agencies if item.kind in role.kinds]
    if not fitting:
        st.text("No agency of this region that may fill the post has a lead in this operation. Ask the cell.")
        return
    live = (OfferState.OFFERED, *ANSWERED)
    asked = {offer.agency for offer in offers if offer.role == role.title and offer.state in live}
    names = {item.code: item.name for item in fitting if item.name not in asked}
    if not names:
        st.text("Every agency that may fill the post is asked for it already.")
        return
    with st.form("offer", border=True):
        agency = st.selectbox("Agency", list(names), format_func=lambda key: names[key])
        if st.form_submit_button("Offer this post"):
            request = asking.OfferRequest(reference, role.code, agency, request_key("offer"))
            attempt(desk, lambda work: asking.offer_role(work, request), done="The post is offered.", form="offer")


def _offer_all(desk: Desk, reference: str, missing: dict[str, str]) -> None:
    key = request_key("all")
    requests = [asking.OfferRequest(reference, role, agency, f"{key}-{role}") for role, agency in missing.items()]
    done = f"{count_words(len(requests), 'post is', 'posts are')} offered."
    attempt(desk, lambda work: [asking.offer_role(work, request) for request in requests], done=done, form="all")
