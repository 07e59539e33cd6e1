"""Rows made into facts and grouped by their owner: the inner loop of everything that loads facts."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import col

from planner.models.directory import Agency
from planner.rules.access import HIDDEN_PROVIDER
from planner.rules.words import AgencyKind
from planner.work import Look

V = TypeVar("V")
WANTED: Any = sa.bindparam("wanted", expanding=True)  # the ids asked for, in a statement that is made once
# Facts become sentences of the gate, which many read.
TOLD_NAME: Any = sa.case((col(Agency.kind) == AgencyKind.CARE_PROVIDER, HIDDEN_PROVIDER), else_=col(Agency.name))


def rows(look: Look, query: Any, **values: Any) -> Sequence[Any]:
    """Plain rows straight from the connection, all at once: one by one, or through the session, costs twice as much."""
    look.session.flush()
    return look.session.connection().execute(query, values).all()


class Of:
    """A SELECT of what belongs to some actions, narrowed by a column, or the UNION of several that are.

    For a few it is made once: to make it anew and to recognise it takes three times as long as to ask it of one.
    """

    def __init__(self, *queries: tuple[Any, Any]) -> None:
        self._queries = queries
        self._few = self._united([query.where(col(column).in_(WANTED)) for query, column in queries])

    def rows(self, look: Look, wanted: Any, **values: Any) -> Sequence[Any]:
        """`wanted`: a list of ids, or a SELECT of them."""
        if isinstance(wanted, list):
            return rows(look, self._few, wanted=wanted, **values)
        return rows(look, self._united([query.where(col(each).in_(wanted)) for query, each in self._queries]), **values)

    def by_owner(self, look: Look, wanted: Any, make: Callable[[Any], V], **values: Any) -> dict[int, tuple[V, ...]]:
        return by_owner(self.rows(look, wanted, **values), make)

    @staticmethod
    def _united(queries: Sequence[Any]) -> Any:
        return queries[0] if len(queries) == 1 else sa.union_all(*queries)


def by_owner(found: Iterable[Any], make: Callable[[Any], V]) -> dict[int, tuple[V, ...]]:
    """Group rows whose first column is the owner's id; the rest become one fact, in the order of the rows."""
    grouped: dict[int, tuple[V, ...]] = {}
    for row in found:
        owner = row[0]
        grouped[owner] = (*grouped.get(owner, ()), make(row[1:]))
    return grouped
