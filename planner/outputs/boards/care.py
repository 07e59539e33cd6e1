"""Places of care as sheets: bookings, places by night, reserves; a provider's name for who may know it."""

from collections.abc import Sequence
from datetime import date

from planner.outputs.boards.board import Row, Rows, held, marked_as, operation_row, said, spaced, within
from planner.rules.asked import Asked
from planner.rules.checks_care import PROFILE_WORDS
from planner.rules.counts import count_words
from planner.rules.markings import together
from planner.rules.supply import nights_words
from planner.rules.windows import local
from planner.rules.words import HoldState, Need
from planner.views.care import FORTNIGHT, capacity
from planner.views.care_bookings import Booking, BookingFilter, Line, booking_rows
from planner.views.care_nights import NightFilter, free_places_by
from planner.views.care_reserves import names_of_reserves, reserves
from planner.work import Look

BOOKINGS = (
    *("For", "Region", "State", "Unit", "Provider", "First night", "Last night", "Nights", "Places", "For whom"),
    *("Lapses", "Offered instead", "Other units asked too", "Reason"),
)
NIGHTS = ("Unit", "Provider", "Night", "Open", "Held", "Confirmed", "Free")
FREE = ("Zone", "For whom", "Night", "Free", "Fewest on any of 14 nights")
RESERVES = (
    *("Reserve", "Operation", "Region", "Strike day", "Wanted", "Confirmed", "Asked for", "Shared by"),
    *("All of it on", "Why so many"),
)
ENDED = (HoldState.DECLINED, HoldState.RELEASED, HoldState.EXPIRED, HoldState.TAKEN_BACK)
MOST_NIGHTS = 120


def booking_table(look: Look, asked: Asked) -> Rows:
    """Live ones first, past nights too; then what was declined, released, taken back or lapsed."""
    seen = within(look, asked)
    own = names_of_reserves(look, asked.operation) if asked.operation else None
    found = [
        row
        for state in (None, *ENDED)
        for row in booking_rows(look, BookingFilter(state=state, past=True), per_page=None)
        if (own is None or row.purpose in own if row.for_reserve else row.purpose in seen)
    ]
    about = marked_as(seen, (row.purpose for row in found))
    reserved = [held(look)] if any(row.for_reserve for row in found) else []
    return Rows([_booking(row) for row in found], together([about, *reserved]))


def _booking(row: Booking) -> Row:
    return (
        *(row.purpose, row.region, said(row.state), row.unit, row.provider, row.first_night, row.last_night),
        *(row.nights, row.places, _whom(row.lines), row.expires_at, row.offered, row.among_others, row.reason),
    )


def _whom(lines: Sequence[Line]) -> str:
    """ "2 places for women; 1 place for men (wheelchair)"."""
    return "; ".join(
        f"{count_words(line.places, 'place')} for {PROFILE_WORDS[line.profile]}"
        + (f" ({spaced(line.need)})" if line.need is not Need.NONE else "")
        for line in lines
    )


def night_rows(look: Look, asked: Asked) -> Rows:
    """Tonight and the fortnight after it; of one operation every night until it ends."""
    first, number, operation = local(look.now).date(), FORTNIGHT, None
    if asked.operation:
        found = operation_row(look, asked.operation)
        number, operation = _until(first, found.ends_on), found.id
    rows: list[Row] = [
        (row.unit, row.provider, row.night, row.open, row.held, row.confirmed, row.free)
        for row in capacity(look, first=first, nights=number, operation_id=operation)
    ]
    return Rows(rows, held(look))


def _until(first: date, last: date) -> int:
    return min(max((last - first).days + 1, 1), MOST_NIGHTS)


def free_rows(look: Look, asked: Asked) -> Rows:
    """Tonight, and the fullest of the fortnight; a unit that serves several zones is counted in each."""
    tonight = local(look.now).date()
    operation = operation_row(look, asked.operation).id if asked.operation else None
    rows: list[Row] = [
        (row.zone, PROFILE_WORDS[row.profile].capitalize(), tonight, row.first, row.lowest)
        for row in free_places_by(look, NightFilter(tonight, operation_id=operation))
    ]
    return Rows(rows, held(look))


def reserve_rows(look: Look, asked: Asked) -> Rows:
    """Those that their reader may set."""
    rows: list[Row] = [
        (
            *(row.id, row.operation, row.region_name, row.strike_day, row.places, row.confirmed, row.waiting),
            *(row.shared_by, "; ".join(nights_words(run.first, run.last) for run in row.covered) or None, row.reason),
        )
        for row in reserves(look)
        if asked.operation in ("", row.operation)
    ]
    return Rows(rows, held(look))
