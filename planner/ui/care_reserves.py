"""Reserves, for the care lead and the cell: what each wants and covers; set one, ask for its places, share it."""

from collections.abc import Sequence

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.dates import instant_words
from planner.rules.strike_words import strike_day_words
from planner.rules.supply import nights_words
from planner.rules.windows import local
from planner.rules.words import HoldState, Need, Profile
from planner.services import reserves
from planner.services.care import LONGEST_STAY
from planner.services.care_notice import short_notice
from planner.ui.care_words import held_words, profile_names
from planner.ui.choices import which, which_ones
from planner.ui.desk import attempt
from planner.ui.forms import choose, drawn_version, request_key, words
from planner.ui.widgets import empty_state, sign_of
from planner.views import care_reserves as view
from planner.views.care_reserves import ReserveRow, Sharer
from planner.work import Desk, Work

MOST_ROWS = 20
NO_DAY = 0


def draw_reserves(desk: Desk) -> None:
    """What stands, then one reserve to work on, then a new one."""
    with desk.reading() as look:
        rows, choices = sorted(view.reserves(look), key=_urgency), view.reserve_choices(look)
    st.header("Reserves")
    st.text(
        "Half of all victims come from premises where nobody was likely. Actions with nobody likely share confirmed "
        "places of their region; a reserve stands for an action only on nights that it covers."
    )
    if not rows:
        empty_state("No reserve is set yet.", "Set one below: a region, how many places, and why so many.")
    else:
        _draw_table(rows)
        _draw_one(desk, rows)
    st.subheader("Set a reserve")
    _draw_new(desk, choices)


def _draw_table(rows: Sequence[ReserveRow]) -> None:
    """A grid to compare them by; each reads in words below it."""
    st.text(f"{count_words(len(rows), 'reserve')}.")
    st.dataframe(
        {
            "Reserve": [f"{row.id}, {_where(row)}" for row in rows],
            "State": [_state(row) for row in rows],
            "Wanted": [row.places for row in rows],
            "Confirmed": [row.confirmed for row in rows],
            "Asked for": [row.waiting for row in rows],
            "Shared by": [row.shared_by for row in rows],
            "All of it on": [_covered(row) for row in rows],
            "Why so many": [row.reason for row in rows],
        },
        hide_index=True,
        width="stretch",
        height="content" if len(rows) <= MOST_ROWS else "auto",
        alt="Reserves: places wanted and confirmed, nights covered, actions that share; the same in words below.",
    )
    with st.expander("The same in words"):
        for row in rows:
            st.text(f"Reserve {row.id}. {_in_words(row)}")


def _in_words(row: ReserveRow) -> str:
    shares = f"{count_words(row.shared_by, 'action')} {'shares' if row.shared_by == 1 else 'share'} it"
    return (
        f"{count_words(row.places, 'place')} wanted in {_where(row)}. {row.confirmed} confirmed, "
        f"{row.waiting} asked for. All of it on: {_covered(row)}. {shares}.\nWhy so many: {row.reason}"
    )


def _where(row: ReserveRow) -> str:
    return f"{row.region_name}, {strike_day_words(row.strike_day)}" if row.strike_day else row.region_name


def _state(row: ReserveRow) -> str:
    if row.covered:
        return sign_of(HoldState.CONFIRMED).label
    return sign_of(HoldState.REQUESTED).label if row.waiting else "✕ Short"


def _urgency(row: ReserveRow) -> int:
    """What is short and asked of nobody first, then what waits for an answer; each by region."""
    return 2 if row.covered else 1 if row.waiting else 0


def _covered(row: ReserveRow) -> str:
    return "; ".join(nights_words(run.first, run.last) for run in row.covered) or "No night"


def _draw_one(desk: Desk, rows: Sequence[ReserveRow]) -> None:
    st.subheader("One reserve")
    names = {row.id: f"{row.id}, {row.region_name}" for row in rows}
    number = which("Reserve", names)
    if number.shown is None:
        number.say()
        return
    row = next(row for row in rows if row.id == number.shown)
    st.text(_in_words(row))
    ask, share = st.columns(2, gap="large")
    with ask:
        st.subheader("Ask for its places")
        _draw_hold(desk, row)
    with share:
        st.subheader("Share it")
        _draw_share(desk, row)


def _draw_hold(desk: Desk, row: ReserveRow) -> None:
    with desk.reading() as look:
        units = {unit.code: unit for unit in view.reserve_units(look, row.id)}
        today = local(look.now).date()
    if not units:
        empty_state(
            "No unit can be asked.", "Units that serve this region and take people of unknown exploitation appear."
        )
        return
    with st.form(f"reserve-hold-{row.id}"):
        named = {code: f"{code}: {profile_names(each.profiles)}, {each.provider}" for code, each in units.items()}
        unit = which("Ask unit", named)
        profile = choose("Profile", list(Profile), show=lambda value: words(profile_names([value])))
        missing = drawn_version(f"reserve-missing-{row.id}", max(1, row.places - row.confirmed - row.waiting))
        places = st.number_input("Places asked for", 1, reserves.MOST_PLACES, missing)
        first = st.date_input("From the night of", today, format="DD/MM/YYYY")
        nights = st.number_input("Nights", 1, LONGEST_STAY, 21)
        if st.form_submit_button("Ask for these places"):
            form = f"reserve-hold-{row.id}"
            asked = (((profile, Need.NONE, int(places)),), request_key(form), first, int(nights))

            def hold(work: Work) -> str:
                made = reserves.hold_for_reserve(work, reserves.ReserveHold(row.id, unit(), *asked))
                return f"{held_words([made])} {short_notice(work, [unit()], made.first_night)}".strip()

            about = f"Reserve {row.id}, {count_words(int(places), 'place')}"
            attempt(desk, hold, done=lambda said: f"{about}. {said}", form=form)


def _draw_share(desk: Desk, row: ReserveRow) -> None:
    with desk.reading() as look:
        found = {item.reference: item for item in view.sharers(look, row.id)}
    if not found:
        empty_state(
            "No action waits to share it.",
            "Actions of its region still to come, with demand set and nobody likely, appear here.",
        )
        return
    with st.form(f"reserve-share-{row.id}"):
        st.text(f"{count_words(len(found), 'action')} of its region with nobody likely could share it and do not yet.")
        chosen = which_ones("Actions", {reference: _sharer(item) for reference, item in found.items()})
        if st.form_submit_button("Share with these actions"):
            attempt(
                desk,
                lambda work: reserves.share_reserve(work, row.id, chosen()),
                done=lambda _: f"Reserve {row.id} is shared with {count_words(len(chosen()), 'action')}.",
            )


def _sharer(item: Sharer) -> str:
    return f"{item.reference}, {instant_words(item.starts_at)}, {item.high} at most"


def _draw_new(desk: Desk, choices: view.ReserveChoices) -> None:
    with st.form("reserve-new"):
        left, middle, right = st.columns(3)
        with left:
            operation = which("Operation", choices.operations)
        with middle:
            region = which("Region of the reserve", choices.regions)
        places = right.number_input("Places wanted", 1, reserves.MOST_PLACES, 2)
        strike = which("For a strike day alone", {NO_DAY: "No: for the whole region", **choices.strike_days})
        reason = st.text_input("Why so many, in a sentence")
        if st.form_submit_button("Set this reserve"):
            typed = (int(places), reason, request_key("reserve-new"))
            attempt(
                desk,
                lambda work: reserves.set_reserve(
                    work, reserves.ReserveRequest(operation(), region(), *typed, strike() or None)
                ),
                done="The reserve is set. Ask for its places next, then share it.",
                form="reserve-new",
            )
