"""Columns added to tables that are full: a link or a closed set with its constraint, in words both databases take.

SQLite adds a constraint only together with its column, which the migration library does not say; where nothing is
there yet, nothing is what such a column holds.
"""

import re
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


def widen_choice(table: str, column: str, name: str, values: Sequence[str]) -> None:
    """A closed set that gets more members: SQLite knows no other way than the whole table written anew."""
    allowed, constraint = ", ".join(f"'{value}'" for value in values), f"ck_{table}_{name}"
    check = f"CHECK ({column} IN ({allowed}))"
    if op.get_bind().dialect.name == "sqlite":
        _write_anew(table, constraint, check)
        return
    op.execute(sa.text(f'ALTER TABLE "{table}" DROP CONSTRAINT {constraint}'))
    op.execute(sa.text(f'ALTER TABLE "{table}" ADD CONSTRAINT {constraint} {check}'))


def _write_anew(table: str, constraint: str, check: str) -> None:
    """For a table to which no other one leads: its rows are copied, its indexes made again."""
    bind = op.get_bind()
    known = sa.text("SELECT type, sql FROM sqlite_master WHERE tbl_name = :table AND sql IS NOT NULL")
    made = [tuple(row) for row in bind.execute(known, {"table": table})]
    (definition,) = (sql for kind, sql in made if kind == "table")
    wider, number = re.subn(rf"{constraint} CHECK \([^()]*\([^()]*\)\)", f"{constraint} {check}", definition)
    if number != 1:
        raise RuntimeError(f"{constraint} stands {number} times in the table {table}")
    bind.exec_driver_sql(f"CREATE TEMPORARY TABLE kept_rows AS SELECT * FROM {table}")
    bind.exec_driver_sql(f"DROP TABLE {table}")
    bind.exec_driver_sql(wider)
    bind.exec_driver_sql(f"INSERT INTO {table} SELECT * FROM kept_rows")
    bind.exec_driver_sql("DROP TABLE kept_rows")
    for kind, sql in made:
        if kind != "table":
            bind.exec_driver_sql(sql)
