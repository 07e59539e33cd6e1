"""Whom a unit takes, once for all the units that a booking asks; and how long a booking is where nobody says."""

from collections.abc import Collection, Sequence
from itertools import product

from planner import facts
from planner.errors import Refused
from planner.facts_care import units
from planner.models.care import Unit
from planner.models.operations import Action
from planner.rules.capacity import Wanted
from planner.rules.demand import nights_needed
from planner.rules.shortage import misses
from planner.rules.words import Exploitation, Need, Profile
from planner.work import Look, Work

Line = tuple[Profile, Need, int]


def check_eligible(
    work: Work, asked: Sequence[Unit], lines: Sequence[Line], *, zone: str, exploitation: Exploitation
) -> None:
    """Refuse whom one of the units does not take; an adult place never covers a child."""
    known = units(work, [unit.id or 0 for unit in asked])
    for unit, (profile, need, places) in product(asked, lines):
        missed = misses(known[unit.id or 0], Wanted(profile, need, places), zone, exploitation)
        if missed:
            raise Refused(f"Unit {unit.code} does not {' or '.join(missed)}. Choose a unit that does.")


def nights_asked(look: Look, action: Action) -> int:
    """The nights that policy asks for; the first of them where the length of a whole stay is not known."""
    return nights_of_each(look, [action.id or 0])[action.id or 0]


def nights_of_each(look: Look, numbers: Collection[int]) -> dict[int, int]:
    """The same of several actions, by id."""
    return {number: nights_needed(stay) or stay.policy.nights for number, stay in facts.stays(look, numbers).items()}
