"""Convene a conference: for one action, for several, or for a strike day."""

from datetime import datetime, timedelta

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.dates import when_words
from planner.rules.quorum import REQUIRED
from planner.rules.strike_words import strike_day_words
from planner.rules.windows import local
from planner.rules.words import AgencyKind, ConferenceKind
from planner.services import conferences
from planner.services.conference_templates import set_template
from planner.ui.desk import attempt
from planner.ui.forms import choose, drawn_version, instant, request_key, words
from planner.ui.meeting_times import draw_times
from planner.ui.widgets import empty_state
from planner.views import convening as view
from planner.work import Desk, Work

KINDS = [ConferenceKind.PLANNED, ConferenceKind.EMERGENCY, ConferenceKind.REVIEW]
LENGTHS = (30, 45, 60, 90, 120)
ONE_BY_ONE = "Actions, one by one"


def draw_convene_several(desk: Desk) -> None:
    """First for what: a strike day with its members, or actions one by one."""
    with desk.reading() as look:
        choices = view.what_to_convene_for(look)
    if not choices.actions:
        empty_state("You plan no action still to come.", "Whoever plans an action convenes its conference.")
        return
    days: dict[int | None, str] = {None: ONE_BY_ONE}
    days.update((row.id, strike_day_words(row.name, first=True)) for row in choices.strike_days)
    chosen = choose("For what", list(days), show=lambda number: days[number])
    members = next((row.members for row in choices.strike_days if row.id == chosen), ())
    names = {row.reference: f"{row.reference}, {when_words(row.starts_at, row.ends_at)}" for row in choices.actions}
    references = st.multiselect(
        "Actions",
        list(names),
        default=[reference for reference in members if reference in names],
        format_func=lambda reference: names[reference],
        key=f"convene-actions-{chosen}",
    )
    if not references:
        st.text("Choose at least one action.")
        return
    draw_convene(desk, tuple(references), strike_day_id=chosen)


def draw_convene(
    desk: Desk, references: tuple[str, ...], *, strike_day_id: int | None = None, review_of: int | None = None
) -> None:
    """The form; what is invited, asked and gone through begins as is usual for these actions."""
    with desk.reading() as look:
        found = view.convening(look, references)
    form = f"convene-{'-'.join(references)}-{review_of or ''}"[:80]
    usual_kind = ConferenceKind.REVIEW if review_of else ConferenceKind.PLANNED
    kind, minutes, invited, day = _draw_who(desk, references, found, form, usual_kind)
    with st.form(form, border=False):
        on, at = st.columns(2)
        when = on.date_input("Day", day.date(), format="DD/MM/YYYY"), at.time_input("Starts at", day.time())
        venue = st.text_input("Where", placeholder="By video, or a room")
        link = st.text_input("Link to join, shown behind the sign-in alone", placeholder="https://")
        given = _draw_terms(found)
        if st.form_submit_button("Convene", type="primary"):

            def convene(work: Work) -> object:
                starts_at = instant(*when)
                ends_at = starts_at + timedelta(minutes=minutes)
                terms = conferences.Terms(*given, link.strip(), strike_day_id, review_of)
                asked = (references, starts_at, ends_at, invited, request_key(form), kind, venue, terms)
                return conferences.convene(work, conferences.ConveneRequest(*asked))

            about = "" if len(references) == 1 else f" for {count_words(len(references), 'action')}"
            attempt(desk, convene, done=f"The conference is convened{about}.", form=form)


def _draw_who(
    desk: Desk, references: tuple[str, ...], found: view.Convening, key: str, usual: ConferenceKind
) -> tuple[ConferenceKind, int, tuple[str, ...], datetime]:
    """Kind, minutes and agencies, outside the form: a time is found for them before it is sent."""
    names = {item.code: item.name for item in found.agencies}
    kind_column, length = st.columns(2)
    with kind_column:
        kind = choose("Kind", KINDS, show=words, now=usual)
    minutes = int(length.selectbox("Minutes", LENGTHS, index=2))
    default = [item.code for item in found.agencies if item.usual]
    invited = st.multiselect("Agencies", list(names), default=default, format_func=lambda code: names[code])
    free = draw_times(desk, references, {code: names[code] for code in invited}, minutes=minutes, kind=kind, key=key)
    day = local(free) if free else (local(found.starts_at) - timedelta(days=1)).replace(hour=14, minute=0)
    return kind, minutes, tuple(invited), day


def _draw_terms(found: view.Convening) -> tuple[int, tuple[AgencyKind, ...], int, str, str]:
    """Chair, agencies that must be there, quorum, agenda and confidentiality, in the order in which terms have them."""
    with st.expander("Chair, quorum, agenda and confidentiality"):
        chair = choose("Chair", list(found.chairs), show=lambda number: found.chairs[number], now=found.own)
        required = st.multiselect(
            "Agencies that must be there",
            list(REQUIRED),
            format_func=lambda one: words(AgencyKind(one)),
            help="Each by somebody who may commit it. The police, a partner and a victim's advocate always must.",
        )
        quorum = st.number_input("Quorum: agencies that may commit, at least", 2, 20, found.quorum)
        agenda = st.text_area("Agenda, an item a line", found.agenda, height=200)
        statement = st.text_area("Everybody accepts, before the agenda opens", found.confidentiality)
    return chair, tuple(required), int(quorum), agenda, statement


def draw_template(desk: Desk) -> None:
    """What an operation's conferences begin with; those convened keep what they have."""
    with desk.reading() as look:
        rows = view.templates(look)
    if not rows:
        empty_state("Nothing to change here.", "The cell of an operation sets what its conferences begin with.")
        return
    names = {row.code: row.name for row in rows}
    code = choose("Operation", list(names), show=lambda one: names[one])
    row = next(item for item in rows if item.code == code)
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
