"""Where an action cannot be moved to: what is over, and a day on which its warrant or power is good no longer."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlmodel import col

from planner.db import pick
from planner.errors import InputError, Refused
from planner.models.operations import Action, LegalBasis
from planner.rules.counts import count_words
from planner.rules.dates import day_words, when_words
from planner.rules.warrants import last_day
from planner.rules.windows import local
from planner.rules.words import ActionState, Power
from planner.work import Work


class Moved(NamedTuple):
    """A locked action and its new window; `why` it leaves its strike day, where it belongs to one on another day."""

    action: Action
    starts_at: datetime
    ends_at: datetime
    why: str = ""

    @property
    def is_new(self) -> bool:
        """Whether it changes anything: what is deferred is planned again at whatever time, its own included."""
        deferred = self.action.state is ActionState.DEFERRED
        return deferred or (self.starts_at, self.ends_at) != (self.action.starts_at, self.action.ends_at)


def refuse_limits(work: Work, moved: Sequence[Moved]) -> None:
    """Of several that move together, one that cannot refuses all; the powers are read in one query."""
    today = local(work.now).date()
    for one in moved:
        if one.starts_at <= work.now:
            when = when_words(one.starts_at, one.ends_at, read=today)
            raise InputError(f"{when} is over or has begun. Choose a time to come.")
    b = LegalBasis
    query = pick(b.action_id, b.power, b.expires_on).where(
        col(b.action_id).in_([one.action.id for one in moved]), col(b.expires_on).is_not(None)
    )
    lives = {number: (power, until) for number, power, until in work.session.execute(query)}
    beyond = [one for one in moved if one.action.id in lives and _last(one) > lives[one.action.id][1]]
    if not beyond:
        return
    first, more = beyond[0], len(beyond) - 1
    power, until = lives[first.action.id]
    noun = "warrant" if power is Power.WARRANT else "power"
    day, last = day_words(until, read=today), day_words(_last(first), read=today)
    others = f" The same holds for {count_words(more, 'other action')}." if more else ""
    raise Refused(
        f"The {noun} of {first.action.reference} is good until {day}, and the move is to {last}."
        f"{others} Choose a day up to {day}, or enter first that it was issued again."
    )


def _last(moved: Moved) -> date:
    return last_day(moved.starts_at, moved.ends_at)
