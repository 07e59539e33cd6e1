"""Standing commitments: said once, they accept matching offers by themselves."""

from collections.abc import Sequence
from datetime import timedelta

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.dates import day_words
from planner.services import commitments
from planner.ui.choices import which
from planner.ui.desk import attempt
from planner.views.my_team import MyCommitment, committable
from planner.work import Desk

QUARTER = timedelta(days=90)


def draw_commitments(desk: Desk, rows: Sequence[MyCommitment]) -> None:
    """What is promised in advance, each with its end; and a new one."""
    for row in rows:
        with st.container(border=True, key=f"commitment-{row.id}"):
            st.text(f"{row.role}, {row.region}\n{_days(row)}")
            where = "Also where immigration enforcement is on site." if row.with_immigration else ""
            st.text(f"{where} Until {day_words(row.valid_to, year=True)}. By {row.lead}.".strip())
            if st.button("End it", key=f"end-commitment-{row.id}"):
                _end(desk, row.id)
    with st.expander("Say yes in advance…"):
        _draw_new(desk)


def _end(desk: Desk, number: int) -> None:
    done = "It accepts nothing from now on; what it has accepted stays."
    attempt(desk, lambda work: commitments.end_commitment(work, number), done=done)


def _days(row: MyCommitment) -> str:
    days = ", ".join(commitments.WEEKDAYS[int(day) - 1] for day in row.weekdays)
    return f"{days}: {count_words(row.per_day, 'action')} a day"


def _draw_new(desk: Desk) -> None:
    with desk.reading() as look:
        posts, regions = committable(look)
        today = look.now.date()
    if not posts:
        st.text("The catalogue has no post that your kind of agency may fill.")
        return
    st.text("Matching offers are then accepted in your name at once, and you are told. Each can be taken back.")
    with st.form("commit", border=False):
        role = which("Post", posts)
        region = which("Region", regions)
        days = st.pills("Weekdays", commitments.WEEKDAYS, selection_mode="multi")
        per_day = st.number_input("Actions a day, at most", 1, commitments.MOST_A_DAY, 1)
        first = st.date_input("From", today, format="DD/MM/YYYY")
        last = st.date_input("Until", today + QUARTER, format="DD/MM/YYYY")
        near = st.checkbox("Also where immigration enforcement is on site")
        if st.form_submit_button("Commit to this"):
            attempt(
                desk,
                lambda work: commitments.make_commitment(
                    work,
                    commitments.CommitRequest(
                        role(),
                        region(),
                        tuple(commitments.WEEKDAYS.index(day) + 1 for day in days),
                        int(per_day),
                        first,
                        last,
                        with_immigration=near,
                    ),
                ),
                done="Your commitment is kept: matching offers are accepted from now on.",
            )
