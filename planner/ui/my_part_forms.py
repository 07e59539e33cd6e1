"""What a partner lead is invited to and has undertaken; and how this device is remembered."""

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.dates import instant_words, when_words
from planner.rules.words import ConferenceKind
from planner.services import undertakings
from planner.ui.desk import attempt
from planner.ui.my_conference import draw_room
from planner.ui.my_invitations import draw_coming, shown_state
from planner.ui.widgets import marking_line, state_badge
from planner.views.my_conferences import MyInvitation, MyUndertaking
from planner.work import Desk

KINDS = {
    ConferenceKind.PLANNED: "Case conference",
    ConferenceKind.EMERGENCY: "Emergency case conference",
    ConferenceKind.REVIEW: "Review conference",
    ConferenceKind.STANDING: "Standing case conference",
}
MOST_POSTS = 3
CALENDAR = '<a href="/files/calendar/person/me" target="_self" style="color:inherit">Add them to my calendar</a>'


def draw_undertaking(desk: Desk, item: MyUndertaking) -> None:
    """One thing that the agency undertook at a conference, until it is done."""
    with st.container(border=True, key=f"undertaken-{item.id}"):
        marking_line(item.marking, item.handling)
        before = " The action waits for it." if item.before_action else ""
        st.text(f"{item.text}\nBy {instant_words(item.due_at)}.{before}")
        if st.button("It is done", key=f"done-{item.id}", width="stretch"):
            attempt(
                desk,
                lambda work: undertakings.close_undertaking(work, item.id),
                done="It is kept as done, and the planners see it.",
            )


def draw_invitations(desk: Desk, rows: tuple[MyInvitation, ...]) -> None:
    """Each conference's day, what it decides for, and whether the agency is expected; the calendar file holds them."""
    for row in rows:
        with st.container(border=True, key=f"invited-{row.conference_id}"):
            state_badge(shown_state(row))
            st.text(f"{KINDS[row.kind]}\n{when_words(row.starts_at, row.ends_at)}")
            st.text(_decides_for(row))
            draw_room(desk, row.conference_id)
            if not row.held:
                draw_coming(desk, row)
    st.html(CALENDAR)


def _decides_for(row: MyInvitation) -> str:
    """How many actions, and which posts of one's own hang on it."""
    decides = f"It decides for {count_words(row.actions, 'action')}."
    if not row.posts:
        return f"{decides} You are not asked for a post there."
    named = [f"{post.role}, {when_words(post.starts_at, post.ends_at)}" for post in row.posts[:MOST_POSTS]]
    rest = len(row.posts) - MOST_POSTS
    return "\n".join([f"{decides} Your part:", *named, *([f"and {rest} more"] if rest > 0 else [])])


def draw_remember() -> None:
    """For who would rather not type a password each time a message asks something."""
    st.html('<a href="/login/remember" target="_self" style="color:inherit">Remember this device for 30 days</a>')
