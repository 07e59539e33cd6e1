"""Care of one action: what is needed and confirmed, places that fit now, its bookings, a booking by choice."""

import streamlit as st

from planner.rules.checks_care import PROFILE_WORDS
from planner.rules.counts import count_words
from planner.rules.dates import day_words, instant_words
from planner.rules.demand import asked_for, reserve_stands
from planner.rules.words import Need, Profile
from planner.services import care
from planner.services.care_notice import short_notice
from planner.services.care_together import hold_together
from planner.ui.care_asking import draw_asking, draw_release
from planner.ui.care_competing import draw_competing
from planner.ui.care_what_if import draw_what_if
from planner.ui.care_words import held_words, offered_words, profile_names, unconfirmed_words
from planner.ui.choices import which
from planner.ui.desk import attempt
from planner.ui.forms import choose, request_key, words
from planner.ui.gate import draw_coverage
from planner.ui.strike_days import draw_strike_care
from planner.ui.terms_forms import draw_near_terms
from planner.ui.widgets import empty_state, state_badge
from planner.views.actions import units_near
from planner.views.care_bookings import Booking, BookingFilter, booking_rows
from planner.views.care_check import CareCheck, care_check
from planner.views.care_cooperation import cooperation_words
from planner.views.care_repack import moves_words
from planner.views.one_action import OneAction
from planner.work import Desk, Work


def draw_care(desk: Desk, one: OneAction) -> None:
    """Coverage, then what can be done about it now, then what is booked."""
    with desk.reading() as look:
        found = care_check(look, one.row.reference)
        moves, tied = moves_words(look, found), cooperation_words(look, found, one.facts)
        rows = booking_rows(look, BookingFilter(text=one.row.reference, past=True))
        units = units_near(look, one.facts.action.zone)
    draw_coverage(one.facts)
    if unconfirmed := unconfirmed_words(one.facts):
        st.text(unconfirmed)
    if tied:
        st.text(f"! {tied}")
    _draw_check(desk, one, found, moves)
    draw_what_if(desk, one, found)
    draw_strike_care(desk, one)
    st.header("Bookings")
    if not rows:
        empty_state("No place is booked.", "Hold places above or below; only confirmed ones count for the gate.")
    for row in rows:
        _draw_booking(desk, row)
    draw_competing(desk, one.row.reference)
    draw_near_terms(desk, one.facts.action.zone)
    draw_asking(desk, one, units)
    st.header("Hold places of one unit")
    _draw_new(desk, one, units)


def _draw_check(desk: Desk, one: OneAction, found: CareCheck, moves: str) -> None:
    """Where the likely can be placed now, or who is short and which held bookings could make way."""
    if not one.facts.demand:
        return
    nights = f"from {day_words(found.first)} to the morning after {day_words(found.last)}"
    if found.words:
        st.text("\n".join(filter(None, (found.words, moves))))
    placed = [(found.unit_codes[row.unit_id], (row.profile, row.need, row.places)) for row in found.found.placed]
    if not placed:
        if not found.found.short:
            st.text(_nobody_left(one))
        return
    st.text(f"Free now, {nights}:")
    for unit, (profile, need, places) in placed:
        special = "" if need is Need.NONE else f", {need}"
        st.text(f"Unit {unit}: {count_words(places, 'place')} for {PROFILE_WORDS[profile]}{special}")
    asked = sum(asked_for(one.facts).values())
    if asked:
        st.text(f"{count_words(asked, 'place is', 'places are')} asked for already: the provider answers.")
    if st.button("Hold these places", type="secondary" if asked else "primary"):
        key = request_key("placement")

        def hold(work: Work) -> str:
            units = dict.fromkeys(unit for unit, _ in placed)
            lines = {unit: tuple(line for code, line in placed if code == unit) for unit in units}
            asked = [care.HoldRequest(one.row.reference, unit, lines[unit], f"{key}-{unit}") for unit in units]
            made = hold_together(work, asked)
            return f"{held_words(made)} {short_notice(work, list(units), found.first)}".strip()

        attempt(desk, hold, done=str, form="placement")


def _nobody_left(one: OneAction) -> str:
    if any(line.likely for line in one.facts.demand):
        return "Everyone likely has a place that is asked for, held or confirmed."
    return "Nobody is likely." + (" A share of a confirmed reserve stands." if reserve_stands(one.facts) else "")


def _draw_booking(desk: Desk, row: Booking) -> None:
    with st.container(border=True, key=f"booking-{row.id}"):
        state_badge(row.state)
        who = ", ".join(f"{line.places} for {PROFILE_WORDS[line.profile]}" for line in row.lines)
        lapses = f" Lapses {instant_words(row.expires_at)}." if row.expires_at else ""
        offered = f"\n{offered_words(row)}" if row.offered else ""
        st.text(
            f"{who}, unit {row.unit}, {count_words(row.nights, 'night')} from {day_words(row.first_night)}."
            f"{lapses}{offered}"
        )
        draw_release(desk, row)


def _draw_new(desk: Desk, one: OneAction, units: dict[str, str]) -> None:
    """Places of one unit for the nights that policy asks."""
    if not units:
        st.text("No unit serves this zone. Ask the cell which provider could.")
        return
    with st.form("hold", border=True):
        unit = which("Unit", units)
        profile = choose("For whom", list(Profile), show=lambda value: words(profile_names([value])))
        need = choose("Special need", list(Need), show=words)
        places = st.number_input("Places", 1, 50, 1)
        wait = st.checkbox("None are free: ask the provider, and wait")
        if st.form_submit_button("Hold places"):
            line, key = (profile, need, int(places)), request_key("hold")

            def hold(work: Work) -> str:
                made = care.hold_places(work, care.HoldRequest(one.row.reference, unit(), (line,), key, wait=wait))
                return f"{held_words([made])} {short_notice(work, [unit()], made.first_night)}".strip()

            attempt(desk, hold, done=str, form="hold")
