"""What may be marked how on this installation: nothing above its ceiling, a handling instruction in a few words."""

from planner.errors import InputError
from planner.rules.markings import ELSEWHERE, LONGEST_HANDLING, is_above
from planner.rules.words import Marking
from planner.services.texts import short_text
from planner.settings import load_settings


def check_marking(marking: Marking, handling: str | None = None) -> str | None:
    """The handling instruction as it is kept; InputError above the installation's ceiling."""
    ceiling = load_settings().ceiling
    if is_above(marking, ceiling):
        raise InputError(f"{marking} is above {ceiling}, the most this installation may hold: {ELSEWHERE}.")
    return short_text(handling, "The handling instruction", most=LONGEST_HANDLING).upper() or None
