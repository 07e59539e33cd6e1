"""What changed on a provider's page while it stood open: a press on what is no longer there is told what happened."""

from collections.abc import Sequence
from time import monotonic

import streamlit as st

from planner.rules.dates import instant_words
from planner.rules.supply import nights_words
from planner.rules.words import HoldState
from planner.ui.care_words import lines_words
from planner.ui.forms import AGAIN_SECONDS, kept_here
from planner.ui.widgets import state_badge
from planner.views.care_bookings import Booking
from planner.views.care_changed import Became, what_became
from planner.work import Desk

SHOWN, CHANGED = "own_bookings_shown", "own_bookings_changed"
ALREADY = {
    HoldState.CONFIRMED: "It is confirmed already",
    HoldState.DECLINED: "It is declined already",
    HoldState.TAKEN_BACK: "It is taken back already",
    HoldState.EXPIRED: "It lapsed",
    HoldState.RELEASED: "The planners need it no longer",
}


def forget_shown(*rows: Booking) -> None:
    """What one's own hand is about to change is no news."""
    shown = kept_here(SHOWN)
    for row in rows:
        shown.pop(row.id, None)


def draw_changed(desk: Desk, bookings: Sequence[Booking]) -> None:
    """What stood on this page and was answered or ended elsewhere since, once, and through a double click."""
    shown, changed = kept_here(SHOWN), kept_here(CHANGED)
    now = {row.id: row.state for row in bookings}
    gone = [number for number, (state, _) in shown.items() if now.get(number) is not state]
    with desk.reading() as look:
        found = [row for row in what_became(look, gone) if row.state is not shown[row.id][0]] if gone else []
    if found:
        changed.update(at=monotonic(), rows=[(row, shown[row.id][1]) for row in found])
    elif monotonic() - changed.get("at", -AGAIN_SECONDS) >= AGAIN_SECONDS:
        changed.clear()
    shown.clear()
    shown.update({row.id: (row.state, _what(row)) for row in bookings})
    for became, what in changed.get("rows", ()):
        with st.container(border=True, key=f"changed-{became.id}"):
            state_badge(became.state)
            st.text(f"{what}\n{became_words(became)} Nothing else was changed by your page.")


def _what(row: Booking) -> str:
    return f"{lines_words(row.lines)}\n{nights_words(row.first_night, row.last_night)}"


def became_words(row: Became) -> str:
    """ "It is confirmed already, by Duty lead, Thu 26 November, 06:00." """
    if row.filled:
        return "What was asked for is confirmed elsewhere. Thank you."
    said = ALREADY.get(row.state, "It changed")
    return ", ".join([said, *([f"by {row.by}"] if row.by else []), *([instant_words(row.at)] if row.at else [])]) + "."
