"""Who is at the conference: one line an agency, each a press; what its own page said appears by itself."""

import streamlit as st

from planner.rules.words import AttendanceState
from planner.services import attendance
from planner.ui.desk import attempt
from planner.ui.forms import choose, kept_here
from planner.ui.widgets import plain
from planner.views import conferences as view
from planner.views import convening
from planner.views.meeting import Meeting
from planner.work import Desk, utc_now

LIVE_SECONDS = 4
HERE, COMMITS, ADVOCATE, ACCEPTED = "Here", "May commit", "Victim's advocate", "Accepted confidentiality"


@st.fragment(run_every=LIVE_SECONDS)
def draw_people(desk: Desk, found: Meeting) -> None:
    """Each press is kept at once; only who is here, may commit and accepted confidentiality counts for the quorum."""
    with desk.reading() as look:
        seats = view.seats(look, found.id)
    st.header("Who is here")
    for seat in seats:
        _draw_seat(desk, found, seat)
    if found.records:
        _draw_another(desk, found, {seat.code for seat in seats})


def _ticked(seat: view.SeatRow) -> list[str]:
    said = {
        HERE: seat.state is AttendanceState.ATTENDED,
        COMMITS: seat.may_commit,
        ADVOCATE: seat.victims_advocate,
        ACCEPTED: seat.confidentiality_accepted,
    }
    return [word for word, holds in said.items() if holds]


def _draw_seat(desk: Desk, found: Meeting, seat: view.SeatRow) -> None:
    kept, shown = _ticked(seat), kept_here("seats-shown")
    key = f"seat-{found.id}-{seat.code}"
    if shown.get(key) != kept:  # somebody else's press, one's own that is kept now, or one that was refused
        st.session_state[key] = shown[key] = kept
    label = plain(seat.agency) + (" – sends apologies" if seat.state is AttendanceState.APOLOGIES else "")
    chosen = st.pills(
        label,
        [HERE, COMMITS, ADVOCATE, ACCEPTED],
        selection_mode="multi",
        key=key,
        disabled=not found.records,
    )
    if found.records and set(chosen) != set(kept):
        shown.pop(key)
        _keep(desk, found, seat.code, set(chosen))


def _keep(desk: Desk, found: Meeting, code: str, chosen: set[str]) -> None:
    here = HERE in chosen
    state = AttendanceState.ATTENDED if here else AttendanceState.INVITED
    taken = attendance.Seat(code, state, COMMITS in chosen, ADVOCATE in chosen, ACCEPTED in chosen)
    early = found.starts_at > utc_now()
    attempt(
        desk,
        lambda work: attendance.take_seat(work, found.id, taken, held_now=early and _is_held_now()),
        done="Kept.",
    )


def _is_held_now() -> bool:
    return bool(st.session_state.get("held-now"))


def _draw_another(desk: Desk, found: Meeting, seated: set[str]) -> None:
    with st.popover("Somebody else came"):
        with desk.reading() as look:
            near = convening.convening(look, [matter.reference for matter in found.matters]).agencies
        names = {item.code: item.name for item in near if item.code not in seated}
        if not names:
            st.text("Every agency of this region has a seat.")
            return
        code = choose("Agency", list(names), show=lambda one: names[one], key=f"another-{found.id}")
        if st.button("Give it a seat"):
            _keep(desk, found, code, {HERE})
