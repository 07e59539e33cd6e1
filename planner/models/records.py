"""The record: an append-only chain of who did what, refused to change by triggers; legal holds; notices to people."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DDL, event
from sqlmodel import Field

from planner.db import Table, UtcDateTime, by_value
from planner.models.columns import instant, key, link, maybe_instant, maybe_link
from planner.rules.words import Outcome


class RecordHead(Table, table=True):
    """The one row that every writer locks last: how long the chain is and its last hash."""

    id: int = Field(primary_key=True)
    count: int
    hash: str = Field(max_length=64)


class RecordLine(Table, table=True):
    """One line of the chain. `number` is its order; `previous` is unique, so that the chain cannot fork."""

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = instant()
    actor: str
    person_id: int | None = maybe_link("person.id")
    verb: str = Field(max_length=60)
    outcome: Outcome = Field(sa_type=by_value(Outcome))
    object_kind: str = Field(max_length=40)
    object_ref: str = Field(max_length=80, index=True)
    action_id: int | None = maybe_link("action.id")
    sentence: str
    detail: str = "{}"
    schema_version: int = 1
    previous: str = Field(unique=True, max_length=64)
    hash: str = Field(unique=True, max_length=64)


class LegalHold(Table, table=True):
    """Everything about an operation is to be kept, with the reason, until the hold is lifted with another."""

    id: int | None = key()
    operation_id: int = link("operation.id")
    reason: str
    set_by: int | None = maybe_link("person.id", index=False)
    set_at: datetime = instant()
    lifted_reason: str | None = None
    lifted_by: int | None = maybe_link("person.id", index=False)
    lifted_at: datetime | None = maybe_instant()


class Notice(Table, table=True):
    """A sentence for an agency or a person, kept in the app until it is read, and told by mail where that is set up.

    `outside` is what may be said of it in a letter, `path` where that leads; `mail_at` is when its mail is next due,
    nothing once it was told or is too old.
    """

    id: int | None = key()
    person_id: int | None = maybe_link("person.id")
    agency_id: int | None = maybe_link("agency.id")
    action_id: int | None = maybe_link("action.id")
    sentence: str
    outside: str | None = None
    path: str | None = None
    at: datetime = instant()
    read_at: datetime | None = maybe_instant()
    mail_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    mail_trouble: str | None = None
    mailed_at: datetime | None = maybe_instant()


def canonical(line: Any) -> bytes:
    """The bytes a line's hash is taken over: every field by name, its schema version and the hash before it."""
    fields = {
        "schema_version": line.schema_version,
        "number": line.number,
        "at": line.at.astimezone(UTC).isoformat(),
        "actor": line.actor,
        "person_id": line.person_id,
        "verb": line.verb,
        "outcome": str(line.outcome),
        "object_kind": line.object_kind,
        "object_ref": line.object_ref,
        "action_id": line.action_id,
        "sentence": line.sentence,
        "detail": line.detail,
        "previous": line.previous,
    }
    return json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def hash_of_line(line: Any) -> str:
    """A line's hash, of a RecordLine or of a row with its columns."""
    return hashlib.sha256(canonical(line)).hexdigest()


SQLITE_REFUSAL = """
CREATE TRIGGER recordline_no_{verb} BEFORE {VERB} ON recordline
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END
"""
# INSERT OR REPLACE deletes the row in its way without asking the trigger above.
SQLITE_REPLACE_REFUSAL = """
CREATE TRIGGER recordline_no_replace BEFORE INSERT ON recordline
WHEN EXISTS (SELECT 1 FROM recordline WHERE number = NEW.number OR previous = NEW.previous OR hash = NEW.hash)
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END
"""
POSTGRES_BODY = " BEGIN RAISE EXCEPTION 'the record is append-only'; END "
POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION record_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$body${POSTGRES_BODY}$body$
"""
POSTGRES_TRIGGER = """
CREATE TRIGGER recordline_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON recordline
FOR EACH STATEMENT EXECUTE FUNCTION record_is_append_only()
"""


def append_only_statements(dialect: str) -> tuple[str, ...]:
    """What makes the record append-only on one dialect, for the models and the first migration alike."""
    if dialect == "sqlite":
        return tuple(SQLITE_REFUSAL.format(verb=verb.lower(), VERB=verb) for verb in ("UPDATE", "DELETE"))
    return (POSTGRES_FUNCTION, POSTGRES_TRIGGER)


def _after_create(statement: str, dialect: str) -> None:
    event.listen(
        RecordLine.__table__,  # type: ignore[attr-defined]
        "after_create",
        DDL(statement).execute_if(dialect=dialect),  # type: ignore[no-untyped-call]
    )


for _dialect in ("sqlite", "postgresql"):
    for _statement in append_only_statements(_dialect):
        _after_create(_statement, _dialect)
_after_create(SQLITE_REPLACE_REFUSAL, "sqlite")
