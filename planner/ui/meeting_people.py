"""Who is at the conference: one line an agency, each a press; what its own page said appears by itself."""

from collections.abc import Callable, Collection

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
    apologies = " – sends apologies" if seat.state is AttendanceState.APOLOGIES else ""
    if not found.records:
        st.text(f"{seat.agency}{apologies}\n{', '.join(kept).capitalize() or 'Not here'}")
        return
    key = f"seat-{found.id}-{seat.code}"
    before = shown.get(key)
    if before is None or set(st.session_state.get(key, before)) == set(before):  # nothing is pressed: as it is kept
        before = st.session_state[key] = shown[key] = kept
    words = [HERE, COMMITS, ADVOCATE, ACCEPTED]
    chosen = st.pills(plain(seat.agency) + apologies, words, selection_mode="multi", key=key)
    if set(chosen) == set(before):
        return

    def said(_: object) -> str:
        shown[key] = list(chosen)  # what is pressed meanwhile is another press, on top of this one
        return "Kept."

    _keep(desk, found, _seat(seat.code, chosen), _seat(seat.code, before), said)
    shown.pop(key, None)  # it was refused: as it is kept


def _seat(code: str, words: Collection[str]) -> attendance.Seat:
    state = AttendanceState.ATTENDED if HERE in words else AttendanceState.INVITED
    return attendance.Seat(code, state, COMMITS in words, ADVOCATE in words, ACCEPTED in words)


def _keep(
    desk: Desk,
    found: Meeting,
    taken: attendance.Seat,
    shown: attendance.Seat | None = None,
    said: str | Callable[[object], str] = "Kept.",
) -> None:
    early = found.starts_at > utc_now()
    attempt(
        desk,
        lambda work: attendance.take_seat(work, found.id, taken, held_now=early and _is_held_now(), shown=shown),
        done=said,
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
            _keep(desk, found, _seat(code, [HERE]))
