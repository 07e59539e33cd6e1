"""Today: what needs me now."""

import streamlit as st

from planner.access import Verb, may
from planner.rules.counts import count_words
from planner.ui.desk import open_desk, show_flash
from planner.ui.figures import draw_figures
from planner.ui.since import draw_since
from planner.ui.tasks import draw_tasks
from planner.ui.widgets import empty_state, page_header
from planner.views import today
from planner.views.charter_tasks import charter_tasks
from planner.views.command import command_tasks
from planner.views.conference_tasks import conference_tasks
from planner.views.last_hours import last_hours_tasks
from planner.views.on_the_day import day_tasks
from planner.views.outcomes import outcome_tasks
from planner.views.overflow import overflow_tasks
from planner.views.overrides import override_tasks
from planner.views.pause_tasks import pause_tasks

desk = open_desk("today")
page_header("Today")
show_flash()

with desk.reading() as look:
    actor = look.actor
    sees_actions = may(look, Verb.SEE_ACTIONS)
    week, tasks = today.week_ahead(look) if sees_actions else (None, ())
    if sees_actions:
        tasks = (*day_tasks(look), *overflow_tasks(look), *outcome_tasks(look), *tasks)
        tasks = (*last_hours_tasks(look), *command_tasks(look), *pause_tasks(look), *override_tasks(look), *tasks)
        tasks = (*today.lapsing(look), *today.agreement_tasks(look), *conference_tasks(look), *tasks)
    if may(look, Verb.SEE_OFFERS):
        tasks = (*today.partner_tasks(look), *today.undertaking_tasks(look), *tasks)
    if may(look, Verb.SEE_BOOKINGS):
        tasks = (*today.provider_tasks(look), *tasks)
    of_charter = charter_tasks(look)
    tasks = today.in_order((*of_charter, *tasks)) if sees_actions else (*tasks, *of_charter)
    told = today.notices(look)


if not actor.held:
    empty_state("Nothing here is for you yet.", "Ask the cell to appoint you to a post; your tasks then appear here.")
    st.stop()

if tasks:
    st.text(f"{count_words(len(tasks), 'thing needs', 'things need')} you.")
else:
    empty_state("Nothing needs you now.", "Offers, lapsing holds and decisions appear here as they come.")

draw_tasks(tasks[: today.MOST], key="tasks", primary=True)
rest = tasks[today.MOST :]
if rest:
    with st.expander(f"The other {len(rest)}", key="rest", on_change="rerun") as others:
        if others.open:
            draw_tasks(rest, key="other-tasks")

if week is not None:
    st.header("The next seven days")
    draw_figures(
        (
            ("Actions", week.actions),
            ("Ready", week.ready),
            ("Waiting for partners", week.waiting),
            ("Overrides", week.overrides),
        )
    )

if sees_actions:
    st.header("Since you last looked")
    draw_since(desk, "today")

if told:
    st.header("Told to you")
    for when, sentence in told:
        st.text(f"{when}: {sentence}")
