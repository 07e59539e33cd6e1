"""The last hours: continue or hold, a beginning that is entered late, an entry for immediate danger to life."""

from datetime import datetime

import streamlit as st

from planner.rules.dates import instant_words
from planner.rules.drawn import Drawn
from planner.rules.windows import local
from planner.rules.words import Nation
from planner.services import danger_to_life
from planner.services import last_hours as services
from planner.ui.desk import attempt
from planner.ui.forms import drawn_version, instant
from planner.ui.widgets import state_badge
from planner.views.last_hours import LastHours, last_hours
from planner.views.one_action import OneAction
from planner.work import Desk

# What is named most often; another is typed in its place.
POWERS = {
    Nation.ENGLAND: "PACE 1984 s.17(1)(e)",
    Nation.WALES: "PACE 1984 s.17(1)(e)",
    Nation.SCOTLAND: "Common law: to save life",
    Nation.NORTHERN_IRELAND: "PACE (NI) Order 1989 art.19(1)(e)",
}


def draw_called(found: LastHours) -> None:
    """What fell, and since when an answer is awaited."""
    if found.called is None:
        return
    sentence, at = found.called
    with st.container(border=True, key="called"):
        state_badge("called")
        st.text(f"{sentence} Called {instant_words(at)}: continue or hold?")


def draw_answers(desk: Desk, one: OneAction, found: LastHours) -> None:
    """Beside the decision: each with its reason."""
    reference, drawn = one.row.reference, drawn_version(f"decision-{one.row.reference}", one.drawn)
    if found.continues:
        _draw_continue(desk, reference, drawn)
    if found.holds:
        with st.popover("Hold…", key="hold"):
            why = st.text_area("Why it is held", help="The teams are told; the go-ahead is suspended.")
            if st.button("Hold the action"):
                attempt(
                    desk,
                    lambda work: services.hold_action(work, reference, why, drawn=drawn),
                    done=f"{reference} is held; its go-ahead is suspended.",
                )


def _draw_continue(desk: Desk, reference: str, drawn: Drawn) -> None:
    with st.popover("Continue…", key="continue"):
        why = st.text_area("Why it continues", help="It is an override of each check that blocks, and prints.")
        if st.button("Let it continue"):
            attempt(
                desk,
                lambda work: services.continue_action(work, reference, why, drawn=drawn),
                done=f"{reference} continues; what blocks is overridden for this slot.",
            )


def draw_entered_late(desk: Desk, one: OneAction, *, begins: bool) -> None:
    """What was not entered when it happened: a beginning under a go-ahead, or an entry without one."""
    with desk.reading() as look:
        found, now = last_hours(look, one), local(look.now)
    if begins:
        with st.expander("It began earlier"), st.form("late-begin", border=False):
            day = st.date_input("It began on", now.date(), format="DD/MM/YYYY", key="late-day")
            at = st.time_input("At", now.time().replace(second=0, microsecond=0), key="late-at", step=60)
            why = st.text_input("Why it is entered afterwards")
            if st.form_submit_button("Enter that it began then"):
                attempt(
                    desk,
                    lambda work: services.enter_begun(work, one.row.reference, instant(day, at), why),
                    done="It is entered with its true time.",
                )
    if found.writes_danger:
        with st.expander("Immediate danger to life: teams entered"), st.form("danger", border=False):
            _draw_danger(desk, one, now)


def _draw_danger(desk: Desk, one: OneAction, now: datetime) -> None:
    st.text("Nothing is asked first. The national Gold is told, and the list of whom to ring for care opens at once.")
    power = st.text_input("The power that was used", POWERS.get(one.facts.action.nation, ""))
    day = st.date_input("Entered on", now.date(), format="DD/MM/YYYY", key="danger-day")
    at = st.time_input("Entered at", now.time().replace(second=0, microsecond=0), key="danger-at", step=60)
    said = st.text_input("What happened, in a few words, no names")
    if st.form_submit_button("Write the entry down"):
        attempt(
            desk,
            lambda work: danger_to_life.enter_for_danger(
                work, danger_to_life.DangerRequest(one.row.reference, power, instant(day, at), said)
            ),
            done="The entry is written down. Ring for places under On the day.",
        )
