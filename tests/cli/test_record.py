"""`planner record verify` and `grants`: answers and exit codes, the installation's own checkpoints by default."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from planner.cli import main
from planner.db import Database
from planner.models.records import RecordHead
from planner.services.actions import stand_down
from planner.services.checkpoints import write_checkpoint
from planner.services.exercise import load_pentameter2
from planner.work import Desk, utc_now
from tests.builders import World, a_world, an_action


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    with world.desk("silver").writing() as work:
        stand_down(work, "WM-0001", "No longer needed.")
    return world


@pytest.fixture
def said(database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    monkeypatch.setenv("PLANNER_DATABASE_URL", database.url.render_as_string(hide_password=False))

    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(["record", *words])
        return (code, *capsys.readouterr())

    return run


def note(world: World, file: Path) -> None:
    with world.desk("cell").reading() as look:
        write_checkpoint(look, file)


def forge(world: World) -> None:
    """Cut the record's end away, and its head with it."""
    with world.database.engine.begin() as connection:
        if world.database.is_sqlite:
            connection.exec_driver_sql("DROP TRIGGER recordline_no_delete")
        else:
            connection.exec_driver_sql("ALTER TABLE recordline DISABLE TRIGGER recordline_append_only")
        connection.exec_driver_sql("DELETE FROM recordline")
        connection.exec_driver_sql(f"UPDATE recordhead SET count = 0, hash = '{'0' * 64}'")


def test_a_whole_record_is_compared_with_the_installations_checkpoints(world: World, said: Any, own_var: Path) -> None:
    without = said("verify")
    note(world, own_var / "checkpoints.jsonl")

    code, text, _ = said("verify", "--json")

    found = json.loads(text)
    assert (without[0], "No checkpoint is there" in without[1]) == (0, True)
    assert (code, found["whole"], found["lines"], found["checkpoints"], found["broken_at"]) == (0, True, 1, 1, None)


def test_a_record_cut_short_is_found_by_the_installations_file_or_a_named_one(
    world: World, said: Any, own_var: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.jsonl"
    note(world, own_var / "checkpoints.jsonl")
    note(world, copy)
    forge(world)

    by_default, named = said("verify", "--json"), said("verify", "--checkpoint", str(copy))
    (own_var / "checkpoints.jsonl").unlink()
    alone = said("verify", "--json")

    assert (by_default[0], json.loads(by_default[1])["broken_at"]) == (1, 1)
    assert (named[0], "cut after line 0: it had 1" in named[1]) == (1, True)
    assert (alone[0], json.loads(alone[1])["whole"]) == (1, True)  # the trigger that was taken away is all that is left
    assert "trigger recordline_" in json.loads(alone[1])["findings"][0]


def test_a_garbled_file_and_one_that_is_gone_after_a_decision_are_said_and_fail(
    world: World, said: Any, own_var: Path
) -> None:
    file = own_var / "checkpoints.jsonl"
    note(world, file)
    whole = said("verify")
    with file.open("a") as out:
        out.write("garbage\n")
    garbled = said("verify")

    an_hour_ago = Desk(world.database, world.people["gold"], lambda: utc_now() - timedelta(hours=1))
    with an_hour_ago.writing() as work:
        work.record("give_go_ahead", "The go-ahead was given.", kind="action", ref="WM-0001")
    file.unlink()
    gone = said("verify")

    assert whole[0] == 0
    assert (garbled[0], "1 line of the file of checkpoints cannot be read" in garbled[1]) == (1, True)
    assert (gone[0], "although the record holds a decision of" in gone[1]) == (1, True)


def test_an_exercise_that_was_loaded_and_never_served_verifies(database: Database, said: Any, own_var: Path) -> None:
    load_pentameter2(database)  # all of it, so that everything is there which people of the exercise did
    with database.read() as session:
        lines = session.get_one(RecordHead, 1).count

    code, text, _ = said("verify", "--json")

    found = json.loads(text)
    assert (code, found["whole"], found["findings"], found["lines"]) == (0, True, [], lines)
    assert not (own_var / "checkpoints.jsonl").exists()


def test_a_file_that_is_not_there_or_cannot_be_read_is_refused(world: World, said: Any, tmp_path: Path) -> None:
    missing, folder = (
        said("verify", "--checkpoint", str(tmp_path / "none")),
        said("verify", "--checkpoint", str(tmp_path)),
    )

    assert (missing[0], "There is no file of checkpoints" in missing[2]) == (1, True)
    assert (folder[0], "cannot be read: Is a directory" in folder[2]) == (1, True)


def test_grants_are_printed_as_sql_for_the_tables_owner(said: Any) -> None:
    code, text, _ = said("grants", 'app"; DROP')
    refused = said("grants", "x" * 64)

    lines = text.splitlines()
    assert code == 0
    assert all(line.endswith(";") for line in lines)
    assert 'GRANT SELECT, INSERT ON "recordline" TO "app""; DROP";' in lines
    assert [line for line in lines if "UPDATE" in line and "recordline" in line] == []
    assert (refused[0], "A role's name has 1 to 63 bytes" in refused[2]) == (1, True)
