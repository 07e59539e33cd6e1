"""Whom a unit takes: every booking is judged by it, once for all the units that it asks."""

from collections.abc import Sequence
from itertools import product

from planner.errors import Refused
from planner.facts_care import units
from planner.models.care import Unit
from planner.rules.capacity import Wanted, takes
from planner.rules.words import Exploitation, Need, Profile
from planner.work import Work

Line = tuple[Profile, Need, int]


def check_eligible(
    work: Work, asked: Sequence[Unit], lines: Sequence[Line], *, zone: str, exploitation: Exploitation
) -> None:
    """Refuse whom one of the units does not take; an adult place never covers a child."""
    known = units(work, [unit.id or 0 for unit in asked])
    for unit, (profile, need, places) in product(asked, lines):
        if not takes(known[unit.id or 0], Wanted(profile, need, places), zone, exploitation):
            words = profile.replace("_", " ")
            raise Refused(
                f"Unit {unit.code} does not take this: {words}, need {need}, {exploitation} exploitation, "
                f"zone {zone.replace('_', ' ')}. Choose a unit that does."
            )
