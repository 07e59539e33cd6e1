"""When agencies can be asked: one table for the cell, the own agency's hours for a partner's lead."""

from collections.abc import Callable
from datetime import time

import streamlit as st

from planner import access
from planner.inputs.availability import MOST_A_DAY
from planner.rules.availability import EVERY_DAY, WEEKDAYS, Availability, hours_words
from planner.rules.counts import count_words
from planner.services import availability
from planner.ui.availability_table import ALL_DAY, draw_table, said_on
from planner.ui.choices import which
from planner.ui.desk import attempt
from planner.ui.rows import draw_rows, page_of
from planner.ui.widgets import empty_state
from planner.views import availability as view
from planner.views.availability import AvailabilityRow
from planner.work import Desk

OFFICE = (time(9), time(17))
DAYS = dict(zip(EVERY_DAY, WEEKDAYS, strict=True))


def draw_availability(desk: Desk) -> None:
    """The cell's table of every partner's hours, the same in words, and the form for one of them."""
    with desk.reading() as look:
        if not access.may(look, access.Verb.MANAGE_DIRECTORY):
            return
        rows = view.availability_rows(look)
    st.header("When agencies can be asked")
    if not rows:
        empty_state("No partner agency is in the directory yet.", "Import agencies under Import a spreadsheet.")
        return
    said = [row for row in rows if row.said]
    st.text(f"{len(said)} of {count_words(len(rows), 'partner agency', 'partner agencies')} said when.")
    draw_table(desk, rows)
    if said:
        with st.expander("The same in words"):
            draw_rows(
                "When agencies can be asked",
                ("Agency", "Asked", "Said on"),
                [(row.name, _words(row), said_on(row)) for row in page_of(said, key="availability-page", per_page=25)],
            )
    with st.expander("Say when an agency can be asked"):
        named = {row.code: row for row in rows}
        code = which("Hours of", {row.code: row.name for row in rows})
        if code.shown is None:
            code.say()
        else:
            _draw_form(desk, named[code.shown])


def draw_own_availability(desk: Desk) -> None:
    """A partner lead's own agency: one fold, made for a phone."""
    with desk.reading() as look:
        rows = view.availability_rows(look)
    for row in rows:
        with st.expander(f"When we can be asked: {_words(row)}" if row.said else "Say when you can be asked"):
            _draw_form(desk, row)


def _words(row: AvailabilityRow) -> str:
    return hours_words(row.said) if row.said else "not said"


def _draw_form(desk: Desk, row: AvailabilityRow) -> None:
    """What is kept already stands in the fields."""
    key = f"{row.code}-{row.changed_at}"
    with st.form(f"availability-{key}", border=False):
        request = _fields(row.said, key)
        if st.form_submit_button("Keep these hours", width="stretch"):
            attempt(
                desk,
                lambda work: availability.set_availability(work, row.code, request()),
                done="These hours are kept: whoever plans sees them before asking.",
            )
    if row.said and st.button("Say nothing of these hours", key=f"clear-{key}"):
        attempt(
            desk,
            lambda work: availability.clear_availability(work, row.code),
            done="Nothing is said of these hours any more.",
        )


def _fields(said: Availability | None, key: str) -> Callable[[], availability.AvailabilityRequest]:
    """The days are chosen, never typed; the request is made once the form is sent, so that it can be refused."""
    days = st.pills(
        "Days",
        list(DAYS),
        selection_mode="multi",
        default=list(said.weekdays if said else "12345"),
        format_func=lambda day: DAYS[day],
        key=f"days-{key}",
    )
    first, second = st.columns(2)
    opens = first.time_input("From", said.opens if said else OFFICE[0], key=f"opens-{key}")
    closes = second.time_input("Until", said.closes if said else OFFICE[1], key=f"closes-{key}")
    st.text(ALL_DAY)
    holidays = st.checkbox("On bank holidays too", bool(said and said.bank_holidays), key=f"holidays-{key}")
    capacity = said.actions_a_day if said else None
    most = st.number_input("Actions a day, at most", 1, MOST_A_DAY, capacity, placeholder="Not said", key=f"most-{key}")
    return lambda: availability.AvailabilityRequest(
        "".join(days or ()),
        opens or OFFICE[0],
        closes or OFFICE[1],
        bank_holidays=holidays,
        actions_a_day=None if most is None else int(most),
    )
