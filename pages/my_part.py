"""A partner lead's sixty seconds, made for a phone: what is asked, three answers; then invitations and undertakings."""

import streamlit as st

from planner.rules.words import OfferState
from planner.ui import my_part_forms
from planner.ui.desk import BY_DEVICE, open_desk, show_flash
from planner.ui.widgets import empty_state, page_header
from planner.views import my_part as view

SHOWN = 3

desk = open_desk("my_part")
with desk.reading() as look:
    offers = view.my_offers(look)
    invitations = view.my_invitations(look)
    undertakings = view.my_undertakings(look)

asked = st.query_params.get("ref", "")
waiting = [offer for offer in offers if offer.state is OfferState.OFFERED]
answered = [offer for offer in offers if offer.state is not OfferState.OFFERED]
kept = next((offer for offer in answered if str(offer.id) == asked), None)
page_header("Can you do this?" if waiting and not kept else "My part")
show_flash()
if kept:
    my_part_forms.draw_kept(desk, kept)
    answered.remove(kept)
offer = my_part_forms.offer_to_show(waiting, asked, kept=kept is not None)
if offer:
    if kept:
        st.header("Can you do this?", anchor=False)
    my_part_forms.draw_offer(desk, offer, more=len(waiting) - 1)
elif not kept:
    empty_state("Nothing waits for your answer.", "When you are asked to take a post, it appears here.")

if undertakings:
    st.header("What you undertook", anchor=False)
for undertaking in undertakings:
    my_part_forms.draw_undertaking(desk, undertaking)
if invitations:
    st.header("Conferences you are invited to", anchor=False)
    my_part_forms.draw_invitations(invitations)

if answered:
    st.header("What you have answered", anchor=False)
for offer in answered[:SHOWN]:
    my_part_forms.draw_answered(desk, offer)
if answered[SHOWN:]:
    with st.expander(f"{len(answered) - SHOWN} more, later"):
        for offer in answered[SHOWN:]:
            my_part_forms.draw_answered(desk, offer)

if not st.session_state[BY_DEVICE]:
    my_part_forms.draw_remember()
