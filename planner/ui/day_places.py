"""Seven, not four: whether there are places for all who were met, what can be had now, what was said by telephone."""

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.dates import instant_words
from planner.rules.on_the_day import Totals, more_needed, overflow_words
from planner.services.telephone import MOST_PLACES, TelephoneRequest, correct_places, note_places
from planner.ui.desk import attempt
from planner.ui.forms import request_key
from planner.ui.rows import draw_rows
from planner.ui.widgets import plain, state_badge
from planner.views.one_action import OneAction
from planner.views.overflow import ByTelephone, FreeUnit, Overflow
from planner.work import Desk


def draw_places(desk: Desk, one: OneAction, found: Totals, tonight: Overflow) -> None:
    """Enough, or how many more; and for who may book, two clicks to keep what a provider said."""
    st.header("Places tonight", anchor=False)
    short = more_needed(found, tonight.places)
    if not found.is_empty:
        state_badge("more_needed" if short else "enough")
    st.text(overflow_words(found, tonight.places))
    if tonight.reserve:
        st.text("A share of a confirmed reserve stands for this action: ask the care lead for it.")
    for line in tonight.on_call:
        st.text(f"Accepted: {line}.")
    for row in tonight.telephone:
        _draw_said(desk, row, may_correct=tonight.may_note)
    if tonight.may_note and short:
        _draw_more(desk, one.row.reference, tonight.units, short)
    elif tonight.may_note:
        with st.expander("What could be had tonight"):
            _draw_more(desk, one.row.reference, tonight.units, 1)


def _draw_said(desk: Desk, row: ByTelephone, *, may_correct: bool) -> None:
    with st.container(border=True, key=f"said-{row.id}"):
        state_badge("by_telephone")
        st.text(said_words(row))
        if may_correct:
            with st.expander("Correct…"):
                draw_correction(desk, row)


def said_words(row: ByTelephone) -> str:
    """What was said and when, then what it was corrected to, by whom and why."""
    of = f" of {row.provider}" if row.provider else ""
    who = f" ({row.typed_by})" if row.typed_by else ""
    said = f"Unit {row.unit}{of}: {count_words(row.places, 'place')} by telephone, {instant_words(row.said_at)}{who}."
    if row.corrected_at is None:
        return said
    by = "its provider" if row.by_provider else row.corrected_by or "the planners"
    return f"{said}\nFirst kept as {row.said}; corrected by {by}, {instant_words(row.corrected_at)}: {row.correction}"


def draw_correction(desk: Desk, row: ByTelephone) -> None:
    """For planners and for the provider itself alike."""
    places = st.number_input("Places that are right", 0, MOST_PLACES, row.places, key=f"right-{row.id}-{row.version}")
    why = st.text_input("Why, in a few words", key=f"why-said-{row.id}")
    if st.button("Keep the correction", key=f"correct-{row.id}"):
        attempt(
            desk,
            lambda work: correct_places(work, row.id, int(places), why, version=row.version),
            done="It is corrected, and the other side is told.",
        )


def _draw_more(desk: Desk, reference: str, units: tuple[FreeUnit, ...], wanted: int) -> None:
    if not units:
        st.text("No unit serves this zone. Ask the cell which provider could.")
        return
    _draw_free(units)
    _draw_note(desk, reference, units, wanted)


def _draw_free(units: tuple[FreeUnit, ...]) -> None:
    """Every unit that serves the zone; of one that stated nothing for tonight it is not known, and so it is rung."""
    named = any(unit.provider for unit in units)
    columns = ("Unit", *(("Provider",) if named else ()), "Takes", "Free tonight")
    rows = [
        (
            unit.code,
            *((unit.provider or "–",) if named else ()),
            unit.whom.partition(": ")[2].capitalize(),
            "Not stated" if unit.free is None else str(unit.free),
        )
        for unit in units
    ]
    draw_rows("Free tonight", columns, rows)


def _draw_note(desk: Desk, reference: str, units: tuple[FreeUnit, ...], wanted: int) -> None:
    """Who rang, and keep. A press belongs to the form it was made on: of a double click the second finds none."""
    key, codes = request_key("telephone"), [unit.code for unit in units]
    with st.container(border=True):
        code = st.pills("Which unit gave places by telephone", codes, format_func=plain, key=f"rang-{key}", wrap=True)
        places = st.number_input("Places it gave", 1, MOST_PLACES, min(wanted, MOST_PLACES), key=f"gave-{wanted}-{key}")
        if st.button("Keep: given by telephone", key=f"keep-said-{key}", disabled=code is None):
            request = TelephoneRequest(reference, str(code), int(places), key)
            attempt(
                desk,
                lambda work: note_places(work, request),
                done=f"Unit {code}: {count_words(int(places), 'place')} by telephone. Its provider is told.",
                form="telephone",
            )
