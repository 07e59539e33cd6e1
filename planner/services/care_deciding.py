"""Several ask for the same places: the cell says which booking is answered first, and why; both sides read it."""

from collections.abc import Sequence

from sqlmodel import col, select

from planner.access import Verb
from planner.errors import Refused
from planner.models.care import Hold, HoldLine, PlaceDecision, Unit
from planner.models.operations import Action
from planner.rules.windows import nights_of
from planner.rules.words import HoldState
from planner.services.care_claims import lock_hold
from planner.services.care_parts import booked_words
from planner.services.care_waiting import waiting_for
from planner.services.texts import needed_text
from planner.work import Work


def decide_places(work: Work, hold_id: int, reason: str) -> None:
    """Name the booking that goes first among those that wait for the same places; its provider still answers."""
    hold = lock_hold(work, hold_id, Verb.DECIDE_PLACES)
    why = needed_text(reason, "Why this booking goes first")
    if hold.state is not HoldState.REQUESTED:
        raise Refused(f"This booking is {hold.state} and waits for no decision.")
    others = _beside(work, hold)
    if not others:
        raise Refused("Nobody else asks for these places now: there is nothing to decide.")
    for number in (hold.id, *(other.id for other in others)):
        earlier = work.session.get(PlaceDecision, number)
        if earlier is not None:
            work.session.delete(earlier)
    work.session.flush()
    decided = PlaceDecision(hold_id=hold.id or 0, reason=why, decided_by=work.actor.person_id, decided_at=work.now)
    work.session.add(decided)
    where = f"places in unit {_unit(work, hold)} from {hold.first_night:%-d %B}"
    _say(work, hold, f"The cell decided: this action goes first for {where}. {why}")
    for other in others:
        _say(work, other, f"The cell decided: another booking goes first for {where}. {why}")
    told = f"The cell asks that you answer this first, several ask for the same places: {booked_words(work, [hold])}."
    work.notify(told, agency_id=hold.provider_id)


def _beside(work: Work, hold: Hold) -> Sequence[Hold]:
    """Bookings of others that wait for the same unit on one of the same nights."""
    nights = nights_of(hold.first_night, hold.nights)
    units = work.session.exec(select(HoldLine.unit_id).where(HoldLine.hold_id == hold.id)).all()
    return [other for other in waiting_for(work, units, nights[0], nights[-1]) if other.id != hold.id]


def _unit(work: Work, hold: Hold) -> str:
    query = select(Unit.code).join(HoldLine, col(HoldLine.unit_id) == col(Unit.id))
    return work.session.exec(query.where(HoldLine.hold_id == hold.id)).first() or ""


def _say(work: Work, hold: Hold, sentence: str) -> None:
    """Recorded for its own side, and told to who asked."""
    action = work.session.get(Action, hold.action_id) if hold.action_id else None
    if action is None:
        work.record("decide_places", sentence, kind="reserve", ref=str(hold.reserve_id), hold=hold.id)
    else:
        work.record_action("decide_places", sentence, action, hold=hold.id)
    about = action.reference if action else "Reserve"
    work.notify(f"{about}: {sentence}", person_id=hold.asked_by, action_id=hold.action_id)
