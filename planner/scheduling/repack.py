"""Which provisional bookings would have to move to other units so that everybody who asks can be placed.

Asked only when the direct answer is no. A booking moves as a whole, for all its nights; confirmed ones never move.
To re-pack stays across nights is NP-hard, so it is a small model for CP-SAT: the fewest bookings move.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from ortools.sat.python import cp_model

from planner.rules.capacity import Asked, Supply
from planner.rules.placement import Placed

PATIENCE_SECONDS = 2.0
Load = defaultdict[tuple[int, date], list[Any]]


class Held(NamedTuple):
    """A provisional booking: all its people in one unit, named by its place in the supply, for all of its nights."""

    hold_id: int
    asked: tuple[Asked, ...]
    unit: int
    first: date
    nights: int

    @property
    def places(self) -> int:
        return sum(line.places for line in self.asked)


class Move(NamedTuple):
    held: Held
    to_unit: int


class Proposal(NamedTuple):
    """Nothing is changed by it: whose bookings would move, and where those who ask would then stay."""

    moves: tuple[Move, ...]
    placed: tuple[Placed, ...]


def repack(supply: Supply, held: Sequence[Held], asked: Sequence[Asked], first: date, nights: int) -> Proposal | None:
    """The fewest moves after which all can stay; None where no moves would do, or none were found in time.

    `supply` counts what is held as taken.
    """
    model, load = cp_model.CpModel(), Load(list)
    movable = [booking for booking in held if _known(supply, booking.first, booking.nights)]
    if not _known(supply, first, nights):
        return None
    stays = [_stay(model, load, supply, booking) for booking in movable]
    newly = [_place(model, load, supply, line, first, nights) for line in asked]
    _bound(model, load, supply, movable)
    model.minimize(sum(1 - stay[booking.unit] for booking, stay in zip(movable, stays, strict=True)))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = PATIENCE_SECONDS
    solver.parameters.num_workers = 1  # the same question has the same answer
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    where = [next(unit for unit, there in stay.items() if solver.value(there)) for stay in stays]
    moves = [Move(booking, unit) for booking, unit in zip(movable, where, strict=True) if unit != booking.unit]
    placed = [
        Placed(supply.units[unit].unit_id, line.profile, line.need, solver.value(number))
        for line, row in zip(asked, newly, strict=True)
        for unit, number in row.items()
        if solver.value(number)
    ]
    return Proposal(tuple(moves), tuple(placed))


def _known(supply: Supply, first: date, nights: int) -> bool:
    """Whether a stay lies within the nights of which anything is stated."""
    begin = (first - supply.first).days
    return begin >= 0 and begin + nights <= supply.nights


def _nights(first: date, nights: int) -> Iterator[date]:
    return (first + timedelta(days=day) for day in range(nights))


def _stay(model: cp_model.CpModel, load: Load, supply: Supply, booking: Held) -> dict[int, Any]:
    """A booking is in one unit that takes its people, or stays where it is."""
    units = {booking.unit}.union(set(supply.takers(booking.asked[0])).intersection(*map(supply.takers, booking.asked)))
    stay = {unit: model.new_bool_var("") for unit in sorted(units)}
    model.add_exactly_one(stay.values())
    for unit, there in stay.items():
        for night in _nights(booking.first, booking.nights):
            load[unit, night].append(booking.places * there)
    return stay


def _place(
    model: cp_model.CpModel, load: Load, supply: Supply, line: Asked, first: date, nights: int
) -> dict[int, Any]:
    """Everybody of a line in some unit that takes them."""
    row = {unit: model.new_int_var(0, line.places, "") for unit in supply.takers(line)}
    model.add(sum(row.values()) == line.places)
    for unit, number in row.items():
        for night in _nights(first, nights):
            load[unit, night].append(number)
    return row


def _bound(model: cp_model.CpModel, load: Load, supply: Supply, movable: Sequence[Held]) -> None:
    """On every night a unit has no more people than places: free now, or taken by what could move."""
    given_back: defaultdict[tuple[int, date], int] = defaultdict(int)
    for booking in movable:
        for night in _nights(booking.first, booking.nights):
            given_back[booking.unit, night] += booking.places
    for (unit, night), terms in load.items():
        (free,) = supply.free(unit, night, 1)
        model.add(sum(terms) <= free + given_back[unit, night])
