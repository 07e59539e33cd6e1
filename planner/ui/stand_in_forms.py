"""A provider's lead hands over for a while, and takes it back; who stood in before stays to be read."""

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from planner.rules.dates import day_words, instant_words
from planner.rules.windows import local
from planner.services import stand_ins as services
from planner.ui.choices import which
from planner.ui.desk import attempt
from planner.views import stand_ins as view
from planner.views.care_own import operation_choices
from planner.views.stand_ins import StandInRow
from planner.work import Desk

NO_ACCOUNT = "has no account yet: ask the cell to invite them"


def draw_stand_ins(desk: Desk) -> None:
    """For the lead; a stand-in reads until when they stand in, and names nobody."""
    with desk.reading() as look:
        rows, colleagues = view.stand_ins(look), view.could_stand_in(look)
        operations, mine = operation_choices(look), services.standing_in(look)
        today = local(look.now).date()
    if mine is not None:
        st.text(f"You stand in for the lead of your service until {day_words(mine.until, year=True)}.")
        return
    now = [row for row in rows if row.stands(today)]
    st.header("Who answers when you are away")
    for row in now:
        _draw_standing(desk, row)
    if not now:
        st.text("Nobody stands in for you.")
    if operations:
        with st.expander("Name somebody who stands in…"):
            _draw_form(desk, colleagues, operations, today)
    _draw_before([row for row in rows if row not in now])


def _draw_standing(desk: Desk, row: StandInRow) -> None:
    with st.container(border=True, key=f"stand-in-{row.id}"):
        st.text(
            f"{row.title} answers requests too, until {day_words(row.until, year=True)}.\n"
            f"{row.operation}. Named by {row.named_by}, {instant_words(row.named_at)}."
        )
        if st.button("Take this back", key=f"back-stand-in-{row.id}"):
            attempt(
                desk,
                lambda work: services.take_back_stand_in(work, row.id),
                done=f"{row.title} no longer stands in, and is told.",
            )


def _draw_form(desk: Desk, colleagues: dict[str, bool], operations: dict[int, str], today: date) -> None:
    if not colleagues:
        st.text("Nobody else of your service is here. Ask the cell to bring a colleague in.")
        return
    with st.form("stand-in", border=False):
        st.text("They see and answer what you do, your terms included, and name nobody further.")
        title = which("Who of your service", {who: _choice(who, has) for who, has in colleagues.items()})
        operation = which("In", operations)
        until = st.date_input("Until, that day included", today + timedelta(days=7), format="DD/MM/YYYY")
        if st.form_submit_button("Name this stand-in", width="stretch"):
            attempt(
                desk,
                lambda work: services.name_stand_in(work, title(), operation(), until),
                done=lambda _: f"{title()} stands in until {day_words(until, year=True)}, and is told.",
                form="stand-in",
            )


def _choice(title: str, has_account: bool) -> str:
    return title if has_account else f"{title} ({NO_ACCOUNT})"


def _draw_before(rows: Sequence[StandInRow]) -> None:
    if not rows:
        return
    with st.expander("Who stood in before"):
        st.text("\n".join(map(_before_words, rows)))


def _before_words(row: StandInRow) -> str:
    ended = f"taken back {instant_words(row.ended_at)} by {row.ended_by}" if row.ended_at else "until that day"
    return f"{row.title}: from {instant_words(row.named_at)} until {day_words(row.until, year=True)}; {ended}."
