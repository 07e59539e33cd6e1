"""The sixty seconds: what is asked, when, with whom, what it commits to; and three answers within a thumb's reach."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.dates import day_words, instant_words, when_words
from planner.rules.windows import local
from planner.rules.words import Immigration
from planner.services import answers
from planner.ui.answer_words import answer_words
from planner.ui.desk import attempt, refuse
from planner.ui.forms import words
from planner.ui.rows import draw_rows
from planner.ui.shared_words import shared_lines
from planner.ui.widgets import plain
from planner.views.my_part import MyOffer
from planner.work import Desk

IMMIGRATION = {
    Immigration.NOT_ATTENDING: "Immigration enforcement: not attending.",
    Immigration.ON_CALL: "Immigration enforcement: on call, not on site.",
    Immigration.ON_SITE: "Immigration enforcement: on site.",
}
NEARNESS = {
    Immigration.NOT_ATTENDING: "Not attending",
    Immigration.ON_CALL: "On call",
    Immigration.ON_SITE: "On site",
}
SHOWN = "shown_offer"
USUAL = ("No immigration officers at the reception site", "An interpreter of the same sex", "Travel paid for")


def forget_shown() -> None:
    """What is shown next may be another offer, or this one changed by the lead's own hand."""
    st.session_state.pop(SHOWN, None)


def offer_to_show(waiting: list[MyOffer], answered: list[MyOffer], asked: str, *, kept: bool) -> MyOffer | None:
    """The offer that a link names, else the one on the screen, else the first; says so when that one has changed.

    `kept` says that the link's own offer is answered, and that its answer is shown.
    """
    shown: tuple[int, int] | None = st.session_state.get(SHOWN)
    same = next((offer for offer in waiting if (offer.id, offer.version) == shown), None)
    if shown is not None and same is None:
        refuse(_changed(next((offer for offer in answered if offer.id == shown[0]), None)))
    named = next((offer for offer in waiting if str(offer.id) == asked), None)
    if asked and named is None and shown is None and not kept:
        st.text("What this link asks no longer waits for your answer.")
    offer = named or same or (waiting[0] if waiting else None)
    if offer is None:
        st.session_state.pop(SHOWN, None)
    else:
        st.session_state[SHOWN] = (offer.id, offer.version)
    return offer


def _changed(answered: MyOffer | None) -> str:
    """Why a press on what was shown answered nothing."""
    if answered is None:
        return "What you were asked changed or was withdrawn while your page was open; nothing was answered."
    return f"{answered.role}: nothing was answered now. {answer_words(answered)}"


def draw_offer(desk: Desk, offer: MyOffer, *, more: int) -> None:
    """What is asked, when, with whom, what it commits to; the three answers stay at the bottom of the screen."""
    st.markdown(f"**{plain(offer.role)}**")
    if offer.asked_because:
        with st.container(border=True, key="asked-again"):
            st.text(f"You are asked again. {offer.asked_because}")
    st.text(f"{when_words(offer.starts_at, offer.ends_at)}\n{expected(offer)}")
    st.text(_company(offer))
    with st.container(border=True):
        st.markdown("**What it commits you to**")
        st.text(offer.responsibilities)
    if offer.first:
        st.text("Several agencies are asked for this post: the first to say yes have it.")
    st.text(f"Please answer by {instant_words(offer.answer_by)}. A yes can be taken back later, with a reason.")
    if more:
        st.text(f"{count_words(more, 'more waits', 'more wait')} after this one.")
    with st.bottom:
        if more:
            st.text(f"Your answer to: {offer.role}, {day_words(local(offer.starts_at).date())}")
        with st.container(horizontal=True, key="my-answer"):
            _draw_answers(desk, offer)


def _draw_answers(desk: Desk, offer: MyOffer) -> None:
    key = f"{offer.id}-{offer.version}"  # a press on what has changed since must never answer something else
    if st.button("Yes, we will", type="primary", key=f"yes-{key}"):
        _answer(desk, offer, accept=True, done=f"Your answer is kept: yes to {offer.role}.")
    with st.popover("Yes, if…", key=f"if-{key}"):
        chosen = st.pills("On which condition", USUAL, selection_mode="multi", key=f"usual-{key}")
        own = st.text_input("Another condition, in a sentence", key=f"own-{key}")
        if st.button("Yes, on these conditions", type="primary", width="stretch", key=f"conditions-{key}"):
            done = f"Your answer is kept: yes to {offer.role}, on conditions. Silver answers them, and you are told."
            _answer(desk, offer, accept=True, conditions=[*chosen, own], done=done)
    with st.popover("No…", key=f"cannot-{key}"):
        reason = st.text_input("Why not, in a few words", key=f"why-not-{key}")
        instead = st.text_input(
            "What would do instead, if anything",
            key=f"instead-{key}",
            placeholder="Another day, another agency",
        )
        if st.button("No, we cannot", type="primary", width="stretch", key=f"no-{key}"):
            done = f"Your answer is kept: no to {offer.role}."
            _answer(desk, offer, accept=False, reason=reason, instead=instead, done=done)


def expected(offer: MyOffer) -> str:
    """The region, and what else is agreed."""
    return shared_lines(offer.region, offer.shared)


def _company(offer: MyOffer) -> str:
    """Who else is asked, by kind of agency; immigration enforcement's presence always, and first."""
    others = ", ".join(words(kind).lower() for kind in offer.others)
    return IMMIGRATION[offer.immigration] + (f"\nAlso asked: {others}." if others else "")


def _answer(
    desk: Desk,
    offer: MyOffer,
    *,
    accept: bool,
    done: str,
    conditions: Sequence[str] = (),
    reason: str = "",
    instead: str = "",
) -> None:
    forget_shown()
    attempt(
        desk,
        lambda work: answers.answer_offer(
            work,
            offer.id,
            accept=accept,
            conditions=conditions,
            reason=reason,
            proposal=instead,
            version=offer.version,
        ),
        done=done,
    )


def draw_many(desk: Desk, waiting: Sequence[MyOffer]) -> None:
    """For a lead with many offers: yes to all of a day, once they stand in a list with what each says."""
    days: defaultdict[date, list[MyOffer]] = defaultdict(list)
    for offer in waiting:
        days[local(offer.starts_at).date()].append(offer)
    for day, offers in sorted(days.items()):
        if len(offers) > 1:
            with st.expander(f"All {len(offers)} of {day_words(day)}…"):
                _draw_day(desk, day, offers)


def _draw_day(desk: Desk, day: date, offers: Sequence[MyOffer]) -> None:
    draw_rows(
        f"Posts asked of you on {day_words(day)}",
        ("Post", "When", "Region", "Immigration enforcement", "What it commits you to"),
        [
            (
                offer.role,
                f"{local(offer.starts_at):%H:%M} to {local(offer.ends_at):%H:%M}",
                offer.region,
                NEARNESS[offer.immigration],
                " ".join(offer.responsibilities.splitlines()),
            )
            for offer in offers
        ],
    )
    wanted = [(offer.id, offer.version) for offer in offers]
    if st.button(f"Yes to all {len(offers)}", width="stretch", key=f"all-{day.isoformat()}"):
        forget_shown()
        attempt(
            desk,
            lambda work: answers.accept_all(work, wanted),
            done=lambda number: f"Your answers are kept: yes to all {number} of {day_words(day)}.",
        )
