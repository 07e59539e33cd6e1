"""Strike days: which there are, whether all of their people can be placed at once, a new one, who joins and leaves."""

from datetime import date

import streamlit as st

from planner.errors import NotFound
from planner.rules.checks_care import PROFILE_WORDS
from planner.rules.counts import count_words
from planner.rules.dates import day_words
from planner.rules.demand import Cover
from planner.rules.shortage import who_words
from planner.rules.strike_words import strike_day_words
from planner.rules.windows import local
from planner.rules.words import Need
from planner.services import strike_days
from planner.services.care import HoldRequest
from planner.services.care_notice import short_notice
from planner.services.care_together import hold_together
from planner.ui.address import STRIKE_DAY, asked_for, choose_asked
from planner.ui.choices import stays, which, which_ones
from planner.ui.desk import attempt
from planner.ui.forms import request_key
from planner.ui.rows import draw_action_rows, draw_rows
from planner.ui.strike_day_move import draw_move_day
from planner.ui.strike_go import draw_strike_go
from planner.ui.widgets import empty_state, plain, state_badge
from planner.views import strike_days as view
from planner.views.one_action import OneAction
from planner.views.strike_check import Shared, StrikeCheck, strike_check
from planner.views.strike_days import StrikeDayRow
from planner.work import Desk, Look, Work

APPEAR = "The cell or a regional cell sets one: actions of one day, whose people are placed together."
PAST = "Past strike days too"
SEVERAL = ""


def draw_strike_days(desk: Desk) -> None:
    """A list, one looked at as a whole, and a new one; one that the address names is in the list, past or not."""
    past = st.session_state.get("strike-past", False)
    with desk.reading() as look:
        today, every = local(look.now).date(), view.strike_days(look)
        choices = view.strike_choices(look)
    asked = asked_for(STRIKE_DAY, [str(row.id) for row in every], "")
    rows = [row for row in every if past or row.day >= today or str(row.id) == asked]
    st.header("Strike days")
    if not rows:
        empty_state("No strike day is to come.", APPEAR)
    else:
        listed = [(row.name, day_words(row.day, year=True), _where(row), len(row.members)) for row in rows]
        draw_rows("Strike days", ("Strike day", "Day", "Region", "Actions you see"), listed)
    st.checkbox(PAST, key="strike-past")
    if rows:
        names = {str(row.id): f"{row.name}, {day_words(row.day)}" for row in rows}
        number = choose_asked("Strike day", names, name=STRIKE_DAY, default=stays(STRIKE_DAY, names, next(iter(names))))
        _draw_one(desk, next(row for row in rows if str(row.id) == number))
    if choices.operations:
        st.header("Set a strike day")
        _draw_new(desk, choices, today)


def _where(row: StrikeDayRow) -> str:
    return row.region or "Several"


def _draw_one(desk: Desk, row: StrikeDayRow) -> None:
    st.subheader("All of its people at once")
    try:
        with desk.reading() as look:
            found = strike_check(look, row.id)
    except NotFound as refusal:
        empty_state(str(refusal), "Let actions of that day join it below.")
    else:
        draw_check(found)
        _draw_holding(desk, found, row)
        _draw_members(found)
    if row.members:
        draw_strike_go(desk, row.id)
        draw_move_day(desk, row)
    with desk.reading() as look:
        joining = view.could_join(look, row.day)
    if joining:
        with st.form(f"join-{row.id}"):
            chosen = which_ones("Actions of that day that belong to none", joining)
            if st.form_submit_button("Let them join"):
                attempt(
                    desk,
                    lambda work: strike_days.join_strike_day(work, row.id, chosen()),
                    done=lambda _: f"{count_words(len(chosen()), 'action')} joined {row.name}.",
                )


def draw_check(found: StrikeCheck) -> None:
    """Placeable or short in words, the pooled table, and what is shared; only what the reader may see is counted."""
    nights = f"from {day_words(found.first)} to the morning after {day_words(found.last)}"
    asked = sum(line.likely for line in found.cover)
    actions = count_words(len(found.members), "action")
    state_badge("more_needed" if found.words else "enough")
    said = (
        f"{count_words(asked, 'person', 'people')} likely in {actions}, asked of the same places at once {nights}.\n"
        + (found.words or "Everybody likely and not yet booked can be placed.")
    )
    if not asked:
        said = f"Nobody is likely in {actions}, {nights}: what is kept in reserve is for who may be met all the same."
    st.text(f"{said}\nOnly actions that you can see are counted.")
    draw_rows("Needed and booked, all members together", *_pooled_table(found.cover))
    st.text("High is what every action expects at most, added up: for a whole day that is more than will come.")
    for row in found.found.placed:
        places = count_words(row.places, "place")
        st.text(f"Unit {found.unit_codes[row.unit_id]}: {places} free for {who_words(row.profile, row.need)}")
    for shared in found.reserves:
        st.text(_shared_words(shared))
    if found.without:
        number = count_words(len(found.without), "action has", "actions have")
        st.text(f"{number} nobody likely and neither a place nor a confirmed reserve: {', '.join(found.without)}.")


def _pooled_table(cover: tuple[Cover, ...]) -> tuple[tuple[str, ...], list[tuple[str | int, ...]]]:
    names = [PROFILE_WORDS[line.profile] + (f", {line.need}" if line.need is not Need.NONE else "") for line in cover]
    rows: list[tuple[str | int, ...]] = [
        (name.capitalize(), line.likely, line.high, line.held, line.confirmed)
        for name, line in zip(names, cover, strict=True)
    ]
    return ("Who", "Likely", "High", "Held", "Confirmed"), rows


def _shared_words(shared: Shared) -> str:
    return (
        f"Reserve {shared.reserve_id}: {shared.confirmed} of {count_words(shared.wanted, 'place')} confirmed, counted "
        f"once for {count_words(len(shared.members), 'action')}: {', '.join(shared.members)}."
    )


def _draw_holding(desk: Desk, found: StrikeCheck, row: StrikeDayRow) -> None:
    """One press books for every member what was found for all of them; a part of it would be of no use to the rest."""
    if not found.bookings:
        return
    actions = count_words(len({item.reference for item in found.bookings}), "action")
    if found.asked:
        st.text(f"{count_words(found.asked, 'place is', 'places are')} asked for already: the providers answer.")
    label = f"Hold these places for {actions}"
    if st.button(label, key=f"strike-hold-{row.id}", type="secondary" if found.asked else "primary"):
        key = request_key("strike-hold")
        asked = [
            HoldRequest(item.reference, item.unit, item.lines, f"{key}-{item.reference}-{item.unit}")
            for item in found.bookings
        ]

        def hold(work: Work) -> str:
            made = hold_together(work, asked)
            first = min(each.first_night for each in made)
            return short_notice(work, {item.unit for item in found.bookings}, first)

        done = f"The places of {row.name} are held or asked for, {actions}."
        attempt(desk, hold, done=lambda warning: f"{done} {warning}".strip(), form="strike-hold")


def _draw_members(found: StrikeCheck) -> None:
    rows = [
        (row.reference, row.likely, row.high, row.confirmed, "✓ Met" if row.care_met else "✕ Not met")
        for row in found.members
    ]
    columns = ("Action", "Likely", "High", "Confirmed", "Its own care")
    draw_action_rows("Members of the strike day", columns, rows, key="strike-members", tab="Care")


def _draw_new(desk: Desk, choices: view.StrikeChoices, today: date) -> None:
    """The day first: only its actions can join."""
    day = st.date_input("On which day", today, format="DD/MM/YYYY", key="strike-day")
    with desk.reading() as look:
        joining = view.could_join(look, day)
    if not joining:
        empty_state(f"No action of {day_words(day)} belongs to no strike day.", "Choose another day, or plan one.")
        return
    with st.form("strike-new"):
        name = st.text_input("Its name", placeholder="For example Strike day 3")
        operation = which("Operation", choices.operations)
        region = which("Within", {SEVERAL: "Several regions", **choices.regions})
        chosen = which_ones("Its actions", joining, key=day.isoformat())
        if st.form_submit_button("Set this strike day"):
            attempt(
                desk,
                lambda work: strike_days.set_strike_day(
                    work, strike_days.StrikeDayRequest(operation(), name, day, chosen(), region() or None)
                ),
                done="The strike day is set. Above it says whether all of its people can be placed at once.",
                form="strike-new",
            )


def row_of(look: Look, reference: str) -> StrikeDayRow | None:
    """The strike day that an action belongs to."""
    return next((row for row in view.strike_days(look) if reference in row.members), None)


def draw_strike_day_of(desk: Desk, one: OneAction) -> None:
    """On an action: the day it belongs to, or those it could join."""
    reference, day = one.row.reference, local(one.row.starts_at).date()
    with desk.reading() as look:
        row = row_of(look, reference)
        others = {item.id: item.name for item in view.strike_days(look) if item.day == day}
    if row is not None:
        beside = [name for name in row.members if name != reference]
        st.text(f"{row.name}, {day_words(row.day)}, together with {', '.join(beside) or 'none that you can see'}.")
        why = st.text_input("Why it is dropped from the day, once a go-ahead is asked for", key="strike-drop")
        if st.button("Leave this strike day"):
            attempt(
                desk,
                lambda work: strike_days.leave_strike_day(work, reference, why),
                done=f"{reference} left {row.name}; it stays as it is planned.",
            )
        return
    if not others:
        empty_state("It belongs to no strike day.", f"None is set on {day_words(day)}: the cell sets them on Actions.")
        return
    number = which("Strike day of that day", others)
    if st.button("Join this strike day"):
        attempt(
            desk,
            lambda work: strike_days.join_strike_day(work, number(), (reference,)),
            done=lambda _: f"{reference} joined {others[number()]}: its people are placed together with the others'.",
        )


def draw_strike_care(desk: Desk, one: OneAction) -> None:
    """On an action's Care tab: what the whole day's question answers, where it belongs to one."""
    with desk.reading() as look:
        row = row_of(look, one.row.reference)
        if row is None or len(row.members) < 2:
            return
        try:
            found = strike_check(look, row.id)
        except NotFound:
            return
    with st.expander(plain(f"{strike_day_words(row.name, first=True)}: all {len(row.members)} actions at once")):
        draw_check(found)
