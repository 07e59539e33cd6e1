"""A conference on the chair's screen: confidentiality, the agenda and its lines, who is there, each action's decision.

What others type and who accepts appears by itself; the fields in which somebody types stand outside what is drawn anew.
"""

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.dates import instant_words, when_words
from planner.rules.quorum import missing_words
from planner.rules.strike_words import strike_day_words
from planner.rules.words import ConferenceState
from planner.services import minutes
from planner.ui.conference_forms import draw_change
from planner.ui.conference_mail import draw_answers, draw_unsent
from planner.ui.desk import attempt, show_flash
from planner.ui.forms import words
from planner.ui.meeting_lines import draw_minutes_live
from planner.ui.meeting_matters import draw_matters, draw_undertakings
from planner.ui.meeting_people import draw_people
from planner.ui.meeting_review import draw_review
from planner.ui.minutes_forms import draw_minutes
from planner.ui.widgets import page_header, state_badge, summary_list
from planner.views import meeting as view
from planner.work import Desk, utc_now

LIVE_SECONDS = 4
OVER = (ConferenceState.CANCELLED,)


def draw_meeting(desk: Desk, number: int) -> None:
    """One conference; NotFound is for the page to answer."""
    with desk.reading() as look:
        found = view.meeting(look, number)
    page_header(f"{words(found.kind)} conference", *found.marked)
    show_flash()
    about = ", ".join(matter.reference for matter in found.matters)
    hidden = f" and {count_words(found.hidden, 'action')} that you cannot open" if found.hidden else ""
    st.text(f"{when_words(found.starts_at, found.ends_at)} · about {about}{hidden} · chair: {found.chair}")
    if found.state is ConferenceState.CANCELLED:
        state_badge(found.state)
        st.text("It was cancelled. Everybody invited was told.")
        draw_unsent(desk, number)
        return
    left, right = st.columns([0.64, 0.36], gap="large")
    with right:
        _draw_state(desk, number)
        draw_people(desk, found)
    with left:
        if found.opened_at is None:
            _draw_opening(desk, found)
        else:
            draw_minutes_live(desk, found)
    if found.opened_at is None:
        _draw_before(desk, found)
    draw_matters(desk, found)
    draw_undertakings(desk, found)
    draw_minutes(desk, number)
    draw_review(desk, found)
    _draw_where(found)
    if found.opened_at is not None:
        _draw_before(desk, found)


def _draw_before(desk: Desk, found: view.Meeting) -> None:
    """Who comes, and another time: what matters most until it meets, and least once it does."""
    if not found.records or found.state is not ConferenceState.CONVENED:
        return
    draw_answers(desk, found.id, found.version)
    with st.expander("Another time, or cancel…"):
        draw_change(desk, found.id, found.starts_at, found.ends_at, found.version)


@st.fragment(run_every=LIVE_SECONDS)
def _draw_state(desk: Desk, number: int) -> None:
    """The quorum's light: a word, a sign and a colour, and what is missing."""
    with desk.reading() as look:
        found = view.meeting(look, number)
    with st.container(key="quorum"):  # as high with what is missing as without: the seats below stay where they are
        st.header("Quorum")
        if found.missing:
            st.badge("✕ Not quorate", color="red")
            said = missing_words(found.missing)
            st.text(f"{said[0].upper()}{said[1:]}.")
        else:
            st.badge("✓ Quorate", color="green")
            st.text("It may decide.")


def _draw_opening(desk: Desk, found: view.Meeting) -> None:
    st.header("Before the agenda opens")
    st.text("Everybody who is here accepts, on their own page or aloud:")
    with st.container(border=True):
        st.text(found.confidentiality)
    st.text("The agenda: " + " · ".join(f"{number} {item}" for number, item in enumerate(found.agenda, 1)))
    if not found.records:
        return
    early = found.starts_at > utc_now() and st.checkbox("It is held now, earlier than convened", key="held-now")
    if st.button("Open the agenda", type="primary"):
        attempt(
            desk,
            lambda work: minutes.open_agenda(work, found.id, held_now=bool(early)),
            done="The agenda is open. What is typed is minuted from now on.",
        )


def _draw_where(found: view.Meeting) -> None:
    with st.expander("Where, and what it is about"):
        asks = found.strike_day and strike_day_words(found.strike_day, first=True)
        summary_list(
            [
                ("Where", found.venue or "Not said"),
                ("Convened for", asks or count_words(len(found.matters) + found.hidden, "action")),
                ("Agenda opened", instant_words(found.opened_at) if found.opened_at else "Not yet"),
            ]
        )
        if found.join_link.startswith("https://"):
            st.link_button("Join, with sign-in", found.join_link)
