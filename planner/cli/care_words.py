"""What the commands of care share: places as PROFILE=N, and a booking as a row."""

from typing import Any

from planner.errors import InputError
from planner.models.care import Hold
from planner.rules.words import Need, Profile
from planner.services.care import Line


def line_of(word: str) -> Line:
    """ "woman=2" as a line of a booking."""
    name, _, number = word.partition("=")
    try:
        return Profile(name), Need.NONE, int(number)
    except ValueError as error:
        known = ", ".join(Profile)
        raise InputError(f"--places {word} is not PROFILE=N. Profiles: {known}; N a whole number.") from error


def booking_row(kept: Hold, unit: str, lines: tuple[Line, ...]) -> dict[str, Any]:
    return {
        "hold": kept.id,
        "state": kept.state,
        "unit": unit,
        "first_night": kept.first_night,
        "nights": kept.nights,
        "places": {profile: number for profile, _, number in lines},
    }
