"""What care an action asks for, profile by profile, and what confirmed bookings cover."""

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from planner.rules.values import ActionFact, Facts, HoldFact, Stay, UnitFact
from planner.rules.windows import first_night
from planner.rules.words import HoldState, Need, Profile

Key = tuple[Profile, Need]
MOST_PEOPLE = 500  # of one profile at one action


class Cover(NamedTuple):
    profile: Profile
    need: Need
    likely: int
    high: int
    held: int
    confirmed: int


def nights_needed(facts: Facts | Stay) -> int | None:
    """Nights a place must be confirmed for; None where the whole stay is asked and its length is unknown."""
    return facts.support_days if facts.policy.whole_stay else facts.policy.nights


def unit_fits(unit: UnitFact, action: ActionFact, profile: Profile, need: Need) -> bool:
    """Whether a unit may take this person for this action; an adult unit never covers a child."""
    return (
        profile in unit.profiles
        and need in unit.needs
        and action.exploitation in unit.exploitations
        and action.zone in unit.zones
    )


def counts(hold: HoldFact, facts: Facts, nights: int) -> bool:
    """Whether a booking lasts from the action's night for as long as is asked, in a unit that fits."""
    begins = first_night(facts.action.starts_at)
    lasts = hold.first_night <= begins and hold.first_night + timedelta(hold.nights) >= begins + timedelta(nights)
    unit = facts.units.get(hold.unit_id)
    return lasts and unit is not None and unit_fits(unit, facts.action, hold.profile, hold.need)


def booked(facts: Facts, state: HoldState) -> dict[Key, int]:
    """Places by profile and need that count in this state; a held place counts until it expires."""
    total: dict[Key, int] = {}
    if not facts.holds:
        return total
    nights = nights_needed(facts)
    for hold in facts.holds:
        live = hold.state is state and (hold.expires_at is None or hold.expires_at > facts.now)
        if live and nights is not None and counts(hold, facts, nights):
            total[hold.profile, hold.need] = total.get((hold.profile, hold.need), 0) + hold.places
    return total


def asked_for(facts: Facts) -> dict[Key, int]:
    """Places that are asked for and not answered; what is asked of several units at once is counted once."""
    most: dict[tuple[int, Profile, Need], int] = {}
    nights = nights_needed(facts)
    for hold in facts.holds:
        if hold.state is HoldState.REQUESTED and nights is not None and counts(hold, facts, nights):
            key = (hold.request_id or -hold.hold_id, hold.profile, hold.need)
            most[key] = max(most.get(key, 0), hold.places)
    total: dict[Key, int] = {}
    for (_, profile, need), places in most.items():
        total[profile, need] = total.get((profile, need), 0) + places
    return total


def reserve_stands(facts: Facts) -> bool:
    """Whether a shared reserve is confirmed whole, on this action's own nights and in units that fit it."""
    if not facts.reserves:
        return False
    nights = nights_needed(facts)
    return nights is not None and any(
        sum(hold.places for hold in reserve.holds if counts(hold, facts, nights)) >= reserve.places > 0
        for reserve in facts.reserves
    )


def coverage(facts: Facts) -> tuple[Cover, ...]:
    held, confirmed = booked(facts, HoldState.HELD), booked(facts, HoldState.CONFIRMED)
    asked: dict[Key, tuple[int, int]] = {(line.profile, line.need): (line.likely, line.high) for line in facts.demand}
    keys: Iterable[Key] = sorted(asked.keys() | held.keys() | confirmed.keys())
    return tuple([Cover(*key, *asked.get(key, (0, 0)), held.get(key, 0), confirmed.get(key, 0)) for key in keys])
