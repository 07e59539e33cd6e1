"""Whether the likely of an action can be placed among places that are free now; what is short, what comes nearest."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from planner import access, facts
from planner.db import pick
from planner.facts_care import units
from planner.models.care import Unit
from planner.rules.capacity import Asked, Free, Supply
from planner.rules.demand import Cover, coverage, nights_needed
from planner.rules.placement import Placement, placement
from planner.rules.shortage import Nearest, nearest, shortage_words
from planner.rules.values import ActionFact, Facts
from planner.rules.windows import first_night, local
from planner.rules.words import Profile
from planner.views.care import Nights, free_places
from planner.work import Look

WINDOW = timedelta(weeks=4)


class CareCheck(NamedTuple):
    """Whether the likely can be placed from the action's night for the nights policy asks; else `words` say who not."""

    action: str
    found: Placement
    unit_codes: dict[int, str]
    confirmed: dict[str, int]
    needed: dict[str, int]
    first: date
    last: date
    words: str
    operation_id: int
    asked: tuple[Asked, ...]

    @property
    def nights(self) -> int:
        return (self.last - self.first).days + 1


def care_check(look: Look, reference: str) -> CareCheck:
    """Place what is likely and not yet held or confirmed."""
    known = facts.facts_of(look, access.action_id_of(look, reference))
    cover, action = coverage(known), known.action
    first, nights = first_night(action.starts_at), nights_asked(known)
    asked = [line_of(action, line, line.likely - line.confirmed - line.held) for line in cover]
    asked = [line for line in asked if line.places > 0]
    codes = unit_codes(look)
    supply = supply_of(look, codes, Nights(first, nights, operation_id=action.operation_id))
    found = placement(supply, asked, first, nights)
    near = _nearest(look, codes, action, asked, found, nights) if found.short else Nearest()
    return CareCheck(
        reference,
        found,
        codes,
        _by_profile((line.profile, line.confirmed) for line in cover),
        _by_profile((line.profile, line.likely) for line in cover),
        first,
        first + timedelta(days=nights - 1),
        shortage_words(found, near, codes),
        action.operation_id,
        tuple(asked),
    )


def nights_asked(known: Facts) -> int:
    """As bookings ask for them: where the whole stay is asked and its length is not known, the first nights."""
    return nights_needed(known) or known.policy.nights


def line_of(action: ActionFact, line: Cover, places: int) -> Asked:
    return Asked(line.profile, line.need, places, action.zone, action.exploitation)


def unit_codes(look: Look) -> dict[int, str]:
    """Units that ask for co-operation come last, and so are proposed last."""
    return {
        row[0]: row[1]
        for row in look.session.execute(pick(Unit.id, Unit.code).order_by(Unit.cooperation_required, Unit.code))
    }


def supply_of(look: Look, codes: dict[int, str], asked: Nights) -> Supply:
    """Every unit, also one with nothing open then: its provider could be asked."""
    free, known = free_places(look, asked), units(look)
    return Supply([Free(unit_id, known[unit_id], free[code]) for unit_id, code in codes.items()])


def _nearest(
    look: Look, codes: dict[int, str], action: ActionFact, asked: list[Asked], found: Placement, nights: int
) -> Nearest:
    """Within four weeks of the action's night, never before tonight."""
    first = first_night(action.starts_at)
    earliest, latest = max(first - WINDOW, local(look.now).date()), first + WINDOW
    shown = Nights(
        min(first, earliest), (latest - min(first, earliest)).days + nights, operation_id=action.operation_id
    )
    return nearest(supply_of(look, codes, shown), asked, found, first, nights, window=(earliest, latest))


def _by_profile(pairs: Iterable[tuple[Profile, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for profile, number in pairs:
        total[str(profile)] += number
    return dict(total)
