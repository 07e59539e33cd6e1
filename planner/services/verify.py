"""Proof that the stored bookings agree with each other: hold lines, claims and open nights."""

from collections import Counter

import sqlalchemy as sa
from sqlmodel import col

from planner.db import pick
from planner.models.care import Claim, Hold, HoldLine, OpenNight
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
    return (*wrong, *_without_open_night(look))


def _without_open_night(look: Look) -> tuple[str, ...]:
    open_ = sa.and_(
        col(OpenNight.unit_id) == col(Claim.unit_id),
        col(OpenNight.number) == col(Claim.number),
        col(OpenNight.night) == col(Claim.night),
    )
    query = pick(Claim.hold_id, Claim.night).outerjoin(OpenNight, open_).where(col(OpenNight.unit_id).is_(None))
    return tuple(f"Hold {hold}: {night} is claimed and not open." for hold, night in look.session.execute(query))
