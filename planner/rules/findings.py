"""A finding of the gate: its state at once, its sentences only when somebody reads them."""

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from planner.rules.dates import day_words, instant_words


class State(StrEnum):
    MET = "met"
    UNMET = "unmet"
    NOT_RECORDED = "not_recorded"
    OVERRIDDEN = "overridden"
    NOT_NEEDED = "not_needed"


class Finding(NamedTuple):
    """`blocks` says whether the policy lets this check stop the action; `final` that nobody may override it."""

    check: str
    state: State
    template: str
    values: tuple[Any, ...] = ()
    remedy: str = ""
    blocks: bool = False
    final: bool = False

    @property
    def sentence(self) -> str:
        return self.template.format(*(_in_words(value) for value in self.values))

    def read_on(self, day: date) -> str:
        """The same where days of several years are read side by side: another year than that of the day is said."""
        return self.template.format(*(_in_words(value, day) for value in self.values))

    @property
    def stops(self) -> bool:
        """Not recorded counts as unmet."""
        return self.blocks and self.state in (State.UNMET, State.NOT_RECORDED)


Check = Callable[[Any], Finding]


def _in_words(value: Any, read: date | None = None) -> Any:
    if isinstance(value, datetime):
        return instant_words(value, read=read)
    if isinstance(value, date):
        return day_words(value, read=read)
    return value
