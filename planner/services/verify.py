"""Proof that what is stored agrees with itself: hold lines, claims, open nights, units, demand, counts of the day."""

from collections import Counter
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from planner.db import pick
from planner.facts_day import counted
from planner.models.care import Claim, Hold, HoldLine, OpenNight, Reserve, Unit, UnitProfile
from planner.models.operations import Action, DemandLine
from planner.rules.on_the_day import SAID, Count
from planner.rules.words import HoldState
from planner.work import Look

CLAIMING = (HoldState.HELD, HoldState.CONFIRMED)


def troubles(look: Look) -> tuple[str, ...]:
    """A sentence for each booking whose claims do not agree with its lines; empty when all is well."""
    lines = pick(HoldLine.hold_id, HoldLine.unit_id, sa.func.sum(HoldLine.places)).group_by(
        HoldLine.hold_id, HoldLine.unit_id
    )
    booked = {(hold, unit): places for hold, unit, places in look.session.execute(lines)}
    holds = {row[0]: row for row in look.session.execute(pick(Hold.id, Hold.state, Hold.first_night, Hold.nights))}
    nightly = pick(Claim.hold_id, Claim.unit_id, Claim.night, sa.func.count()).group_by(
        Claim.hold_id, Claim.unit_id, Claim.night
    )
    found: Counter[tuple[int, int]] = Counter()
    wrong: list[str] = []
    for hold, unit, night, places in look.session.execute(nightly):
        found[hold, unit] += 1
        state, wanted = holds[hold][1], booked.get((hold, unit), 0)
        if state not in CLAIMING or places != wanted:
            wrong.append(f"Hold {hold}, {state}: {places} places claimed on {night}, {wanted} booked.")
    for (hold, unit), _ in booked.items():
        if holds[hold][1] in CLAIMING and found[hold, unit] != holds[hold][3]:
            wrong.append(f"Hold {hold}: claims on {found[hold, unit]} nights, {holds[hold][3]} booked.")
    return (
        *wrong,
        *_without_open_night(look),
        *_of_another_operation(look),
        *_in_a_wrong_unit(look),
        *_demand(look),
        *_below_zero(look),
    )


def _same_place() -> Any:
    return sa.and_(
        col(OpenNight.unit_id) == col(Claim.unit_id),
        col(OpenNight.number) == col(Claim.number),
        col(OpenNight.night) == col(Claim.night),
    )


def _without_open_night(look: Look) -> tuple[str, ...]:
    query = pick(Claim.hold_id, Claim.night).outerjoin(OpenNight, _same_place())
    rows = look.session.execute(query.where(col(OpenNight.unit_id).is_(None)))
    return tuple(f"Hold {hold}: {night} is claimed and not open." for hold, night in rows)


def _of_another_operation(look: Look) -> tuple[str, ...]:
    owner = sa.func.coalesce(Action.operation_id, Reserve.operation_id)
    query = (
        pick(Claim.hold_id)
        .distinct()
        .join(OpenNight, _same_place())
        .join(Hold, col(Hold.id) == col(Claim.hold_id))
        .outerjoin(Action, col(Action.id) == col(Hold.action_id))
        .outerjoin(Reserve, col(Reserve.id) == col(Hold.reserve_id))
        .where(owner != OpenNight.operation_id)
        .order_by(Claim.hold_id)
    )
    held = look.session.execute(query).scalars()
    return tuple(f"Hold {hold}: its places are open to another operation." for hold in held)


def _in_a_wrong_unit(look: Look) -> tuple[str, ...]:
    """Live bookings of another provider's unit, or of one that does not take that profile."""
    foreign = col(Unit.provider_id) != col(Hold.provider_id)
    takes = sa.and_(col(UnitProfile.unit_id) == col(Unit.id), col(UnitProfile.profile) == col(HoldLine.profile))
    query = (
        pick(Hold.id, Unit.code, HoldLine.profile, foreign)
        .join(HoldLine, col(HoldLine.hold_id) == col(Hold.id))
        .join(Unit, col(Unit.id) == col(HoldLine.unit_id))
        .outerjoin(UnitProfile, takes)
        .where(col(Hold.state).in_(CLAIMING), sa.or_(foreign, col(UnitProfile.unit_id).is_(None)))
        .order_by(Hold.id)
    )
    return tuple(
        f"Hold {hold}: unit {code} {'is another provider’s' if is_foreign else f'does not take {profile}'}."
        for hold, code, profile, is_foreign in look.session.execute(query)
    )


def _demand(look: Look) -> tuple[str, ...]:
    line = DemandLine
    rises = sa.and_(col(line.low) >= 0, col(line.likely) >= line.low, col(line.high) >= line.likely)
    query = pick(Action.reference, line.profile, line.low, line.likely, line.high).join(
        Action, col(Action.id) == col(line.action_id)
    )
    rows = look.session.execute(query.where(sa.not_(rises)).order_by(Action.reference))
    return tuple(f"{row[0]}: {row[2]}, {row[3]} and {row[4]} of {row[1]} expected; they must rise." for row in rows)


def _below_zero(look: Look) -> tuple[str, ...]:
    """Presses are added up: a count below zero was written by something else than a press."""
    every = pick(Action.id, Action.reference)
    names = {row[0]: row[1] for row in look.session.execute(every)}
    return tuple(
        f"{names[number]}: {found.totals.of(count)} counted as {SAID[count]}."
        for number, found in sorted(counted(look, every.with_only_columns(col(Action.id))).items())
        for count in Count
        if found.totals.of(count) < 0
    )
