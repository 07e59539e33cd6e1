"""The same places asked of several units: what is still wanted, and the others' end once all of it is confirmed."""

from collections import Counter
from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlmodel import col, select

from planner.db import pick
from planner.errors import Refused
from planner.models.care import Hold, HoldLine, PlaceRequestLine
from planner.rules.words import HoldState
from planner.services.care_claims import end
from planner.services.care_parts import Key, keep_only, places_of_all
from planner.work import Work

FILLED = "What was asked for is confirmed elsewhere. Thank you."


def still_wanted(work: Work, hold: Hold, have: Mapping[Key, int]) -> dict[Key, int]:
    """What a booking of these places would fill: all of it, or what no other unit asked with it has confirmed."""
    return dict(have) if hold.request_id is None else _wanted_of(have, _unfilled(work, hold.request_id))


def follow_confirmed(work: Work, hold: Hold) -> None:
    """The others that were asked are asked for what is left, or for nothing more: their providers are told."""
    others = _waiting_beside(work, hold)
    if not others or hold.request_id is None:
        return
    unfilled, places = _unfilled(work, hold.request_id), places_of_all(work, others)
    for other in others:
        have = places[other.id or 0]
        left = _wanted_of(have, unfilled)
        if any(left.values()):
            keep_only(work, other, left, have=have)
        else:
            end(work, other, HoldState.RELEASED, FILLED)


def wanted_now(work: Work, hold: Hold, have: Mapping[Key, int]) -> dict[Key, int]:
    """What is still wanted of a booking of these places, which is refused once that is nothing."""
    wanted = still_wanted(work, hold, have)
    if not any(wanted.values()):
        raise Refused(f"{FILLED} Nothing more is asked of you.")
    return wanted


def _wanted_of(have: Mapping[Key, int], unfilled: Mapping[Key, int]) -> dict[Key, int]:
    return {key: min(number, max(0, unfilled.get(key, number))) for key, number in have.items()}


def _unfilled(work: Work, request_id: int) -> Mapping[Key, int]:
    """What was asked for, less what is confirmed of it."""
    asked, line = PlaceRequestLine, HoldLine
    confirmed = pick(line.profile, line.need, -col(line.places)).join(Hold, col(Hold.id) == col(line.hold_id))
    both = sa.union_all(
        pick(asked.profile, asked.need, asked.places).where(col(asked.request_id) == request_id),
        confirmed.where(col(Hold.request_id) == request_id, col(Hold.state) == HoldState.CONFIRMED),
    )
    left: Counter[Key] = Counter()
    for profile, need, places in work.session.execute(both):
        left[profile, need] += places
    return left


def _waiting_beside(work: Work, hold: Hold) -> Sequence[Hold]:
    if hold.request_id is None:
        return ()
    waits = col(Hold.state).in_((HoldState.REQUESTED, HoldState.HELD))
    query = select(Hold).where(Hold.request_id == hold.request_id, Hold.id != hold.id, waits)
    return work.session.exec(query.order_by(col(Hold.id)).execution_options(populate_existing=True)).all()
