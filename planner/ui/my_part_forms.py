"""What a partner lead answers: an offer, an undertaking, an acceptance taken back."""

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.dates import instant_words, when_words
from planner.rules.words import Children, ConditionState, ConferenceKind, Immigration, OfferState
from planner.services import answers, undertakings
from planner.ui.desk import attempt, refuse
from planner.ui.forms import words
from planner.ui.widgets import marking_line, plain, state_badge
from planner.views.my_part import MyInvitation, MyOffer, MyUndertaking
from planner.work import Desk

IMMIGRATION = {
    Immigration.NOT_ATTENDING: "Immigration enforcement: not attending.",
    Immigration.ON_CALL: "Immigration enforcement: on call, not on site.",
    Immigration.ON_SITE: "Immigration enforcement: on site.",
}
CHILDREN = {
    Children.UNKNOWN: "children not known",
    Children.EXPECTED: "children expected",
    Children.NONE: "no children expected",
}
ANSWERS = {
    OfferState.ACCEPTED: "accepted",
    OfferState.ACCEPTED_WITH_CONDITIONS: "accepted, on conditions,",
    OfferState.DECLINED: "declined",
}
KINDS = {
    ConferenceKind.PLANNED: "Case conference",
    ConferenceKind.EMERGENCY: "Emergency case conference",
    ConferenceKind.REVIEW: "Review conference",
    ConferenceKind.STANDING: "Standing case conference",
}
SHOWN = "shown_offer"
MOST_POSTS = 3
CALENDAR = '<a href="/calendar" target="_self" style="color:inherit">Add them to my calendar</a>'
USUAL = ("No immigration officers at the reception site", "An interpreter of the same sex", "Travel paid for")


def offer_to_show(waiting: list[MyOffer], asked: str, *, kept: bool) -> MyOffer | None:
    """The offer that a link names, else the one on the screen, else the first; says so when that one has changed.

    `kept` says that the link's own offer is answered, and that its answer is shown.
    """
    shown: tuple[int, int] | None = st.session_state.get(SHOWN)
    same = next((offer for offer in waiting if (offer.id, offer.version) == shown), None)
    if shown is not None and same is None:
        refuse("What you were asked changed or was withdrawn while your page was open; nothing was answered.")
    named = next((offer for offer in waiting if str(offer.id) == asked), None)
    if asked and named is None and shown is None and not kept:
        st.text("What this link asks no longer waits for your answer.")
    offer = named or same or (waiting[0] if waiting else None)
    if offer is None:
        st.session_state.pop(SHOWN, None)
    else:
        st.session_state[SHOWN] = (offer.id, offer.version)
    return offer


def draw_offer(desk: Desk, offer: MyOffer, *, more: int) -> None:
    """What is asked, when, with whom, what it commits to; then the three answers."""
    st.markdown(f"**{plain(offer.role)}**")
    st.text(f"{when_words(offer.starts_at, offer.ends_at)}\n{_expected(offer)}")
    with st.container(border=True):
        st.markdown("**What it commits you to**")
        st.text(offer.responsibilities)
    st.text(_company(offer))
    st.text(f"Please answer by {instant_words(offer.answer_by)}.")
    key = f"{offer.id}-{offer.version}"  # a press on what has changed since must never answer something else
    if st.button("Yes, we will", type="primary", width="stretch", key=f"yes-{key}"):
        _answer(desk, offer, accept=True, done=f"Your answer is kept: yes to {offer.role}.")
    with st.expander("Yes, on conditions…"):
        chosen = st.multiselect("Usual conditions", USUAL, key=f"usual-{key}")
        own = st.text_input("Another condition, in a sentence", max_chars=300, key=f"own-{key}")
        if st.button("Yes, on these conditions", width="stretch", key=f"conditions-{key}"):
            done = f"Your answer is kept: yes to {offer.role}, on conditions. Silver answers them, and you are told."
            _answer(desk, offer, accept=True, conditions=[*chosen, own], done=done)
    with st.expander("No, we cannot…"):
        reason = st.text_input("Why not, in a few words", max_chars=300, key=f"why-not-{key}")
        if st.button("No, we cannot", width="stretch", key=f"no-{key}"):
            _answer(desk, offer, accept=False, reason=reason, done=f"Your answer is kept: no to {offer.role}.")
    st.text("A yes can be taken back later, with a reason: the planners are told at once.")
    if more:
        st.text(f"{count_words(more, 'more waits', 'more wait')} after this one.")


def _expected(offer: MyOffer) -> str:
    people = f"{offer.likely} likely, {offer.high} at most" if offer.high else "How many people is not known yet"
    return f"{offer.region} region. {people}; {CHILDREN[offer.children]}."


def _company(offer: MyOffer) -> str:
    """Who else is asked, by kind of agency; immigration enforcement's presence always."""
    others = ", ".join(words(kind).lower() for kind in offer.others)
    return (f"Also asked: {others}.\n" if others else "") + IMMIGRATION[offer.immigration]


def _answer(
    desk: Desk, offer: MyOffer, *, accept: bool, done: str, conditions: list[str] | None = None, reason: str = ""
) -> None:
    st.session_state.pop(SHOWN, None)  # what is shown next is another one
    attempt(
        desk,
        lambda work: answers.answer_offer(
            work, offer.id, accept=accept, conditions=conditions or (), reason=reason, version=offer.version
        ),
        done=done,
    )


def draw_undertaking(desk: Desk, item: MyUndertaking) -> None:
    """One thing that the agency undertook at a conference, until it is done."""
    with st.container(border=True, key=f"undertaken-{item.id}"):
        marking_line(item.marking, item.handling)
        before = " The action waits for it." if item.before_action else ""
        st.text(f"{item.text}\nBy {instant_words(item.due_at)}.{before}")
        if st.button("It is done", key=f"done-{item.id}", width="stretch"):
            attempt(
                desk,
                lambda work: undertakings.close_undertaking(work, item.id),
                done="It is kept as done, and the planners see it.",
            )


def draw_invitations(rows: tuple[MyInvitation, ...]) -> None:
    """Each conference's day, what it decides for, and whether the agency is expected; the calendar file holds them."""
    for row in rows:
        with st.container(border=True, key=f"invited-{row.conference_id}"):
            state_badge(row.state)
            st.text(f"{KINDS[row.kind]}\n{when_words(row.starts_at, row.ends_at)}")
            st.text(_decides_for(row))
    st.text("If you cannot come, tell the planners: they keep your apologies.")
    st.html(CALENDAR)


def _decides_for(row: MyInvitation) -> str:
    """How many actions, and which posts of one's own hang on it."""
    decides = f"It decides for {count_words(row.actions, 'action')}."
    if not row.posts:
        return f"{decides} You are not asked for a post there."
    named = [f"{post.role}, {when_words(post.starts_at, post.ends_at)}" for post in row.posts[:MOST_POSTS]]
    rest = len(row.posts) - MOST_POSTS
    return "\n".join([f"{decides} Your part:", *named, *([f"and {rest} more"] if rest > 0 else [])])


def draw_kept(desk: Desk, offer: MyOffer) -> None:
    """What a link asked and this lead has answered: the answer is kept, and this is the way to change it."""
    st.header("Your answer is kept", anchor=False)
    draw_answered(desk, offer)


def _answer_words(offer: MyOffer) -> str:
    """What was answered, by whom of the two who may, and when."""
    who = "You" if offer.answered_by_me else "Your agency"
    at = f" on {instant_words(offer.answered_at)}" if offer.answered_at else ""
    return f"{who} {ANSWERS[offer.state]} this post{at}."


def draw_answered(desk: Desk, offer: MyOffer) -> None:
    """What was answered, what became of its conditions, and the way to take it back."""
    with st.container(border=True, key=f"answered-{offer.id}"):
        state_badge(offer.state)
        st.text(f"{offer.role}\n{when_words(offer.starts_at, offer.ends_at)}, {offer.region}")
        st.text(_answer_words(offer))
        for condition in offer.conditions:
            said = "waits for an answer" if condition.state is ConditionState.RAISED else condition.state
            st.text(f"Condition: {condition.text} ({said}) {condition.answer or ''}".rstrip())
        if offer.state is OfferState.DECLINED:
            st.text("If you can after all, tell the planners: they ask you again.")
            return
        with st.expander("Take it back…"):
            why = st.text_input("Why, in a few words", key=f"why-{offer.id}", max_chars=300)
            if st.button("Take it back", key=f"back-{offer.id}"):
                attempt(
                    desk,
                    lambda work: answers.withdraw_acceptance(work, offer.id, reason=why),
                    done="Your acceptance is taken back, and the planners are told.",
                )


def draw_remember() -> None:
    """For who would rather not type a password each time a message asks something."""
    st.html('<a href="/login/remember" target="_self" style="color:inherit">Remember this device for 30 days</a>')
