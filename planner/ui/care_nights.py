"""National capacity: places by unit and night, what lapses, what is free where, who holds what on one night."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import TypeVar

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.dates import day_words
from planner.rules.supply import nights_words, runs
from planner.rules.windows import local, nights_of
from planner.rules.words import Profile
from planner.ui.care_forms import NARROW
from planner.ui.care_heat import SHORT, draw_heat, figures_words
from planner.ui.care_night import draw_free, draw_lapsing, draw_night
from planner.ui.care_outlook import draw_outlook
from planner.ui.care_what_if_all import draw_what_if_all
from planner.ui.care_words import profile_names
from planner.ui.rows import page_number
from planner.ui.widgets import empty_state
from planner.views import care_nights as view
from planner.views.care import FORTNIGHT
from planner.views.care_bookings import counts
from planner.views.care_night import lapsing, night_detail
from planner.views.care_nights import NightFilter, UnitNights
from planner.views.care_terms import zone_names
from planner.work import Desk

T = TypeVar("T")
ANYWHERE, ANYBODY = "Everywhere", "Anybody"
FROM, ZONE, PROFILE, OPEN_TO, PAGE = (f"care-nights-{name}" for name in ("from", "zone", "profile", "open-to", "page"))
PICKED = "care-night"


def draw_nights(desk: Desk) -> None:
    """The table first, with one night of it once it is picked; then what surrounds it."""
    st.header("Places by night")
    with desk.reading() as look:
        now, wanted = look.now, _wanted(local(look.now).date())
        found = view.fortnight(look, wanted)
        number, soon = counts(look).lapsing, lapsing(look)
    _draw_filter(desk, wanted)
    _draw(found, wanted.first, now)
    if found.total > view.PER_PAGE:
        page_number(found.total, key=PAGE, per_page=view.PER_PAGE)
    _draw_picked(desk, wanted)
    if found.units:
        with st.expander("The same in words"):
            st.text("\n".join(_in_words(unit, now) for unit in found.units))
    st.subheader("Lapsing")
    draw_lapsing(soon, number)
    _draw_free(desk, wanted)
    draw_outlook(desk, wanted.first, wanted.operation_id)
    draw_what_if_all(desk)


def _wanted(today: date) -> NightFilter:
    """What the filter says, known before it is drawn: the table goes to the browser first."""
    asked = st.session_state
    first = asked.get(FROM) or today
    return NightFilter(first, asked.get(ZONE) or "", asked.get(PROFILE), asked.get(OPEN_TO), asked.get(PAGE, 1))


def _draw_filter(desk: Desk, wanted: NightFilter) -> None:
    """Folded; below it what is shown, and the fortnight is stepped. Another label would fold it at every choice."""
    folded = st.expander("Filter", key="care-nights-filter", on_change="rerun")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button("Earlier fortnight", on_click=_step, args=(wanted.first, -FORTNIGHT))
        st.button("Later fortnight", on_click=_step, args=(wanted.first, FORTNIGHT))
        st.text(_shown(desk, wanted))
    if not folded.open:
        return
    with desk.reading() as look:
        choices = view.night_choices(look)
    profiles: dict[Profile | None, str] = {None: ANYBODY}
    profiles.update(SHORT.items())
    operations: dict[int | None, str] = {None: "All of mine"}
    operations.update(choices.operations.items())
    with folded, st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
        _choose("Serving", {"": ANYWHERE, **choices.zones}, ZONE, wide=2)
        _choose("Taking", profiles, PROFILE)
        if len(choices.operations) > 1:
            _choose("Open to", operations, OPEN_TO)
        st.session_state.setdefault(FROM, wanted.first)
        st.date_input("First of 14 nights", key=FROM, format="DD/MM/YYYY", width=NARROW, persist_state="session")


def _shown(desk: Desk, wanted: NightFilter) -> str:
    where = ANYWHERE
    if wanted.zone:
        with desk.reading() as look:
            where = zone_names(look).get(wanted.zone, ANYWHERE)
    whom = SHORT[wanted.profile] if wanted.profile else ANYBODY
    return f"{where}, {whom.lower()}, 14 nights from {day_words(wanted.first)}"


def _choose(label: str, names: dict[T, str], key: str, *, wide: int = 1) -> None:
    show = names.__getitem__
    st.selectbox(label, list(names), format_func=show, key=key, width=wide * NARROW, persist_state="session")


def _step(first: date, days: int) -> None:
    st.session_state[FROM] = first + timedelta(days=days)


def _draw_picked(desk: Desk, wanted: NightFilter) -> None:
    picked = _opened()
    if picked is None:
        return
    with desk.reading() as look:
        found = night_detail(look, picked[0], picked[1], wanted.operation_id)
    with st.container(key="picked-night"):
        draw_night(found)


def _opened() -> tuple[str, date] | None:
    """The night that was picked here, or that the address names."""
    return st.session_state.get(PICKED) or _from_address()


def _draw_free(desk: Desk, wanted: NightFilter) -> None:
    """Counted once it is opened: it asks every unit, and the table above one page of them."""
    folded = st.expander("Free by zone and profile", key="care-nights-free", on_change="rerun")
    if not folded.open:
        return
    with desk.reading() as look:
        rows = view.free_places_by(look, wanted)
    with folded:
        draw_free(rows, wanted.first)


def _from_address() -> tuple[str, date] | None:
    asked = st.query_params
    with suppress(ValueError):
        if asked.get("unit"):
            return asked["unit"], date.fromisoformat(asked.get("night", ""))
    return None


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
    stale = f" {count_words(found.stale, 'unit has', 'units have')} figures older than a day." if found.stale else ""
    st.text(
        f"{count_words(found.total, 'unit')} with open places; showing {len(found.units)}.{stale} {unopened}\n"
        "The number is places free; choose one to see who holds the rest. Red: none free. Amber: a third or fewer. "
        "Green: more. Empty: not opened, so unknown, never free."
    )
    picked = draw_heat(found.units, nights_of(first, FORTNIGHT), now, _opened())
    if picked:
        st.session_state[PICKED] = picked


def _in_words(unit: UnitNights, now: datetime) -> str:
    found = runs({night: row.free for night, row in unit.nights.items()})
    said = "; ".join(f"{run.places} free {nights_words(run.first, run.last)}" for run in found)
    missing = FORTNIGHT - len(unit.nights)
    unknown = f" {count_words(missing, 'night')} unknown." if missing else ""
    provider = f" {unit.provider}, last confirmed {figures_words(unit, now)}." if unit.provider else ""
    return f"{unit.code}, {profile_names(unit.profiles)}: {said}.{unknown}{provider}"
