"""A review in one press: the same people, the first time at which all of them are free, what changed on top."""

import streamlit as st

from planner.errors import PlannerError
from planner.rules.meeting_times import Slot
from planner.rules.meeting_words import slot_words
from planner.rules.words import ConferenceKind, ConferenceState
from planner.services.reviews import convene_review
from planner.ui.desk import attempt, refuse
from planner.ui.forms import request_key
from planner.views import conferences
from planner.views.meeting import Meeting
from planner.views.meeting_times import TimesAsked, best_meeting_times
from planner.work import Desk

PATIENCE = "Convene one with another time under Convene, or ring those who cannot come."


def draw_review(desk: Desk, found: Meeting) -> None:
    """What changed since it was decided, and the press that convenes those who decided."""
    changed = [matter for matter in found.matters if matter.changed]
    if found.state is not ConferenceState.HELD or not found.records:
        return
    st.header("Since it was decided")
    for matter in changed:
        st.text(f"{matter.reference}: changed are {'; '.join(matter.changed)}. The decision is no longer enough.")
    if not changed:
        st.text("Nothing material has changed: place, partners, power and the people expected are as decided.")
    if st.button("Convene a review", type="primary" if changed else "secondary"):
        _convene(desk, found)


def _convene(desk: Desk, found: Meeting) -> None:
    try:
        slot = _first_slot(desk, found)
    except PlannerError as refusal:
        refuse(f"{refusal} {PATIENCE}")
        return
    if slot is None:
        refuse(f"There is no time left at which somebody could come. {PATIENCE}")
        return
    form = f"review-{found.id}"
    attempt(
        desk,
        lambda work: convene_review(work, found.id, slot.starts_at, slot.ends_at, request_key(form)),
        done=f"The review is convened: {slot_words(slot)}.",
        form=form,
    )


def _first_slot(desk: Desk, found: Meeting) -> Slot | None:
    """The earliest time at which all of the seats are free, or the fewest would miss."""
    minutes = int((found.ends_at - found.starts_at).total_seconds() // 60)
    with desk.reading() as look:
        codes = tuple(seat.code for seat in conferences.seats(look, found.id))
        references = tuple(matter.reference for matter in found.matters)
        asked = TimesAsked(references, codes, (), minutes, ConferenceKind.REVIEW, moving=found.id)
        slots = best_meeting_times(look, asked).slots
    return slots[0] if slots else None
