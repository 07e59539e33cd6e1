"""The engine, the base of every table, column types, read() and write(); all code that knows a dialect."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Dialect, Engine, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import registry
from sqlmodel import Session, SQLModel

from planner.errors import StorageError

try:
    import pysqlite3.dbapi2 as sqlite
except ImportError:  # the standard library's SQLite, on systems without the wheel
    import sqlite3 as sqlite

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
BUSY_SECONDS = 30
LONGEST_SOUGHT = 20_000  # bytes; SQLite takes a pattern of 50,000, in which what is escaped is twice as long
WRITERS = 3  # at once in one process, on PostgreSQL: more of them wait for each other's rows, and for seconds


class Table(SQLModel, registry=registry(metadata=sa.MetaData(naming_convention=NAMES))):
    """The base of every table; its own registry lets a module be loaded twice.

    Rows are checked by rules and by the database, never by pydantic, whose own checks are not built at the start.
    """

    model_config = {"defer_build": True}


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An instant: naive values are refused, everything is stored in UTC and read back aware."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone cannot be stored: {value.isoformat()}")
        stored = value.astimezone(UTC)
        return stored.replace(tzinfo=None) if dialect.name == "sqlite" else stored

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def pick(*columns: Any) -> Any:
    """A SELECT of plain columns; table attributes are typed as their values, which sa.select would refuse."""
    return sa.select(*columns)


def holds_words(words: str, *columns: Any) -> Any:
    """Whether one of these columns has these words in it; what no column can hold is in none, and no error."""
    if "\0" in words or len(words.encode()) > LONGEST_SOUGHT:
        return sa.false()
    return sa.or_(*(column.icontains(words, autoescape=True) for column in columns))


def by_value(words: type[StrEnum], name: str = "") -> Any:
    """A closed set stored by value with a CHECK, the same on both databases; a table's second of one set has a name."""
    return sa.Enum(
        words,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=True,
        length=40,
        name=name or words.__name__.lower(),
    )


class FirstComeLock:
    """A lock for so many at once, served in order of arrival: without it one thread of many can wait for seconds."""

    def __init__(self, places: int) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._free = places

    def __enter__(self) -> None:
        with self._guard:
            if self._free:
                self._free -= 1
                return
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        turn.acquire()

    def __exit__(self, *_: object) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._free += 1


class Database:
    """One database, SQLite or PostgreSQL; the only place that opens and commits transactions."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(self.url) if self.is_sqlite else _postgres_engine(self.url)
        self._turn = FirstComeLock(1 if self.is_sqlite else WRITERS)

    @property
    def shown_url(self) -> str:
        return self.url.render_as_string(hide_password=True)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One snapshot for a whole page; nothing read in it is ever written."""
        options: dict[str, Any] = {}
        if not self.is_sqlite:
            options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self._connected(options) as connection, Session(connection, autoflush=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One write transaction: leaving the block commits, an error rolls everything back."""
        with (
            self._turn,
            self._connected({"planner_write": True}) as connection,
            Session(connection, expire_on_commit=False) as session,
        ):
            yield session
            session.commit()  # the session began the transaction, so closing it before would roll back

    @contextmanager
    def _connected(self, options: dict[str, Any]) -> Iterator[Connection]:
        try:
            connection = self.engine.connect().execution_options(**options)
        except OperationalError as error:
            said = _as_sentence(error, self.shown_url)
            raise said if isinstance(said, StorageError) else StorageError(self._unreachable()) from error
        try:
            yield connection
        except DBAPIError as error:
            raise _as_sentence(error, self.shown_url) from error
        finally:
            connection.close()

    def _unreachable(self) -> str:
        return (
            f"The database {self.shown_url} cannot be reached. "
            "Check that it is running and that PLANNER_DATABASE_URL is right, then run `planner init`."
        )

    def dispose(self) -> None:
        self.engine.dispose()


def _as_sentence(error: DBAPIError, url: str) -> Exception:
    """Storage troubles become sentences; a broken rule of the schema stays a bug and crashes loudly."""
    said = str(error.orig).lower()
    if "readonly" in said or "read-only" in said:
        return StorageError(f"The database {url} is read-only: make it writable for this account, then try again.")
    if "no such table" in said or "no such column" in said or "does not exist" in said:
        return StorageError(f"The database {url} is empty or at another migration: run `planner init`.")
    if "database is locked" in said:
        return StorageError(f"The database {url} was busy for {BUSY_SECONDS} seconds: try again in a moment.")
    if error.connection_invalidated:
        return StorageError(f"The connection to {url} was lost; nothing was written. Try again.")
    return error


def _sqlite_engine(url: sa.URL) -> Engine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(url, module=sqlite, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False})
    sa.event.listen(engine, "connect", _sqlite_connect)
    sa.event.listen(engine, "begin", _sqlite_begin)
    return engine


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """SQLite 3.7.0 to 3.51.2 can corrupt a file when the WAL is reset, but for two back-ports."""
    return (
        version >= (3, 51, 3)
        or (version[:2] == (3, 50) and version[2] >= 7)
        or (version[:2] == (3, 44) and version[2] >= 6)
    )


def _sqlite_connect(connection: Any, _: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves: the driver would begin too late
    mode = "WAL" if wal_is_safe(sqlite.sqlite_version_info) else "TRUNCATE"
    for pragma in (
        "foreign_keys=ON",
        f"journal_mode={mode}",
        "synchronous=FULL",
        f"busy_timeout={BUSY_SECONDS * 1000}",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _sqlite_begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("planner_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _postgres_engine(url: sa.URL) -> Engine:
    return sa.create_engine(
        url.set(drivername="postgresql+psycopg"),
        isolation_level="READ COMMITTED",
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=30,
    )


def restart_sequences(session: Session) -> None:
    """After rows with given ids: PostgreSQL's sequences go on after the highest; SQLite does so by itself."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for table in Table.metadata.sorted_tables:
        if "id" in table.c and table.c.id.autoincrement is not False and table.name != "recordhead":
            found = f'(SELECT max(id) FROM "{table.name}")'
            session.execute(
                sa.text(f"SELECT setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), {found}) WHERE {found} > 0")
            )
