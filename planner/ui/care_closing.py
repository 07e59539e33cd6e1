"""A provider closes nights: over what is booked there only once it says that it takes that back."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from planner.rules.counts import count_words
from planner.services import care_closing
from planner.services.care_closing import ClosingRequest
from planner.ui.desk import attempt
from planner.ui.forms import choose
from planner.views.care_bookings import Booking
from planner.work import Desk


def draw_closing(
    desk: Desk, units: dict[str, str], operations: dict[int, str], bookings: Sequence[Booking], today: date
) -> None:
    """Which nights of which unit, why, and what happens to who is booked."""
    with st.expander("Close nights…"):
        st.text("What is booked on these nights is taken back whole: the planners must place those people elsewhere.")
        with st.form("close-nights", border=False):
            unit = choose("Unit to close", list(units), show=lambda code: f"{code}: {units[code]}")
            operation = choose("Closed for", list(operations), show=lambda number: operations[number])
            first = st.date_input("Closed from the night of", today, format="DD/MM/YYYY")
            last = st.date_input("To the night of", today, format="DD/MM/YYYY")
            reason = st.text_input("Why they are closed", max_chars=300)
            takes_back = st.checkbox("Take back what is booked on these nights")
            if st.form_submit_button("Close these nights", width="stretch"):
                over = _over(bookings, unit, first, last) if takes_back else ()
                attempt(
                    desk,
                    lambda work: care_closing.close_nights(
                        work, ClosingRequest(unit, operation, first, last, reason, over)
                    ),
                    done=_done,
                )


def _done(taken_back: int) -> str:
    if not taken_back:
        return "The nights are closed. Nothing was booked on them."
    return f"The nights are closed; {count_words(taken_back, 'booking is', 'bookings are')} taken back, and told."


def _over(bookings: Sequence[Booking], unit: str, first: date, last: date) -> tuple[int, ...]:
    """The bookings that this page shows on these nights: one made since is named before anything is closed."""
    return tuple(row.id for row in bookings if row.unit == unit and row.first_night <= last and row.last_night >= first)
