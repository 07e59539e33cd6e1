"""Minutes for who plans: issue them, correct them by another issue, see who took receipt, take them along."""

from urllib.parse import quote

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.dates import instant_words
from planner.services import minutes_issue
from planner.ui.desk import attempt, record_view
from planner.ui.forms import drawn_version
from planner.ui.minutes_copy import draw_copy
from planner.ui.rows import draw_rows
from planner.ui.why_field import why_field
from planner.ui.widgets import empty_state
from planner.views.minutes import IssueRow, Minuted, minuted
from planner.views.minutes_copy import copy_of
from planner.work import Desk

FORMS = {"PDF": "pdf", "Word file": "docx"}


def draw_minutes(desk: Desk, conference_id: int) -> None:
    """What went out, who has it, and the button that issues it; then one's own copy to read or to take along."""
    with desk.reading() as look:
        held = minuted(look, conference_id)
    if held is None or not (held.issues or held.records):
        return
    st.header("Minutes")
    for row in held.issues:
        _draw_issue(row)
    if held.opened_at is None:
        empty_state("No minutes yet.", "Once the agenda was opened and there is a quorum, they are issued here.")
        return
    if held.issues:
        _draw_copy(desk, held.issues)
    if held.records:
        _draw_form(desk, conference_id, held)


def _draw_issue(row: IssueRow) -> None:
    """Each agency's copy with its receipt; a line says how many are out."""
    corrected = f" Corrected: {row.note}" if row.note else ""
    st.text(f"Issue {row.number}, {instant_words(row.issued_at)}, by {row.issued_by}.{corrected}")
    out = len(row.receipts) - row.received
    st.text(f"{count_words(len(row.receipts), 'copy', 'copies')}; {out} without a receipt yet.")
    cells = [
        (receipt.agency, f"{instant_words(receipt.received_at)}, {receipt.received_by}" if receipt.received_at else "–")
        for receipt in row.receipts
    ]
    draw_rows(f"Copies of issue {row.number}", ("Agency", "Receipt"), cells)


def _draw_form(desk: Desk, conference_id: int, held: Minuted) -> None:
    version = drawn_version(f"minutes-{conference_id}", held.version)
    with st.form(f"issue-minutes-{conference_id}", border=False):
        said, note = "Issue the minutes", ""
        if held.issues:
            said = "Issue the corrected minutes"
            note = st.text_input("What is corrected, in a sentence without an action's details")
        else:
            st.text("Each agency with a seat gets its own copy: of its own actions, and as much as is agreed with it.")
        if st.form_submit_button(said):
            attempt(
                desk,
                lambda work: minutes_issue.issue_minutes(work, conference_id, note=note, version=version),
                done="The minutes are issued; each agency is told that its copy is there.",
            )


def _draw_copy(desk: Desk, issues: tuple[IssueRow, ...]) -> None:
    """The chosen issue on the page, and as a file for a reason."""
    numbers, newest = {row.number: row.id for row in issues}, issues[0]
    chosen = newest.number
    if len(issues) > 1:
        chosen = st.selectbox("Issue", list(numbers), key=f"minutes-chosen-{newest.id}") or chosen
    issue_id = numbers[chosen]
    if st.toggle("Read my copy here", key=f"minutes-read-{newest.id}"):
        record_view(desk, st.session_state["open_page"][0], f"minutes {issue_id}")
        with desk.reading() as look:
            copy = copy_of(look, issue_id)
        with st.container(border=True):
            st.header("My copy", anchor=False)
            draw_copy(copy)
    why = why_field("Why you export these minutes", key=f"minutes-why-{newest.id}")
    if not why:
        return
    with st.container(horizontal=True):
        for said, kind in FORMS.items():
            st.link_button(f"Download the {said}", f"/files/minutes/{issue_id}.{kind}/{quote(why, safe='')}")
