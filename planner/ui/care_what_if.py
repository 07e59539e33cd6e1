"""What if, on an action's Care tab: another date, another stay, one unit closed; nothing is kept."""

from datetime import date

import streamlit as st

from planner.errors import PlannerError
from planner.rules.counts import count_words
from planner.rules.dates import day_words
from planner.rules.shortage import who_words
from planner.rules.supply import Run
from planner.rules.windows import local
from planner.services.care import LONGEST_STAY
from planner.ui.desk import refuse
from planner.ui.forms import choose
from planner.views.care_check import CareCheck
from planner.views.care_what_if import WhatIf, closable, what_if
from planner.views.one_action import OneAction
from planner.work import Desk

NOTHING = "Nothing"


def draw_what_if(desk: Desk, one: OneAction, now: CareCheck) -> None:
    """A form folded away, and below it what would be."""
    if not any(line.likely for line in one.facts.demand):
        return
    with desk.reading() as look:
        tonight, closed = local(look.now).date(), closable(look, one.facts.action.zone)
    with st.expander("What if: another date, another stay, one unit closed"):
        with st.form("what-if", border=False):
            first = st.date_input("First night", max(now.first, tonight), min_value=tonight, format="DD/MM/YYYY")
            nights = st.number_input("Nights of the stay", 1, LONGEST_STAY, (now.last - now.first).days + 1)
            shut = choose("Closed meanwhile", [NOTHING, *closed])
            asked = st.form_submit_button("See what would be")
        if asked:
            _draw_answer(desk, one, first, int(nights), closed.get(shut, ()))


def _draw_answer(desk: Desk, one: OneAction, first: date, nights: int, closed: tuple[str, ...]) -> None:
    try:
        with desk.reading() as look:
            found = what_if(look, one.row.reference, first, nights, closed)
    except PlannerError as refusal:
        refuse(str(refusal))
        return
    st.text(answer_words(found))


def answer_words(found: WhatIf) -> str:
    """Whether all could be placed, by which units, what is short, and from which nights they could be placed."""
    stay = f"from {day_words(found.first)} for {count_words(found.nights, 'night')}"
    everybody = "The one person likely" if found.people == 1 else f"All {found.people} people likely"
    head = found.words or f"{everybody} could be placed {stay}."
    rows = [
        f"Unit {found.unit_codes[row.unit_id]}: "
        f"{count_words(row.places, 'place')} for {who_words(row.profile, row.need)}"
        for row in found.found.placed
    ]
    return "\n".join([head, *rows, _possible_words(found.possible_from), "Nothing is booked or changed by asking."])


def _possible_words(possible: tuple[Run, ...]) -> str:
    if not possible:
        return "Within four weeks of it there is no night from which all could be placed."
    said = "; ".join(
        day_words(run.first) + (f" to {day_words(run.last)}" if run.nights > 1 else "") for run in possible
    )
    return f"First nights from which all could be placed, within four weeks of it: {said}."
