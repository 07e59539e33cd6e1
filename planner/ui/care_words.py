"""How the care pages name who is booked, and in what."""

from collections.abc import Iterable, Sequence

from planner.models.care import Hold
from planner.rules.checks_care import PROFILE_WORDS
from planner.rules.counts import count_words
from planner.rules.dates import instant_words
from planner.rules.demand import coverage
from planner.rules.shortage import who_words
from planner.rules.values import Facts
from planner.rules.words import HoldState, Need, Profile
from planner.ui.forms import words
from planner.views.care_bookings import Booking, Line


def lines_words(lines: Iterable[Line]) -> str:
    """ "2 places for women; 1 place for men (wheelchair)"."""
    return "; ".join(
        f"{count_words(line.places, 'place')} for {PROFILE_WORDS[line.profile]}"
        + (f" ({words(line.need).lower()})" if line.need is not Need.NONE else "")
        for line in lines
    )


def held_words(made: Sequence[Hold]) -> str:
    """What a request for places came to: held and until when, or asked for; where it is both, how many of each."""
    until = min((hold.expires_at for hold in made if hold.state is HoldState.HELD and hold.expires_at), default=None)
    asked = sum(hold.state is HoldState.REQUESTED for hold in made)
    if until is None:
        return "The places are asked for: nothing is held until the provider answers, and you are told."
    held = f"The places are held until {instant_words(until)}; the provider is asked to confirm them."
    if not asked:
        return held
    return f"{held} Of {len(made)} units {asked} {'holds' if asked == 1 else 'hold'} nothing unasked: you are told."


def unconfirmed_words(facts: Facts) -> str:
    """What the gate still waits for, profile by profile; empty once everybody likely has a confirmed place."""
    short = [
        f"{line.likely - line.confirmed} of {count_words(line.likely, 'place')}"
        f" for {who_words(line.profile, line.need)}"
        for line in coverage(facts)
        if line.likely > line.confirmed
    ]
    return f"✕ Not confirmed yet: {'; '.join(short)}." if short else ""


def profile_names(profiles: Iterable[Profile]) -> str:
    return ", ".join(PROFILE_WORDS[profile] for profile in profiles)


def offered_words(row: Booking) -> str:
    """What planners read of places that were not what they asked for; empty for all others."""
    if not row.offered:
        return ""
    return " ".join(filter(None, ("Offered instead of what was asked.", row.reason)))
