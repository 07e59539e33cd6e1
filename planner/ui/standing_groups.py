"""Standing groups on the conferences page: when each meets, its next meeting, a new group."""

from datetime import date, timedelta

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.dates import day_words, instant_words, when_words
from planner.rules.standing import MOST_MEETINGS, Rhythm
from planner.rules.windows import local
from planner.rules.words import ConferenceState
from planner.services import standing_groups as verbs
from planner.ui.choices import which, which_ones
from planner.ui.conference_forms import draw_change
from planner.ui.desk import attempt
from planner.ui.forms import choose, drawn_version, instant, request_key, words
from planner.ui.standing_meeting import draw_clearing, draw_who_came
from planner.ui.widgets import empty_state, plain, state_badge
from planner.views import standing_groups as view
from planner.work import Desk, Work, utc_now

LENGTHS = (30, 45, 60, 90, 120)
EVERYWHERE = ""


def draw_standing_groups(desk: Desk) -> None:
    """Every group that the reader may see; what it may do with them, for whoever sets them."""
    with desk.reading() as look:
        groups, choices = view.standing_groups(look), view.group_choices(look)
    if not groups:
        empty_state(
            "There is no standing group.", "A strategic group or a regional cell's weekly meeting is set by the cell."
        )
    for group in groups:
        _draw_group(desk, group)
    if choices.operations:
        with st.expander("Set a standing group", expanded=not groups):
            _draw_new(desk, choices)


def _draw_group(desk: Desk, group: view.GroupRow) -> None:
    with st.container(border=True, key=f"group-{group.id}"):
        st.header(plain(group.name))
        until = "ended" if group.ended_at else f"until {day_words(group.until_on, year=True)}"
        held = sum(row.state is ConferenceState.HELD for row in group.meetings)
        st.text(f"{group.operation}: {group.words}, {until}. {count_words(held, 'meeting')} held.")
        st.text(f"Members: {', '.join(group.members)}.")
        meeting = _choose_meeting(group)
        if meeting is None:
            return
        with st.container(horizontal=True, vertical_alignment="center"):
            state_badge(meeting.state)
            st.text(when_words(meeting.starts_at, meeting.ends_at, year=True))
        if meeting.starts_at != meeting.occurrence_at:
            st.text(f"Moved from {instant_words(meeting.occurrence_at)}.")
        if group.may_set:
            _draw_verbs(desk, group, meeting)


def _choose_meeting(group: view.GroupRow) -> view.MeetingRow | None:
    near = group.near(utc_now())
    said = {
        row.id: f"{when_words(row.starts_at, row.ends_at, year=True)}, {words(row.state).lower()}"
        for row in group.meetings
    }
    number = which("Meeting", said, now=near.id, key=str(group.id))
    number.say()
    return next((row for row in group.meetings if row.id == number.shown), None)


def _draw_verbs(desk: Desk, group: view.GroupRow, meeting: view.MeetingRow) -> None:
    if meeting.state is not ConferenceState.CANCELLED:
        with desk.reading() as look:
            seats = view.meeting_seats(look, meeting.id)
        with st.expander("Who came"):
            draw_who_came(desk, meeting, seats)
        if meeting.state is ConferenceState.HELD:
            with st.expander("Clear actions for seven days"):
                draw_clearing(desk, group, meeting, seats)
        else:
            with st.expander("Another time, or cancel this meeting…"):
                draw_change(desk, meeting.id, meeting.starts_at, meeting.ends_at, meeting.version)
    if group.ended_at is None:
        with st.expander("End the group…"):
            _draw_end(desk, group)


def _draw_end(desk: Desk, group: view.GroupRow) -> None:
    version = drawn_version(f"group-{group.id}", group.version)
    reason = st.text_input("Why it ends", key=f"why-group-{group.id}")
    if st.button("End the group", key=f"end-group-{group.id}"):
        attempt(
            desk,
            lambda work: verbs.end_group(work, group.id, version, reason=reason),
            done=lambda number: f"The group ends: {count_words(number, 'meeting')} cancelled, its members are told.",
        )


def _draw_new(desk: Desk, choices: view.GroupChoices) -> None:
    today = local(utc_now()).date()
    with st.form("standing-group", border=False):
        operation = which("Operation", choices.operations)
        region = which("Region", {code or EVERYWHERE: name for code, name in choices.regions.items()})
        name = st.text_input("Name", placeholder="Strategic group")
        members = which_ones("Members", choices.agencies, max_selections=40)
        rhythm = choose("How often", list(Rhythm), show=words)
        on, at, length = st.columns(3)
        first = on.date_input("First meeting", today + timedelta(days=7), min_value=today, format="DD/MM/YYYY")
        when = at.time_input("Starts at", "14:00")
        minutes = length.selectbox("Minutes", LENGTHS, index=2)
        until = st.date_input(
            "Last day",
            _in_half_a_year(today),
            min_value=today,
            format="DD/MM/YYYY",
            help=f"At most {MOST_MEETINGS} meetings. Monthly is the same weekday of the month as the first meeting.",
        )
        venue = st.text_input("Where", placeholder="By video, or a room")
        if st.form_submit_button("Set the group"):
            key = request_key("standing-group")

            def set_group(work: Work) -> object:
                said = (operation(), name, instant(first, when), int(minutes), rhythm, until, members(), key)
                return verbs.set_group(work, verbs.GroupRequest(*said, region() or None, venue))

            attempt(desk, set_group, done="The group is set; its members are told.", form="standing-group")


def _in_half_a_year(today: date) -> date:
    return today + timedelta(weeks=26)
