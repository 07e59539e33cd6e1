"""The forms at both ends of an action's life: plan a new one, change attendance, begin, finish, defer, stand down."""

from datetime import timedelta

import streamlit as st

from planner.rules.words import ActionKind, ActionState, Exploitation, Immigration, PremisesKind
from planner.services import actions, conduct
from planner.ui.desk import attempt
from planner.ui.forms import choose, instant, kept, request_key, words
from planner.views import actions as view
from planner.views.actions import OneAction
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
        operation = choose("Operation", list(choices.operations), show=lambda code: choices.operations[code])
        force = choose("Force that owns it", list(choices.forces), show=lambda code: choices.forces[code])
        regions = {OWN: OWN, **choices.regions}
        region = choose("Region where it happens", list(regions), show=lambda code: regions[code])
        kind, premises = choose("Kind", list(ActionKind), show=words), choose("At", list(PremisesKind), show=words)
        day = st.date_input("Day", today.date() + timedelta(days=7), format="DD/MM/YYYY")
        at = st.time_input("Starts at", "06:00")
        hours = st.number_input("Lasts, hours", 1, 24, 3)
        exploitation = choose("Exploitation, as far as known", list(Exploitation)[::-1], show=words)
        postcode = st.text_input("Postcode, for the clash check: it is not kept", max_chars=8)
        if st.form_submit_button("Plan this action"):
            asked = (operation, force, kind, premises)
            key = request_key("plan")
            kept("plan")
            attempt(
                desk,
                lambda work: actions.plan_action(
                    work,
                    actions.PlanRequest(
                        *asked,
                        instant(day, at),
                        instant(day, at) + timedelta(hours=int(hours)),
                        key,
                        exploitation=exploitation,
                        region=None if region == OWN else region,
                        postcode=postcode or None,
                    ),
                ),
                done="The action is planned. Find it above by its force.",
            )


def draw_conduct(desk: Desk, one: OneAction) -> None:
    """What can still be done with this action, by its state."""
    reference, state = one.row.reference, one.row.state
    if state in ENDED:
        st.text(f"This action is {words(state).lower()}.")
        return
    if state is ActionState.BEGUN:
        _draw_finish(desk, reference)
        return
    if st.button("The action begins now"):
        attempt(desk, lambda work: conduct.begin_action(work, reference), done="The action has begun.")
    with st.form("attendance", border=True):
        immigration = choose("Immigration enforcement", list(Immigration), show=words)
        if st.form_submit_button("Keep this attendance"):
            attempt(
                desk,
                lambda work: actions.set_immigration(work, reference, immigration),
                done="The attendance is kept; partners are told when it changed.",
            )
    reason = st.text_input("Why it waits or will not happen", max_chars=300)
    if st.button("Defer: no new time yet"):
        attempt(desk, lambda work: conduct.defer_action(work, reference, reason), done="The action is deferred.")
    if st.button("Stand down: it will not happen"):
        attempt(desk, lambda work: actions.stand_down(work, reference, reason), done="The action is stood down.")


def _draw_finish(desk: Desk, reference: str) -> None:
    entered = st.checkbox("The premises were entered", True)
    if st.button("The action is done"):
        attempt(desk, lambda work: conduct.finish_action(work, reference, entered=entered), done="The action is done.")
