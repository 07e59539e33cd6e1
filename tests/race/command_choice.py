"""What a step of the walk over command may choose from."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from planner.work import Work
from tests.builders import World
from tests.ready import REFERENCE

WHY = "New information came in."
Step = tuple[str, Callable[[Work], Any]]


class Choice(NamedTuple):
    """The world, the instant, a number that chooses, and a key of its own."""

    world: World
    now: datetime
    pick: int
    key: str
    session: Session

    def one(self, query: Any) -> Any:
        """One of the rows found, in their order; zero where there is none, which every verb refuses."""
        found = self.session.exec(query).all()
        return found[self.pick % len(found)] if found else 0


def ids(table: Any, *which: Any) -> Any:
    return select(table.id).where(*which).order_by(col(table.id))


def plain(by: str, verb: Callable[..., Any], *more: Any, **named: Any) -> Callable[[Choice], Step]:
    """A verb about the action, always in the same words."""
    return lambda c: (by, lambda work: verb(work, REFERENCE, *more, **named))


def of_one(by: str, table: Any, verb: Callable[..., Any], *more: Any, **named: Any) -> Callable[[Choice], Step]:
    """A verb about one of the rows of a table."""

    def step(c: Choice) -> Step:
        number = c.one(ids(table))
        return by, lambda work: verb(work, number, *more, **named)

    return step
