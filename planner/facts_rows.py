"""Rows made into facts and grouped by their owner: the inner loop of everything that loads facts."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import col

from planner.models.directory import Agency
from planner.rules.access import HIDDEN_PROVIDER
from planner.rules.words import AgencyKind
from planner.work import Look

V = TypeVar("V")
# Facts become sentences of the gate, which many read.
TOLD_NAME: Any = sa.case((col(Agency.kind) == AgencyKind.CARE_PROVIDER, HIDDEN_PROVIDER), else_=col(Agency.name))


def rows(look: Look, query: Any) -> Sequence[Any]:
    """Plain rows straight from the connection, all at once: one by one, or through the session, costs twice as much."""
    look.session.flush()
    return look.session.connection().execute(query).all()


def facts_by_owner(look: Look, query: Any, make: Callable[[Any], V]) -> dict[int, tuple[V, ...]]:
    """Group rows whose first column is the owner's id; the rest become one fact, in the query's order."""
    found: dict[int, tuple[V, ...]] = {}
    for row in rows(look, query):
        owner = row[0]
        found[owner] = (*found.get(owner, ()), make(row[1:]))
    return found
