"""Convene a conference: for one action, for several, or for a strike day."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.dates import when_words
from planner.rules.quorum import REQUIRED
from planner.rules.strike_words import strike_day_words
from planner.rules.windows import local
from planner.rules.words import AgencyKind, ConferenceKind
from planner.services import conferences
from planner.services.conference_templates import set_template
from planner.ui.choices import Chosen, which, which_ones
from planner.ui.desk import attempt
from planner.ui.forms import choose, drawn_version, instant, request_key, words
from planner.ui.meeting_times import draw_times
from planner.ui.widgets import empty_state
from planner.views import convening as view
from planner.work import Desk, Work

KINDS = [ConferenceKind.PLANNED, ConferenceKind.EMERGENCY, ConferenceKind.REVIEW]
LENGTHS = (30, 45, 60, 90, 120)
ONE_BY_ONE = 0


def draw_convene_several(desk: Desk) -> None:
    """First for what: a strike day with its members, or actions one by one."""
    with desk.reading() as look:
        choices = view.what_to_convene_for(look)
    if not choices.actions:
        empty_state("You plan no action still to come.", "Whoever plans an action convenes its conference.")
        return
    days = {row.id: strike_day_words(row.name, first=True) for row in choices.strike_days}
    chosen = which("For what", {ONE_BY_ONE: "Actions, one by one", **days})
    if chosen.shown is None:
        chosen.say()
        return
    members = next((row.members for row in choices.strike_days if row.id == chosen.shown), ())
    names = {row.reference: f"{row.reference}, {when_words(row.starts_at, row.ends_at)}" for row in choices.actions}
    references = which_ones("Actions", names, now=members, key=str(chosen.shown))
    references.say()
    if not references.shown:
        st.text("Choose at least one action.")
        return
    draw_convene(desk, references.shown, strike_day_id=chosen.shown or None)


def draw_convene(
    desk: Desk, references: tuple[str, ...], *, strike_day_id: int | None = None, review_of: int | None = None
) -> None:
    """The form; what is invited, asked and gone through begins as is usual for these actions."""
    with desk.reading() as look:
        found = view.convening(look, references)
    form = f"convene-{'-'.join(references)}-{review_of or ''}"[:80]
    found = drawn_version(f"convening-{references}", found)._replace(agencies=found.agencies, chairs=found.chairs)
    usual_kind = ConferenceKind.REVIEW if review_of else ConferenceKind.PLANNED
    who = _draw_who(desk, references, found, form, usual_kind)
    with st.form(form, border=False):
        on, at = st.columns(2)
        when = on.date_input("Day", who.day.date(), format="DD/MM/YYYY"), at.time_input("Starts at", who.day.time())
        venue = st.text_input("Where", placeholder="By video, or a room")
        link = st.text_input("Link to join, shown behind the sign-in alone", placeholder="https://")
        chair, given = _draw_terms(found)
        if st.form_submit_button("Convene", type="primary"):

            def convene(work: Work) -> object:
                (invited, *_), starts_at = [chosen() for chosen in who.chosen], instant(*when)
                ends_at = starts_at + timedelta(minutes=who.minutes)
                terms = conferences.Terms(chair(), *given, link.strip(), strike_day_id, review_of)
                asked = (references, starts_at, ends_at, invited, request_key(form), who.kind, venue, terms)
                return conferences.convene(work, conferences.ConveneRequest(*asked))

            about = "" if len(references) == 1 else f" for {count_words(len(references), 'action')}"
            attempt(desk, convene, done=f"The conference is convened{about}.", form=form)


class _Who(NamedTuple):
    """What stands above the form; `chosen` begins with the agencies, and holds what its day came from."""

    kind: ConferenceKind
    minutes: int
    day: datetime
    chosen: tuple[Chosen[Any], ...]


def _draw_who(desk: Desk, references: tuple[str, ...], found: view.Convening, key: str, usual: ConferenceKind) -> _Who:
    """Kind, minutes and agencies, outside the form: a time is found for them before it is sent."""
    names = {item.code: item.name for item in found.agencies}
    kind_column, length = st.columns(2)
    with kind_column:
        kind = choose("Kind", KINDS, show=words, now=usual)
    minutes = int(length.selectbox("Minutes", LENGTHS, index=2))
    default = [item.code for item in found.agencies if item.usual]
    invited = which_ones("Agencies", names, now=default, key=key)
    asked = {code: names[code] for code in invited.shown or ()}
    free, chosen = draw_times(desk, references, asked, minutes=minutes, kind=kind, key=key)
    day = local(free) if free else (local(found.starts_at) - timedelta(days=1)).replace(hour=14, minute=0)
    return _Who(kind, minutes, day, (invited, *chosen))


def _draw_terms(found: view.Convening) -> tuple[Chosen[int], tuple[tuple[AgencyKind, ...], int, str, str]]:
    """The chair; and agencies that must be there, quorum, agenda and confidentiality, in the order of the terms."""
    with st.expander("Chair, quorum, agenda and confidentiality"):
        chair = which("Chair", found.chairs, now=found.own)
        required = st.multiselect(
            "Agencies that must be there",
            list(REQUIRED),
            format_func=lambda one: words(AgencyKind(one)),
            help="Each by somebody who may commit it. The police, a partner and a victim's advocate always must.",
        )
        quorum = st.number_input("Quorum: agencies that may commit, at least", 2, 20, found.quorum)
        agenda = st.text_area("Agenda, an item a line", found.agenda, height=200)
        statement = st.text_area("Everybody accepts, before the agenda opens", found.confidentiality)
    return chair, (tuple(map(AgencyKind, required)), int(quorum), agenda, statement)


def draw_template(desk: Desk) -> None:
    """What an operation's conferences begin with; those convened keep what they have."""
    with desk.reading() as look:
        rows = view.templates(look)
    if not rows:
        empty_state("Nothing to change here.", "The cell of an operation sets what its conferences begin with.")
        return
    names = {row.code: row.name for row in rows}
    chosen = which("Operation", names)
    if chosen.shown is None:
        chosen.say()
        return
    row = next(item for item in rows if item.code == chosen.shown)
    code = row.code
    version = drawn_version(f"template-{code}", row.given.version)
    with st.form(f"template-{code}", border=False):
        agenda = st.text_area("Agenda, an item a line", row.given.agenda, height=240)
        statement = st.text_area("Everybody accepts, before the agenda opens", row.given.confidentiality, height=120)
        if st.form_submit_button("Keep the template"):
            attempt(
                desk,
                lambda work: set_template(work, code, agenda, statement, version=version),
                done="Conferences convened from now on begin with this.",
            )
