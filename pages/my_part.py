"""A partner lead's sixty seconds, made for a phone."""

import streamlit as st

from planner.rules.dates import instant_words, when_words
from planner.rules.words import Immigration, OfferState
from planner.services import roles
from planner.ui.desk import attempt, open_desk, show_flash
from planner.ui.widgets import empty_state, plain, state_badge
from planner.views.people import my_offers

IMMIGRATION = {
    Immigration.NOT_ATTENDING: "Immigration enforcement: not attending.",
    Immigration.ON_CALL: "Immigration enforcement: on call, not on site.",
    Immigration.ON_SITE: "Immigration enforcement: on site.",
}
USUAL = ("No immigration officers at the reception site", "An interpreter of the same sex", "Travel paid for")

desk = open_desk("my_part")
with desk.reading() as look:
    offers = my_offers(look)

waiting = [offer for offer in offers if offer.state is OfferState.OFFERED]
if not waiting:
    st.title("My part", anchor=False)
    show_flash()
    empty_state("Nothing waits for your answer.", "When you are asked to take a post, it appears here.")
else:
    offer = waiting[0]
    st.title("Can you do this?", anchor=False)
    show_flash()
    st.markdown(f"**{plain(offer.role)}**")
    st.text(f"{when_words(offer.starts_at, offer.ends_at)}\n{offer.region}.")
    st.text(f"{offer.likely} people likely, {offer.high} at most; children only if you were told so.")
    with st.container(border=True):
        st.markdown("**What it commits you to**")
        st.text(offer.responsibilities)
    st.text(IMMIGRATION[offer.immigration])
    st.text(f"Please answer by {instant_words(offer.answer_by)}.")
    if st.button("Yes, we will", type="primary", width="stretch"):
        attempt(
            desk,
            lambda work: roles.answer_offer(work, offer.id, accept=True, version=offer.version),
            done=f"Your answer is kept: yes to {offer.role}.",
        )
    with st.expander("Yes, on conditions…"):
        chosen = st.multiselect("Usual conditions", USUAL)
        own = st.text_input("Another condition, in a sentence", max_chars=300)
        if st.button("Yes, on these conditions", width="stretch"):
            attempt(
                desk,
                lambda work: roles.answer_offer(
                    work, offer.id, accept=True, conditions=[*chosen, own], version=offer.version
                ),
                done=f"Your answer is kept: yes to {offer.role}, on conditions. You will be told of them.",
            )
    with st.expander("No, we cannot…"):
        reason = st.text_input("Why not, in a few words", max_chars=300)
        if st.button("No, we cannot", width="stretch"):
            attempt(
                desk,
                lambda work: roles.answer_offer(work, offer.id, accept=False, reason=reason, version=offer.version),
                done=f"Your answer is kept: no to {offer.role}.",
            )
    st.text("You can change your answer until the go-ahead.")
    if len(waiting) > 1:
        st.text(f"{len(waiting) - 1} more wait after this one.")

answered = [offer for offer in offers if offer.state is not OfferState.OFFERED]
if answered:
    st.header("What you have answered", anchor=False)
for offer in answered:
    with st.container(border=True, key=f"answered-{offer.id}"):
        state_badge(offer.state)
        st.text(f"{offer.role}\n{when_words(offer.starts_at, offer.ends_at)}, {offer.region}")
        if offer.state is not OfferState.DECLINED:
            with st.expander("Take it back…"):
                why = st.text_input("Why, in a few words", key=f"why-{offer.id}", max_chars=300)
                if st.button("Take it back", key=f"back-{offer.id}"):
                    attempt(
                        desk,
                        lambda work, number=offer.id, text=why: roles.withdraw_acceptance(work, number, reason=text),
                        done="Your acceptance is taken back, and the planners are told.",
                    )
