"""What if, without writing: another night, another stay, a unit or a whole provider closed."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple

from sqlmodel import col

from planner import access, facts
from planner.db import pick
from planner.errors import InputError
from planner.models.care import Unit, UnitZone
from planner.models.directory import Agency
from planner.rules.demand import coverage
from planner.rules.placement import Placement, placement
from planner.rules.shortage import Nearest, nearest, shortage_words
from planner.rules.supply import Run, runs
from planner.rules.windows import local, nights_of
from planner.scheduling.bulk import Horizon, Outlook, Question
from planner.services.care import LONGEST_STAY
from planner.views.care import Nights
from planner.views.care_check import WINDOW, line_of, supply_of, unit_codes
from planner.work import Look


class WhatIf(NamedTuple):
    """Whether everybody likely could be placed then; the runs of first nights from which they could, within weeks."""

    first: date
    nights: int
    people: int
    found: Placement
    unit_codes: dict[int, str]
    words: str
    possible_from: tuple[Run, ...]


def what_if(look: Look, reference: str, first: date, nights: int, closed: Collection[str] = ()) -> WhatIf:
    """Everybody likely placed anew, what is booked for this action being given back; nothing is written."""
    known = facts.facts_of(look, access.action_id_of(look, reference))
    tonight, action = local(look.now).date(), known.action
    _sensible(first, nights, tonight)
    asked = tuple(line_of(action, line, line.likely) for line in coverage(known) if line.likely)
    codes = {number: code for number, code in unit_codes(look).items() if code not in closed}
    window = (max(first - WINDOW, tonight), first + WINDOW)
    starts = (window[1] - window[0]).days + 1
    shown = Nights(window[0], starts + nights, operation_id=action.operation_id, given_back=(action.id,))
    supply = supply_of(look, codes, shown)
    found = placement(supply, asked, first, nights)
    near = nearest(supply, asked, found, first, nights, window=window) if found.short else Nearest()
    can = Outlook(supply, [Question(asked, nights)], Horizon(window[0], starts)).can[0]
    possible = {night: 1 for night, there in zip(nights_of(window[0], starts), can, strict=True) if there}
    people, words = sum(line.places for line in asked), shortage_words(found, near, codes)
    return WhatIf(first, nights, people, found, codes, words, runs(possible))


def _sensible(first: date, nights: int, tonight: date) -> None:
    if not 1 <= nights <= LONGEST_STAY:
        raise InputError(f"A stay is 1 to {LONGEST_STAY} nights; you asked for {nights}.")
    if not tonight <= first <= tonight + timedelta(days=366):
        raise InputError(
            f"Ask for a night from {tonight:%-d %B %Y} on, within a year; you asked for {first:%-d %B %Y}."
        )


def closable(look: Look, zone: str | None = None) -> dict[str, tuple[str, ...]]:
    """What could be closed, for people of a zone or at all: each unit by its code, and each provider by its name.

    A provider only for who may know its name.
    """
    query = (
        pick(Unit.code, Agency.name)
        .join(Agency, col(Agency.id) == col(Unit.provider_id))
        .order_by(Agency.name, Unit.code)
    )
    if zone is not None:
        query = query.where(col(Unit.id).in_(pick(UnitZone.unit_id).where(UnitZone.zone == zone)))
    units: dict[str, tuple[str, ...]] = {}
    providers: dict[str, tuple[str, ...]] = {}
    for code, name in look.session.execute(query):
        units[f"Unit {code}"] = (code,)
        providers[f"All of {name}"] = (*providers.get(f"All of {name}", ()), code)
    named = access.may(look, access.Verb.SEE_PROVIDERS)
    return dict(sorted(units.items())) | (providers if named else {})
