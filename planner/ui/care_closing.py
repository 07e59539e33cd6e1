"""A provider closes nights: what is booked there is named before the press, and taken back only once it says so."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.supply import nights_words
from planner.rules.words import HoldState
from planner.services import care_closing
from planner.services.care_closing import ClosingRequest
from planner.ui.care_changed import forget_shown
from planner.ui.care_words import lines_words
from planner.ui.choices import which
from planner.ui.desk import attempt
from planner.views.care_bookings import Booking
from planner.work import Desk

CLAIMING = (HoldState.HELD, HoldState.CONFIRMED)


def draw_closing(
    desk: Desk, units: dict[str, str], operations: dict[int, str], bookings: Sequence[Booking], today: date
) -> None:
    """Which nights of which unit, what is booked there, why; not in a form, so that it follows what is chosen."""
    with st.expander("Close nights…"):
        unit = which("Unit to close", {code: f"{code}: {name}" for code, name in units.items()})
        operation = which("Closed for", operations)
        first = st.date_input("Closed from the night of", today, format="DD/MM/YYYY")
        last = st.date_input("To the night of", today, format="DD/MM/YYYY")
        over = _over(bookings, unit.shown, first, last)
        st.text(_what_follows(over))
        takes_back = bool(over) and st.checkbox(f"Take back {_these(over)}", key=f"takes-back-{len(over)}")
        reason = st.text_input("Why they are closed")
        label = f"Close these nights and take back {_these(over)}" if takes_back else "Close these nights"
        if st.button(label, width="stretch"):
            numbers = tuple(row.id for row in over) if takes_back else ()
            forget_shown(*over)
            attempt(
                desk,
                lambda work: care_closing.close_nights(
                    work, ClosingRequest(unit(), operation(), first, last, reason, numbers)
                ),
                done=_done,
            )


def _these(over: Sequence[Booking]) -> str:
    return "this booking" if len(over) == 1 else f"these {len(over)} bookings"


def _what_follows(over: Sequence[Booking]) -> str:
    """What the press would do to who is booked."""
    if not over:
        return "Nothing is booked on these nights: nobody has to be placed elsewhere."
    named = [f"{lines_words(row.lines)}, {nights_words(row.first_night, row.last_night)}" for row in over]
    return "\n".join(
        [
            "Booked on these nights:",
            *named,
            "Taken back, they end whole, on their other nights too: the planners must place those people elsewhere. "
            "Without that these nights stay open.",
        ]
    )


def _done(taken_back: int) -> str:
    if not taken_back:
        return "The nights are closed. Nothing was booked on them."
    told = f"{count_words(taken_back, 'booking is', 'bookings are')} taken back"
    return f"The nights are closed; {told}, and the planners are told."


def _over(bookings: Sequence[Booking], unit: str | None, first: date, last: date) -> tuple[Booking, ...]:
    """The bookings that this page shows on these nights; what is only asked for claims no place of them."""
    return tuple(
        row
        for row in bookings
        if row.unit == unit and row.first_night <= last and row.last_night >= first and row.state in CLAIMING
    )
