"""What an invited agency answers to a conference: it comes, may come, or cannot and says who does in its place."""

from datetime import datetime

import streamlit as st

from planner.rules.dates import instant_words
from planner.rules.invitation_words import AnsweredVia, InvitationAnswer
from planner.rules.words import AttendanceState
from planner.services.conference_answers import answer_invitation
from planner.ui.choices import which
from planner.ui.desk import attempt
from planner.ui.invitation_words import ANSWERS, VIA
from planner.views.my_conferences import MyInvitation, deputies
from planner.work import Desk

NOBODY = "Nobody"


def shown_state(row: MyInvitation) -> str:
    """What the agency said, or that it is invited; who came is the planners' to say."""
    if row.state is AttendanceState.INVITED and row.answer is not None:
        return ANSWERS[row.answer]
    return row.state


def draw_coming(desk: Desk, row: MyInvitation) -> None:
    """What is kept, the ways to answer or to change it, and the invitation as a file."""
    if row.answered_at is not None and row.answered_via is not None:
        st.text(_kept(row, row.answered_via, row.answered_at))
    here = row.state is AttendanceState.ATTENDED
    if not here:
        _draw_yes(desk, row)
    if not here and row.answer is not InvitationAnswer.DECLINED:
        with st.expander("We cannot come…"):
            with desk.reading() as look:
                others = deputies(look, row.agency_id)
            _draw_no(desk, row, others)
    address, words = f"/files/invitation/mine/{row.conference_id}", f"{instant_words(row.starts_at)}, as a file (.ics)"
    st.html(f'<a href="{address}" target="_self" style="color:inherit">The invitation for {words}</a>')


def _kept(row: MyInvitation, via: AnsweredVia, at: datetime) -> str:
    said = f"Your answer, {VIA[via]}, {instant_words(at)}."
    more = [f"In your place: {row.deputy}."] if row.deputy else []
    more += [f"You propose {row.substitute} in your place; the planners decide."] if row.substitute else []
    more += [f"You said: {row.comment}"] if row.comment else []
    return "\n".join([said, *more])


def _draw_yes(desk: Desk, row: MyInvitation) -> None:
    number, away = row.conference_id, row.answer is InvitationAnswer.DECLINED or row.state is AttendanceState.APOLOGIES
    with st.container(horizontal=True):
        label = "We can come after all" if away else "We come"
        if row.answer is not InvitationAnswer.ACCEPTED and st.button(label, key=f"coming-{number}"):
            attempt(
                desk,
                lambda work: answer_invitation(work, number, coming=True),
                done="It is kept: you are expected.",
            )
        if row.answer is not InvitationAnswer.TENTATIVE and st.button("We may come", key=f"maybe-{number}"):
            attempt(
                desk,
                lambda work: answer_invitation(work, number, coming=True, tentative=True),
                done="It is kept: you may come.",
            )


def _draw_no(desk: Desk, row: MyInvitation, others: tuple[str, ...]) -> None:
    """Apologies, which the planners read before they sit down; with a deputy the agency's seat stays."""
    number = row.conference_id
    why = st.text_input("Why, or who speaks for you, by post", key=f"not-coming-{number}")
    deputy = which("A deputy of your own", [NOBODY, *others], key=f"deputy-for-{number}")
    substitute = st.text_input(
        "Or another agency in your place",
        placeholder="Its full name; the planners decide",
        key=f"substitute-for-{number}",
    )
    if st.button("Send our apologies", key=f"apologies-{number}"):
        attempt(
            desk,
            lambda work: answer_invitation(
                work,
                number,
                coming=False,
                why=why,
                deputy="" if deputy() == NOBODY else deputy(),
                substitute=substitute.strip(),
            ),
            done="Your apologies are kept, and the chair is told.",
        )
