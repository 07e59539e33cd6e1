"""A provider's own side, for a phone: what waits for an answer, its bookings, how many places are open each night."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar

import streamlit as st

from planner.rules.supply import age_words, is_stale
from planner.rules.windows import first_night, local
from planner.rules.words import HoldState
from planner.services import care_supply
from planner.ui.care_answers import draw_booking, waits
from planner.ui.care_changed import draw_changed
from planner.ui.care_closing import draw_closing
from planner.ui.choices import which
from planner.ui.desk import attempt
from planner.ui.forms import drawn_version
from planner.ui.rows import page_of
from planner.ui.widgets import empty_state, plain
from planner.views import care_bookings, care_own
from planner.views.care_bookings import Booking
from planner.views.care_competing import asked_first
from planner.work import Desk

T = TypeVar("T", str, int)
PER_PAGE = 20
NIGHT_WIDTH = 148  # pixels: two nights beside each other on a phone, a week at a desk


def draw_own(desk: Desk) -> None:
    """Answer first, then one's bookings, then supply."""
    with desk.reading() as look:
        bookings = care_bookings.own_bookings(look)
        units = {unit.code: unit.name for unit in care_own.own_units(look)}
        operations = care_own.operation_choices(look)
        now, first = look.now, asked_first(look)
    draw_changed(desk, bookings)
    waiting = sorted((row for row in bookings if waits(row)), key=lambda row: row.id not in first)
    _draw_waiting(desk, waiting, units, first_night(now), asked_first=any(row.id in first for row in waiting))
    offered = [row for row in bookings if row.offered and row.state is HoldState.HELD]
    if offered:
        st.header("Offered by you, and not answered yet")
    for row in offered:
        draw_booking(desk, row, units, first_night(now))
    st.header("Your bookings")
    confirmed = [row for row in bookings if row.state is HoldState.CONFIRMED]
    if not confirmed:
        empty_state("No places of yours are booked.", "What you confirm appears here until its last night is over.")
    for row in _page_of(confirmed):
        draw_booking(desk, row, units, first_night(now))
    _draw_supply(desk, units, operations, now=now, primary=not waiting)
    if units and operations:
        draw_closing(desk, units, operations, bookings, local(now).date())


def _draw_waiting(
    desk: Desk, waiting: Sequence[Booking], units: dict[str, str], tonight: date, *, asked_first: bool
) -> None:
    st.header("Waiting for your answer")
    if not waiting:
        empty_state(
            "Nothing waits for your answer.",
            "When planners ask for your places, each request appears here: how many, for whom, which nights.",
        )
    if asked_first:
        st.text("Several ask for the same places: the cell asks that you answer the first one below first.")
    for number, row in enumerate(waiting):
        draw_booking(desk, row, units, tonight, primary=number == 0)


def _page_of(rows: list[Booking]) -> Sequence[Booking]:
    if len(rows) > PER_PAGE:
        st.text(f"{len(rows)} bookings, {PER_PAGE} a page.")
    return page_of(rows, key="own-page", per_page=PER_PAGE)


def _draw_supply(
    desk: Desk, units: dict[str, str], operations: dict[int, str], *, now: datetime, primary: bool
) -> None:
    st.header("Places open each night")
    if not units:
        empty_state("No unit of yours is here yet.", "Once the cell enters your units, you say here what is open.")
        return
    if not operations:
        empty_state("No operation has asked you yet.", "Once the cell appoints you to one, you open places to it here.")
        return
    chosen = _which(units, operations)
    if chosen is not None:
        _draw_fortnight(desk, *chosen, first=local(now).date(), now=now, primary=primary)
    _draw_longer(desk, units, operations, local(now).date())


def _which(units: dict[str, str], operations: dict[int, str]) -> tuple[str, int] | None:
    """Pills, not a list to unfold: one touch each."""
    unit = _one_of("Which of your units", {code: plain(code) for code in units})
    operation = _one_of("Open to", {number: plain(name) for number, name in operations.items()})
    if unit is None or operation is None:
        return None
    st.text(f"{unit}: {units[unit]}. Open to {operations[operation]}.")
    return unit, operation


def _one_of(label: str, names: dict[T, str]) -> T | None:
    if len(names) == 1:
        return next(iter(names))
    chosen = which(label, names, draw=st.pills, required=True)
    chosen.say()
    return chosen.shown


def _draw_fortnight(desk: Desk, unit: str, operation: int, *, first: date, now: datetime, primary: bool) -> None:
    with desk.reading() as look:
        supply = care_own.own_supply(look, unit, operation, first)
    version = drawn_version(f"fortnight-{unit}-{operation}", supply.version)
    age = f"Last confirmed {age_words(supply.confirmed_at, now)}."
    if is_stale(supply.confirmed_at, now):
        st.text(f"! {age} Keep it again, even unchanged, so that planners can rely on it.")
    else:
        st.text(f"✓ {age}")
    with st.form(f"fortnight-{unit}-{operation}"):
        with st.container(horizontal=True, gap="xsmall"):
            places = {night.night: _night(night, f"{unit}-{operation}-{version}") for night in supply.nights}
        if st.form_submit_button("Keep this fortnight", type="primary" if primary else "secondary", width="stretch"):
            attempt(
                desk,
                lambda work: care_supply.keep_nights(work, care_supply.NightsRequest(unit, operation, places, version)),
                done=f"The fortnight of {unit} is kept; planners see it at once.",
            )


def _night(night: care_own.OwnNight, key: str) -> int:
    booked = f": {night.booked} booked" if night.booked else ""
    label = f"{night.night:%a} {night.night.day} {night.night:%b}{booked}"
    most = care_supply.MOST_PLACES
    return int(
        st.number_input(label, 0, most, min(night.open, most), key=f"{key}-{night.night}", width=NIGHT_WIDTH) or 0
    )


def _draw_longer(desk: Desk, units: dict[str, str], operations: dict[int, str], today: date) -> None:
    st.header("The same number for longer")
    with st.form("open"):
        unit = which("Unit", {code: f"{code}: {name}" for code, name in units.items()})
        operation = which("For", operations)
        first = st.date_input("First night", today, format="DD/MM/YYYY")
        last = st.date_input("Last night", today + timedelta(days=13), format="DD/MM/YYYY")
        places = st.number_input("Places on each of these nights", 0, care_supply.MOST_PLACES, 1)
        if st.form_submit_button("Open these places", width="stretch"):
            attempt(
                desk,
                lambda work: care_supply.open_places(
                    work, care_supply.OpenRequest(unit(), operation(), first, last, int(places))
                ),
                done="The places are open.",
            )
