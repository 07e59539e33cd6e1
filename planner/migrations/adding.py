"""Columns added to tables that are full: a link or a closed set with its constraint, in words both databases take.

SQLite adds a constraint only together with its column, which the migration library does not say; where nothing is
there yet, nothing is what such a column holds.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op


def add_link(table: str, column: str, target: str, *, index: bool = False) -> None:
    """A column that may lead to another table's row."""
    key = op.f(f"fk_{table}_{column}")
    op.execute(sa.text(f'ALTER TABLE "{table}" ADD COLUMN {column} INTEGER CONSTRAINT {key} REFERENCES {target} (id)'))
    if index:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def add_choice(table: str, column: str, name: str, values: Sequence[str]) -> None:
    """A column that holds one of a closed set, or nothing yet; `name` is the set's."""
    allowed = ", ".join(f"'{value}'" for value in values)
    check = f"CONSTRAINT ck_{table}_{name} CHECK ({column} IN ({allowed}))"
    op.execute(sa.text(f'ALTER TABLE "{table}" ADD COLUMN {column} VARCHAR(40) {check}'))
