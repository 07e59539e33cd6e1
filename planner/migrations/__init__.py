"""From an empty database to head, programmatically, on both databases; and the start-up self-check."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from planner.db import Database
from planner.errors import StorageError


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config


def head() -> str:
    found = ScriptDirectory.from_config(_config()).get_current_head()
    if found is None:
        raise RuntimeError("there are no migrations")
    return found


def upgrade(database: Database) -> None:
    """Bring the database to head in one transaction; repeating it changes nothing."""
    config = _config()
    with database.write() as session:
        config.attributes["connection"] = session.connection()
        command.upgrade(config, "head")


def revision_of(database: Database) -> str | None:
    """The migration the database stands at; None when it is empty."""
    with database.read() as session:
        return MigrationContext.configure(session.connection()).get_current_revision()


def self_check(database: Database) -> None:
    """Refuse to start on a database that would not keep its promises: at head, durable, keys in force."""
    found = revision_of(database)
    if found != head():
        standing = "is empty" if found is None else f"stands at migration {found}, not {head()}"
        raise StorageError(f"The database {database.shown_url} {standing}: run `planner init`.")
    with database.read() as session:
        connection = session.connection()
        troubles = _sqlite_troubles(connection) if database.is_sqlite else _postgres_troubles(connection)
        if sa.inspect(connection).get_pk_constraint("claim")["constrained_columns"] != PLACE_NIGHT:
            troubles.append("the key of one place and one night is missing")
    if troubles:
        raise StorageError(f"The database {database.shown_url} is not safe to use: {'; '.join(troubles)}.")


PLACE_NIGHT = ["unit_id", "number", "night"]


def _sqlite_troubles(connection: sa.Connection) -> list[str]:
    wanted = {"foreign_keys": (1,), "synchronous": (2, 3), "journal_mode": ("wal", "truncate")}
    found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in wanted}
    return [f"{name} is {found[name]}" for name, allowed in wanted.items() if found[name] not in allowed]


def _postgres_troubles(connection: sa.Connection) -> list[str]:
    wanted = {"fsync": "on", "default_transaction_isolation": "read committed"}
    found = {name: connection.exec_driver_sql(f"SHOW {name}").scalar_one() for name in wanted}
    troubles = [f"{name} is {found[name]}" for name, allowed in wanted.items() if found[name] != allowed]
    commit = connection.exec_driver_sql("SHOW synchronous_commit").scalar_one()
    return troubles if commit != "off" else [*troubles, "synchronous_commit is off"]
