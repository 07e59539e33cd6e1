"""One meeting of a standing group: who came, and the low-risk actions that it clears."""

import streamlit as st

from planner.rules.dates import instant_words
from planner.rules.quorum import missing_words
from planner.rules.standing import CARE
from planner.rules.words import AgencyKind, AttendanceState
from planner.services import standing_clearing as clearing
from planner.services.attendance import Seat, record_attendance
from planner.ui.choices import which, which_ones
from planner.ui.desk import attempt
from planner.ui.forms import drawn_version
from planner.ui.widgets import plain
from planner.views import standing_groups as view
from planner.views.conferences import SeatRow
from planner.work import Desk, Work, utc_now

NOBODY = "–"


def draw_who_came(desk: Desk, meeting: view.MeetingRow, seats: tuple[view.SeatKind, ...]) -> None:
    """One line an agency; only who came, may commit and accepts confidentiality counts for the quorum."""
    version = drawn_version(f"standing-seats-{meeting.id}", meeting.version)
    names = {item.seat.code: item.seat.agency for item in seats}
    with st.form(f"standing-seats-{meeting.id}", border=False):
        ticked = {item.seat.code: _draw_seat(meeting.id, item.seat) for item in seats}
        now = next((item.seat.code for item in seats if item.seat.victims_advocate), None)
        advocate = which("Victim's advocate", {NOBODY: NOBODY, **names}, now=now)
        early = meeting.starts_at > utc_now() and st.checkbox("It is held now, earlier than convened")
        if st.form_submit_button("Record who came"):

            def record(work: Work) -> tuple[str, ...]:
                came = [_seat(code, *boxes, advocate=code == advocate()) for code, boxes in ticked.items()]
                return record_attendance(work, meeting.id, came, version=version, held_now=bool(early))

            attempt(desk, record, done=_quorum_words)


def _draw_seat(meeting: int, seat: SeatRow) -> tuple[bool, bool, bool]:
    key = f"standing-{meeting}-{seat.code}"
    came, commits, confidential = st.columns(3)
    return (
        came.checkbox(f"{plain(seat.agency)} came", seat.state is AttendanceState.ATTENDED, key=f"came-{key}"),
        commits.checkbox("may commit their agency", seat.may_commit, key=f"commits-{key}"),
        confidential.checkbox("accepted confidentiality", seat.confidentiality_accepted, key=f"confidential-{key}"),
    )


def _seat(code: str, came: bool, commits: bool, confidential: bool, *, advocate: bool) -> Seat:
    state = AttendanceState.ATTENDED if came else AttendanceState.APOLOGIES
    return Seat(code, state, came and commits, came and advocate, came and confidential)


def _quorum_words(missing: tuple[str, ...]) -> str:
    if not missing:
        return "Attendance is recorded. The meeting is quorate."
    said = missing_words(missing)
    return f"Attendance is recorded; the meeting is not quorate yet. {said[0].upper()}{said[1:]}."


def draw_clearing(desk: Desk, group: view.GroupRow, meeting: view.MeetingRow, seats: tuple[view.SeatKind, ...]) -> None:
    """Which low-risk actions go ahead for seven days, and who agrees."""
    with desk.reading() as look:
        actions = view.clearable(look, group)
    children = view.kinds_among(seats, frozenset({AgencyKind.CHILDRENS_SERVICE}))
    care = view.kinds_among(seats, CARE)
    if not actions:
        st.text("No action of the next seven days is of low risk: nobody likely to be found, and no child expected.")
        return
    if not children or not care:
        st.text("A children's service and a care representative must have a seat, and agree. Invite them.")
        return
    with st.form(f"clear-{meeting.id}", border=False):
        named = {reference: f"{reference}, {instant_words(at)}" for reference, at in actions.items()}
        chosen = which_ones("Actions, with nobody likely and no child expected", named)
        child = which("Children's service that agrees", children)
        carer = which("Care representative that agrees", care)
        reasons = st.text_area("Reasons")
        if st.form_submit_button("Clear these actions"):

            def clear(work: Work) -> None:
                request = clearing.ClearRequest(meeting.id, chosen(), child(), carer(), reasons)
                clearing.clear_actions(work, request)

            attempt(desk, clear, done="They are cleared for seven days; their gates say so.")
