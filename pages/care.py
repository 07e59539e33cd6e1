"""Places of care: capacity by unit and night, bookings; a provider's own side, as light as can be."""

from datetime import timedelta

import pandas as pd
import streamlit as st

from planner.rules.dates import day_words, instant_words
from planner.rules.words import HoldState, Post
from planner.services import care, care_supply
from planner.ui.desk import attempt, open_desk, show_flash
from planner.ui.forms import choose, words
from planner.ui.widgets import empty_state, page_header, state_badge
from planner.views import care as view

desk = open_desk("care")
page_header("Care")
show_flash()
with desk.reading() as look:
    rows = view.capacity(look)
    bookings = view.holds(look)
    provides = look.actor.holds(Post.PROVIDER_LEAD)
    units = view.own_units(look)
    operations = view.operation_choices(look)
    today = look.now.date()

order = {HoldState.REQUESTED: 0, HoldState.HELD: 1, HoldState.CONFIRMED: 2}
st.header("Your bookings" if provides else "Bookings")
if not bookings:
    empty_state("No places are booked.", "Requests appear here; planners ask on an action's page, under Care.")
shown = sorted(bookings, key=lambda item: (order[item.state], item.first_night))[:40]
for number, row in enumerate(shown):
    with st.container(border=True, key=f"hold-{row.id}-{number}"):
        state_badge(row.state)
        where = row.reference or row.region or "Reserve"
        st.text(
            f"{row.places} for {words(row.profile).lower()}, unit {row.unit}, {row.nights} nights "
            f"from {day_words(row.first_night)}. {where}."
        )
        if row.immigration:
            st.text(f"Immigration enforcement: {words(row.immigration).lower()}.")
        if row.expires_at:
            st.text(f"Lapses {instant_words(row.expires_at)}.")
        waits = provides and row.state is not HoldState.CONFIRMED
        if waits and st.button("Confirm", key=f"confirm-{row.id}-{number}", type="primary"):
            attempt(
                desk,
                lambda work, hold=row.id: care.confirm_hold(work, hold),
                done="The places are confirmed; the planners are told.",
            )
        if provides:
            with st.expander("Take back…" if row.state is HoldState.CONFIRMED else "Decline…"):
                reason = st.text_input("Why, in a few words", key=f"why-{row.id}-{number}", max_chars=300)
                verb = care.take_back if row.state is HoldState.CONFIRMED else care.decline_hold
                label = "Take these places back" if row.state is HoldState.CONFIRMED else "Decline"
                if st.button(label, key=f"end-{row.id}-{number}"):
                    attempt(
                        desk,
                        lambda work, verb=verb, hold=row.id, text=reason: verb(work, hold, text),
                        done="It is kept, and the planners are told.",
                    )
        elif st.button("Release", key=f"release-{row.id}-{number}"):
            attempt(desk, lambda work, hold=row.id: care.release_hold(work, hold), done="The places are released.")

if provides and units and operations:
    st.header("Open places")
    with st.form("open"):
        names = {unit.code: f"{unit.code}: {unit.name}" for unit in units}
        unit = choose("Unit", list(names), show=lambda code: names[code])
        operation = choose("For", list(operations), show=lambda number: operations[number])
        first = st.date_input("First night", today, format="DD/MM/YYYY")
        last = st.date_input("Last night", today + timedelta(days=13), format="DD/MM/YYYY")
        places = st.number_input("Places on each of these nights", 0, care_supply.MOST_PLACES, 1)
        if st.form_submit_button("Open these places"):
            attempt(
                desk,
                lambda work: care_supply.open_places(
                    work, care_supply.OpenRequest(unit, operation, first, last, int(places))
                ),
                done="The places are open.",
            )

st.header("Free places by night")
if not rows:
    empty_state("No place is open for the next fortnight.", "A provider opens places here; then they show.")
else:
    frame = pd.DataFrame(
        {
            "Unit": [row.unit for row in rows],
            "Night": [f"{row.night:%d %b}" for row in rows],
            "Free": [row.free for row in rows],
        }
    )
    table = frame.pivot(index="Unit", columns="Night", values="Free")[list(dict.fromkeys(frame["Night"]))]
    st.text("Places that are open, not held and not confirmed. A night that is empty is unknown, never free.")
    st.dataframe(table, width="stretch")
