"""Each action at a conference: its gate beside the decision, dissent by agency; and what is undertaken, in one line."""

from datetime import datetime

import streamlit as st

from planner.rules.dates import instant_words, when_words
from planner.rules.undertaking_line import HOW, Unclear, undertaking_in
from planner.rules.words import Decision, UndertakingState
from planner.services import decisions, undertakings
from planner.ui.choices import which
from planner.ui.desk import attempt, refuse
from planner.ui.forms import choose, choose_marking, drawn_version, request_key, words
from planner.ui.widgets import empty_state, plain, state_badge
from planner.views import conferences as view
from planner.views.meeting import Matter, Meeting
from planner.work import Desk, Work

BY_ALL = "All actions"


def draw_matters(desk: Desk, found: Meeting) -> None:
    """What stands in each action's way now, beside what is decided for it."""
    st.header("Decisions")
    with desk.reading() as look:
        names = {seat.code: seat.agency for seat in view.seats(look, found.id)}
    for matter in found.matters:
        left = f"{len(matter.blocking)} blocking" if matter.blocking else "nothing blocks"
        left = "stood down" if matter.stood_down else left
        decided = words(matter.decision) if matter.decision else "no decision yet"
        title = f"{matter.reference}, {when_words(matter.starts_at, matter.ends_at)}: {left}, {decided.lower()}"
        with st.expander(plain(title), expanded=len(found.matters) == 1):
            _draw_matter(desk, found, matter, names)


def _draw_matter(desk: Desk, found: Meeting, matter: Matter, names: dict[str, str]) -> None:
    facts, decision = st.columns([0.4, 0.6], gap="large")
    with facts:
        st.subheader("What its gate says")
        if not matter.blocking:
            st.text("Nothing blocks it.")
        for sentence in matter.blocking:
            with st.container(horizontal=True):
                state_badge("blocks")
                st.text(sentence)
        for text in matter.dissents:
            st.text(f"Dissent. {text}")
    with decision:
        st.subheader("Decision")
        if matter.decision:
            state_badge(matter.decision)
            st.text(matter.reasons)
        if matter.stood_down:
            st.text("It is stood down: there is nothing to decide for it.")
        elif found.records:
            _draw_decision(desk, found, matter)
            _draw_dissent(desk, found, matter, names)
        elif not matter.decision:
            st.text("No decision yet.")


def _draw_decision(desk: Desk, found: Meeting, matter: Matter) -> None:
    form = f"decide-{found.id}-{matter.reference}"
    version = drawn_version(form, found.version)
    before = drawn_version(f"{form}-before", decisions.Decided(matter.decision, matter.reasons, matter.options))
    with st.form(form, border=False):  # with keys: what is typed here outlives what somebody else records meanwhile
        decision = choose("What is decided", list(Decision), show=words, now=matter.decision, key=f"{form}-decision")
        reasons = st.text_area("Reasons", matter.reasons, height=80, key=f"{form}-reasons")
        options = st.text_area("Options that were rejected, and why", matter.options, height=80, key=f"{form}-options")
        marked = choose_marking(found.marked)
        st.text("The marking is that of the whole conference; never below one of its actions.")
        if st.form_submit_button("Record the decision"):
            attempt(
                desk,
                lambda work: decisions.decide(
                    work,
                    found.id,
                    matter.reference,
                    decision,
                    reasons=reasons,
                    options=options,
                    marked=marked,
                    version=version,
                    before=before,
                ),
                done="The decision is recorded.",
            )


def _draw_dissent(desk: Desk, found: Meeting, matter: Matter, names: dict[str, str]) -> None:
    with st.popover("An agency dissents"):
        form = f"dissent-{found.id}-{matter.reference}"
        with st.form(form, border=False):
            whose = which("Which agency", names)
            text = st.text_area("In its own words", key=f"{form}-{request_key(form)}")
            if st.form_submit_button("Keep the dissent"):
                attempt(
                    desk,
                    lambda work: decisions.dissent(work, found.id, matter.reference, whose(), text),
                    done="The dissent is kept beside the decision.",
                    form=form,
                )


def draw_undertakings(desk: Desk, found: Meeting) -> None:
    """What each agency undertakes, typed in one line while it is said."""
    st.header("Undertakings")
    with desk.reading() as look:
        rows, now = view.undertakings(look, found.id), look.now
        names = {seat.code: seat.agency for seat in view.seats(look, found.id)}
    if not rows:
        said = "Type it below as it is said; the agency is told at once."
        empty_state("Nothing is undertaken yet.", said if found.records else "It stands here once it is.")
    for row in rows:
        draw_undertaking(desk, row, now)
    if found.records and names:
        _draw_new(desk, found, names, now)


def draw_undertaking(desk: Desk, row: view.UndertakingRow, now: datetime) -> None:
    before = ", before the action" if row.before_action else ""
    late = row.state is UndertakingState.OPEN and row.due_at < now
    with st.container(horizontal=True, vertical_alignment="center", key=f"undertaken-{row.id}"):
        state_badge("overdue" if late else row.state)
        about = f" for {row.reference}" if row.reference else ""
        owner = f" ({row.owner})" if row.owner else ""
        st.text(f"{row.agency}{owner}, by {instant_words(row.due_at)}{before}{about}: {row.text}")
        if row.state is UndertakingState.OPEN and st.button("Done", key=f"undertaking-{row.id}"):
            done = "The undertaking is closed."
            attempt(desk, lambda work: undertakings.close_undertaking(work, row.id), done=done)


def _draw_new(desk: Desk, found: Meeting, names: dict[str, str], now: datetime) -> None:
    form = f"undertake-{found.id}"
    with st.form(form, border=False):
        line = st.text_input("Undertaking, in one line", key=f"{form}-{request_key(form)}", placeholder=HOW)
        several = len(found.matters) > 1
        about = which("For", [BY_ALL, *(matter.reference for matter in found.matters)]) if several else None
        pressed = st.form_submit_button("Add the undertaking")
    if not pressed:
        return
    try:
        typed = undertaking_in(line, names, now)
    except Unclear as error:
        refuse(str(error))
        return

    def undertake(work: Work) -> None:
        only = found.matters[0].reference if len(found.matters) == 1 and not found.hidden else BY_ALL
        reference = about() if about else only
        asked = (found.id, typed.agency, typed.text, typed.due_at, typed.before_action)
        of = None if reference == BY_ALL else reference
        undertakings.add_undertaking(work, undertakings.UndertakingRequest(*asked, of, typed.owner))

    done = f"{names[typed.agency]}, by {instant_words(typed.due_at)}: kept, and the agency is told."
    attempt(desk, undertake, done=done, form=form)
