"""A partner lead's sixty seconds, made for a phone: what is asked, three answers; then what follows from them."""

import streamlit as st

from planner.rules.words import OfferState
from planner.ui import my_answers, my_commitments, my_offer, my_part_forms
from planner.ui.availability_forms import draw_own_availability
from planner.ui.charter_forms import draw_my_charters
from planner.ui.desk import BY_DEVICE, open_desk, show_flash
from planner.ui.my_minutes import draw_my_minutes
from planner.ui.widgets import empty_state, page_header
from planner.views import my_conferences, my_team
from planner.views import my_part as view
from planner.views.charter import my_charters

SHOWN = 3
MOST_ENDED = 20

desk = open_desk("my_part")
with desk.reading() as look:
    offers = view.my_offers(look)
    past = view.my_past(look)
    invitations = my_conferences.my_invitations(look)
    undertakings = my_conferences.my_undertakings(look)
    team = my_team.colleagues(look)
    commitments = my_team.my_commitments(look)
    charters = my_charters(look)
    ended = my_team.my_ended(look, MOST_ENDED)

asked = st.query_params.get("ref", "")
waiting = [offer for offer in offers if offer.state is OfferState.OFFERED]
offers_answered = [offer for offer in offers if offer.state is not OfferState.OFFERED]
answered = list(offers_answered)
to_agree = [item for item in charters if item.agreed_at is None]
kept = next((offer for offer in answered if str(offer.id) == asked), None)
page_header("Can you do this?" if waiting and not kept else "My part")
show_flash()
if kept:
    my_answers.draw_kept(desk, kept, team)
    answered.remove(kept)
to_say = [offer for offer in answered if offer.waits_for_word]
if to_say:
    st.header("Will the planners' answer do?", anchor=False)
for offer in to_say:
    my_answers.draw_answered(desk, offer, team)
    answered.remove(offer)
offer = my_offer.offer_to_show(waiting, offers_answered, asked, kept=kept is not None)
if offer:
    if kept:
        st.header("Can you do this?", anchor=False)
    my_offer.draw_offer(desk, offer, more=len(waiting) - 1)
    my_answers.draw_team(desk, offer, team)
    my_offer.draw_many(desk, waiting)
elif not kept and not to_agree and not to_say:
    empty_state("Nothing waits for your answer.", "When you are asked to take a post, it appears here.")

draw_my_charters(desk, to_agree, primary=offer is None)
if undertakings:
    st.header("What you undertook", anchor=False)
for undertaking in undertakings:
    my_part_forms.draw_undertaking(desk, undertaking)
if invitations:
    st.header("Conferences you are invited to", anchor=False)
    my_part_forms.draw_invitations(desk, invitations)
draw_my_minutes(desk)

if answered:
    st.header("What you have answered", anchor=False)
latest, earlier = my_answers.latest_first(answered, SHOWN)
for offer in latest:
    my_answers.draw_answered(desk, offer, team)
if earlier:
    with st.expander(f"{len(earlier)} more that you answered earlier, the next day first"):
        for offer in earlier:
            my_answers.draw_answered(desk, offer, team)
if past:
    st.header("Were your conditions kept?", anchor=False)
    my_answers.draw_broken(desk, past)
if offers or commitments:
    st.header("Standing commitments", anchor=False)
    my_commitments.draw_commitments(desk, commitments)
if ended:
    with st.expander("No longer asked of you"):
        my_answers.draw_ended(ended)

draw_my_charters(desk, [item for item in charters if item.agreed_at is not None])

draw_own_availability(desk)
if not st.session_state[BY_DEVICE]:
    my_part_forms.draw_remember()
