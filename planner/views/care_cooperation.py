"""Which of the units that could take an action's people ask for co-operation, and what would be left without them."""

from collections.abc import Iterable

from sqlmodel import col

from planner.db import pick
from planner.facts_care import units
from planner.models.care import Unit
from planner.rules.cooperation import asking_words, booked_words, without_words
from planner.rules.demand import booked
from planner.rules.placement import placement
from planner.rules.values import Facts, UnitFact
from planner.rules.words import HoldState
from planner.views.care import Nights
from planner.views.care_check import CareCheck, supply_of
from planner.work import Look


def asks_cooperation(look: Look) -> frozenset[int]:
    """Every unit, by its number, that takes only who co-operates with the police."""
    return frozenset(look.session.execute(pick(Unit.id).where(col(Unit.cooperation_required))).scalars())


def cooperation_words(look: Look, found: CareCheck, known: Facts) -> str:
    """For planners, before they choose; empty where no unit that could take these people asks for it."""
    asking = asks_cooperation(look)
    every = units(look, found.unit_codes)
    near = [number for number in found.unit_codes if known.action.zone in every[number].zones]
    could = [number for number in near if _could_take(known, every[number])]
    tied = [found.unit_codes[number] for number in could if number in asking]
    if not tied:
        return ""
    said = [asking_words(sorted(tied), len(could))]
    if found.asked:
        rest = {number: code for number, code in found.unit_codes.items() if number not in asking}
        stay = Nights(found.first, found.nights, operation_id=found.operation_id)
        left = placement(supply_of(look, rest, stay), found.asked, found.first, found.nights)
        said.append(without_words(left, len(tied)))
    said.append(booked_words(*_booked(known, asking)))
    return " ".join(filter(None, said))


def _could_take(known: Facts, unit: UnitFact) -> bool:
    """Whether a unit takes anybody who is expected; of nobody expected it is not asked."""
    return not known.demand or any(line.profile in unit.profiles for line in known.demand)


def _booked(known: Facts, asking: Iterable[int]) -> tuple[int, int]:
    """Places confirmed and held in such units, as coverage counts them."""
    mine = known._replace(holds=tuple(hold for hold in known.holds if hold.unit_id in frozenset(asking)))
    confirmed, held = (sum(booked(mine, state).values()) for state in (HoldState.CONFIRMED, HoldState.HELD))
    return confirmed, held
