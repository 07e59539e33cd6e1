"""Whether the database still refuses to change the record: its triggers, as they were made."""

import re

import sqlalchemy as sa
from sqlmodel import Session

from planner.models.records import POSTGRES_BODY, SQLITE_REPLACE_REFUSAL, append_only_statements

NAMED = re.compile(r"CREATE TRIGGER (\w+)")
POSTGRES_NAME = "recordline_append_only"
# Before each statement that updates, deletes or truncates, without a condition, in force beside replication too.
IN_FORCE = sa.text(
    "SELECT count(*) FROM pg_trigger t JOIN pg_proc f ON f.oid = t.tgfoid WHERE t.tgrelid = 'recordline'::regclass "
    "AND t.tgname = :name AND t.tgenabled IN ('O', 'A') AND t.tgtype = 58 AND t.tgqual IS NULL AND f.prosrc = :body"
)


def missing_guards(session: Session) -> tuple[str, ...]:
    """The triggers that are gone, switched off, or do something else than they were made for, by name."""
    if session.get_bind().dialect.name == "sqlite":
        return _missing_in_sqlite(session)
    found = session.connection().execute(IN_FORCE, {"name": POSTGRES_NAME, "body": POSTGRES_BODY}).scalar_one()
    return () if found else (POSTGRES_NAME,)


def _missing_in_sqlite(session: Session) -> tuple[str, ...]:
    query = sa.text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'recordline'")
    found = {_in_one_line(str(row[0])) for row in session.connection().execute(query)}
    wanted = map(_in_one_line, (*append_only_statements("sqlite"), SQLITE_REPLACE_REFUSAL))
    return tuple(NAMED.findall(statement)[0] for statement in wanted if statement not in found)


def _in_one_line(statement: str) -> str:
    return " ".join(statement.split())
