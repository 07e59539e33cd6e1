"""The forms of an action's life: plan a new one, copy, move, attendance, begin, finish, defer, stand down."""

from datetime import timedelta

import streamlit as st

from planner.rules.strike_words import strike_day_words
from planner.rules.windows import local
from planner.rules.words import ActionKind, ActionState, Exploitation, Immigration, PremisesKind
from planner.services import actions, conduct, copying
from planner.services.slip_changes import NewAttendance, NewTime
from planner.ui.choices import which
from planner.ui.desk import attempt
from planner.ui.forms import choose, drawn_version, instant, request_key, words
from planner.ui.last_hours_forms import draw_entered_late
from planner.ui.slip_forms import about_of, ask_first, draw_changes, draw_listed, slip_of
from planner.ui.widgets import plain
from planner.views import actions as view
from planner.views.one_action import OneAction
from planner.work import Desk

OWN = "The force's own"
ENDED = (ActionState.DONE, ActionState.STOOD_DOWN)


def draw_new_action(desk: Desk) -> None:
    """A new action from what is known today; its reference is given by the page."""
    with desk.reading() as look:
        choices = view.planning_choices(look)
        today = look.now
    if not (choices.operations and choices.forces):
        return
    with st.form("plan", border=True):
        operation = which("Operation", choices.operations)
        force = which("Force that owns it", choices.forces)
        region = which("Region where it happens", {OWN: OWN, **choices.regions})
        kind, premises = choose("Kind", list(ActionKind), show=words), choose("At", list(PremisesKind), show=words)
        day = st.date_input("Day", today.date() + timedelta(days=7), format="DD/MM/YYYY")
        at = st.time_input("Starts at", "06:00")
        hours = st.number_input("Lasts, hours", 1, 24, 3)
        exploitation = choose("Exploitation, as far as known", list(Exploitation)[::-1], show=words)
        postcode = st.text_input("Postcode, for the clash check: it is not kept")
        if st.form_submit_button("Plan this action"):
            key = request_key("plan")
            attempt(
                desk,
                lambda work: actions.plan_action(
                    work,
                    actions.PlanRequest(
                        *(operation(), force(), kind, premises),
                        instant(day, at),
                        instant(day, at) + timedelta(hours=int(hours)),
                        key,
                        exploitation=exploitation,
                        region=None if region() == OWN else region(),
                        postcode=postcode or None,
                    ),
                ),
                done=lambda action: f"{action.reference} is planned. Find it under All actions.",
                form="plan",
            )


def draw_copy(desk: Desk, one: OneAction) -> None:
    """This action as a template for another one."""
    start = local(one.row.starts_at) + timedelta(days=7)
    with st.form("copy", border=True):
        day = st.date_input("Day of the new action", start.date(), format="DD/MM/YYYY")
        at = st.time_input("It starts at", start.time())
        postcode = st.text_input("Its postcode, for the clash check: it is not kept")
        if st.form_submit_button("Plan one like this"):
            key, length = request_key("copy"), one.row.ends_at - one.row.starts_at
            attempt(
                desk,
                lambda work: copying.copy_action(
                    work,
                    copying.CopyRequest(
                        one.row.reference, instant(day, at), instant(day, at) + length, key, postcode or None
                    ),
                ),
                done=lambda action: f"{action.reference} is planned like this one. Find it on the Actions page.",
                form="copy",
            )


def draw_move(desk: Desk, one: OneAction) -> None:
    """Move the action once: what follows is listed first, then done as listed."""
    if one.row.state in (ActionState.BEGUN, *ENDED):
        st.text(f"This action is {words(one.row.state).lower()}: it is not moved any more.")
        draw_changes(desk, one.row.reference)
        return
    starts, length = local(one.row.starts_at), one.row.ends_at - one.row.starts_at
    version = drawn_version("move", one.row.version)
    with st.form("move", border=True):
        first, second, third = st.columns(3)
        day = first.date_input("New day", starts.date(), format="DD/MM/YYYY")
        at = second.time_input("Starts at", starts.time())
        hours = third.number_input("Lasts, hours", 0.5, 168.0, length / timedelta(hours=1), 0.5)
        why = _why_it_leaves(one)
        if st.form_submit_button("See what follows"):
            ask_first(
                desk,
                about_of(one, "move"),
                lambda: slip_of(
                    one, "move", NewTime(instant(day, at), instant(day, at) + timedelta(hours=hours), why), version
                ),
                done="The action is moved; everybody whom it concerns is told once.",
            )
    draw_listed(desk, about_of(one, "move"))
    draw_changes(desk, one.row.reference)


def _why_it_leaves(one: OneAction) -> str:
    """Asked of a member of a strike day alone, and used where it goes to another day than the others."""
    if one.strike_day is None:
        return ""
    label = f"Why it leaves {plain(strike_day_words(one.strike_day))}, if it goes to another day"
    return st.text_input(label)


def draw_conduct(desk: Desk, one: OneAction) -> None:
    """What can still be done with this action, by its state."""
    reference, state = one.row.reference, one.row.state
    if state in ENDED:
        st.text(f"This action is {words(state).lower()}.")
        return
    if state is ActionState.BEGUN:
        _draw_finish(desk, reference)
        draw_entered_late(desk, one, begins=False)
        return
    if st.button("The action begins now"):
        attempt(desk, lambda work: conduct.begin_action(work, reference), done="The action has begun.")
    draw_entered_late(desk, one, begins=state in conduct.TO_COME)
    version = drawn_version("attendance", one.row.version)
    with st.form("attendance", border=True):
        now = one.facts.action.immigration
        immigration = choose("Immigration enforcement", list(Immigration), show=words, now=now)
        if st.form_submit_button("Keep this attendance"):
            ask_first(
                desk,
                about_of(one, "attendance"),
                lambda: slip_of(one, "attendance", NewAttendance(immigration), version),
                done="The attendance is kept; everybody whom it concerns is told once.",
            )
    draw_listed(desk, about_of(one, "attendance"))
    reason = st.text_input("Why it waits or will not happen")
    if st.button("Defer: no new time yet"):
        attempt(desk, lambda work: conduct.defer_action(work, reference, reason), done="The action is deferred.")
    if st.button("Stand down: it will not happen"):
        attempt(desk, lambda work: actions.stand_down(work, reference, reason), done="The action is stood down.")


def _draw_finish(desk: Desk, reference: str) -> None:
    entered = st.checkbox("The premises were entered", True)
    if st.button("The action is done"):
        attempt(desk, lambda work: conduct.finish_action(work, reference, entered=entered), done="The action is done.")
