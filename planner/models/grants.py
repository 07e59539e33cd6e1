"""What the application's own PostgreSQL role may do: its work, but neither change the record nor the tables."""

from sqlalchemy.dialects.postgresql import dialect

from planner.db import Table
from planner.errors import InputError

RECORD, HEAD, VERSION = "recordline", "recordhead", "alembic_version"
LONGEST_NAME = 63  # bytes, beyond which PostgreSQL cuts a name without a word


def grants_for(role: str) -> tuple[str, ...]:
    """The statements for the tables' owner to run, after each `planner init` that brings new tables."""
    if not 0 < len(role.encode()) <= LONGEST_NAME or not role.isprintable():
        raise InputError(f"A role's name has 1 to {LONGEST_NAME} bytes of printable characters. Give another.")
    quote = dialect().identifier_preparer.quote_identifier  # type: ignore[no-untyped-call]
    to = f"TO {quote(role)}"
    ordinary = sorted({table.name for table in Table.metadata.sorted_tables} - {RECORD, HEAD})
    named = ", ".join(quote(name) for name in ordinary)
    return (
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {quote(role)}",
        f"GRANT USAGE ON SCHEMA public {to}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public {to}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {named} {to}",
        f"GRANT SELECT, UPDATE ON {quote(HEAD)} {to}",
        f"GRANT SELECT, INSERT ON {quote(RECORD)} {to}",
        f"GRANT SELECT ON {quote(VERSION)} {to}",
    )
