"""Posts of one action: who is asked and what they answered, conditions to answer, offer one or all that are missing."""

from collections.abc import Sequence

import streamlit as st

from planner import access
from planner.rules.counts import count_words
from planner.rules.dates import instant_words
from planner.rules.words import ANSWERED, ConditionState, OfferState
from planner.services import answers, chasing
from planner.services import offers as asking
from planner.ui.asking_forms import draw_asking
from planner.ui.condition_forms import draw_condition
from planner.ui.desk import attempt
from planner.ui.forms import words
from planner.ui.my_offer import USUAL
from planner.ui.rows import draw_rows
from planner.ui.widgets import empty_state, state_badge
from planner.views import people
from planner.views.conditions import conditions
from planner.views.handovers import HandoverRow, handovers
from planner.views.one_action import OneAction
from planner.work import Desk


def draw_roles(desk: Desk, one: OneAction) -> None:
    """Who is asked and what they answered; conditions to answer; offer a post."""
    with desk.reading() as look:
        offers = people.role_board(look, one.row.reference)
        asked = conditions(look, one.row.reference)
        by_telephone = access.may(look, access.Verb.ANSWER_OFFER)
        choices = people.role_choices(look)
        passed = handovers(look, one.row.reference)
    duties = {role.code: role.responsibilities for role in choices}
    if not offers:
        empty_state("No post is offered yet.", "Offer the posts below; each partner's lead answers in a minute.")
    for item in sorted(asked, key=lambda item: item.state is not ConditionState.RAISED):
        draw_condition(desk, item)
    for offer in offers:
        _draw_offer(desk, offer, duties.get(offer.role_code, ""), by_telephone=by_telephone)
    draw_asking(desk, one, offers, choices)
    if passed:
        _draw_passed(passed)


def _draw_offer(desk: Desk, offer: people.OfferRow, duties: str, *, by_telephone: bool) -> None:
    """Who is asked for a post, what it is responsible for, and what was answered how."""
    with st.container(border=True, key=f"offer-{offer.id}"):
        state_badge(offer.state)
        until = f", answer by {instant_words(offer.answer_by)}" if offer.state is OfferState.OFFERED else ""
        deputy = f", deputy {offer.deputy}" if offer.deputy else ""
        st.text(f"{offer.role}: {offer.agency} ({offer.lead}{deputy}){until}.")
        for line in _how(offer):
            st.text(line)
        st.text(duties)
        if offer.state is OfferState.OFFERED:
            if st.button("Remind them", key=f"chase-{offer.id}"):
                attempt(
                    desk,
                    lambda work: chasing.chase(work, offer.id),
                    done=f"{offer.agency} is reminded of {offer.role}.",
                )
            if by_telephone:
                with st.expander("Answer given by telephone…"):
                    _draw_telephone(desk, offer)
        if offer.state in (OfferState.OFFERED, *ANSWERED):
            with st.expander("Withdraw this post…" if offer.state in ANSWERED else "Withdraw this offer…"):
                _draw_withdrawal(desk, offer)


def _how(offer: people.OfferRow) -> list[str]:
    """What there is to say about an offer beside its state."""
    waits = offer.state is OfferState.OFFERED
    return [
        *([f"Asked again: {offer.asked_because}"] if offer.asked_because else []),
        *(["Asked of several agencies: the first to accept fill it."] if offer.first and waits else []),
        *(["Typed by the cell, given by telephone."] if offer.by_telephone else []),
        *(["Accepted by a standing commitment."] if offer.by_commitment and not waits else []),
        *([f"Why not: {offer.reason}"] if offer.reason and offer.state is OfferState.DECLINED else []),
        *([f"What would do instead: {offer.proposal}"] if offer.proposal else []),
    ]


def _draw_passed(rows: Sequence[HandoverRow]) -> None:
    """Who stood in for whom, and why."""
    with st.expander(f"{count_words(len(rows), 'deputy or handover', 'deputies and handovers')}"):
        draw_rows(
            "Deputies and handovers",
            ("Post", "Agency", "What", "From", "To", "When", "Why"),
            [
                (row.role, row.agency, words(row.kind), row.before, row.after, instant_words(row.at), row.reason)
                for row in rows
            ],
        )


def _draw_withdrawal(desk: Desk, offer: people.OfferRow) -> None:
    """Who has accepted is told why; who has not answered yet need not be."""
    if offer.state in ANSWERED:
        st.text("The partner has accepted: they are told your reason, and the gate falls.")
        why = st.text_input("Reason for withdrawing", key=f"why-withdraw-{offer.id}")
    else:
        st.text("Nobody has answered: the partner is told that they are no longer asked.")
        why = st.text_input("Reason for withdrawing, if you wish", key=f"why-withdraw-{offer.id}")
    if st.button("Withdraw", key=f"withdraw-{offer.id}"):
        attempt(
            desk,
            lambda work: asking.withdraw_offer(work, offer.id, reason=why),
            done="The partner is told that they are no longer asked.",
        )


def _draw_telephone(desk: Desk, offer: people.OfferRow) -> None:
    """The cell types what a lead said; the lead is told and can correct it."""
    done = "The answer is kept, and the lead is told."
    who = st.text_input("Who said it, by post", placeholder="Duty manager", key=f"who-said-{offer.id}")
    usual = st.pills("Their conditions, if any", USUAL, selection_mode="multi", key=f"usual-said-{offer.id}")
    yes, no = st.columns(2, vertical_alignment="bottom")
    own = yes.text_input("Another condition", key=f"condition-said-{offer.id}")
    conditions = [text for text in (*usual, own) if text.strip()]
    if yes.button("They said yes", key=f"yes-{offer.id}", width="stretch"):
        attempt(
            desk,
            lambda work: answers.answer_offer(work, offer.id, accept=True, conditions=conditions, told_by=who),
            done=done,
        )
    reason = no.text_input("Why they cannot", key=f"reason-said-{offer.id}")
    instead = no.text_input("What would do instead, if anything", key=f"instead-said-{offer.id}")
    if no.button("They said no", key=f"no-{offer.id}", width="stretch"):
        attempt(
            desk,
            lambda work: answers.answer_offer(
                work, offer.id, accept=False, reason=reason, proposal=instead, told_by=who
            ),
            done=done,
        )
