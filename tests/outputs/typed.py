"""One text in every column that people fill, in every row; as much of it as the database keeps."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from planner.db import Database, Table
from tests.browser.free_text import CLOSED, TYPED

MARK = "plainly"


def type_everywhere(database: Database, text: str, more: Mapping[str, tuple[str, ...]] | None = None) -> int:
    """The same text, made unique by its row; how many were written. `more`: other columns, by table."""
    tables: Any = Table.metadata.tables
    columns = [(table, name) for table, names in TYPED.items() for name in names if name not in CLOSED]
    columns += [(table, name) for table, names in (more or {}).items() for name in names]
    kept = text if database.is_sqlite else text.replace("\0", "")  # PostgreSQL has no text with a NUL
    written = 0
    with database.write() as session:
        for table, name in columns:
            rows = tables[table]
            keys = list(rows.primary_key.columns)
            for place, key in enumerate(session.execute(sa.select(*keys).order_by(*keys)).all(), 1):
                same = sa.and_(*(column == value for column, value in zip(keys, key, strict=True)))
                most = getattr(rows.columns[name].type, "length", None)
                end = f" 1 {place}"
                said = (kept if most is None else kept[: most - len(end)]) + end
                session.execute(sa.update(rows).where(same).values({name: said}))
                written += 1
    return written
