"""The database itself refuses to change the record, and on PostgreSQL the app's own role has no right to try."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy.exc import DBAPIError

from planner.db import Database
from planner.errors import InputError
from planner.models.grants import grants_for
from planner.services.actions import stand_down
from planner.services.records import verify_record
from planner.work import Desk
from tests.builders import NOW, World, a_world, an_action

CHANGES = (
    "UPDATE recordline SET sentence = 'Nothing.'",
    "UPDATE recordline SET number = number + 100 WHERE number = 1",
    "DELETE FROM recordline WHERE number = 1",
)
REPLACED = "REPLACE INTO recordline SELECT * FROM recordline WHERE number = 1"
# What only PostgreSQL has; the last two would first take the refusal away.
EMPTIED = "TRUNCATE recordline"
UNARMED = (
    "DROP TRIGGER recordline_append_only ON recordline",
    "ALTER TABLE recordline DISABLE TRIGGER recordline_append_only",
    "DROP TABLE recordline",
)


def with_a_line(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    with world.desk("silver").writing() as work:
        stand_down(work, "WM-0001", "No longer needed.")
    return world


def is_whole(database: Database) -> bool:
    with Desk(database).reading() as look:
        verdict = verify_record(look)
    return verdict.whole and verdict.lines > 0


@pytest.mark.parametrize("change", CHANGES)
def test_the_record_cannot_be_changed_even_by_its_owner(database: Database, change: str) -> None:
    with_a_line(database)

    with pytest.raises(DBAPIError, match="append-only"), database.engine.begin() as connection:
        connection.exec_driver_sql(change)

    assert is_whole(database)


def test_nor_be_replaced_or_emptied_in_the_ways_of_each_database(database: Database) -> None:
    with_a_line(database)
    change = REPLACED if database.is_sqlite else EMPTIED

    with pytest.raises(DBAPIError, match="append-only"), database.engine.begin() as connection:
        connection.exec_driver_sql(change)

    assert is_whole(database)


@pytest.fixture
def role(database: Database) -> Iterator[str]:
    """A role of the app's own, given what `planner record grants` prints; its name needs quoting."""
    if database.is_sqlite:
        pytest.skip("SQLite has no roles")
    name, statements = 'planner "app"', grants_for('planner "app"')
    with database.engine.begin() as connection:
        connection.exec_driver_sql('CREATE ROLE "planner ""app""" LOGIN')
        for statement in statements:
            connection.exec_driver_sql(statement)
    yield name
    with database.engine.begin() as connection:
        connection.exec_driver_sql('DROP OWNED BY "planner ""app"""')
        connection.exec_driver_sql('DROP ROLE "planner ""app"""')


@pytest.mark.postgres
def test_the_apps_own_role_does_its_work_and_cannot_touch_the_record(database: Database, role: str) -> None:
    world = a_world(database)
    an_action(world)
    url = database.url.set(username=role)
    as_app = Database(url.render_as_string(hide_password=False))

    with Desk(as_app, world.people["silver"], lambda: NOW).writing() as work:
        stand_down(work, "WM-0001", "No longer needed.")
    as_app.dispose()

    refused = []
    for statement in (*CHANGES, EMPTIED, *UNARMED):
        with psycopg.connect(host=url.query["host"], dbname=url.database, user=role) as connection:
            try:
                connection.execute(statement)
            except InsufficientPrivilege:
                refused.append(statement)
    assert refused == [*CHANGES, EMPTIED, *UNARMED]
    assert is_whole(database)


@pytest.mark.parametrize("name", ["", "a\nb", "x" * 64])
def test_a_role_that_postgresql_would_not_take_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="A role's name has 1 to 63"):
        grants_for(name)

    assert any('TO "x"' in statement or "TO x" in statement for statement in grants_for("x"))
