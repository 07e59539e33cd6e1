"""What if, of all actions: a strike day on another date, another stay, one provider or unit closed; nothing is kept."""

import streamlit as st

from planner.errors import PlannerError
from planner.rules.counts import count_words
from planner.rules.dates import day_words, instant_words
from planner.rules.windows import local
from planner.services.care import LONGEST_STAY
from planner.ui.desk import refuse
from planner.ui.forms import choose
from planner.ui.rows import draw_action_rows
from planner.views import care_what_if_all as view
from planner.views.care_what_if import closable
from planner.views.care_what_if_all import Change, Count, WhatIfAll
from planner.views.strike_days import strike_days
from planner.work import Desk

NOTHING, AS_POLICY = "Nothing", 0
SHOWN = "care-what-if"
MOST = 50


def draw_what_if_all(desk: Desk) -> None:
    """Folded and drawn once it is open; the answer stays until another is asked for."""
    folded = st.expander("What if, of all actions", key="care-what-if-all", on_change="rerun")
    if not folded.open:
        return
    with desk.reading() as look:
        tonight, closed = local(look.now).date(), closable(look)
        strikes = {row.id: f"{row.name}, {day_words(row.day)}" for row in strike_days(look, from_day=tonight)}
    names: dict[int | None, str] = {None: "None"}
    names.update(strikes.items())
    with folded:
        with st.form("what-if-all", border=False):
            strike = choose("Strike day moved", list(names), show=lambda key: names[key])
            day = st.date_input("To which day", tonight, min_value=tonight, format="DD/MM/YYYY")
            nights = st.number_input("Nights of every stay (0: as policy asks)", 0, LONGEST_STAY, AS_POLICY)
            shut = choose("Closed meanwhile", [NOTHING, *closed])
            asked = st.form_submit_button("See who would lose what")
        if asked:
            change = Change(closed.get(shut, ()), int(nights) or None, strike, day if strike else None)
            st.session_state[SHOWN] = _ask(desk, change)
        found = st.session_state.get(SHOWN)
        if found is not None:
            _draw_answer(found)


def _ask(desk: Desk, change: Change) -> WhatIfAll | None:
    try:
        with st.spinner("Every action is judged twice…"), desk.reading() as look:
            return view.what_if_all(look, change)
    except PlannerError as refusal:
        refuse(str(refusal))
        return None


def _draw_answer(found: WhatIfAll) -> None:
    st.text(answer_words(found))
    rows = [
        (
            row.reference,
            instant_words(row.starts_at),
            row.loses.capitalize(),
            row.words,
            "✓ Yes" if row.elsewhere else "✕ No",
        )
        for row in found.losers[:MOST]
    ]
    if rows:
        columns = ("Action", "When", "Would lose", "Because", "Could still be placed")
        draw_action_rows("Who would lose what", columns, rows, key="what-if-all", tab="Care")
    if len(found.losers) > MOST:
        st.text(f"And {len(found.losers) - MOST} more.")


def answer_words(found: WhatIfAll) -> str:
    """The three counts before and after, and how many would lose something."""
    said = "No action would lose anything."
    if found.losers:
        losers = count_words(len(found.losers), "action would lose something", "actions would lose something")
        said = f"{losers}; whether one could still be placed is said of each on its own."
    return (
        f"Of {count_words(found.actions, 'action')} to come: {_counts('ready', found.ready)}; "
        f"{_counts('with care confirmed', found.care)}; {_counts('that could be placed now', found.placeable)}.\n"
        f"{said} Nothing is booked or changed by asking."
    )


def _counts(what: str, count: Count) -> str:
    return f"{count.before} {what}, then {count.after}"
