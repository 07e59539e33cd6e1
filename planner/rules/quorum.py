"""When a case conference is quorate: who may commit resources, with a victim's advocate among them."""

from collections.abc import Collection, Iterable, Sequence

from planner.rules.conference_values import SeatFact
from planner.rules.words import AgencyKind, AttendanceState

POLICE = frozenset({AgencyKind.POLICE_FORCE, AgencyKind.NATIONAL_CELL, AgencyKind.REGIONAL_CELL})


REQUIRED = {
    AgencyKind.LAW_ENFORCEMENT: "a law-enforcement agency",
    AgencyKind.IMMIGRATION: "immigration enforcement",
    AgencyKind.PROSECUTOR: "a prosecutor",
    AgencyKind.LOCAL_AUTHORITY: "a local authority",
    AgencyKind.CHILDRENS_SERVICE: "a children's service",
    AgencyKind.HEALTH: "a health agency",
    AgencyKind.CARE_PROVIDER: "a care provider",
    AgencyKind.NGO: "a non-governmental organisation",
    AgencyKind.INTERPRETERS: "an interpreters' agency",
    AgencyKind.GOVERNMENT: "a government department",
}


def kinds_in(kept: str) -> tuple[AgencyKind, ...]:
    """The kinds of agency that a conference requires, as they are kept."""
    return tuple(AgencyKind(kind) for kind in kept.split("|") if kind)


def missing_for_quorum(
    seats: Iterable[SeatFact], needed: int, required: Collection[AgencyKind] = ()
) -> tuple[str, ...]:
    """What is still missing, in words; empty when quorate. Only representatives who may commit count.

    `required` are kinds of agency that must each be there, beside the police and a partner.
    """
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
    there = {seat.agency_kind for seat in counting}
    missing += [REQUIRED[kind] for kind in dict.fromkeys(required) if kind in REQUIRED and kind not in there]
    return tuple(missing)


def missing_words(missing: Sequence[str]) -> str:
    """ "a victim's advocate is missing", "the police and a victim's advocate are missing"; for one thing or more."""
    *others, last = missing
    named = f"{', '.join(others)} and {last}" if others else last
    is_one = not others and last.startswith(("a ", "an ", "1 ", "immigration"))
    return f"{named} {'is' if is_one else 'are'} missing"
