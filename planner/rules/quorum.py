"""When a case conference is quorate: who may commit resources, with a victim's advocate among them."""

from collections.abc import Iterable, Sequence

from planner.rules.conference_values import SeatFact
from planner.rules.words import AgencyKind, AttendanceState

POLICE = frozenset({AgencyKind.POLICE_FORCE, AgencyKind.NATIONAL_CELL, AgencyKind.REGIONAL_CELL})


def missing_for_quorum(seats: Iterable[SeatFact], needed: int) -> tuple[str, ...]:
    """What is still missing, in words; empty when quorate. Only representatives who may commit count."""
    present = [seat for seat in seats if seat.state is AttendanceState.ATTENDED and seat.confidentiality_accepted]
    counting = [seat for seat in present if seat.may_commit]
    missing = []
    if len(counting) < needed:
        missing.append(f"{needed - len(counting)} more of {needed} agencies that may commit resources")
    if not any(seat.victims_advocate for seat in present):
        missing.append("a victim's advocate")
    if not any(seat.agency_kind in POLICE for seat in counting):
        missing.append("the police")
    if counting and all(seat.agency_kind in POLICE for seat in counting):
        missing.append("a partner who is not the police")
    return tuple(missing)


def missing_words(missing: Sequence[str]) -> str:
    """ "a victim's advocate is missing", "the police and a victim's advocate are missing"; for one thing or more."""
    *others, last = missing
    named = f"{', '.join(others)} and {last}" if others else last
    is_one = not others and last.startswith(("a ", "1 "))
    return f"{named} {'is' if is_one else 'are'} missing"
