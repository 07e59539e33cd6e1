"""The decision log on a page: entry by entry under its headings, a form for an entry by hand, and its print."""

from urllib.parse import quote

import streamlit as st

from planner.rules.dates import instant_words
from planner.rules.log_headings import HEADINGS, HEADINGS_WORDS, Headings, Part
from planner.services import decision_log as service
from planner.ui.desk import attempt
from planner.ui.forms import choose, request_key
from planner.ui.rows import page_number
from planner.ui.why_field import why_field
from planner.ui.widgets import empty_state, plain
from planner.views import decision_log as view
from planner.views.operation import OperationRow
from planner.views.policy_kept import ruled_decisions
from planner.work import Desk

HEIGHT = 80


def draw_log_of_action(desk: Desk, reference: str) -> None:
    """Every decision on one action, newest first."""
    key = f"log-page-{reference}"
    with desk.reading() as look:
        log = view.log_of_action(look, reference)
        may_write = view.may_log_action(look, reference)
    st.header("Decision log")
    number = page_number(log.total, key=key, per_page=view.PER_PAGE) if log.total else 1
    if number > 1:
        with desk.reading() as look:
            log = view.log_of_action(look, reference, page=number)
    if may_write:
        with st.expander("Log a decision"):
            _draw_form(desk, reference, log.headings, of_operation=False)
    with st.expander("The policy that each was taken under"):
        _draw_ruled(desk, reference)
    _draw_print("log", reference)
    _draw_entries(log, with_about=False)


def draw_log_of_operation(desk: Desk, row: OperationRow, *, may_choose: bool) -> None:
    """Every decision on the operation and on its actions that the reader sees."""
    key = f"log-page-{row.code}"
    with desk.reading() as look:
        log = view.log_of_operation(look, row.code)
        may_write = view.may_log_operation(look, row.id)
    st.header("Decision log")
    number = page_number(log.total, key=key, per_page=view.PER_PAGE) if log.total else 1
    if number > 1:
        with desk.reading() as look:
            log = view.log_of_operation(look, row.code, page=number)
    if may_write:
        with st.expander("Log a decision"):
            _draw_form(desk, row.code, log.headings, of_operation=True)
    if may_choose:
        with st.expander("Choose the headings"):
            _draw_headings(desk, row, log.headings)
    _draw_print("operation_log", row.code)
    _draw_entries(log, with_about=True)


def _draw_entries(log: view.Log, *, with_about: bool) -> None:
    if not log.entries:
        empty_state("No decision is in the record yet.", "Each appears here by itself, with what it was taken on.")
    for entry in log.entries:
        with st.container(border=True, key=f"log-{entry.number}"):
            about = f" · {plain(entry.about)}" if with_about else ""
            st.markdown(f"**{plain(entry.what)}**{about} · {plain(f'{instant_words(entry.at)}, {entry.by}')}")
            for heading, text in entry.parts:
                st.text(f"{heading}: {text}")


def _draw_ruled(desk: Desk, reference: str) -> None:
    """Go-aheads, overrides and conferences' decisions, each with the policy it keeps and what is other now."""
    with desk.reading() as look:
        found = ruled_decisions(look, reference)
    if not found:
        st.text("No go-ahead, override or conference's decision keeps a policy yet.")
    for item in found:
        now = f"Now other: {'; '.join(item.changed)}." if item.changed else "The same is in force now."
        st.text(f"{item.what}, {instant_words(item.at)}: version {item.version}. {now}")


def _draw_form(desk: Desk, about: str, headings: Headings, *, of_operation: bool) -> None:
    """The five steps in their order; only what was decided must be there."""
    form, names = f"log-{about}", HEADINGS[headings]
    with st.form(form, border=True):
        typed = {part: st.text_area(names[part], height=HEIGHT, key=f"{form}-{part}") for part in Part}
        whose = st.text_input("Whose decision it is, by post, where you type for somebody", key=f"{form}-whose")
        if st.form_submit_button("Keep this entry"):
            log = service.log_for_operation if of_operation else service.log_decision
            attempt(
                desk,
                lambda work: log(
                    work,
                    service.LogRequest(
                        about,
                        typed[Part.ACTION],
                        request_key(form),
                        typed[Part.INFORMATION],
                        typed[Part.STRATEGY],
                        typed[Part.POWERS],
                        typed[Part.OPTIONS],
                        whose,
                    ),
                ),
                done="The entry is kept. It cannot be changed; a correction is another entry.",
                form=form,
            )


def _draw_headings(desk: Desk, row: OperationRow, now: Headings) -> None:
    chosen = choose("Headings of", list(Headings), show=lambda each: HEADINGS_WORDS[each], now=now, key="log-headings")
    if st.button("Use these headings"):
        attempt(
            desk,
            lambda work: service.set_log_headings(work, row.code, chosen),
            done=f"The log is read under the headings of {HEADINGS_WORDS[chosen]}.",
        )


def _draw_print(kind: str, about: str) -> None:
    """All of it as a PDF; why it is printed stands in the record."""
    with st.popover("Print the log…"):
        if why := why_field("Why you print it", "For the file of the action"):
            st.link_button("Download the PDF", f"/files/{kind}/{quote(about, safe='')}/{quote(why, safe='')}")
