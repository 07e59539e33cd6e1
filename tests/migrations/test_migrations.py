"""Empty to head equals the models: columns, constraints, indexes and triggers, on both databases; the self-check."""

import importlib
import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlmodel import col, select

from planner import migrations
from planner.db import Database, Table
from planner.errors import StorageError
from planner.models.conferences import Conference
from planner.models.operations import Action
from planner.rules.words import ActionState, Marking
from planner.services.conferences import ConveneRequest, convene
from tests.builders import NOW, a_world, an_action

CALLED_OFF = "planner.migrations.versions.v0064_called_off"
MARKED_CONFERENCES = "planner.migrations.versions.v0020_marked_conferences"

SQLITE_CATALOGUE = """
SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND name <> 'alembic_version'
UNION ALL SELECT 'key', m.name, f."from", f."table" || '.' || f."to"
FROM sqlite_master AS m, pragma_foreign_key_list(m.name) AS f
"""
POSTGRES_CATALOGUE = """
SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'alembic_version'
UNION ALL SELECT 'index', tablename, indexname, indexdef
FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'alembic_version'
UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)
FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'column', table_name, column_name, data_type || is_nullable || coalesce(column_default, '')
FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version'
"""


FOREIGN_KEY = re.compile(r"FOREIGN KEY\(\w+\)(?= REFERENCES)")


def catalogue(database: Database) -> set[tuple[str, ...]]:
    """Everything the database says of itself, in one form."""
    query = SQLITE_CATALOGUE if database.is_sqlite else POSTGRES_CATALOGUE
    with database.read() as session:
        return {tuple(in_one_order(str(part)) for part in row) for row in session.execute(sa.text(query))}


def in_one_order(text: str) -> str:
    """The words of a definition sorted: SQLite keeps constraints in the order in which they were written.

    A key may stand beside its column or below the table; which column it is of is asked of the database itself.
    """
    return " ".join(sorted(FOREIGN_KEY.sub(" ", text.replace(",", " ")).split()))


def test_empty_to_head_equals_the_models(bare_database_url: str) -> None:
    database = Database(bare_database_url)
    migrations.upgrade(database)
    migrated = catalogue(database)
    with database.engine.begin() as connection:
        Table.metadata.drop_all(connection)
        Table.metadata.create_all(connection)

    modelled = catalogue(database)
    database.dispose()

    assert len(modelled) > 100
    assert migrated == modelled


def test_repeating_an_upgrade_changes_nothing(database: Database) -> None:
    before = catalogue(database)

    migrations.upgrade(database)

    assert catalogue(database) == before
    migrations.self_check(database)


def test_an_empty_database_is_refused_with_what_to_run(bare_database_url: str) -> None:
    database = Database(bare_database_url)

    with pytest.raises(StorageError, match="is empty: run `planner init`"):
        migrations.self_check(database)
    database.dispose()


def test_another_migration_is_refused_with_what_to_run(database: Database) -> None:
    with database.write() as session:
        session.execute(sa.text("UPDATE alembic_version SET version_num = '0001'"))

    with pytest.raises(StorageError, match=r"stands at migration 0001, not \d{4}: run `planner init`"):
        migrations.self_check(database)


def test_a_database_without_the_key_of_place_and_night_is_refused(database: Database) -> None:
    with database.write() as session:
        session.execute(sa.text("DROP TABLE claim"))
        session.execute(sa.text("CREATE TABLE claim (unit_id integer PRIMARY KEY)"))

    with pytest.raises(StorageError, match="key of one place and one night"):
        migrations.self_check(database)


def test_a_database_that_cannot_be_reached_is_named() -> None:
    database = Database("postgresql://nobody@127.0.0.1:1/none?connect_timeout=1")

    with pytest.raises(StorageError, match="cannot be reached"), database.read():
        pass


def test_conferences_of_before_are_marked_as_high_as_their_actions_with_their_handling(bare_database_url: str) -> None:
    database = Database(bare_database_url)
    migrations.upgrade(database)
    world = a_world(database)
    an_action(world, marking=Marking.OFFICIAL, handling="PERSONAL DATA")
    an_action(world, "WM-0002", marking=Marking.OFFICIAL_SENSITIVE, handling="RECIPIENTS ONLY")
    for reference in (("WM-0001",), ("WM-0001", "WM-0002")):
        with world.desk("silver").writing() as work:
            convene(work, ConveneRequest(reference, NOW, NOW + timedelta(hours=1), ("ngo",), "-".join(reference)))
    with database.write() as session:
        for column in ("marking", "handling"):
            session.execute(sa.text(f"ALTER TABLE conference DROP COLUMN {column}"))

        with Operations.context(MigrationContext.configure(session.connection())):
            importlib.import_module(MARKED_CONFERENCES).upgrade()

    with database.read() as session:
        kept = [(row.marking, row.handling) for row in session.exec(select(Conference).order_by(col(Conference.id)))]
    database.dispose()
    assert kept == [
        (Marking.OFFICIAL, "PERSONAL DATA"),
        (Marking.OFFICIAL_SENSITIVE, "RECIPIENTS ONLY - PERSONAL DATA"),
    ]


def test_actions_of_before_are_called_off_since_their_last_change(bare_database_url: str) -> None:
    database = Database(bare_database_url)
    migrations.upgrade(database)
    world = a_world(database)
    for number, state in enumerate(ActionState):
        an_action(world, f"WM-{number}", state=state, changed_at=NOW - timedelta(days=number))
    with database.write() as session:
        session.execute(sa.text("ALTER TABLE action DROP COLUMN called_off_at"))

        with Operations.context(MigrationContext.configure(session.connection())):
            importlib.import_module(CALLED_OFF).upgrade()

    with database.read() as session:
        kept = {row.state: row.called_off_at for row in session.exec(select(Action)).all()}
    database.dispose()
    assert kept == {
        **dict.fromkeys(ActionState),
        ActionState.STOOD_DOWN: NOW - timedelta(days=4),
        ActionState.DEFERRED: NOW - timedelta(days=5),
    }
