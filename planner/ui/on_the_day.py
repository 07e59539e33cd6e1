"""Counting people on the day with a thumb: one more, one fewer, moved on; whether all are accounted for, or why not.

How a press becomes one row. Streamlit runs the script anew for a press, joins presses of one button that wait while it
runs, and may break a run off at any drawing. So a press is first put aside with a key of its own, then written before
anything is drawn, and only then forgotten: a run broken off in between writes the same key again, which the service
takes for the same press. The second press of a double click comes while the first is being written or a moment after,
before its hand has seen the new number: within AGAIN_SECONDS of what was written last it is the same press. Whoever
presses again once the number has changed counts again. The buttons keep their place in the page, and so the keyboard
its focus. What the page shows is what is kept: a press that was taken for a double one is seen by its number.
"""

import secrets
from time import monotonic
from typing import Any

import streamlit as st

from planner.errors import NotFound
from planner.rules.dates import instant_words
from planner.rules.on_the_day import (
    NOBODY,
    SAID,
    SHORT,
    WHEREABOUTS,
    Count,
    difference_words,
)
from planner.rules.windows import local
from planner.services.on_the_day import CountRequest, count_people, explain_counts
from planner.ui.day_after import draw_after
from planner.ui.day_places import draw_places
from planner.ui.desk import attempt, not_here, open_desk, standing, tell_trouble
from planner.ui.widgets import state_badge, summary_list
from planner.views import on_the_day as view
from planner.views.on_the_day import OnTheDay
from planner.views.one_action import OneAction
from planner.views.outcomes import outcomes
from planner.views.overflow import overflow
from planner.work import Desk

AGAIN_SECONDS = 0.25
LOOK_SECONDS = 15
WAITING, WRITTEN, SHOWN = "day_presses", "day_written", "day_shown"
MOVED_FROM, MOVED_TO = "moved-from", "moved-to"
NAME_WIDTH, MORE_WIDTH, FEWER_WIDTH = 300, 200, 130  # pixels: both buttons beside each other on a phone
NARROW = 148  # so are both fields


def draw_on_the_day(desk: Desk, one: OneAction) -> None:
    """The whole tab; somebody else's presses are drawn within a quarter of a minute."""
    _draw(one)
    _look_again(desk, one.row.reference)


@st.fragment
def _draw(one: OneAction) -> None:
    """A press draws this and nothing else of the page, and so this opens the desk."""
    reference = one.row.reference
    desk = open_desk("action", about=reference)
    _write_presses(desk)
    try:
        with desk.reading() as look:
            day = view.on_the_day(look, reference)
            tonight, after, today = overflow(look, one.facts), outcomes(look, reference), local(look.now).date()
    except NotFound:
        not_here()
    if day.before:
        st.text(day.before)
        return
    _draw_people(desk, reference, day)
    draw_places(desk, one, day.counted.totals, tonight)
    draw_after(desk, reference, after, encountered=day.counted.totals.encountered, today=today)


def _draw_people(desk: Desk, reference: str, day: OnTheDay) -> None:
    """The numbers, and for who may count, the buttons."""
    shown = _kept(SHOWN)
    seen = shown.get(reference, day.counted.last_tap)
    _draw_standing(day)
    if day.why_not:
        st.text(day.why_not)
    if day.may_count and not day.why_not:
        _draw_buttons(reference, day)
    else:
        summary_list([(SAID[count].capitalize(), str(day.counted.totals.of(count))) for count in Count])
    # Below the buttons: what comes and goes must not move them from under the thumb.
    if day.explanation:
        by = f", {day.explanation.by}" if day.explanation.by else ""
        st.text(f"Explained: {day.explanation.sentence} ({instant_words(day.explanation.at)}{by})")
    if day.may_count and day.to_explain:
        _draw_explaining(desk, reference, day, seen)
    if day.may_count and not day.why_not:
        _draw_moving(reference, day)
    shown[reference] = day.counted.last_tap


@st.fragment(run_every=LOOK_SECONDS)
def _look_again(desk: Desk, reference: str) -> None:
    """Two people who count see each other's numbers; looking is no activity, and draws nothing by itself."""
    shown: dict[str, int] = _kept(SHOWN)
    if reference not in shown or standing() is None:
        return
    try:
        with desk.reading() as look:
            changed = view.last_tap(look, reference) != shown[reference]
    except NotFound:
        changed = True
    if changed:
        st.rerun(scope="app")


def _kept(name: str) -> dict[Any, Any]:
    """A plain dictionary of this session: what is done with it cannot be broken off half-way."""
    found: dict[Any, Any] = st.session_state.setdefault(name, {})
    return found


def _press(reference: str, count: Count, step: int = 1, moved_from: Count | None = None) -> None:
    """Put a press aside, unless it is the second of a double click."""
    button = (reference, count, step, moved_from)
    waiting, written = _kept(WAITING), _kept(WRITTEN)
    if button not in waiting and monotonic() - written.get(button, -AGAIN_SECONDS) >= AGAIN_SECONDS:
        waiting[button] = secrets.token_hex(16)


def _press_moved(reference: str) -> None:
    """From where to where stands in the two fields of the form."""
    _press(reference, st.session_state[MOVED_TO], moved_from=st.session_state[MOVED_FROM])


def _write_presses(desk: Desk) -> None:
    """Write what was put aside, and only then forget it; what is refused is said once nothing can break in."""
    waiting, written = _kept(WAITING), _kept(WRITTEN)
    troubles: list[Exception] = []
    for button, key in list(waiting.items()):
        reference, count, step, moved_from = button
        try:
            with desk.writing() as work:
                count_people(work, CountRequest(reference, count, key, step, moved_from))
        except Exception as error:
            troubles.append(error)
        del waiting[button]
        written[button] = monotonic()
    for trouble in troubles:
        tell_trouble(trouble)


def _draw_standing(day: OnTheDay) -> None:
    """Whether all are accounted for, in one line."""
    found = day.counted.totals
    if day.explanation:
        state_badge("explained")
    elif found.is_empty:
        state_badge("not_counted")
    else:
        state_badge("not_accounted_for" if found.difference else "accounted_for")
    st.text(difference_words(found))


def _draw_explaining(desk: Desk, reference: str, day: OnTheDay, seen: int) -> None:
    """An explanation is for the numbers that were on the screen when it was typed."""
    if day.counted.totals.is_empty:
        if st.button(NOBODY.rstrip(".")):
            _explain(desk, reference, NOBODY, seen)
        return
    with st.form("explain", border=True):
        why = st.text_input("Why the numbers differ", placeholder="In a sentence; never a name")
        if st.form_submit_button("Keep this explanation"):
            _explain(desk, reference, why, seen)


def _explain(desk: Desk, reference: str, why: str, seen: int) -> None:
    attempt(
        desk,
        lambda work: explain_counts(work, reference, why, last_tap=seen),
        done="It is kept, with your post and the time, until somebody counts again.",
    )


def _draw_buttons(reference: str, day: OnTheDay) -> None:
    """A row each: the number in words, one more under the thumb, one fewer beside it."""
    with st.container(key="day-counts", gap="small"):
        for count in Count:
            number = day.counted.totals.of(count)
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(f"**{number}** {SAID[count]}", width=NAME_WIDTH)
                st.button(
                    f"+1 {SHORT[count]}",
                    key=f"more-{count}",
                    type="primary" if count is Count.ENCOUNTERED else "secondary",
                    width=MORE_WIDTH,
                    on_click=_press,
                    args=(reference, count, 1),
                )
                st.button(
                    f"−1 {SHORT[count]}",
                    key=f"fewer-{count}",
                    type="tertiary",
                    width=FEWER_WIDTH,
                    disabled=not number,
                    on_click=_press,
                    args=(reference, count, -1),
                )


def _draw_moving(reference: str, day: OnTheDay) -> None:
    """From reception to a place is no new person: one press moves one."""
    there = [count for count in WHEREABOUTS if day.counted.totals.of(count)]
    if not there:
        return
    with st.form("moved", border=True):
        with st.container(horizontal=True, gap="small"):
            st.selectbox("Moved on from", there, format_func=SHORT.__getitem__, key=MOVED_FROM, width=NARROW)
            st.selectbox("To", WHEREABOUTS, index=1, format_func=SHORT.__getitem__, key=MOVED_TO, width=NARROW)
        st.form_submit_button("One moved on", on_click=_press_moved, args=(reference,))
