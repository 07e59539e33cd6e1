"""Month and week, and the calendars to download."""

from datetime import timedelta

import streamlit as st

from planner.outputs.calendar_entries import ActionEntry, ConferenceEntry, PhaseEntry
from planner.rules.calendar_choice import Scope, usual
from planner.rules.windows import local
from planner.ui.calendar import month, week
from planner.ui.calendar_grid import ShownAt, ShownOn
from planner.ui.calendar_taking import draw_taking
from planner.ui.desk import open_desk, show_flash
from planner.ui.feed_forms import draw_feeds
from planner.ui.widgets import Sign, empty_state, page_header, sign_of
from planner.views import calendar as view
from planner.views.calendar_scopes import own_scopes

desk = open_desk("calendar")
page_header("Calendar")
show_flash()
with desk.reading() as look:
    scopes = own_scopes(look)
    today = local(look.now).date()

labels = {index: row.words for index, row in enumerate(scopes)}
default = next((index for index, row in enumerate(scopes) if row.scope is Scope.OPERATION), 0)
chosen = st.selectbox("Whose calendar", list(labels), index=default, format_func=lambda index: labels[index]) or 0
scope, name, *_ = scopes[chosen]
with desk.reading() as look:
    entries = view.entries_of(look, scope, name, usual(scope))

st.session_state.setdefault("calendar_day", today)
shapes = ["Month", "Week"]
with st.container(horizontal=True, vertical_alignment="bottom"):
    with st.container(horizontal=True, width="content", gap="small"):
        back, now, onward = (st.button(label) for label in ("Earlier", "Today", "Later"))
    shape = st.segmented_control("Show", shapes, default="Month", label_visibility="collapsed", width="content")
by_week = shape == "Week"
step = timedelta(days=7 if by_week else 28)
if back:
    st.session_state["calendar_day"] -= step
if now:
    st.session_state["calendar_day"] = today
if onward:
    st.session_state["calendar_day"] += step
day = st.session_state["calendar_day"]

shown: list[ShownAt | ShownOn] = []
for entry in entries:
    reference = entry.url.partition("?ref=")[2]
    if isinstance(entry, PhaseEntry):
        sign, title = Sign("Phase", "▬", "gray"), f"Phase {entry.number}"
        shown.append(ShownOn(ref=entry.uid, title=title, state=sign, first_on=entry.first_on, last_on=entry.last_on))
    elif isinstance(entry, ActionEntry | ConferenceEntry):
        title = reference or ("Action" if isinstance(entry, ActionEntry) else "Conference")
        kind = Sign("Action", "●", "blue") if isinstance(entry, ActionEntry) else Sign("Conference", "◇", "violet")
        sign = sign_of("withdrawn") if entry.cancelled_at else kind
        shown.append(ShownAt(ref=entry.uid, title=title, state=sign, starts_at=entry.starts_at, ends_at=entry.ends_at))
if not entries:
    empty_state("Nothing is in this calendar yet.", "What you accept, and conferences you are invited to, appear here.")
picked = (
    week(shown, day, today=today, key="week") if by_week else month(shown, day.replace(day=1), today=today, key="month")
)
if picked and picked.ref:
    by_uid = {entry.uid: entry for entry in entries}
    reference = by_uid[picked.ref].url.partition("?ref=")[2]
    if reference and scope in (Scope.OPERATION, Scope.FORCE, Scope.REGION):
        st.switch_page("pages/action.py", query_params={"ref": reference})
if picked and picked.on:
    st.session_state["calendar_day"] = picked.on
    st.rerun()

draw_taking(desk, scopes[chosen])
draw_feeds(desk, scopes[chosen])
