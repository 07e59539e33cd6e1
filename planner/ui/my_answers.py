"""What a lead has answered: conditions to agree to, a change of mind, who stands in; and what is no longer asked."""

from collections.abc import Sequence

import streamlit as st

from planner.rules.dates import when_words
from planner.rules.words import ConditionState, OfferState
from planner.services import answers, conditions, handovers
from planner.ui.answer_words import answer_words
from planner.ui.choices import which
from planner.ui.desk import attempt
from planner.ui.my_offer import forget_shown
from planner.ui.shared_words import more_lines
from planner.ui.widgets import empty_state, state_badge
from planner.views.my_part import MyCondition, MyOffer
from planner.views.my_team import Colleague, MyEnded
from planner.work import Desk

CALENDAR = (
    '<a href="/files/calendar/person/me" target="_self" style="color:inherit">Add my posts to my calendar</a> '
    "(a file that says when, and nothing else)"
)


def draw_kept(desk: Desk, offer: MyOffer, team: Sequence[Colleague]) -> None:
    """What a link asked and this lead has answered: the answer is kept, and this is the way to change it."""
    st.header("Your answer is kept", anchor=False)
    draw_answered(desk, offer, team)
    if offer.state is not OfferState.DECLINED:
        st.html(CALENDAR)


def latest_first(answered: Sequence[MyOffer], number: int) -> tuple[list[MyOffer], list[MyOffer]]:
    """So many as were answered last, the latest first, then the others in the order they came in."""
    by_answer = sorted(answered, key=lambda offer: (offer.answered_at is not None, offer.answered_at), reverse=True)
    latest = by_answer[:number]
    return latest, [offer for offer in answered if offer not in latest]


def draw_answered(desk: Desk, offer: MyOffer, team: Sequence[Colleague]) -> None:
    """What was answered, what became of its conditions, and the ways to change it."""
    with st.container(border=True, key=f"answered-{offer.id}"):
        state_badge(offer.state)
        st.text(f"{offer.role}\n{when_words(offer.starts_at, offer.ends_at)}, {offer.region}")
        st.text("\n".join([answer_words(offer), *more_lines(offer.shared)]))
        for condition in offer.conditions:
            _draw_condition(desk, condition)
        if offer.state is OfferState.DECLINED:
            if st.button("We can after all", key=f"after-all-{offer.id}"):
                done = f"Your answer is kept: yes to {offer.role}."
                attempt(
                    desk,
                    lambda work: answers.answer_offer(work, offer.id, accept=True, version=offer.version),
                    done=done,
                )
            return
        with st.expander("Take it back…"):
            why = st.text_input("Why, in a few words", key=f"why-{offer.id}")
            if st.button("Take it back", key=f"back-{offer.id}"):
                attempt(
                    desk,
                    lambda work: answers.withdraw_acceptance(work, offer.id, reason=why),
                    done="Your acceptance is taken back, and the planners are told.",
                )
        draw_team(desk, offer, team)


def _draw_condition(desk: Desk, item: MyCondition) -> None:
    """Where it stands; an answer that waits for the partner's own word has two buttons."""
    answered = item.waits_for_word
    said = "waits for an answer" if item.state is ConditionState.RAISED and not answered else item.state
    if item.changed_to:
        st.text(f"Condition: {item.text}\nThe planners offer instead: {item.changed_to}\nBecause: {item.answer}")
    else:
        agreed = " You agreed to it." if item.settled else ""
        st.text(f"Condition: {item.text} ({said}) {item.answer or ''}{agreed}".rstrip())
    if answered:
        yes, no = st.columns(2)
        if yes.button("That will do", key=f"agree-{item.id}", width="stretch"):
            attempt(
                desk,
                lambda work: conditions.confirm_condition(work, item.id, agrees=True),
                done="Your word is kept, and the planners see it.",
            )
        with no.popover("It will not do…", width="stretch", key=f"disagree-{item.id}"):
            why = st.text_input("What is still missing", key=f"missing-{item.id}")
            if st.button("Tell the planners", key=f"tell-{item.id}"):
                attempt(
                    desk,
                    lambda work: conditions.confirm_condition(work, item.id, agrees=False, why=why),
                    done="The condition is open again, and Silver is told.",
                )


def draw_broken(desk: Desk, offers: Sequence[MyOffer]) -> None:
    """After an action: a condition that was not kept is told to Gold."""
    for offer in offers:
        for item in offer.conditions:
            with st.container(border=True, key=f"kept-{item.id}"):
                st.text(f"{offer.role}, {when_words(offer.starts_at, offer.ends_at)}\nCondition: {item.text}")
                if item.broken:
                    st.text("You reported that it was not kept. Gold and Silver were told.")
                else:
                    _draw_report(desk, item.id)


def _draw_report(desk: Desk, number: int) -> None:
    with st.popover("It was not kept…", key=f"broken-{number}"):
        text = st.text_input("What happened, without names", key=f"happened-{number}")
        if st.button("Tell Gold", key=f"gold-{number}"):
            done = "Gold and Silver are told, and it stands for the debrief."
            attempt(desk, lambda work: conditions.report_broken(work, number, text), done=done)


def draw_team(desk: Desk, offer: MyOffer, team: Sequence[Colleague]) -> None:
    """Somebody of the same agency answers as well, or takes the post over."""
    fitting = [
        each.title for each in team if (each.agency_id, each.operation_id) == (offer.agency_id, offer.operation_id)
    ]
    if not fitting:
        return
    with st.expander("A deputy, or somebody else…"):
        st.text(f"It stands with {offer.lead}.")
        title = which("Who of your agency", fitting, key=f"who-{offer.id}")
        if st.button("Name as deputy", key=f"deputy-{offer.id}"):
            forget_shown()
            attempt(
                desk,
                lambda work: handovers.name_deputy(work, offer.id, title(), version=offer.version),
                done=lambda _: f"{title()} may answer as well, and is told.",
            )
        why = st.text_input("Why it is handed over", key=f"handed-{offer.id}")
        if st.button("Hand the post over", key=f"hand-{offer.id}"):
            forget_shown()
            attempt(
                desk,
                lambda work: handovers.hand_over(work, offer.id, title(), why, version=offer.version),
                done=lambda _: f"{title()} has the post now, and the planners are told.",
            )


def draw_ended(rows: Sequence[MyEnded]) -> None:
    """What is no longer asked, so that nobody waits for it."""
    for row in rows:
        why = "Filled by another agency. Thank you." if row.filled else row.reason or "The planners withdrew it."
        st.text(f"{row.role}, {row.region}, {when_words(row.starts_at, row.ends_at)}\n{why}")
    if not rows:
        empty_state("Nothing was withdrawn.", "What is no longer asked of you appears here.")
