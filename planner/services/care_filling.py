"""The same places asked of several units: what is still wanted, and the others' end once all of it is confirmed."""

from collections import Counter
from collections.abc import Sequence

from sqlmodel import col, select

from planner.errors import Refused
from planner.models.care import Hold, PlaceRequestLine
from planner.rules.words import HoldState
from planner.services.care_claims import end
from planner.services.care_parts import Key, keep_only, places_of
from planner.work import Work

FILLED = "What was asked for is confirmed elsewhere. Thank you."


def still_wanted(work: Work, hold: Hold) -> dict[Key, int]:
    """What a booking would fill: all of it, or what no other unit that was asked with it has confirmed."""
    have = places_of(work, hold)
    if hold.request_id is None:
        return have
    lines = work.session.exec(select(PlaceRequestLine).where(PlaceRequestLine.request_id == hold.request_id)).all()
    confirmed: Counter[Key] = Counter()
    for other in _others(work, hold, (HoldState.CONFIRMED,)):
        confirmed.update(places_of(work, other))
    left = {(line.profile, line.need): line.places - confirmed[line.profile, line.need] for line in lines}
    return {key: min(number, max(0, left.get(key, number))) for key, number in have.items()}


def follow_confirmed(work: Work, hold: Hold) -> None:
    """The others that were asked are asked for what is left, or for nothing more: their providers are told."""
    for other in _others(work, hold, (HoldState.REQUESTED, HoldState.HELD)):
        left = still_wanted(work, other)
        if any(left.values()):
            keep_only(work, other, left)
        else:
            end(work, other, HoldState.RELEASED, FILLED)


def wanted_now(work: Work, hold: Hold) -> dict[Key, int]:
    """What is still wanted of a booking, which is refused once that is nothing."""
    wanted = still_wanted(work, hold)
    if not any(wanted.values()):
        raise Refused(f"{FILLED} Nothing more is asked of you.")
    return wanted


def _others(work: Work, hold: Hold, states: Sequence[HoldState]) -> Sequence[Hold]:
    if hold.request_id is None:
        return ()
    query = select(Hold).where(Hold.request_id == hold.request_id, Hold.id != hold.id, col(Hold.state).in_(states))
    return work.session.exec(query.order_by(col(Hold.id)).execution_options(populate_existing=True)).all()
