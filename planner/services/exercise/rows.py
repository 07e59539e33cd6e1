"""Rows gathered in memory and written in bulk, with ids given here so that they can refer to each other."""

from collections import defaultdict
from collections.abc import Callable
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from planner.db import Table, restart_sequences

Progress = Callable[[str, int, int], None]
BATCH = 5000


class Rows:
    """Rows by table; a table with an `id` numbers on from the highest one stored."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.by_table: defaultdict[type[Table], list[dict[str, Any]]] = defaultdict(list)
        self._next: dict[type[Table], int] = {}
        self._defaults: dict[type[Table], dict[str, Any]] = {}

    def add(self, table: type[Table], **values: Any) -> int:
        """Keep one row; returns its id, or 0 for a table keyed otherwise."""
        row = {**self._default_values(table), **values}
        number = 0
        if "id" in table.model_fields:
            number = self._number(table)
            row["id"] = number
        self.by_table[table].append(row)
        return number

    def _number(self, table: type[Table]) -> int:
        if table not in self._next:
            column = table.__table__.c.id  # type: ignore[attr-defined]
            self._next[table] = self.session.execute(sa.select(sa.func.max(column))).scalar() or 0
        self._next[table] += 1
        return self._next[table]

    def _default_values(self, table: type[Table]) -> dict[str, Any]:
        if table not in self._defaults:
            open_fields = {name: field for name, field in table.model_fields.items() if not field.is_required()}
            self._defaults[table] = {
                name: field.get_default(call_default_factory=True, validated_data={})
                for name, field in open_fields.items()
            }
        return self._defaults[table]

    def write(self, progress: Progress | None = None) -> None:
        """Write everything, parents first; sequences go on after the ids given here."""
        total, done = sum(len(rows) for rows in self.by_table.values()), 0
        by_name = {table.__table__.name: table for table in self.by_table}  # type: ignore[attr-defined]
        for stored in Table.metadata.sorted_tables:
            rows = self.by_table.get(by_name[stored.name], []) if stored.name in by_name else []
            for first in range(0, len(rows), BATCH):
                self.session.execute(sa.insert(stored), rows[first : first + BATCH])
                done += len(rows[first : first + BATCH])
                if progress:
                    progress("Writing rows", done, total)
        restart_sequences(self.session)
        self.session.execute(sa.text("ANALYZE"))  # until then the database guesses, and joins a hundred times slower
        self.by_table.clear()


class Level(StrEnum):
    """How much care there is: as in 2006, a middle, or ample."""

    P2006 = "p2006"
    MID = "mid"
    AMPLE = "ample"
