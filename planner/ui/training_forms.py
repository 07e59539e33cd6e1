"""The training register on the Directory page: by person, in counts by force, and dedicated teams."""

from datetime import date

import streamlit as st

from planner import access
from planner.rules.counts import count_words
from planner.rules.dates import day_words
from planner.rules.training_words import SKILL_WORDS, Skill
from planner.services import training
from planner.ui.choices import which
from planner.ui.desk import attempt
from planner.ui.forms import choose
from planner.ui.rows import draw_rows, matching, page_of
from planner.ui.widgets import empty_state
from planner.views import training as view
from planner.work import Desk


def draw_training(desk: Desk) -> None:
    """For who keeps the directory; nothing for others."""
    with desk.reading() as look:
        if not access.may(look, access.Verb.MANAGE_DIRECTORY):
            return
        trained, counts, forces = view.trained(look), view.training_counts(look), view.forces(look)
        today = look.now.date()
    st.header("Training and dedicated teams")
    _draw_counts(counts)
    with st.expander(
        f"By post: {count_words(len(trained), 'course')} in the register", key="trained", on_change="rerun"
    ):
        _draw_trained(trained)
    with st.expander("Record a course"):
        _draw_course(desk, today)
    with st.expander("Record how many of a force are trained"):
        _draw_count_form(desk, forces, today)
    with st.expander("Say whether a force has a dedicated team"):
        _draw_team_form(desk, forces)


def _draw_counts(counts: tuple[view.CountRow, ...]) -> None:
    if not counts:
        empty_state("No force has said how many it has trained.", "Record its number below; no names are needed.")
        return
    found = matching(counts, lambda row: row.force, key="counts-find")
    draw_rows(
        "Trained people by force",
        ("Force", "Skill", "Trained", "As of", "Source"),
        [
            (row.force, SKILL_WORDS[row.skill], row.number, day_words(row.as_of, year=True), row.given_by)
            for row in page_of(found, key="counts-page", per_page=25)
        ],
    )


def _draw_trained(trained: tuple[view.TrainedRow, ...]) -> None:
    found = matching(trained, lambda row: f"{row.title} {row.agency}", key="trained-find")
    draw_rows(
        "Courses by post",
        ("Who", "Agency", "Skill", "Counts until"),
        [
            (row.title, row.agency, SKILL_WORDS[row.skill], day_words(row.until, year=True) if row.until else "–")
            for row in page_of(found, key="trained-page", per_page=25)
        ],
    )


def _draw_course(desk: Desk, today: date) -> None:
    with st.form("training", border=False):
        who = st.text_input("Who, by their title")
        skill = choose("In what", list(Skill), show=lambda item: SKILL_WORDS[item])
        course = st.text_input("Course")
        done_on = st.date_input("Completed on", today, format="DD/MM/YYYY")
        until = st.date_input("Counts until, where it ends", None, format="DD/MM/YYYY")
        if st.form_submit_button("Record this course"):
            attempt(
                desk,
                lambda work: training.add_training(work, who.strip(), course, done_on, until, skill=skill),
                done="The course is in the register.",
            )


def _draw_count_form(desk: Desk, forces: tuple[view.ForceRow, ...], today: date) -> None:
    named = {row.code: row.name for row in forces}
    if not named:
        st.text("No police force is in the directory yet: import them under Import a spreadsheet.")
        return
    with st.form("training-count", border=False):
        force = which("Force that counted", named)
        skill = choose("Trained in", list(Skill), show=lambda item: SKILL_WORDS[item])
        number = int(st.number_input("How many", 0, training.MOST_TRAINED, 0))
        as_of = st.date_input("As of", today, format="DD/MM/YYYY")
        source = st.text_input("Where the number comes from")
        if st.form_submit_button("Record this number"):
            attempt(
                desk,
                lambda work: training.set_training_count(work, force(), skill, number, as_of=as_of, source=source),
                done="The number is in the register.",
            )


def _draw_team_form(desk: Desk, forces: tuple[view.ForceRow, ...]) -> None:
    with_team = [row.name for row in forces if row.dedicated_team]
    st.text(f"With a dedicated team: {', '.join(with_team) or 'none yet'}.")
    named = {row.code: row for row in forces}
    if not named:
        return
    code = which("Which force", {row.code: row.name for row in forces})
    if code.shown is None:
        code.say()
        return
    row = named[code.shown]
    has = row.dedicated_team
    if st.button("It has none any more" if has else "It has a dedicated team"):
        attempt(
            desk,
            lambda work: training.set_dedicated_team(work, code(), has=not has),
            done=f"{row.name} has {'no' if has else 'a'} dedicated team.",
        )
