"""One booking on its provider's side: yes, a part of it, other places instead, no; afterwards who came, in counts."""

from datetime import date

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.dates import instant_words
from planner.rules.supply import nights_words
from planner.rules.words import HoldState, Immigration
from planner.services import care, care_arrivals, care_requests
from planner.services.care_parts import Key, places_of
from planner.ui.care_asking import all_typed, how_many
from planner.ui.care_changed import forget_shown
from planner.ui.care_words import lines_words
from planner.ui.choices import which
from planner.ui.desk import attempt
from planner.ui.widgets import state_badge
from planner.views.care_bookings import Booking
from planner.work import Desk, Work

IMMIGRATION = {
    Immigration.NOT_ATTENDING: "Immigration enforcement: not attending.",
    Immigration.ON_CALL: "Immigration enforcement: on call, not on site.",
    Immigration.ON_SITE: "Immigration enforcement: on site.",
}
RESERVE = "A reserve, for actions where nobody is likely: who attends is not known yet."
ENDING = {True: "Take these places back", False: "Decline"}


def waits(row: Booking) -> bool:
    """Whether the provider has still to answer; what it offered itself waits for the planners."""
    return row.state is HoldState.REQUESTED or (row.state is HoldState.HELD and not row.offered)


def draw_booking(desk: Desk, row: Booking, units: dict[str, str], tonight: date, *, primary: bool = False) -> None:
    """For whom, which nights, until when; and the answers that are still open."""
    with st.container(border=True, key=f"hold-{row.id}-own"):
        state_badge(row.state)
        where = f", {row.region}" if row.region else ""
        unit = f"{row.unit}, {units[row.unit]}" if row.unit in units else row.unit
        st.text(
            f"{lines_words(row.lines)}\n{nights_words(row.first_night, row.last_night)}{where}\nUnit {unit}\n"
            + (RESERVE if row.immigration is None else IMMIGRATION[row.immigration])
        )
        if waits(row):
            _draw_waiting(desk, row, units, primary=primary)
        elif row.state is HoldState.HELD and row.expires_at:
            why = f" {row.reason}" if row.reason else ""
            st.text(f"You offered these places instead.{why}\nHeld for the planners until {_until(row)}.")
        elif row.first_night <= tonight:
            _draw_arrivals(desk, row)
        _draw_ending(desk, row)


def _until(row: Booking) -> str:
    return instant_words(row.expires_at) if row.expires_at else ""


def _draw_waiting(desk: Desk, row: Booking, units: dict[str, str], *, primary: bool) -> None:
    if row.expires_at:
        st.text(f"Held for you to confirm; lapses {_until(row)}.")
    if row.among_others:
        st.text("Other units are asked for the same places; the first to confirm has them.")
    if st.button("Confirm", key=f"confirm-{row.id}", type="primary" if primary else "secondary", width="stretch"):
        _confirm(desk, row)
    _draw_part(desk, row)
    _draw_instead(desk, row, units)


def _confirm(desk: Desk, row: Booking, given: dict[Key, int | None] | None = None) -> None:
    def confirm(work: Work) -> int:
        places = None if given is None else all_typed(given, f"Say how many of the {row.places} places you confirm.")
        return sum(places_of(work, care.confirm_hold(work, row.id, places=places)).values())

    forget_shown(row)
    attempt(desk, confirm, done=lambda number: _confirmed_words(number, row.places))


def _confirmed_words(number: int, asked: int) -> str:
    """ "2 of 4 places are confirmed; the planners are told." """
    if number == asked:
        return f"{count_words(number, 'place is', 'places are')} confirmed; the planners are told."
    return (
        f"{number} of {count_words(asked, 'place')} {'is' if number == 1 else 'are'} confirmed; the planners are told."
    )


def _draw_part(desk: Desk, row: Booking) -> None:
    """So many of what is asked, where more than one is."""
    if row.places < 2:
        return
    with st.expander("Confirm a part…"):
        given = how_many(row, "Places you confirm", key=f"part-{row.id}")
        if st.button("Confirm these", key=f"confirm-part-{row.id}", width="stretch"):
            _confirm(desk, row, given)


def _draw_instead(desk: Desk, row: Booking, units: dict[str, str]) -> None:
    """Another unit, fewer places or other nights: held for the planners, who accept or release it."""
    with st.expander("Offer other places…"), st.form(f"instead-{row.id}", border=False):
        unit = which("In unit", {code: f"{code}: {name}" for code, name in units.items()})
        places = how_many(row, "Places", key=f"instead-{row.id}", now=lambda line: line.places)
        first = st.date_input("First night", row.first_night, format="DD/MM/YYYY", key=f"first-{row.id}")
        nights = st.number_input("Nights", 1, care.LONGEST_STAY, row.nights, key=f"nights-{row.id}")
        reason = st.text_input("Why, in a few words", key=f"instead-why-{row.id}")
        if st.form_submit_button("Offer these instead", width="stretch"):
            lines = tuple((*key, number) for key, number in places.items() if number)
            forget_shown(row)
            attempt(
                desk,
                lambda work: care_requests.offer_instead(
                    work, row.id, care_requests.OtherPlaces(unit(), lines, first, int(nights), reason)
                ),
                done="They are held for the planners for 48 hours, who are told.",
            )


def _draw_ending(desk: Desk, row: Booking) -> None:
    """No, or no longer; with a reason that the planners read."""
    is_confirmed = row.state is HoldState.CONFIRMED
    offered = row.offered and not is_confirmed
    with st.expander("Take back…" if is_confirmed or offered else "Decline…"):
        reason = st.text_input("Why, in a few words", key=f"why-{row.id}")
        verb = care.take_back if is_confirmed else care.decline_hold
        label = "Take the offer back" if offered else ENDING[is_confirmed]
        if st.button(label, key=f"end-{row.id}", width="stretch"):
            forget_shown(row)
            attempt(desk, lambda work: verb(work, row.id, reason), done=_ended_words(row, offered=offered))


def _ended_words(row: Booking, *, offered: bool) -> str:
    places = count_words(row.places, "place is", "places are")
    done = "taken back" if offered or row.state is HoldState.CONFIRMED else "declined"
    return f"{places} {done}; the planners are told, with your reason."


def _draw_arrivals(desk: Desk, row: Booking) -> None:
    """From the first night on: how many came, never who; what nobody came for goes back twelve hours later."""
    said = [line.arrived for line in row.lines if line.arrived is not None]
    if said:
        st.text(f"{count_words(sum(said), 'person', 'people')} came for {count_words(row.places, 'place')}.")
    with st.expander("Who came, in numbers…"):
        st.text("What nobody came for is yours again twelve hours after you last say so.")
        came = how_many(row, "Came", key=f"came-{row.id}", now=lambda line: line.arrived)
        if st.button("Keep these numbers", key=f"keep-came-{row.id}", width="stretch"):
            attempt(
                desk,
                lambda work: care_arrivals.record_arrivals(
                    work, row.id, all_typed(came, "Say how many came, 0 where nobody did.")
                ),
                done=lambda _: f"{count_words(_sum(came), 'person', 'people')} came: kept, and the planners are told.",
            )


def _sum(numbers: dict[Key, int | None]) -> int:
    return sum(number or 0 for number in numbers.values())
