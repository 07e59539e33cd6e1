"""Places of several units, for one action or for several at once: all of them are held or asked for, or none."""

from collections.abc import Sequence

from sqlmodel import col, select

from planner.access import Verb, require
from planner.errors import InputError, NotFound
from planner.models.care import Hold, Provider, Unit
from planner.services.care import HoldRequest, hold_in
from planner.services.locking import lock_actions
from planner.work import Work


def hold_together(work: Work, requests: Sequence[HoldRequest]) -> tuple[Hold, ...]:
    """Every action is locked, then every provider, each in its order; then each request is as if it came alone."""
    if not requests:
        raise InputError("Ask for at least one place, in whole numbers.")
    require(work, Verb.HOLD_PLACES, ref=requests[0].action)
    actions = lock_actions(work, {request.action for request in requests}, Verb.HOLD_PLACES)
    units = _units(work, {request.unit for request in requests})
    providers = {number: work.lock(Provider, number) for number in sorted({row.provider_id for row in units.values()})}
    return tuple(
        hold_in(work, actions[each.action], units[each.unit], providers[units[each.unit].provider_id], each)
        for each in requests
    )


def _units(work: Work, codes: set[str]) -> dict[str, Unit]:
    found = {unit.code: unit for unit in work.session.exec(select(Unit).where(col(Unit.code).in_(codes)))}
    missing = sorted(codes - found.keys())
    if missing:
        raise NotFound(f"There is no unit {missing[0]}. Choose one of the units on the Care page.")
    return found
