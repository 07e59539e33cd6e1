"""What planners do about places: ask several units at once, take what is offered instead, give places back in part."""

from collections.abc import Callable, Mapping

import streamlit as st

from planner.errors import InputError
from planner.rules.checks_care import PROFILE_WORDS
from planner.rules.counts import count_words
from planner.rules.demand import coverage
from planner.rules.words import HoldState, Need, Profile
from planner.services import care, care_requests
from planner.services.care_notice import short_notice
from planner.services.care_parts import Key
from planner.ui.care_words import profile_names
from planner.ui.choices import which_ones
from planner.ui.desk import attempt
from planner.ui.forms import choose, drawn_version, request_key, words
from planner.views.care_bookings import Booking, Line
from planner.views.one_action import OneAction
from planner.work import Desk, Work

KEEP = "Say how many of these places you keep, 0 where you keep none."
NOT_TOLD = "For your own planners and the record; the provider is told that the places are its own again, not why."


def draw_asking(desk: Desk, one: OneAction, units: dict[str, str]) -> None:
    """The same places asked of several units: nothing is claimed, and the first to confirm have them."""
    if len(units) < 2:
        return
    who, need, places = drawn_version("ask-places", _most_short(one))
    with st.expander("Ask several units at once…"), st.form("ask-places", border=False):
        st.text("Nothing is held by asking. The first to confirm has them; the others are told that no more is needed.")
        chosen = which_ones("Units", units)
        profile = choose("For whom", list(Profile), show=lambda value: words(profile_names([value])), now=who)
        special = choose("Special need", list(Need), show=words, now=need)
        number = st.number_input("Places, together", 1, 50, places)
        if st.form_submit_button("Ask these units"):
            line, key = (profile, special, int(number)), request_key("ask-places")

            def ask(work: Work) -> str:
                asked = care_requests.PlacesAsked(one.row.reference, chosen(), (line,), key)
                return short_notice(work, chosen(), care_requests.ask_places(work, asked).first_night)

            def said(warning: str) -> str:
                return f"{count_words(len(chosen()), 'unit')} asked. Each answer is told to you. {warning}".strip()

            attempt(desk, ask, done=said, form="ask-places")


def _most_short(one: OneAction) -> tuple[Profile, Need, int]:
    """Whom the form opens with: those of whom most are likely and not confirmed."""
    short = [(line.likely - line.confirmed, line.profile, line.need) for line in coverage(one.facts)]
    missing, profile, need = max(short, key=lambda each: each[0], default=(0, Profile.WOMAN, Need.NONE))
    return profile, need, max(1, missing)


def draw_release(desk: Desk, row: Booking) -> None:
    """Under a booking that this reader may give back: accept what is offered instead, release all of it or a part."""
    if not row.may_release:
        return
    if row.offered and row.state is HoldState.HELD and st.button("Accept these places", key=f"accept-{row.id}"):
        attempt(
            desk,
            lambda work: care_requests.accept_offer(work, row.id),
            done="The places are accepted, and confirmed; the provider is told.",
        )
    with st.popover("Release…"):
        st.text("The places go back to the provider, who is told. A go-ahead that rests on them is suspended.")
        keep = how_many(row, "Places to keep", key=f"keep-{row.id}") if row.places > 1 else {}
        why = st.text_input("Why, in a few words; may stay empty", key=f"why-release-{row.id}", help=NOT_TOLD)
        if st.button(_release_words(row, keep), key=f"release-{row.id}"):
            attempt(
                desk,
                lambda work: care.release_hold(work, row.id, keep=all_typed(keep, KEEP), reason=why),
                done=f"{_released_words(row, keep)}; the provider is told.",
            )


def _kept(keep: Mapping[Key, int | None]) -> int:
    return sum(number or 0 for number in keep.values())


def _release_words(row: Booking, keep: Mapping[Key, int | None]) -> str:
    """What the press would do: all, a part, or nothing yet, while how many are kept is not typed."""
    if None in keep.values():
        return "Release what is not kept"
    if not _kept(keep):
        return "Release these places" if row.places > 1 else "Release this place"
    return f"Release {count_words(row.places - _kept(keep), 'place')}, keep {_kept(keep)}"


def _released_words(row: Booking, keep: Mapping[Key, int | None]) -> str:
    gone = row.places - _kept(keep)
    return f"{count_words(gone, 'place is', 'places are')} released, {_kept(keep)} kept"


def all_typed(typed: Mapping[Key, int | None], missing: str) -> dict[Key, int]:
    """Every number, none of them left for the product to guess."""
    found = {key: number for key, number in typed.items() if number is not None}
    if len(found) < len(typed):
        raise InputError(missing)
    return found


def how_many(
    row: Booking, label: str, *, key: str, now: Callable[[Line], int | None] = lambda line: None
) -> dict[Key, int | None]:
    """A number for each line of a booking, from none to all; `now` is what stands there to begin with."""
    return {(line.profile, line.need): _number(line, label, now(line), key=key) for line in row.lines}


def _number(line: Line, label: str, now: int | None, *, key: str) -> int | None:
    special = "" if line.need is Need.NONE else f", {words(line.need).lower()}"
    named = f"{label}, of {line.places}: {PROFILE_WORDS[line.profile]}{special}"
    typed = st.number_input(named, 0, line.places, now, key=f"{key}-{line.profile}-{line.need}", placeholder="Not said")
    return None if typed is None else int(typed)
