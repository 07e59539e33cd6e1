"""Case conferences about one action: convene, record who came, decide, undertakings, another time, cancel."""

from datetime import timedelta

import streamlit as st

from planner.rules.dates import instant_words, when_words
from planner.rules.quorum import missing_words
from planner.rules.windows import local
from planner.rules.words import AttendanceState, ConferenceKind, ConferenceState, Decision, UndertakingState
from planner.services import attendance, conference_changes, conferences, decisions, undertakings
from planner.ui.desk import attempt
from planner.ui.forms import choose, choose_marking, drawn_version, instant, request_key, words
from planner.ui.meeting_times import draw_times
from planner.ui.widgets import empty_state, marking_line, plain, state_badge
from planner.views import conferences as view
from planner.views.one_action import OneAction
from planner.views.people import AgencyChoice, agencies_near
from planner.work import Desk, Work, utc_now

Names = dict[str, str]
KINDS = [ConferenceKind.PLANNED, ConferenceKind.EMERGENCY, ConferenceKind.REVIEW]
MINUTES = 60


def draw_conferences(desk: Desk, one: OneAction) -> None:
    """The conferences about this action, then the form to convene one."""
    with desk.reading() as look:
        held = view.conferences(look, one.row.reference)
        agencies = agencies_near(look, one.facts.action)
    names = {item.code: item.name for item in agencies}
    if not held:
        empty_state("No case conference is convened.", "Convene one: who is invited is told the time at once.")
    for row in held:
        _draw_one(desk, row, names)
    with st.expander("Convene a conference", expanded=not held):
        _draw_convene(desk, one, agencies)


def _draw_convene(desk: Desk, one: OneAction, agencies: tuple[AgencyChoice, ...]) -> None:
    """Whom and which kind are asked outside the form: a time is found for them before it is sent."""
    references, names = (one.row.reference,), {item.code: item.name for item in agencies}
    usual = [item.code for item in agencies if item.usual]
    kind = choose("Kind", KINDS, show=words)
    invited = st.multiselect("Agencies", list(names), default=usual, format_func=lambda code: names[code])
    found = draw_times(
        desk, references, {code: names[code] for code in invited}, minutes=MINUTES, kind=kind, key="convene"
    )
    usual_start = (local(one.row.starts_at) - timedelta(days=1)).replace(hour=14, minute=0)
    start = local(found) if found else usual_start
    with st.form("convene", border=False):
        day = st.date_input("Day", start.date(), format="DD/MM/YYYY")
        at = st.time_input("Starts at", start.time())
        if st.form_submit_button("Convene"):
            key = request_key("convene")

            def convene(work: Work) -> object:
                starts_at = instant(day, at)
                ends_at = starts_at + timedelta(minutes=MINUTES)
                asked = (references, starts_at, ends_at, tuple(invited), key, kind)
                return conferences.convene(work, conferences.ConveneRequest(*asked))

            attempt(desk, convene, done="The conference is convened.", form="convene")


def _draw_one(desk: Desk, row: view.ConferenceRow, names: Names) -> None:
    with desk.reading() as look:
        seats = view.seats(look, row.id)
        undertaken = view.undertakings(look, row.id)
    with st.container(border=True, key=f"conference-{row.id}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            state_badge(row.state)
            marking_line(*row.marked)
        st.text(when_words(row.starts_at, row.ends_at))
        if row.decision:
            state_badge(row.decision)
            st.text(row.reasons)
        if row.dissent:
            st.text(f"Dissent: {row.dissent}")
        for item in undertaken:
            _draw_undertaking(desk, item)
        if row.state is ConferenceState.CANCELLED:
            return
        with st.expander("Who came", expanded=row.state is ConferenceState.CONVENED):
            _draw_seats(desk, row, seats)
        with st.expander("The decision", expanded=row.decision is None):
            _draw_decision(desk, row)
        with st.expander("Add an undertaking"):
            _draw_new_undertaking(desk, row, {seat.code: seat.agency for seat in seats} or names)
        if row.state is ConferenceState.CONVENED:
            with st.expander("Another time, or cancel…"):
                _draw_change(desk, row)


def _draw_seats(desk: Desk, row: view.ConferenceRow, seats: tuple[view.SeatRow, ...]) -> None:
    """One line an agency; only who came, may commit and accepts confidentiality counts for the quorum."""
    names, version = {seat.code: seat.agency for seat in seats}, drawn_version(f"seats-{row.id}", row.version)
    with st.form(f"seats-{row.id}", border=False):
        ticked = {seat.code: _draw_seat(row.id, seat) for seat in seats}
        advocate = st.selectbox(
            "Victim's advocate",
            list(names),
            index=next((number for number, seat in enumerate(seats) if seat.victims_advocate), None),
            format_func=lambda code: names[code],
        )
        early = row.starts_at > utc_now() and st.checkbox("It is held now, earlier than convened")
        if st.form_submit_button("Record who came"):
            recorded = [
                attendance.Seat(
                    code,
                    AttendanceState.ATTENDED if came else AttendanceState.APOLOGIES,
                    came and commits,
                    came and code == advocate,
                    came and confidential,
                )
                for code, (came, commits, confidential) in ticked.items()
            ]
            attempt(
                desk,
                lambda work: attendance.record_attendance(
                    work, row.id, recorded, version=version, held_now=bool(early)
                ),
                done=_quorum_words,
            )


def _quorum_words(missing: tuple[str, ...]) -> str:
    """What is still missing, once who came is kept."""
    if not missing:
        return "Attendance is recorded. The conference is quorate."
    said = missing_words(missing)
    return f"Attendance is recorded; the conference is not quorate yet. {said[0].upper()}{said[1:]}."


def _draw_seat(conference: int, seat: view.SeatRow) -> tuple[bool, bool, bool]:
    key = f"{conference}-{seat.code}"
    came, commits, confidential = st.columns(3)
    return (
        came.checkbox(f"{plain(seat.agency)} came", seat.state is AttendanceState.ATTENDED, key=f"came-{key}"),
        commits.checkbox("may commit their agency", seat.may_commit, key=f"commits-{key}"),
        confidential.checkbox("accepted confidentiality", seat.confidentiality_accepted, key=f"confidential-{key}"),
    )


def _draw_decision(desk: Desk, row: view.ConferenceRow) -> None:
    version = drawn_version(f"decide-{row.id}", row.version)
    with st.form(f"decide-{row.id}", border=False):
        decision = choose("Decision for this action", list(Decision), show=words, now=row.decision)
        reasons = st.text_area("Reasons", row.reasons)
        options = st.text_area("Options that were rejected, and why", row.options)
        marked = choose_marking(row.marked)
        st.text("The marking is that of the whole conference, on every action's page; never below one of its actions.")
        if st.form_submit_button("Record the decision"):
            attempt(
                desk,
                lambda work: decisions.decide(
                    work,
                    row.id,
                    row.reference,
                    decision,
                    reasons=reasons,
                    options=options,
                    marked=marked,
                    version=version,
                ),
                done="The decision is recorded.",
            )


def _draw_undertaking(desk: Desk, item: view.UndertakingRow) -> None:
    state_badge(item.state)
    before = ", before the action" if item.before_action else ""
    st.text(f"{item.agency}, by {instant_words(item.due_at)}{before}: {item.text}")
    if item.state is UndertakingState.OPEN and st.button("Done", key=f"undertaking-{item.id}"):
        attempt(desk, lambda work: undertakings.close_undertaking(work, item.id), done="The undertaking is closed.")


def _draw_new_undertaking(desk: Desk, row: view.ConferenceRow, names: Names) -> None:
    due = local(row.ends_at) + timedelta(hours=4)
    with st.form(f"undertake-{row.id}", border=False):
        agency = choose("Who undertakes it", list(names), show=lambda code: names[code])
        text = st.text_input("What, in one line")
        day = st.date_input("By: day", due.date(), format="DD/MM/YYYY")
        at = st.time_input("By: time", due.time())
        before = st.checkbox("The action waits for it", True)
        if st.form_submit_button("Add this undertaking"):
            attempt(
                desk,
                lambda work: undertakings.add_undertaking(
                    work,
                    undertakings.UndertakingRequest(
                        row.id, agency, text, instant(day, at), before_action=before, action=row.reference
                    ),
                ),
                done="The undertaking is kept, and the agency is told.",
            )


def _draw_change(desk: Desk, row: view.ConferenceRow) -> None:
    start, version = local(row.starts_at), drawn_version(f"conference-{row.id}", row.version)
    with st.form(f"change-{row.id}", border=False):
        day = st.date_input("New day", start.date(), format="DD/MM/YYYY")
        at = st.time_input("New time", start.time())
        if st.form_submit_button("Move the conference"):
            attempt(
                desk,
                lambda work: conference_changes.move_conference(
                    work,
                    row.id,
                    version,
                    starts_at=instant(day, at),
                    ends_at=instant(day, at) + (row.ends_at - row.starts_at),
                ),
                done="The conference is moved; everyone invited is told.",
            )
    reason = st.text_input("Why it is cancelled", key=f"why-conference-{row.id}")
    if st.button("Cancel the conference", key=f"cancel-conference-{row.id}"):
        attempt(
            desk,
            lambda work: conference_changes.cancel_conference(work, row.id, version, reason=reason),
            done="The conference is cancelled; everyone invited is told.",
        )
