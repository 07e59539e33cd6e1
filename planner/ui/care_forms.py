"""A planner's bookings: filtered, page by page, released with care."""

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.dates import instant_words
from planner.rules.supply import nights_words
from planner.rules.words import HoldState
from planner.ui.care_asking import draw_release
from planner.ui.care_competing import draw_competing
from planner.ui.care_words import lines_words, offered_words
from planner.ui.forms import words
from planner.ui.rows import page_number
from planner.ui.widgets import empty_state, state_badge
from planner.views import care_bookings as view
from planner.views.care_bookings import Booking, BookingFilter
from planner.work import Desk

NARROW = 168  # pixels: two fields beside each other on a phone
LIVE, ANY_UNIT, ANY_REGION = "Live bookings", "All units", "All regions"
APPEAR = "Places asked for on an action's page, under Care, appear here until their last night is over."
ENDED = (HoldState.DECLINED, HoldState.RELEASED, HoldState.EXPIRED, HoldState.TAKEN_BACK)


def draw_bookings(desk: Desk) -> None:
    """What waits and lapses first, then what is confirmed; release what this reader may release."""
    with desk.reading() as look:
        counts, choices = view.counts(look), view.choices(look)
    st.header("Bookings")
    if not choices.units:
        empty_state("No places are booked.", APPEAR)
        return
    st.text(_counted(counts))
    draw_competing(desk)
    wanted = _filter(choices)
    with desk.reading() as look:
        total = view.count_bookings(look, wanted)
    here = st.container()
    number = page_number(total, key="bookings-page", per_page=view.PER_PAGE)
    with desk.reading() as look:
        rows = view.booking_rows(look, wanted._replace(page=number))
    with here:
        _draw_rows(desk, rows, total=total, first=(number - 1) * view.PER_PAGE + 1)


def _counted(counts: view.Counts) -> str:
    waiting = f"{count_words(counts.waiting, 'booking waits', 'bookings wait')} for a provider's answer"
    lapsing = f", {counts.lapsing} of which {'lapses' if counts.lapsing == 1 else 'lapse'} within a day"
    confirmed = f"{counts.confirmed} {'is' if counts.confirmed == 1 else 'are'} confirmed"
    return f"{waiting}{lapsing if counts.lapsing else ''}; {confirmed}."


def _filter(choices: view.Choices) -> BookingFilter:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
        text = st.text_input("Action's reference", st.query_params.get("ref", ""), width=NARROW)
        states = {LIVE: None, **{words(state): state for state in (*view.LIVE, *ENDED)}}
        state = st.selectbox("State", list(states), width=NARROW)
        unit = st.selectbox("In unit", [ANY_UNIT, *choices.units], width=NARROW)
        regions = {ANY_REGION: "", **{name: code for code, name in choices.regions.items()}}
        region = st.selectbox("Region", list(regions), width=NARROW)
        past = st.checkbox("Past nights too", width=NARROW)
    return BookingFilter(text.strip(), states[state], "" if unit == ANY_UNIT else unit, regions[region], past=past)


def _draw_rows(desk: Desk, rows: tuple[Booking, ...], *, total: int, first: int) -> None:
    if not rows:
        empty_state("No booking matches.", APPEAR)
        return
    shown = f"{first} to {first + len(rows) - 1}" if len(rows) < total else "all of them"
    st.text(f"{count_words(total, 'booking')}; showing {shown}.")
    for row in rows:
        _draw_booking(desk, row)


def _draw_booking(desk: Desk, row: Booking) -> None:
    with st.container(border=True, key=f"hold-{row.id}-listed"):
        left, middle, right = st.columns([0.15, 0.65, 0.2], vertical_alignment="center")
        with left:
            state_badge(row.state)
        where = f"{row.purpose}, {row.region}" if row.region else row.purpose
        provider = f", {row.provider}" if row.provider else ""
        middle.text(
            f"{lines_words(row.lines)}. {where}.\n{nights_words(row.first_night, row.last_night)}. "
            f"Unit {row.unit}{provider}.{_until(row)}"
        )
        with right:
            draw_release(desk, row)


def _until(row: Booking) -> str:
    if row.state in ENDED:
        return f"\n{row.reason}" if row.reason else ""
    lapses = f"Lapses {instant_words(row.expires_at)}." if row.expires_at else ""
    return "".join(f"\n{said}" for said in (offered_words(row), lapses) if said)
