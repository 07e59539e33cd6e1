"""Who waits for places that a provider has still to answer for, and is told when some came free."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from sqlmodel import col, select

from planner.db import pick
from planner.models.care import Hold, HoldLine
from planner.rules.windows import nights_of
from planner.rules.words import HoldState
from planner.work import Look, Work


def tell_waiting(work: Work, freed: Sequence[Hold]) -> None:
    """Who asked for places of the same unit on the same nights, and waits, is told that some came free."""
    spans = {hold.id or 0: nights_of(hold.first_night, hold.nights) for hold in freed}
    units = _units_of(work, freed)
    if not units:
        return
    first, last = min(nights[0] for nights in spans.values()), max(nights[-1] for nights in spans.values())
    waiting = waiting_for(work, frozenset().union(*units.values()), first, last)
    asked_for = _units_of(work, waiting)
    for gone, nights in spans.items():
        for hold in waiting:
            same = hold.id != gone and not units[gone].isdisjoint(asked_for[hold.id or 0])
            if same and hold.first_night <= nights[-1] and _last_night(hold) >= nights[0]:
                said = f"Places you wait for came free from {nights[0]:%-d %B}; the provider has still to answer."
                work.notify(said, person_id=hold.asked_by, action_id=hold.action_id)


def waiting_for(work: Work, units: Collection[int], first: date, last: date) -> list[Hold]:
    """Bookings that claim nothing yet and ask for these units on any night from first to last."""
    h = Hold
    asked = select(HoldLine.hold_id).where(col(HoldLine.unit_id).in_(units))
    waiting = select(h).where(col(h.id).in_(asked), h.state == HoldState.REQUESTED, h.first_night <= last)
    found = work.session.exec(waiting.order_by(col(h.id))).all()
    return [hold for hold in found if _last_night(hold) >= first]


def _last_night(hold: Hold) -> date:
    return nights_of(hold.first_night, hold.nights)[-1]


def _units_of(look: Look, holds: Sequence[Hold]) -> dict[int, set[int]]:
    """The units that bookings ask for, by booking."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    query = pick(HoldLine.hold_id, HoldLine.unit_id).where(col(HoldLine.hold_id).in_([hold.id for hold in holds]))
    for number, unit in look.session.execute(query) if holds else ():
        found[number].add(unit)
    return found
