"""Who came, in counts; what nobody came for goes back to its provider twelve hours after the last arrival."""

from collections.abc import Mapping
from datetime import timedelta

from sqlmodel import col, select

from planner.access import Verb
from planner.errors import InputError, Refused, Stale
from planner.models.care import Hold, HoldLine, Provider
from planner.models.operations import Action
from planner.rules.counts import count_words
from planner.rules.windows import first_night
from planner.rules.words import HoldState
from planner.services.care_claims import actions_served, end, lock_hold, lock_reserves, lock_served
from planner.services.care_parts import Key, keep_only, places_of
from planner.services.gate import reconsider
from planner.work import Work

RETURNED_AFTER = timedelta(hours=12)
MOST_AT_ONCE = 100


def record_arrivals(work: Work, hold_id: int, arrived: Mapping[Key, int], *, version: int | None = None) -> Hold:
    """The provider says how many came of those it confirmed places for; none is an answer too."""
    hold = lock_hold(work, hold_id, Verb.ANSWER_HOLD)
    if hold.state is not HoldState.CONFIRMED:
        raise Refused(f"People arrive at confirmed places; this booking is {hold.state}. Confirm it first.")
    if first_night(work.now) < hold.first_night:
        raise Refused(f"This booking begins on the night of {hold.first_night:%-d %B}. Say who came from then on.")
    if version not in (None, hold.version):
        raise Stale("Somebody changed this booking since the page was drawn. Reload the page.")
    have = places_of(work, hold)
    for key in have.keys() | arrived.keys():
        number, most = arrived.get(key, 0), have.get(key, 0)
        if not 0 <= number <= most:
            raise InputError(f"{count_words(most, 'place is', 'places are')} booked for them; you entered {number}.")
    for line in work.session.exec(select(HoldLine).where(HoldLine.hold_id == hold.id)).all():
        line.arrived = arrived.get((line.profile, line.need), 0)
        work.session.add(line)
    hold.last_arrival_at, hold.version = work.now, hold.version + 1
    work.session.add(hold)
    total = sum(have.values())
    came = f"{count_words(sum(arrived.values()), 'person', 'people')} came for {count_words(total, 'place')}."
    action = work.session.get(Action, hold.action_id) if hold.action_id else None
    work.record("record_arrivals", came, kind="hold", ref=str(hold.id), action_id=action.id if action else None)
    work.notify(f"{action.reference if action else 'Reserve'}: {came}", person_id=hold.asked_by)
    return hold


def return_unused(work: Work) -> int:
    """Give back what nobody came for, booking by booking under the locks of each; returns how many changed."""
    over = work.now - RETURNED_AFTER
    unused = (
        select(Hold.id)
        .join(HoldLine, col(HoldLine.hold_id) == col(Hold.id))
        .where(Hold.state == HoldState.CONFIRMED, col(Hold.last_arrival_at) <= over)
        .where(col(HoldLine.arrived) < col(HoldLine.places))
        .distinct()
    )
    found = [work.session.get_one(Hold, number) for number in work.session.exec(unused.limit(MOST_AT_ONCE)).all()]
    locked = lock_served(work, found)
    for provider_id in sorted({hold.provider_id for hold in found}):
        work.lock(Provider, provider_id)
    lock_reserves(work, found)
    same = [hold for hold in found if locked.issuperset(actions_served(work, hold))]  # the others in the next round
    return sum(_return(work, hold.id or 0) for hold in same)


def _return(work: Work, hold_id: int) -> bool:
    hold = work.session.get_one(Hold, hold_id, populate_existing=True)
    lines = work.session.exec(select(HoldLine).where(HoldLine.hold_id == hold_id)).all()
    if hold.state is not HoldState.CONFIRMED or hold.last_arrival_at is None:
        return False
    came = {(line.profile, line.need): min(line.arrived or 0, line.places) for line in lines}
    if not any(came.values()):
        end(work, hold, HoldState.RELEASED, "Nobody came for these places.")
        return True
    gone = keep_only(work, hold, came)
    if gone:
        hold.version += 1
        work.session.add(hold)
        said = (
            f"{count_words(gone, 'place')} of a booking from {hold.first_night:%-d %B} came back: nobody came for them."
        )
        work.record("return_unused", said, kind="hold", ref=str(hold.id), action_id=hold.action_id)
        work.notify(said, agency_id=hold.provider_id)
        reconsider(work, actions_served(work, hold), because=said)
    return bool(gone)
