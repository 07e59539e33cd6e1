"""A record that can be trusted: whatever is changed behind its back is found, and by default the database refuses."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from planner.db import Database
from planner.models.records import RecordLine, hash_of_line
from planner.services.checkpoints import write_checkpoint
from planner.services.records import Verdict, verify_record
from planner.work import Desk
from tests.builders import NOW, World, a_world, an_action
from tests.records import lengthen

LINES = 10
Tampering = Callable[[sa.Connection], None]


def a_record(world: World, checkpoints: Path) -> None:
    """Ten lines, with a checkpoint after the fourth and after the last."""
    for number in range(1, LINES + 1):
        with world.desk("silver").writing() as work:
            work.record("note", f"Note {number}.", kind="note", ref=f"N-{number}", why=number)
        if number in (4, LINES):
            with world.desk("cell").reading() as look:
                write_checkpoint(look, checkpoints)


def verified(database: Database, checkpoints: Path | None = None) -> Verdict:
    with Desk(database).reading() as look:
        return verify_record(look, checkpoints)


def tamper(database: Database, tampering: Tampering) -> None:
    """By raw SQL, with the triggers out of the way, as only the tables' owner can."""
    with database.engine.begin() as connection:
        if database.is_sqlite:
            for name in ("update", "delete", "replace"):
                connection.exec_driver_sql(f"DROP TRIGGER recordline_no_{name}")
        else:
            connection.exec_driver_sql("ALTER TABLE recordline DISABLE TRIGGER recordline_append_only")
        tampering(connection)


def edit(column: str, value: str, number: int = 5) -> Tampering:
    def tampering(connection: sa.Connection) -> None:
        connection.exec_driver_sql(f"UPDATE recordline SET {column} = {value} WHERE number = {number}")

    return tampering


def delete(*numbers: int) -> Tampering:
    def tampering(connection: sa.Connection) -> None:
        connection.exec_driver_sql(f"DELETE FROM recordline WHERE number IN ({', '.join(map(str, numbers))})")

    return tampering


def swap(connection: sa.Connection) -> None:
    for old, new in ((3, 1000), (7, 3), (1000, 7)):
        edit("number", str(new), old)(connection)


def copy(connection: sa.Connection, source: int, **changes: str) -> None:
    """Insert a copy of a line with some columns changed, its hashes made up."""
    names = [column.name for column in RecordLine.__table__.columns]  # type: ignore[attr-defined]
    values = {name: name for name in names} | {"previous": "'forged before'", "hash": "'forged'"} | changes
    chosen = ", ".join(values[name] for name in names)
    connection.exec_driver_sql(
        f"INSERT INTO recordline ({', '.join(names)}) SELECT {chosen} FROM recordline WHERE number = {source}"
    )


def forge_next(connection: sa.Connection) -> None:
    copy(connection, 10, number="11")


def forge_next_in_chain(connection: sa.Connection) -> None:
    """A line whose hash is right, yet the head knows nothing of it."""
    copy(connection, 10, number="11", previous="hash")
    rehash(connection, 11)


def insert_in_the_middle(connection: sa.Connection) -> None:
    for number in range(LINES, 5, -1):
        edit("number", str(number + 1), number)(connection)
    copy(connection, 5, number="6")


def edit_and_hash_again(connection: sa.Connection) -> None:
    edit("sentence", "'Nothing was noted.'")(connection)
    rehash(connection, 5)


def rewrite_from(first: int, last: int = LINES) -> Tampering:
    """Change one line, then make every hash after it and the head agree again."""

    def tampering(connection: sa.Connection) -> None:
        edit("sentence", "'Nothing was noted.'", first)(connection)
        for number in range(first, last + 1):
            rehash(connection, number)
            if number < LINES:
                following = f"(SELECT hash FROM recordline WHERE number = {number})"
                edit("previous", following, number + 1)(connection)
        cut_after(last)(connection)

    return tampering


def rehash(connection: sa.Connection, number: int) -> None:
    line = connection.execute(sa.select(RecordLine.__table__).where(RecordLine.number == number)).one()  # type: ignore[attr-defined, arg-type]
    edit("hash", f"'{hash_of_line(line)}'", number)(connection)


def cut_after(number: int) -> Tampering:
    """Take the end away, and let the head say that it never was."""

    def tampering(connection: sa.Connection) -> None:
        connection.exec_driver_sql(f"DELETE FROM recordline WHERE number > {number}")
        last = f"(SELECT hash FROM recordline WHERE number = {number})"
        connection.exec_driver_sql(f"UPDATE recordhead SET count = {number}, hash = {last}")

    return tampering


def empty(connection: sa.Connection) -> None:
    connection.exec_driver_sql("DELETE FROM recordline")
    connection.exec_driver_sql(f"UPDATE recordhead SET count = 0, hash = '{'0' * 64}'")


def drop_head(connection: sa.Connection) -> None:
    connection.exec_driver_sql("DELETE FROM recordhead")


# What is done to ten lines, and the line that is then named. Without a checkpoint each of these is found too.
WITHOUT_CHECKPOINT: dict[str, tuple[Tampering, int]] = {
    "number edited": (edit("number", "50"), 5),
    "number edited to before the first": (edit("number", "-5"), -5),
    "time edited": (edit("at", "'2026-11-24 09:00:01'"), 5),
    "actor edited": (edit("actor", "'Gold, West Midlands'"), 5),
    "person edited": (edit("person_id", "NULL"), 5),
    "verb edited": (edit("verb", "'give_go_ahead'"), 5),
    "outcome edited": (edit("outcome", "'refused'"), 5),
    "kind edited": (edit("object_kind", "'action'"), 5),
    "reference edited": (edit("object_ref", "'N-6'"), 5),
    "action edited": (edit("action_id", "(SELECT max(id) FROM action)"), 5),
    "sentence edited": (edit("sentence", "'Note 5!'"), 5),
    "detail edited": (edit("detail", """'{"why": 6}'"""), 5),
    "schema version edited": (edit("schema_version", "2"), 5),
    "previous edited": (edit("previous", "'forged'"), 5),
    "hash edited": (edit("hash", "'forged'"), 5),
    "first line edited": (edit("sentence", "'Note 0.'", 1), 1),
    "last line edited": (edit("sentence", "'Note 0.'", LINES), LINES),
    "edited and hashed again": (edit_and_hash_again, 5),
    "first deleted": (delete(1), 1),
    "middle deleted": (delete(5), 5),
    "last deleted": (delete(LINES), LINES),
    "several deleted": (delete(3, 4, 8), 3),
    "two swapped": (swap, 3),
    "forged line appended": (forge_next, 11),
    "forged line appended in the chain": (forge_next_in_chain, 11),
    "inserted in the middle": (insert_in_the_middle, 6),
    "head taken away": (drop_head, LINES),
}
# These leave a chain without a fault: what was noted outside the database finds them.
BY_CHECKPOINT: dict[str, tuple[Tampering, int]] = {
    "tail cut": (cut_after(8), 9),
    "emptied": (empty, 1),
    "rewritten from the first line": (rewrite_from(1), 4),
    "rewritten from the middle": (rewrite_from(5), LINES),
    "rewritten and cut": (rewrite_from(5, 9), LINES),
}


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    return world


@pytest.fixture
def checkpoints(tmp_path: Path, world: World) -> Path:
    file = tmp_path / "outside" / "checkpoints.jsonl"
    a_record(world, file)
    return file


@pytest.mark.parametrize("kind", WITHOUT_CHECKPOINT)
def test_tampering_is_found_and_its_line_named(world: World, checkpoints: Path, kind: str) -> None:
    tampering, number = WITHOUT_CHECKPOINT[kind]

    tamper(world.database, tampering)

    verdict = verified(world.database)
    assert (verdict.whole, verdict.broken_at) == (False, number)
    assert f"ine {number} " in verdict.sentence.replace(":", " ").replace(";", " ").replace(".", " ")
    assert not verified(world.database, checkpoints).whole


@pytest.mark.parametrize("kind", BY_CHECKPOINT)
def test_a_chain_forged_without_a_fault_is_found_by_its_checkpoints_alone(
    world: World, checkpoints: Path, kind: str
) -> None:
    tampering, number = BY_CHECKPOINT[kind]

    tamper(world.database, tampering)

    assert verified(world.database).whole
    verdict = verified(world.database, checkpoints)
    assert (verdict.whole, verdict.broken_at) == (False, number)


def test_an_untouched_record_verifies_with_and_without_its_checkpoints(world: World, checkpoints: Path) -> None:
    alone, compared = verified(world.database), verified(world.database, checkpoints)

    tamper(world.database, lambda _: None)

    assert (alone.whole, alone.lines, alone.broken_at, alone.checkpoints) == (True, LINES, None, 0)
    assert "No checkpoint is there" in alone.sentence
    assert compared.sentence == (
        "The record is whole: 10 lines. It agrees with 2 checkpoints, the last of Tue 24 November 2026, 09:00."
    )
    assert verified(world.database, checkpoints)[:-1] == compared[:-1]


def away(database: Database, *statements: str) -> tuple[str, ...]:
    """What is found once somebody who owns the tables has done this to what refuses changes."""
    with database.engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    return verified(database).findings


NOTHING = "CREATE TRIGGER recordline_no_update BEFORE UPDATE ON recordline BEGIN SELECT 1; END"
HARMLESS = (
    "CREATE OR REPLACE FUNCTION record_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$body$ BEGIN RETURN NULL; END $body$"
)
NARROWER = (
    "CREATE TRIGGER recordline_append_only BEFORE TRUNCATE ON recordline "
    "FOR EACH STATEMENT EXECUTE FUNCTION record_is_append_only()"
)


@pytest.mark.parametrize("verb", ["update", "delete", "replace"])
def test_a_trigger_that_is_missing_is_named(database: Database, verb: str) -> None:
    if not database.is_sqlite:
        pytest.skip("PostgreSQL has one for all")
    before = verified(database)

    (found,) = away(database, f"DROP TRIGGER recordline_no_{verb}")

    assert (before.findings, before.sound) == ((), True)
    assert f"its trigger recordline_no_{verb} is missing" in found
    assert (verified(database).whole, verified(database).sound) == (True, False)


def test_a_trigger_of_the_same_name_that_refuses_nothing_is_named(database: Database) -> None:
    if not database.is_sqlite:
        pytest.skip("PostgreSQL's stands in a test of its own")

    (found,) = away(database, "DROP TRIGGER recordline_no_update", NOTHING)

    assert "its trigger recordline_no_update is missing" in found


@pytest.mark.postgres
@pytest.mark.parametrize(
    "statements",
    [
        ("DROP TRIGGER recordline_append_only ON recordline",),
        ("ALTER TABLE recordline DISABLE TRIGGER recordline_append_only",),
        ("ALTER TABLE recordline ENABLE REPLICA TRIGGER recordline_append_only",),
        ("DROP TRIGGER recordline_append_only ON recordline", NARROWER),
        (HARMLESS,),
    ],
)
def test_on_postgresql_a_trigger_that_is_gone_off_or_harmless_is_named(
    database: Database, statements: tuple[str, ...]
) -> None:
    if database.is_sqlite:
        pytest.skip("SQLite's stand in tests of their own")
    before = verified(database).findings

    (found,) = away(database, *statements)

    assert before == ()
    assert "its trigger recordline_append_only is missing" in found


def test_a_file_of_checkpoints_that_is_gone_is_said_ten_minutes_after_a_decision(world: World, tmp_path: Path) -> None:
    file = tmp_path / "none.jsonl"
    with world.desk("gold").writing() as work:
        work.record("view", "Today was opened.", kind="page", ref="today")
    undecided = judged_at(world, file, timedelta(days=1))
    with world.desk("gold").writing() as work:
        work.record("give_go_ahead", "The go-ahead was given.", kind="action", ref="WM-0001")

    soon, late = judged_at(world, file, timedelta(minutes=10)), judged_at(world, file, timedelta(minutes=11))
    file.write_text("")
    emptied = judged_at(world, file, timedelta(minutes=11))

    assert (undecided.findings, soon.findings) == ((), ())
    assert (late.whole, late.sound) == (True, False)
    assert late.findings == emptied.findings
    assert "holds a decision of Tue 24 November 2026, 09:00, which one must have followed" in late.findings[0]


def judged_at(world: World, file: Path, after: timedelta) -> Verdict:
    with world.desk("cell", NOW + after).reading() as look:
        return verify_record(look, file)


@pytest.mark.parametrize("number", [1000, 1001, 2000, 2001, 2500])
def test_a_record_read_in_portions_is_whole_and_a_line_at_their_edges_is_found(database: Database, number: int) -> None:
    a_world(database)
    lengthen(database, 2500)

    before = verified(database)
    tamper(database, edit("actor", "'Nobody'", number))

    assert (before.whole, before.lines) == (True, 2500)
    assert (verified(database).whole, verified(database).broken_at) == (False, number)


# SQLite keeps anything in any column once its checks are switched off, as whoever holds the file can.
UNREADABLE = {
    "no time": ("at", "'yesterday'"),
    "no outcome": ("outcome", "'undone'"),
    "bytes for a text": ("sentence", "x'00ff'"),
    "text that is no UTF-8": ("actor", "CAST(x'ff' AS TEXT)"),
    "a word for a number": ("person_id", "'somebody'"),
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_a_line_that_cannot_even_be_read_is_named(world: World, checkpoints: Path, kind: str) -> None:
    if not world.database.is_sqlite:
        pytest.skip("PostgreSQL keeps nothing of another type")
    column, value = UNREADABLE[kind]

    def tampering(connection: sa.Connection) -> None:
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        edit(column, value)(connection)
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = OFF")

    world.database.dispose()
    tamper_without_keys(world.database, tampering)

    verdict = verified(world.database, checkpoints)
    assert (verdict.whole, verdict.broken_at) == (False, 5)


def tamper_without_keys(database: Database, tampering: Tampering) -> None:
    """Foreign keys are switched off outside a transaction alone."""
    connection = database.engine.raw_connection()
    connection.driver_connection.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]
    connection.close()
    tamper(database, tampering)
    database.dispose()
