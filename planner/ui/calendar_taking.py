"""Taking a calendar out: which kinds of entries, in how much detail, exactly what it shows, and why it is taken."""

from urllib.parse import quote

import streamlit as st

from planner.outputs.calendar_sheet import MONTH, WEEK, Stretch
from planner.rules.calendar_choice import (
    DETAIL_WORDS,
    KIND_WORDS,
    Choice,
    Detail,
    EntryKind,
    Scope,
    left_out_words,
    usual,
)
from planner.rules.counts import count_words
from planner.rules.windows import local
from planner.ui.calendar_page import asked_day
from planner.ui.rows import draw_rows
from planner.ui.why_field import why_field
from planner.views.calendar_preview import Preview, preview
from planner.views.calendar_scopes import ScopeRow
from planner.work import Desk

ALARMS = {None: "No alarm", 30: "30 minutes before", 60: "1 hour before", 120: "2 hours before", 1440: "1 day before"}
WHOLE = (
    "All of the operation is taken out: a region or a force has a calendar of its own, under Filter on the first tab."
)

TASKS = ", for programs that keep a list of tasks. A feed and paper have none."


def choose_what(row: ScopeRow, key: str, detail: Detail = Detail.NEUTRAL) -> Choice | None:
    """What is taken of a calendar; None, with a sentence, while nothing is chosen."""
    begun = usual(row.scope)
    kinds = st.pills(
        "Which entries",
        row.kinds,
        selection_mode="multi",
        default=[kind for kind in row.kinds if kind in begun.kinds],
        format_func=lambda kind: KIND_WORDS[kind],
        key=f"{key}-kinds-{row.scope}",
    )
    with st.container(horizontal=True):
        details = list(DETAIL_WORDS)
        told = st.segmented_control(
            "Detail", details, default=detail, format_func=DETAIL_WORDS.__getitem__, key=f"{key}-detail-{row.scope}"
        )
        alarm = None
        if EntryKind.ACTIONS in row.kinds:
            alarm = st.selectbox("Alarm for actions", list(ALARMS), format_func=ALARMS.__getitem__, key=f"{key}-alarm")
    if not kinds:
        st.text("Choose at least one kind of entries.")
        return None
    chosen = frozenset(kinds)
    loud = EntryKind.ACTIONS in chosen and told is not Detail.BUSY
    choice = Choice(chosen, told or detail, alarm if loud else None)
    if choice.left_out:
        st.text(left_out_words(choice))
    return choice if choice.left_out < choice.kinds else None


def draw_taking(desk: Desk, row: ScopeRow) -> None:
    """The preview first: a file that has left is not taken back."""
    st.header("Take it out")
    if row.scope is Scope.OPERATION and {"region", "force"} & set(st.query_params):
        st.text(WHOLE)
    choice = choose_what(row, "take")
    if choice is None:
        return
    with desk.reading() as look:
        today = local(look.now).date()
        draw_preview(preview(look, row.scope, row.name, choice))
    why = why_field("Why you take it out", key="take-why")
    if not why:
        return
    address = "/".join(quote(part, safe="") for part in (row.scope, row.name, choice.text, why))
    st.link_button("Download this calendar", f"/files/calendar/{address}")
    st.subheader("On paper")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        day = st.date_input("A day of the month or week to print", asked_day(today), format="DD/MM/YYYY", width=320)
        for shape in (MONTH, WEEK):
            parts = (row.scope, row.name, choice.text, Stretch(shape, day).text, why)
            address = "/".join(quote(part, safe="") for part in parts)
            st.link_button(f"Print its {shape}", f"/files/calendar_sheet/{address}")


def draw_preview(shown: Preview) -> None:
    """Word for word what a phone shows, what the file has beside it, and to whom it may go."""
    st.subheader("What it will show")
    if not shown.number:
        st.text("Nothing: no entry of these kinds is there now.")
    else:
        said = ", ".join(
            f"“{title}” {number:,} times" if number > 1 else f"“{title}”" for title, number in shown.titles
        )
        st.text(f"On the phone it is called “{shown.name}”. {count_words(shown.number, 'entry', 'entries')}: {said}.")
        draw_rows("What it will show", ("Title", "When", "State"), shown.entries)
        if shown.number > len(shown.entries):
            st.text(f"And {shown.number - len(shown.entries):,} more, with the same titles.")
        if shown.tasks:
            st.text(f"Beside the deadlines the download has {count_words(shown.tasks, 'task')}, called the same{TASKS}")
    st.text(f"It is marked {shown.marking}. {' '.join(shown.may_go)}")
