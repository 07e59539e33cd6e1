"""Rows made into facts and grouped by their owner: the inner loop of everything that loads facts."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from planner.work import Look

V = TypeVar("V")


def rows(look: Look, query: Any) -> Iterable[Any]:
    """Plain rows straight from the connection: objects of the session are not wanted, and cost as much as the query."""
    look.session.flush()
    return look.session.connection().execute(query)


def facts_by_owner(look: Look, query: Any, make: Callable[[Any], V]) -> dict[int, tuple[V, ...]]:
    """Group rows whose first column is the owner's id; the rest become one fact, in the query's order."""
    found: dict[int, tuple[V, ...]] = {}
    for row in rows(look, query):
        owner = row[0]
        found[owner] = (*found.get(owner, ()), make(row[1:]))
    return found
