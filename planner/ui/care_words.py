"""How the care pages name who is booked, and in what."""

from collections.abc import Iterable

from planner.rules.checks_care import PROFILE_WORDS
from planner.rules.counts import count_words
from planner.rules.words import Need, Profile
from planner.ui.forms import words
from planner.views.care_bookings import Booking, Line


def lines_words(lines: Iterable[Line]) -> str:
    """ "2 places for women; 1 place for men (wheelchair)"."""
    return "; ".join(
        f"{count_words(line.places, 'place')} for {PROFILE_WORDS[line.profile]}"
        + (f" ({words(line.need).lower()})" if line.need is not Need.NONE else "")
        for line in lines
    )


def profile_names(profiles: Iterable[Profile]) -> str:
    return ", ".join(PROFILE_WORDS[profile] for profile in profiles)


def offered_words(row: Booking) -> str:
    """What planners read of places that were not what they asked for; empty for all others."""
    if not row.offered:
        return ""
    return " ".join(filter(None, ("Offered instead of what was asked.", row.reason)))
