"""Who is at the conference: one line an agency, each a press; what its own page said appears by itself.

A press is put aside by its button and written before anything is drawn: another press, or the page looking again by
itself meanwhile, loses none.
"""

import streamlit as st

from planner.rules.words import AttendanceState
from planner.services import attendance
from planner.ui.choices import which
from planner.ui.desk import tell_trouble
from planner.ui.forms import kept_here
from planner.views import conferences as view
from planner.views import convening
from planner.views.meeting import Meeting
from planner.work import Desk, utc_now

LIVE_SECONDS = 4
HERE, COMMITS, ADVOCATE, ACCEPTED = "Here", "May commit", "Victim's advocate", "Accepted confidentiality"
WORDS = (HERE, COMMITS, ADVOCATE, ACCEPTED)
PRESSED = "seats-pressed"
TICKED, UNTICKED = "☑", "☐"  # as wide as one another, so that nothing moves


@st.fragment(run_every=LIVE_SECONDS)
def draw_people(desk: Desk, found: Meeting) -> None:
    """Each press is kept at once; only who is here, may commit and accepted confidentiality counts for the quorum."""
    if _write_presses(desk, found):
        st.rerun()  # only where more of the page is another: the sign in the button says that a press is kept
    with desk.reading() as look:
        seats = view.seats(look, found.id)
    st.header("Who is here")
    for seat in seats:
        _draw_seat(found, seat)
    if found.records:
        _draw_another(desk, found, {seat.code for seat in seats})


def _ticked(seat: view.SeatRow) -> dict[str, bool]:
    return {
        HERE: seat.state is AttendanceState.ATTENDED,
        COMMITS: seat.may_commit,
        ADVOCATE: seat.victims_advocate,
        ACCEPTED: seat.confidentiality_accepted,
    }


def _draw_seat(found: Meeting, seat: view.SeatRow) -> None:
    ticked = _ticked(seat)
    apologies = " – sends apologies" if seat.state is AttendanceState.APOLOGIES else ""
    if not found.records:
        kept = ", ".join(word for word, holds in ticked.items() if holds)
        st.text(f"{seat.agency}{apologies}\n{kept.capitalize() or 'Not here'}")
        return
    with st.container(key=f"attends-{seat.code}", gap="small"):
        st.text(seat.agency + apologies)
        with st.container(horizontal=True, gap="small"):
            for word, holds in ticked.items():
                st.button(
                    f"{TICKED if holds else UNTICKED} {word}",
                    key=f"seat-{found.id}-{seat.code}-{word}-{holds}",
                    on_click=_press,
                    args=(found.id, seat.code, word, not holds),
                )


def _press(number: int, code: str, word: str, holds: bool) -> None:
    """Put a press aside: what it is to say, so that the same press twice says the same."""
    kept_here(PRESSED)[number, code, word] = holds


def _write_presses(desk: Desk, found: Meeting) -> bool:
    """Write what was put aside; a refusal is said in its place. True when the quorum turned, or it began to meet."""
    pressed, turned = kept_here(PRESSED), False
    for number, code, word in [press for press in pressed if press[0] == found.id]:
        try:
            turned |= _take(desk, found, code, {word: pressed[number, code, word]})
        except Exception as error:
            tell_trouble(error)
        del pressed[number, code, word]
    return turned


def _take(desk: Desk, found: Meeting, code: str, said: dict[str, bool]) -> bool:
    """What is pressed of one seat; the rest of it stays as it is kept."""
    early = found.starts_at > utc_now()
    with desk.writing() as work:
        seats = {seat.code: _ticked(seat) for seat in view.seats(work, found.id)}
        shown = seats.get(code, dict.fromkeys(WORDS, False))
        taken, before = _seat(code, shown | said), _seat(code, shown)
        missing = attendance.take_seat(work, found.id, taken, held_now=early and _is_held_now(), shown=before)
    return early or bool(missing) is not bool(found.missing) or code not in seats


def _seat(code: str, words: dict[str, bool]) -> attendance.Seat:
    state = AttendanceState.ATTENDED if words[HERE] else AttendanceState.INVITED
    return attendance.Seat(code, state, words[COMMITS], words[ADVOCATE], words[ACCEPTED])


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
        code = which("Agency", names)
        code.say()
        if code.shown is not None:
            key, pressed = f"seat-of-{code.shown}", (found.id, code.shown, HERE, True)
            st.button("Give it a seat", key=key, on_click=_press, args=pressed)
