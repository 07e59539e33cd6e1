"""`planner record verify` and `grants`: answers and exit codes, the installation's own checkpoints by default."""

import json
from pathlib import Path
from typing import Any

import pytest

from planner.cli import main
from planner.db import Database
from planner.services.actions import stand_down
from planner.services.checkpoints import write_checkpoint
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

    assert (by_default[0], json.loads(by_default[1])["broken_at"]) == (1, 1)
    assert (named[0], "cut after line 0: it had 1" in named[1]) == (1, True)
    assert said("verify")[0] == 0


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
