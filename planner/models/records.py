"""The record: an append-only chain of who did what, and notices to people. Triggers refuse changes to it."""

from datetime import datetime

from sqlalchemy import DDL, event
from sqlmodel import Field

from planner.db import Table, by_value
from planner.models.columns import instant, key, maybe_instant, maybe_link
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


class Notice(Table, table=True):
    """A sentence for an agency or a person, kept in the app until it is read."""

    id: int | None = key()
    person_id: int | None = maybe_link("person.id")
    agency_id: int | None = maybe_link("agency.id")
    action_id: int | None = maybe_link("action.id")
    sentence: str
    at: datetime = instant()
    read_at: datetime | None = maybe_instant()


SQLITE_REFUSAL = """
CREATE TRIGGER recordline_no_{verb} BEFORE {VERB} ON recordline
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END
"""
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION record_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$body$ BEGIN RAISE EXCEPTION 'the record is append-only'; END $body$
"""
POSTGRES_TRIGGER = """
CREATE TRIGGER recordline_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON recordline
FOR EACH STATEMENT EXECUTE FUNCTION record_is_append_only()
"""


def append_only_statements(dialect: str) -> tuple[str, ...]:
    """The statements that make the record append-only on one dialect, for the models and the migration alike."""
    if dialect == "sqlite":
        return tuple(SQLITE_REFUSAL.format(verb=verb.lower(), VERB=verb) for verb in ("UPDATE", "DELETE"))
    return (POSTGRES_FUNCTION, POSTGRES_TRIGGER)


for _dialect in ("sqlite", "postgresql"):
    for _statement in append_only_statements(_dialect):
        event.listen(
            RecordLine.__table__,  # type: ignore[attr-defined]
            "after_create",
            DDL(_statement).execute_if(dialect=_dialect),  # type: ignore[no-untyped-call]
        )
