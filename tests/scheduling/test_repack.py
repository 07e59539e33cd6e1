"""A proposal is judged by a checker of its own, and none is made where trying every move finds none."""

from collections import Counter
from datetime import timedelta
from itertools import product
from random import Random

import pytest

from planner.rules.capacity import can_place
from planner.scheduling.repack import Held, Proposal, repack
from tests.rules.placing import FIRST, Case, House, People, may_enter, there

SMALL, FULL = 200, 3000
ADULTS = ("woman", "man")


def taken(case: Case, held: list[Held], units: list[int]) -> Case:
    """The case with these bookings in these units."""
    free = [[there(house, night) for night in range(len(house.free))] for house in case.houses]
    for booking, unit in zip(held, units, strict=True):
        begin = (booking.first - FIRST).days
        for night in range(begin, begin + booking.nights):
            free[unit][night] -= booking.places
    houses = [house._replace(free=tuple(row)) for house, row in zip(case.houses, free, strict=True)]
    return case._replace(houses=tuple(houses))


def overbooked(case: Case) -> bool:
    return any((places or 0) < 0 for house in case.houses for places in house.free)


def with_holds(random: Random) -> tuple[Case, list[Held]]:
    """A few small houses, up to three bookings that have the places they need, and who asks for the rest."""
    houses = [a_house(_some(random), *random.choices((0, 1, 2), (1, 12, 12), k=5)) for _ in range(3)]
    case = Case("re-packing", tuple(houses), (a_person(random.choice(ADULTS), 1),), random.randrange(3), 2)
    held: list[Held] = []
    for number in range(1, 7):
        lines = tuple(a_person(profile, 1) for profile in random.sample(ADULTS, random.choice((1, 1, 2))))
        asked = tuple(case._replace(people=lines).asked())
        first, nights = random.randrange(3), random.randint(1, 3)
        booking = Held(number, asked, random.randrange(3), FIRST + timedelta(days=first), nights)
        tried = [*held, booking]
        if fits(case, booking, booking.unit) and not overbooked(taken(case, tried, [each.unit for each in tried])):
            held.append(booking)
    return case, held


def a_house(profiles: str, *free: int) -> House:
    return House(profiles, "none", "north", "sexual", free)


def a_person(profile: str, places: int) -> People:
    return People(profile, "none", "north", "sexual", places)


def _some(random: Random) -> str:
    return " ".join(random.sample(ADULTS, random.randint(1, 2)))


def fewest_moves(case: Case, held: list[Held]) -> int | None:
    """Every way to put the bookings into units, tried one after another."""
    found = []
    for units in product(range(len(case.houses)), repeat=len(held)):
        moved = [(booking, unit) for booking, unit in zip(held, units, strict=True) if unit != booking.unit]
        tried = taken(case, held, list(units))
        eligible = all(fits(case, booking, unit) for booking, unit in moved)
        if eligible and not overbooked(tried) and placeable(tried):
            found.append(len(moved))
    return min(found, default=None)


def fits(case: Case, booking: Held, unit: int) -> bool:
    return all(may_enter(case.houses[unit], a_person(line.profile, line.places)) for line in booking.asked)


def placeable(case: Case) -> bool:
    return can_place(case.supply(), case.asked(), case.first, case.nights)


def proposal(case: Case, held: list[Held]) -> Proposal | None:
    now = taken(case, held, [booking.unit for booking in held])
    return repack(now.supply(), held, now.asked(), now.first, now.nights)


@pytest.mark.heavy
def test_the_fewest_moves_are_proposed_and_each_keeps_every_rule(full: bool) -> None:
    random, seen = Random(7), Counter[str]()
    for _ in range(FULL if full else SMALL):
        case, held = with_holds(random)

        found, fewest = proposal(case, held), fewest_moves(case, held)

        if found is None:
            assert fewest is None, case
            seen["impossible"] += 1
            continue
        assert len(found.moves) == fewest, case
        to = {move.held.hold_id: move.to_unit for move in found.moves}
        after = taken(case, held, [to.get(booking.hold_id, booking.unit) for booking in held])
        assert all(fits(case, move.held, move.to_unit) for move in found.moves)
        assert not overbooked(after)
        assert placed_rightly(after, found)
        seen["with moves" if found.moves else "without"] += 1
    print(f"\n{dict(seen)}")
    assert min(seen["impossible"], seen["with moves"], seen["without"]) > 5


def placed_rightly(case: Case, found: Proposal) -> bool:
    """Everybody is in a unit that takes them, which has a place for them on each night."""
    inside: Counter[int] = Counter()
    for row in found.placed:
        inside[row.unit_id] += row.places
    room = all(
        inside[number] <= there(house, case.start + night)
        for number, house in enumerate(case.houses)
        for night in range(case.nights)
    )
    return room and sum(inside.values()) == sum(line.places for line in case.people)


def test_a_booking_that_another_unit_takes_makes_way_for_who_has_nowhere_else() -> None:
    """A woman is held in the one unit that takes a child; another takes her, on all of her nights or on one alone."""
    woman, child = (a_person(profile, 1) for profile in ("woman", "child"))
    houses = (a_house("woman child", 1, 1, 1), a_house("woman", 1, 1, 1))
    case = Case("by hand", houses, (child,), 0, 2)
    held = [Held(12, tuple(case._replace(people=(woman,)).asked()), 0, FIRST, 3)]

    found = proposal(case, held)

    assert found is not None
    assert [(move.held.hold_id, move.held.unit, move.to_unit) for move in found.moves] == [(12, 0, 1)]
    assert [(row.unit_id, row.profile, row.places) for row in found.placed] == [(0, "child", 1)]
    assert proposal(case._replace(houses=(houses[0], a_house("woman", 1, 1, 0))), held) is None
    assert proposal(case._replace(houses=(houses[0], a_house("man", 1, 1, 1))), held) is None
