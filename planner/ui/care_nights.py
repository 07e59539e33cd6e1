"""Places by night as a heat table: number and colour; a night that is empty is unknown, never free."""

from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from planner.rules.counts import count_words
from planner.rules.supply import age_words, is_stale, nights_words, runs
from planner.rules.windows import local, nights_of
from planner.rules.words import Profile
from planner.ui.care_forms import NARROW
from planner.ui.care_words import profile_names
from planner.ui.rows import page_number
from planner.ui.theme import is_dark
from planner.ui.widgets import empty_state
from planner.views import care_nights as view
from planner.views.care import FORTNIGHT
from planner.views.care_nights import NightFilter, UnitNights
from planner.work import Desk

SHORT = {
    Profile.WOMAN: "Women",
    Profile.MAN: "Men",
    Profile.FAMILY: "Woman with child",
    Profile.CHILD: "Child or unsure",
}
ANYWHERE, ANYBODY = "Everywhere", "Anybody"
SCARCE = 1 / 3
FROM = "care-nights-from"


def draw_nights(desk: Desk) -> None:
    """Filter, step by a fortnight, read the table or its words."""
    st.header("Places by night")
    with desk.reading() as look:
        choices, now = view.night_choices(look), look.now
    wanted = _filter(choices, local(now).date())
    here = st.container()
    with desk.reading() as look:
        found = view.fortnight(look, wanted)
    number = page_number(found.total, key="nights-page", per_page=view.PER_PAGE)
    if number > 1:
        with desk.reading() as look:
            found = view.fortnight(look, wanted._replace(page=number))
    with here:
        _draw(found, wanted.first, now)


def _filter(choices: view.NightChoices, today: date) -> NightFilter:
    st.session_state.setdefault(FROM, today)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
        zones = {ANYWHERE: "", **{name: code for code, name in choices.zones.items()}}
        zone = st.selectbox("Serving", list(zones), width=2 * NARROW)
        profiles: dict[str, Profile | None] = {ANYBODY: None}
        profiles |= {name: profile for profile, name in SHORT.items()}
        profile = st.selectbox("Taking", list(profiles), width=NARROW)
        operation = None
        if len(choices.operations) > 1:
            operation = st.selectbox(
                "Open to", list(choices.operations), format_func=lambda key: choices.operations[key], width=NARROW
            )
        st.date_input("First of 14 nights", key=FROM, format="DD/MM/YYYY", width=NARROW)
        st.button("Earlier fortnight", on_click=_step, args=(-FORTNIGHT,))
        st.button("Later fortnight", on_click=_step, args=(FORTNIGHT,))
    first = st.session_state[FROM] or today
    return NightFilter(first, zones[zone], profiles[profile], operation)


def _step(days: int) -> None:
    st.session_state[FROM] = (st.session_state[FROM] or date.min) + timedelta(days=days)


def _draw(found: view.Fortnight, first: date, now: datetime) -> None:
    unopened = ""
    if found.unopened:
        more = count_words(found.unopened, "unit has", "units have")
        unopened = f"{more} opened nothing in these nights: unknown, never free."
    if not found.units:
        empty_state(
            f"No place is open from {nights_words(first, first + timedelta(days=FORTNIGHT - 1))}.",
            f"{unopened} Places appear here once their provider opens them.".strip(),
        )
        return
    st.text(
        f"{count_words(found.total, 'unit')} with open places; showing {len(found.units)}. {unopened}\n"
        "The number is places free: open, not held and not confirmed. Red: none free. Amber: a third or fewer. "
        "Green: more. Empty: not opened, so unknown, never free."
    )
    st.dataframe(
        _styled(found.units, nights_of(first, FORTNIGHT), now),
        width="stretch",
        height="content",
        column_config={"Unit": st.column_config.TextColumn(pinned=True, width=64), **_widths(first)},
        alt="Free places by unit and night; the same stands in words below.",
    )
    with st.expander("The same in words"):
        for unit in found.units:
            st.text(_in_words(unit, now))


def _widths(first: date) -> dict[str, Any]:
    narrow = {
        _heading(night): st.column_config.TextColumn(width=58, alignment="right")
        for night in nights_of(first, FORTNIGHT)
    }
    return {"Takes": st.column_config.TextColumn(width=128), **narrow}


def _heading(night: date) -> str:
    return f"{night:%a} {night.day}"


def _styled(units: tuple[UnitNights, ...], nights: tuple[date, ...], now: datetime) -> Any:
    """Numbers are text here, so that an unknown night stays empty."""
    named = any(unit.provider for unit in units)
    columns: dict[str, list[str]] = {"Takes": [", ".join(SHORT[item] for item in unit.profiles) for unit in units]}
    for night in nights:
        columns[_heading(night)] = [_free(unit, night) for unit in units]
    if named:
        columns["Last confirmed"] = [_age(unit, now) for unit in units]
        columns["Provider"] = [unit.provider or "" for unit in units]
    frame = pd.DataFrame(columns, index=pd.Index([unit.code for unit in units], name="Unit"))
    looks = pd.DataFrame("", index=frame.index, columns=frame.columns)
    for night in nights:
        looks[_heading(night)] = [_look(unit, night) for unit in units]
    if named:
        looks["Last confirmed"] = [_tint("orange") if is_stale(unit.confirmed_at, now) else "" for unit in units]
    return frame.style.apply(lambda _: looks, axis=None)


def _free(unit: UnitNights, night: date) -> str:
    row = unit.nights.get(night)
    return str(row.free) if row else ""


def _look(unit: UnitNights, night: date) -> str:
    row = unit.nights.get(night)
    if row is None:
        return ""
    return _tint("red" if row.free <= 0 else "orange" if row.free <= row.open * SCARCE else "green")


def _tint(hue: str) -> str:
    """The theme's own pair of ground and text, which reach 4.5:1."""
    scheme = "dark" if is_dark() else "light"
    ground, text = (st.get_option(f"theme.{scheme}.{hue}{part}Color") for part in ("Background", "Text"))
    return f"background-color: {ground}; color: {text}"


def _age(unit: UnitNights, now: datetime) -> str:
    mark = "! " if is_stale(unit.confirmed_at, now) else "✓ "
    return mark + age_words(unit.confirmed_at, now)


def _in_words(unit: UnitNights, now: datetime) -> str:
    found = runs({night: row.free for night, row in unit.nights.items()})
    said = "; ".join(f"{run.places} free {nights_words(run.first, run.last)}" for run in found)
    missing = FORTNIGHT - len(unit.nights)
    unknown = f" {count_words(missing, 'night')} unknown." if missing else ""
    provider = f" {unit.provider}, last confirmed {_age(unit, now)}." if unit.provider else ""
    return f"{unit.code}, {profile_names(unit.profiles)}: {said}.{unknown}{provider}"
