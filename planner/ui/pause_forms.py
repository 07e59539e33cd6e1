"""A pause: asked for by the national Gold, answered by each force's Gold, ended; and the line of it on an action."""

from datetime import datetime, time, timedelta

import streamlit as st

from planner.rules.dates import instant_words
from planner.rules.pauses import PauseFact
from planner.rules.windows import local
from planner.services import pauses as service
from planner.ui.choices import which
from planner.ui.desk import attempt
from planner.ui.forms import instant, request_key
from planner.ui.widgets import empty_state, state_badge
from planner.views.operation import OperationRow
from planner.views.pauses import PauseRow, pauses, regions
from planner.work import Desk

EVERYWHERE = ""
ASKING = (
    "A pause asks the owning forces to give no go-ahead. It commands nothing: a force's Gold may answer in words that "
    "the force goes on, and gives it."
)


def draw_pauses(desk: Desk, row: OperationRow, *, may_ask: bool) -> None:
    """What stands, then what is over; the national Gold asks, a force's Gold answers."""
    with desk.reading() as look:
        found, places, now = pauses(look, row.id), regions(look), look.now
    st.header("Pauses")
    st.text(ASKING)
    if not found:
        empty_state("No pause was asked for.", "The national Gold asks for one here; it then stands on every go-ahead.")
    for item in found:
        _draw_pause(desk, item)
    if may_ask:
        with st.expander("Ask for a pause"):
            _draw_ask(desk, row, places, now)


def _draw_pause(desk: Desk, item: PauseRow) -> None:
    with st.container(border=True, key=f"pause-{item.id}"):
        state_badge("pause_asked_for" if item.stands else "done")
        when = f"{instant_words(item.from_at)} until {instant_words(item.until_at)}"
        said = [f"{item.where}, {when}: {item.reason}", f"Asked for by {item.by}, {instant_words(item.asked_at)}."]
        if item.ended_at:
            said.append(f"Ended by {item.ended_by}, {instant_words(item.ended_at)}: {item.ended_reason}")
        for answer in item.answers:
            word = "goes on" if answer.goes_on else "pauses"
            said.append(f"{answer.force} {word}: {answer.text} ({answer.by}, {instant_words(answer.at)})")
        st.text("\n".join(said))
        if item.stands and item.mine:
            _draw_answer(desk, item)
        if item.may_end:
            _draw_end(desk, item)


def _draw_answer(desk: Desk, item: PauseRow) -> None:
    with st.popover("Answer…"):
        names = {force.code: force.name for force in item.mine}
        force = which("For", names, key=f"pause-force-{item.id}") if len(names) > 1 else None
        goes_on = st.radio("What you decide", (False, True), format_func=_decision, key=f"pause-word-{item.id}")
        text = st.text_area("Why", key=f"pause-why-{item.id}", help="The national Gold reads it; it is recorded.")
        if st.button("Send this answer", key=f"pause-send-{item.id}"):
            attempt(
                desk,
                lambda work: service.answer_pause(
                    work, item.id, text, goes_on=bool(goes_on), force=force() if force else next(iter(names))
                ),
                done="The answer is kept, and the national Gold is told.",
            )


def _decision(goes_on: bool) -> str:
    return "We go on: go-aheads are given" if goes_on else "We pause: no go-ahead is given"


def _draw_end(desk: Desk, item: PauseRow) -> None:
    with st.popover("End it…"):
        why = st.text_input("Why it is ended", key=f"pause-end-{item.id}")
        if st.button("End this pause", key=f"pause-ended-{item.id}"):
            attempt(desk, lambda work: service.end_pause(work, item.id, why), done="The pause is ended; Gold is told.")


def _draw_ask(desk: Desk, row: OperationRow, places: dict[str, str], now: datetime) -> None:
    form = f"pause-{row.code}"
    today = local(now).date()
    with st.form(form, border=True):
        where = which("Where", {EVERYWHERE: "Everywhere", **places})
        one, two = st.columns(2)
        first = one.date_input("First day", today, format="DD/MM/YYYY")
        begins = one.time_input("From the hour", time(0))
        last = two.date_input("Last day", today + timedelta(days=1), format="DD/MM/YYYY")
        ends = two.time_input("Until the hour", time(0))
        reason = st.text_input("Why a pause is asked for")
        if st.form_submit_button("Ask for this pause"):
            attempt(
                desk,
                lambda work: service.ask_pause(
                    work,
                    service.PauseRequest(
                        row.code,
                        instant(first, begins),
                        instant(last, ends),
                        reason,
                        request_key(form),
                        where() or None,
                    ),
                ),
                done="The pause is asked for. Every Gold and Silver of the operation is told.",
                form=form,
            )


def draw_paused(found: tuple[PauseFact, ...]) -> None:
    """What stands for one action, and its force's word on it."""
    for pause in found:
        word = {None: "The force's Gold has not answered.", True: "The force goes on", False: "The force pauses"}
        said = word[pause.goes_on] + (f": {pause.answer}" if pause.answer else "")
        st.text(f"! {pause.asked_words} {said}")
        if not pause.goes_on:
            st.page_link("pages/operation.py", label="Answer on the Operation page", query_params={"tab": "Pauses"})
