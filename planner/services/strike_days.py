"""Strike days: actions of one day, whose demand is asked of the same places at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, delete, select

from planner.access import Verb, lock_action, operations_for, require, visible_operations
from planner.errors import InputError, NotFound, Refused
from planner.models.care import Reserve, ReserveShare
from planner.models.directory import Region
from planner.models.operations import Action, Operation, StrikeDay
from planner.rules.counts import count_words
from planner.rules.dates import day_words
from planner.rules.strike_words import strike_day_words
from planner.rules.windows import local
from planner.rules.words import ActionState
from planner.services.gate import reconsider
from planner.services.locking import lock_actions
from planner.services.move_limits import Moved
from planner.services.strike_members import others_of
from planner.services.texts import needed_text, said_text
from planner.work import Work

LONGEST_NAME = 60
OVER = (ActionState.BEGUN, ActionState.DONE, ActionState.STOOD_DOWN)
NO_STRIKE_DAY = "There is no such strike day, or none that you can open."


@dataclass(frozen=True)
class StrikeDayRequest:
    """A day of an operation, of one region or of several, with the actions that are done together."""

    operation: str
    name: str
    day: date
    members: tuple[str, ...]
    region: str | None = None

    def __post_init__(self) -> None:
        needed_text(self.name, "The strike day's name", most=LONGEST_NAME)
        if not self.members:
            raise InputError("A strike day joins actions: choose at least one.")


def set_strike_day(work: Work, request: StrikeDayRequest) -> StrikeDay:
    """Join actions of one day under a name; the same again changes nothing."""
    require(work, Verb.SET_STRIKE_DAY, ref=request.members[0])
    members = list(lock_actions(work, request.members, Verb.PLAN).values())
    mine = col(Operation.id).in_(operations_for(work, Verb.SET_STRIKE_DAY))
    found = work.session.exec(select(Operation.id).where(Operation.code == request.operation, mine)).first()
    if found is None or (request.region is not None and work.session.get(Region, request.region) is None):
        where = f"region {request.region} in operation" if request.region else "operation"
        raise NotFound(f"There is no {where} {request.operation}, or none that you can open.")
    work.lock(Operation, found)  # names are given under one lock
    name = needed_text(request.name, "The strike day's name", most=LONGEST_NAME)
    strike = work.session.exec(select(StrikeDay).where(StrikeDay.operation_id == found, StrikeDay.name == name)).first()
    if strike is not None and (strike.day, strike.region) != (request.day, request.region):
        raise Refused(f"There is a strike day {name} already, on {day_words(strike.day)}. Give this one another name.")
    if strike is None:
        strike = StrikeDay(operation_id=found, name=name, day=request.day, region=request.region)
        strike.set_by = work.actor.person_id
        work.session.add(strike)
        work.session.flush()
        said = (
            f"{strike_day_words(name, first=True)} on {day_words(request.day)}: {count_words(len(members), 'action')}."
        )
        work.record("set_strike_day", said, kind="strike day", ref=str(strike.id))
    _join(work, strike, members)
    return strike


def join_strike_day(work: Work, strike_day_id: int, references: Sequence[str]) -> None:
    """Who plans an action of that day lets it join."""
    require(work, Verb.PLAN, ref=f"strike day {strike_day_id}")
    if not references:
        raise InputError("Choose at least one action that is to join this strike day.")
    members = list(lock_actions(work, references, Verb.PLAN).values())
    seen = col(StrikeDay.operation_id).in_(visible_operations(work))
    strike = work.session.exec(select(StrikeDay).where(StrikeDay.id == strike_day_id, seen)).first()
    if strike is None:
        raise NotFound(NO_STRIKE_DAY)
    _join(work, strike, members)


def leave_strike_day(work: Work, reference: str, reason: str = "") -> None:
    """The action stays as it is planned, and goes alone; once the day waits for Gold it is dropped with a reason."""
    action = lock_action(work, reference, Verb.PLAN)
    if action.strike_day_id is None:
        raise Refused(f"{reference} belongs to no strike day.")
    why = said_text(reason, "The reason for dropping it")
    asked = [other for other in others_of(work, action) if other.state is ActionState.REQUESTED]
    if asked and not why:
        raise Refused(f"The go-ahead is asked for the whole day, with {reference}: say why it is dropped.")
    leave(work, action, why)
    reconsider(work, [action.id or 0], because=f"{reference} left its strike day.")


def refuse_silent_leave(work: Work, moves: Iterable[Moved]) -> None:
    """Who moves a member alone to another day says why: the others stay as they are, and go without it."""
    for one in moves:
        strike = _left(work, one.action, one.starts_at)
        if strike is not None and not one.why:
            others = len(others_of(work, one.action))
            beside = f", with {count_words(others, 'other action')}" if others else ""
            day = f"{strike_day_words(strike.name)} on {day_words(strike.day, read=local(work.now).date())}{beside}"
            raise Refused(
                f"{one.action.reference} belongs to {day}, and would leave it. "
                "Say why it leaves, choose a time on that day, or move the whole strike day."
            )


def leave_when_moved(work: Work, action: Action, why: str = "") -> None:
    """A strike day is one day: an action that is moved to another leaves it; a file that moves it gives no reason."""
    if _left(work, action, action.starts_at) is not None:
        leave(work, action, why or f"it was moved to {day_words(local(action.starts_at).date(), year=True)}.")


def _left(work: Work, action: Action, starts_at: datetime) -> StrikeDay | None:
    """The strike day that an action does not belong to any more once it starts then."""
    strike = work.session.get(StrikeDay, action.strike_day_id) if action.strike_day_id else None
    return strike if strike is not None and local(starts_at).date() != strike.day else None


def leave(work: Work, action: Action, why: str = "") -> None:
    """A locked action leaves its strike day, and its share in what was kept for that day alone.

    Whoever planned the day, or asked for the go-ahead of all of it, is told.
    """
    others = others_of(work, action)
    strike = work.session.get_one(StrikeDay, action.strike_day_id)
    kept = select(Reserve.id).where(Reserve.strike_day_id == strike.id)
    own = delete(ReserveShare).where(col(ReserveShare.action_id) == action.id, col(ReserveShare.reserve_id).in_(kept))
    work.session.execute(own)
    action.strike_day_id, action.changed_at, action.version = None, work.now, action.version + 1
    work.session.add(action)
    because = f": {why.rstrip('.')}" if why else ""
    said = f"{action.reference} left {strike_day_words(strike.name)}{because}."
    work.record_action("leave_strike_day", said, action)
    tell_planners(work, strike, said, action, others)


def tell_planners(work: Work, strike: StrikeDay, said: str, action: Action, others: Iterable[Action]) -> None:
    """Who set a strike day, and who asked for the go-ahead of its other members, unless they do it themselves."""
    asked = {other.requested_by for other in others if other.state is ActionState.REQUESTED}
    for person_id in sorted({strike.set_by or 0, *(person or 0 for person in asked)} - {0, work.actor.person_id}):
        work.notify(said, person_id=person_id, action_id=action.id)


def _join(work: Work, strike: StrikeDay, members: Sequence[Action]) -> None:
    for action in members:
        if action.strike_day_id == strike.id:
            continue
        _refuse_stranger(work, strike, action)
        action.strike_day_id, action.changed_at, action.version = strike.id, work.now, action.version + 1
        work.session.add(action)
        work.record_action("join_strike_day", f"{action.reference} joined {strike_day_words(strike.name)}.", action)


def _refuse_stranger(work: Work, strike: StrikeDay, action: Action) -> None:
    """What does not belong to this day, this operation or this region."""
    day = local(action.starts_at).date()
    if action.state in OVER:
        raise Refused(f"{action.reference} is {action.state.replace('_', ' ')}: only what is to come can join.")
    if action.strike_day_id is not None:
        other = work.session.get_one(StrikeDay, action.strike_day_id)
        raise Refused(f"{action.reference} belongs to {strike_day_words(other.name)}. Let it leave that one first.")
    if day != strike.day:
        raise Refused(
            f"{action.reference} begins on {day_words(day)}, and {strike.name} is on {day_words(strike.day)}. "
            "Move it first, or leave it out."
        )
    if action.operation_id != strike.operation_id:
        raise Refused(f"{action.reference} belongs to another operation than {strike.name}. Leave it out.")
    if strike.region not in (None, action.region):
        region = work.session.get_one(Region, strike.region).name
        raise Refused(f"{action.reference} lies outside {region}, where {strike.name} is. Leave it out.")
