"""A provider's answers beside a plain yes: a part of it, other places instead; and afterwards who came, in counts."""

import streamlit as st

from planner.rules.counts import count_words
from planner.services import care, care_arrivals, care_requests
from planner.ui.care_asking import how_many
from planner.ui.desk import attempt
from planner.ui.forms import choose
from planner.views.care_bookings import Booking
from planner.work import Desk


def draw_part(desk: Desk, row: Booking) -> None:
    """So many of what is asked, where more than one is."""
    if row.places < 2:
        return
    with st.expander("Confirm a part…"):
        given = how_many(row, "Places", key=f"part-{row.id}", now=True)
        if st.button("Confirm these", key=f"confirm-part-{row.id}", width="stretch"):
            attempt(
                desk,
                lambda work: care.confirm_hold(work, row.id, places=given),
                done="These places are confirmed; the planners are told.",
            )


def draw_instead(desk: Desk, row: Booking, units: dict[str, str]) -> None:
    """Another unit, fewer places or other nights: held for the planners, who accept or release it."""
    if row.offered:
        st.text("You offered these places; the planners have still to accept them.")
        return
    with st.expander("Offer other places…"), st.form(f"instead-{row.id}", border=False):
        unit = choose("In unit", list(units), show=lambda code: f"{code}: {units[code]}")
        places = how_many(row, "Places", key=f"instead-{row.id}", now=True)
        first = st.date_input("First night", row.first_night, format="DD/MM/YYYY", key=f"first-{row.id}")
        nights = st.number_input("Nights", 1, care.LONGEST_STAY, row.nights, key=f"nights-{row.id}")
        reason = st.text_input("Why, in a few words", key=f"instead-why-{row.id}", max_chars=300)
        if st.form_submit_button("Offer these instead", width="stretch"):
            lines = tuple((*key, number) for key, number in places.items() if number)
            attempt(
                desk,
                lambda work: care_requests.offer_instead(
                    work, row.id, care_requests.OtherPlaces(unit, lines, first, int(nights), reason)
                ),
                done="They are held for the planners for 48 hours, who are told.",
            )


def draw_arrivals(desk: Desk, row: Booking) -> None:
    """From the first night on: how many came, never who; what nobody came for goes back twelve hours later."""
    said = [line.arrived for line in row.lines if line.arrived is not None]
    if said:
        st.text(f"{count_words(sum(said), 'person', 'people')} came for {count_words(row.places, 'place')}.")
    with st.expander("Who came, in numbers…"):
        st.text("What nobody came for is yours again twelve hours after you last say so.")
        came = how_many(row, "Came", key=f"came-{row.id}", now=not said)
        if st.button("Keep these numbers", key=f"keep-came-{row.id}", width="stretch"):
            attempt(
                desk,
                lambda work: care_arrivals.record_arrivals(work, row.id, came),
                done="It is kept, and the planners are told.",
            )
