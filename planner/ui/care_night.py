"""Round the table of nights: one night's holders, what lapses within a day, what is free by profile and zone."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.dates import day_words, instant_words
from planner.rules.supply import nights_words
from planner.rules.windows import nights_of
from planner.rules.words import HoldState, Profile
from planner.ui.care_heat import SHORT
from planner.ui.care_words import lines_words
from planner.ui.rows import Row, draw_rows
from planner.ui.widgets import state_badge, state_words
from planner.views.care_bookings import Booking
from planner.views.care_night import Holder, NightDetail
from planner.views.care_nights import FreeRow

OTHERS = "Others: not yours to see"


def draw_night(found: NightDetail) -> None:
    """Who holds what on one night, as far as this reader may know."""
    st.subheader(f"Unit {found.unit}, the night of {day_words(found.night)}")
    if found.row is None:
        st.text("Nothing is open to you on that night: unknown, never free.")
        return
    row = found.row
    st.text(f"{row.open} open, {row.confirmed} confirmed, {row.held} held, {row.free} free.")
    if not found.holders:
        st.text("Nobody has a place that night, and nobody asks for one.")
        return
    columns = ("For", "State", "Places", "Region", "Nights", "Until")
    draw_rows(f"Who holds what in unit {found.unit}", columns, [_holder(each) for each in found.holders])


def _holder(each: Holder) -> Row:
    until = f"lapses {instant_words(each.expires_at)}" if each.expires_at else "–"
    last = nights_of(each.first_night, each.nights)[-1]
    asks = each.state is HoldState.REQUESTED
    state = "… Asked for, claims nothing" if asks else state_words(each.state)
    return (
        each.purpose or OTHERS,
        state,
        each.places,
        each.region or "–",
        nights_words(each.first_night, last),
        until,
    )


def draw_lapsing(rows: Sequence[Booking], number: int) -> None:
    """What goes back by itself unless somebody extends or confirms it, next first."""
    if not number:
        st.text("No held booking that you see lapses within a day.")
        return
    places = count_words(sum(row.places for row in rows), "place")
    with st.container(border=True, key="lapsing"):
        state_badge("advises")
        st.text(f"{count_words(number, 'held booking lapses', 'held bookings lapse')} within a day:")
        for row in rows:
            lapses = instant_words(row.expires_at) if row.expires_at else ""
            st.text(f"{lapses}: {row.purpose}, unit {row.unit}, {lines_words(row.lines)}")
        if number > len(rows):
            st.text(f"The first {len(rows)} of them, {places}; the rest stand under Bookings.")


def draw_free(rows: Sequence[FreeRow], first: date) -> None:
    """Places free by zone and profile; a unit is counted in every zone that it serves."""
    zones = list(dict.fromkeys(row.zone for row in rows))
    free = {(row.zone, row.profile): row for row in rows}
    profiles = [profile for profile in Profile if any(row.profile is profile for row in rows)]
    table = [(zone, *(_free_words(free.get((zone, profile))) for profile in profiles)) for zone in zones]
    st.text(
        f"Free on the night of {day_words(first)}, and the fewest on any of the 14 nights. "
        "A unit that serves several zones is counted in each."
    )
    draw_rows("Free by zone and profile", ("Zone", *(SHORT[profile] for profile in profiles)), table)


def _free_words(row: FreeRow | None) -> str:
    return f"{row.first}, fewest {row.lowest}" if row else "–"
