"""What every verb of care stands on: a booking locked, its claims made and deleted, its ending told.

Bookings change under their provider's lock alone; the actions a change can undo are locked before it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from planner import access
from planner.access import Verb, require
from planner.db import pick
from planner.errors import NotFound, Refused
from planner.models.care import Claim, Hold, HoldLine, OpenNight, Provider, Reserve, ReserveShare
from planner.models.operations import Action
from planner.rules.capacity import numbers_for
from planner.rules.counts import count_words
from planner.rules.windows import nights_of
from planner.rules.words import ActionState, HoldState
from planner.services.care_waiting import tell_waiting
from planner.services.gate import reconsider
from planner.services.names import region_names
from planner.work import Work

LIVE = (HoldState.REQUESTED, HoldState.HELD, HoldState.CONFIRMED)
NO_BOOKING = "There is no such booking, or none that you can open."


def lock_hold(work: Work, hold_id: int, verb: Verb) -> Hold:
    """Lock the actions it serves, then its provider, then read it again; a stranger is told that there is none."""
    work.attempts(verb.name.lower(), f"hold {hold_id}")
    found = work.session.get(Hold, hold_id)
    if found is None:
        raise NotFound(NO_BOOKING)
    served = actions_served(work, found)
    for action_id in served:
        work.lock(Action, action_id)
    for provider_id in _providers_asked(work, found):
        work.lock(Provider, provider_id)
    if found.reserve_id is not None:
        work.lock(Reserve, found.reserve_id)
    hold = work.session.get_one(Hold, hold_id, populate_existing=True)
    _decide(work, hold, verb)
    if actions_served(work, hold) != served:
        raise Refused("The actions that share this reserve changed just now. Try again.")
    delete_expired(work, hold.provider_id)
    if hold.state not in LIVE:
        raise Refused(f"This booking is {hold.state.replace('_', ' ')} already.")
    return hold


def _decide(work: Work, hold: Hold, verb: Verb) -> None:
    """Under the lock: the provider's own lead answers, planners of a visible action or of the reserve do the rest."""
    ref = f"hold {hold.id}"
    operation_id = operation_of(work, hold)
    own = access.may(work, Verb.ANSWER_HOLD, agency_id=hold.provider_id, operation_id=operation_id)
    if not ((own and verb is Verb.ANSWER_HOLD) or _open_to_planner(work, hold)):
        raise NotFound(NO_BOOKING)
    if verb is Verb.ANSWER_HOLD:
        require(work, verb, ref=ref, agency_id=hold.provider_id, operation_id=operation_id)
    elif hold.action_id is None:
        require(work, Verb.SET_RESERVE, ref=ref, operation_id=operation_id)
    else:
        require(work, verb, ref=ref, action=work.session.get(Action, hold.action_id))


def _open_to_planner(work: Work, hold: Hold) -> bool:
    if hold.action_id is not None:
        seen = select(Action.id).where(Action.id == hold.action_id, col(Action.id).in_(access.visible_actions(work)))
        return work.session.exec(seen).first() is not None
    mine = select(Reserve.id).where(
        Reserve.id == hold.reserve_id, col(Reserve.operation_id).in_(access.operations_for(work, Verb.SET_RESERVE))
    )
    return work.session.exec(mine).first() is not None


def actions_served(work: Work, hold: Hold) -> tuple[int, ...]:
    """The actions whose readiness this booking can undo, in the order in which they are locked."""
    if hold.action_id is not None:
        return (hold.action_id,)
    shares = select(ReserveShare.action_id).where(ReserveShare.reserve_id == hold.reserve_id)
    return tuple(sorted(work.session.exec(shares)))


def refuse_stood_down(action: Action) -> None:
    """Of a locked action: places that went back are not asked for again."""
    if action.state is ActionState.STOOD_DOWN:
        raise Refused(f"{action.reference} was stood down, and its places went back. Plan another action to book any.")


def lock_served(work: Work, holds: Sequence[Hold]) -> frozenset[int]:
    """Lock every action whose readiness these bookings can undo, before any provider; returns which."""
    served = frozenset(number for hold in holds for number in actions_served(work, hold))
    for action_id in sorted(served):
        work.lock(Action, action_id)
    return served


def lock_reserves(work: Work, holds: Sequence[Hold]) -> None:
    """After providers: while a reserve is locked, no other action begins to share it."""
    for reserve_id in sorted({hold.reserve_id for hold in holds if hold.reserve_id is not None}):
        work.lock(Reserve, reserve_id)


def _providers_asked(work: Work, hold: Hold) -> tuple[int, ...]:
    """The provider, and those asked for the same places: one's answer ends or lessens what is asked of the others."""
    asked = select(Hold.provider_id).where(Hold.request_id == hold.request_id, col(Hold.state).in_(LIVE))
    others = () if hold.request_id is None else work.session.exec(asked).all()
    return tuple(sorted({hold.provider_id, *others}))


def delete_expired(work: Work, *provider_ids: int) -> int:
    """An expired hold is free from its instant: its claims go before anything is counted. Returns how many holds."""
    over = col(Hold.provider_id).in_(provider_ids), Hold.state == HoldState.HELD, col(Hold.expires_at) <= work.now
    expired = work.session.exec(select(Hold).where(*over)).all()
    end_all(work, expired, HoldState.EXPIRED, "Its time ran out.")
    return len(expired)


def claim(work: Work, hold: Hold, operation_id: int) -> None:
    """Claim one place for each night of each line; the provider is locked, the primary key is the last word."""
    lines = work.session.exec(select(HoldLine).where(HoldLine.hold_id == hold.id)).all()
    nights = nights_of(hold.first_night, hold.nights)
    for unit_id in sorted({line.unit_id for line in lines}):
        wanted = sum(line.places for line in lines if line.unit_id == unit_id)
        opened = _numbers(work, OpenNight, unit_id, nights, OpenNight.operation_id == operation_id)
        taken = _numbers(work, Claim, unit_id, nights)
        given = {night: numbers_for(wanted, opened[night], frozenset(taken[night])) for night in nights}
        _enough(given, wanted)
        rows = [
            {"unit_id": unit_id, "number": number, "night": night, "hold_id": hold.id}
            for night, numbers in given.items()
            for number in numbers
        ]
        work.session.execute(sa.insert(Claim), rows)


def _enough(given: Mapping[date, tuple[int, ...]], wanted: int) -> None:
    night, numbers = min(given.items(), key=lambda item: (len(item[1]), item[0]))
    if len(numbers) < wanted:
        left = count_words(len(numbers), "place")
        raise Refused(
            f"The unit has {left} left on {night:%a %-d %B}, and {wanted} {'is' if wanted == 1 else 'are'} asked for. "
            "Fewer places, other nights or another unit would do, or its provider opens more."
        )


def _numbers(work: Work, table: Any, unit_id: int, nights: Sequence[date], *also: Any) -> Mapping[date, list[int]]:
    """Place numbers by night, of open nights or of claims."""
    found: defaultdict[date, list[int]] = defaultdict(list)
    query = pick(table.night, table.number).where(
        table.unit_id == unit_id, col(table.night).between(nights[0], nights[-1]), *also
    )
    for night, number in work.session.execute(query):
        found[night].append(number)
    return found


def operation_of(work: Work, hold: Hold) -> int:
    """The operation whose open places a booking may use."""
    if hold.action_id is not None:
        return work.session.get_one(Action, hold.action_id).operation_id
    return work.session.get_one(Reserve, hold.reserve_id).operation_id


def end(work: Work, hold: Hold, state: HoldState, reason: str, *, closing: bool = False) -> None:
    """Delete the claims and keep the booking; what it undid is reconsidered. `closing`: its nights are closed too."""
    end_all(work, [hold], state, reason, closing=closing)


def end_all(work: Work, holds: Sequence[Hold], state: HoldState, reason: str, *, closing: bool = False) -> None:
    """The same for several that end for one reason, in as many statements as for one."""
    if not holds:
        return
    work.session.execute(sa.delete(Claim).where(col(Claim.hold_id).in_([hold.id for hold in holds])))
    freed = [hold for hold in holds if hold.state is not HoldState.REQUESTED and not closing]
    undone = [hold for hold in holds if hold.state is HoldState.CONFIRMED]
    said = f"A booking of places is {state.replace('_', ' ')}: {reason}"
    served = _of_holds(work, holds)
    regions = region_names(work, [action.region for action in served.values()])
    for hold in holds:
        hold.state, hold.reason, hold.answered_at, hold.version = state, reason, work.now, hold.version + 1
        if state in (HoldState.DECLINED, HoldState.TAKEN_BACK):
            hold.answered_by = work.actor.person_id
        work.session.add(hold)
        action = served.get(hold.action_id or 0)
        _tell_asker(work, hold, action, f"{state}_hold", said)
        if state in (HoldState.EXPIRED, HoldState.RELEASED):
            work.notify(_for_provider(hold, regions[action.region] if action else ""), agency_id=hold.provider_id)
    if undone:
        reconsider(work, sorted({number for hold in undone for number in actions_served(work, hold)}), because=said)
    tell_waiting(work, freed)


def _of_holds(work: Work, holds: Sequence[Hold]) -> dict[int, Action]:
    """The actions that bookings are for, by id."""
    numbers = {hold.action_id for hold in holds if hold.action_id is not None}
    asked = select(Action).where(col(Action.id).in_(numbers))
    return {action.id or 0: action for action in work.session.exec(asked)} if numbers else {}


def return_places(work: Work, action: Action, because: str) -> int:
    """Every place of a locked action goes back to its provider, who is told; returns how many bookings end."""
    live = select(Hold).where(Hold.action_id == action.id, col(Hold.state).in_(LIVE))
    for provider_id in sorted({hold.provider_id for hold in work.session.exec(live)}):
        work.lock(Provider, provider_id)
    holds = work.session.exec(live.order_by(col(Hold.id)).execution_options(populate_existing=True)).all()
    end_all(work, holds, HoldState.RELEASED, because)
    return len(holds)


def _for_provider(hold: Hold, region: str) -> str:
    """What a provider reads: region and date, never the action."""
    where = f" in {region}" if region else ""
    return f"A booking{where} from {hold.first_night:%-d %B} is {hold.state}; its places are yours again."


def tell(work: Work, hold: Hold, verb: str, sentence: str, *, counted: bool = True) -> None:
    """Record a change, tell who asked, and ask the gate of every action it serves again.

    Only a confirmed place ever `counted` for the gate: the end of another undoes nothing, and its action need not be
    locked.
    """
    _tell_asker(work, hold, work.session.get(Action, hold.action_id) if hold.action_id else None, verb, sentence)
    if counted:
        reconsider(work, actions_served(work, hold), because=sentence)


def _tell_asker(work: Work, hold: Hold, action: Action | None, verb: str, sentence: str) -> None:
    if action is None:
        work.record(verb, sentence, kind="reserve", ref=str(hold.reserve_id), hold=hold.id)
        work.notify(f"Reserve: {sentence}", person_id=hold.asked_by)
    else:
        work.record_action(verb, sentence, action, hold=hold.id)
        work.notify(f"{action.reference}: {sentence}", person_id=hold.asked_by, action_id=action.id)
