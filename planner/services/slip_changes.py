"""What can slip: date and time, a strike day's day, place, numbers, attendance; each is carried out by its own verb."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from planner.access import Verb
from planner.errors import InputError
from planner.models.operations import Action, StrikeDay
from planner.rules.dates import day_words, when_words
from planner.rules.windows import from_local, local
from planner.rules.words import Immigration
from planner.services.actions import set_immigration
from planner.services.demand import Line, set_demand
from planner.services.details import DetailsRequest, set_details
from planner.services.line_changes import SheetChange, take_over
from planner.services.move_limits import Moved
from planner.services.moving import WHY_IT_LEAVES, move_all
from planner.services.strike_days import refuse_silent_leave
from planner.services.texts import said_text
from planner.work import Work


@dataclass(frozen=True)
class NewTime:
    """Another window for one action; `why` it leaves its strike day, where it goes to another day."""

    starts_at: datetime
    ends_at: datetime
    why: str = ""
    verb = Verb.PLAN

    @property
    def words(self) -> str:
        why = f" The reason: {' '.join(self.why.split()).rstrip('.')}." if self.why.strip() else ""
        return f"moved to {when_words(self.starts_at, self.ends_at, year=True)}.{why}"


@dataclass(frozen=True)
class NewDay:
    """Another day for each, at its own hours by the clock on the wall."""

    day: date
    verb = Verb.PLAN

    @property
    def words(self) -> str:
        return f"moved to {day_words(self.day, year=True)}."


@dataclass(frozen=True)
class NewAttendance:
    immigration: Immigration
    verb = Verb.PLAN

    @property
    def words(self) -> str:
        return f"immigration enforcement: {self.immigration.replace('_', ' ')}."


@dataclass(frozen=True)
class NewNumbers:
    lines: tuple[Line, ...]
    zero_reason: str = ""
    verb = Verb.SET_DEMAND

    @property
    def words(self) -> str:
        return f"{sum(line.likely for line in self.lines)} likely, {sum(line.high for line in self.lines)} at most."


@dataclass(frozen=True)
class NewPlace:
    details: DetailsRequest
    verb = Verb.PLAN

    @property
    def words(self) -> str:
        return "what is known of its place was changed."


Change = NewTime | NewDay | NewAttendance | NewNumbers | NewPlace | SheetChange


def carry_out(work: Work, change: Change, actions: Sequence[Action], strike_day_id: int | None) -> None:
    """Do it for locked actions; what the verb refuses is refused."""
    match change:
        case NewTime():
            why = said_text(change.why, WHY_IT_LEAVES)
            _move(work, [Moved(action, change.starts_at, change.ends_at, why) for action in actions])
        case NewDay():
            _move_day(work, change.day, actions, strike_day_id)
        case NewAttendance():
            if all(action.immigration is change.immigration for action in actions):
                raise InputError(f"Immigration enforcement is {change.immigration.replace('_', ' ')} already.")
            for action in actions:
                set_immigration(work, action.reference, change.immigration)
        case NewNumbers():
            for action in actions:
                set_demand(work, action.reference, change.lines, zero_reason=change.zero_reason)
        case NewPlace():
            for action in actions:
                set_details(work, action.reference, change.details)
        case SheetChange():
            take_over(work, change, actions)


def _move(work: Work, moves: Sequence[Moved]) -> None:
    _refuse_same(moves)
    refuse_silent_leave(work, moves)
    move_all(work, moves)


def _refuse_same(moves: Sequence[Moved]) -> None:
    if not any(one.is_new for one in moves):
        when = when_words(moves[0].starts_at, moves[0].ends_at)
        raise InputError(f"It is planned for {when} already. Give another day or time.")


def _move_day(work: Work, day: date, actions: Sequence[Action], strike_day_id: int | None) -> None:
    """The strike day's own date first: its members then still belong to it."""
    moves = [Moved(action, *_on(action, day)) for action in actions]
    _refuse_same(moves)
    strike = work.session.get_one(StrikeDay, strike_day_id) if strike_day_id else None
    shift = (day - strike.day).days if strike else 0
    if strike is not None:
        strike.day = day
        work.session.add(strike)
        work.record(
            "move_strike_day",
            f"{strike.name} moved to {day_words(day, year=True)}.",
            kind="strike day",
            ref=str(strike.id),
        )
    refuse_silent_leave(work, moves)
    move_all(work, moves, strike=(strike.id or 0, shift) if strike else None)


def _on(action: Action, day: date) -> tuple[datetime, datetime]:
    starts = local(action.starts_at)
    try:
        begins = from_local(day, starts.time().replace(tzinfo=None))
    except ValueError as error:
        raise InputError(f"{action.reference}: {error}") from error
    return begins, begins + (action.ends_at - action.starts_at)
