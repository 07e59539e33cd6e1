"""Checkpoints: after every decision, outside the database, after its commit; a file that fails stops no work."""

import json
import logging
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from planner.db import Database
from planner.errors import InputError, Refused
from planner.models.records import RecordHead
from planner.rules.checkpoints import DECISIONS
from planner.services.actions import stand_down
from planner.services.checkpoints import checkpoint_state, read_checkpoints, witness_of, write_checkpoint
from planner.services.go_ahead import answer_not_yet, request_go_ahead
from planner.services.records import verify_record
from planner.work import Desk
from tests.builders import NOW, World, a_world, an_action


def asked_for(world: World) -> None:
    an_action(world)
    with world.desk("silver").writing() as work:
        request_go_ahead(work, "WM-0001")


def decide(world: World, file: Path, reason: str = "Care is missing.") -> None:
    with replace(world.desk("gold"), witness=witness_of(file)).writing() as work:
        answer_not_yet(work, "WM-0001", reason)


def standing(world: World) -> tuple[int, str]:
    with Desk(world.database).reading() as look:
        head = look.session.get_one(RecordHead, 1)
        return head.count, head.hash


def state(world: World, file: Path) -> tuple[bool, str]:
    with world.desk("cell").reading() as look:
        found = checkpoint_state(look, file)
    return found.good, found.sentence


def test_a_decision_is_noted_outside_the_database_and_other_work_is_not(database: Database, tmp_path: Path) -> None:
    world, file = a_world(database), tmp_path / "outside" / "checkpoints.jsonl"
    an_action(world)
    with replace(world.desk("silver"), witness=witness_of(file)).writing() as work:
        request_go_ahead(work, "WM-0001")
    before = file.exists()

    decide(world, file)

    lines, last = standing(world)
    assert not before
    assert [json.loads(text) for text in file.read_text().splitlines()] == [
        {"count": lines, "hash": last, "at": NOW.isoformat()}
    ]
    assert state(world, file) == (
        True,
        "The last checkpoint was written on Tue 24 November 2026, 09:00, at line 2; the record agrees with it.",
    )


def test_a_refused_decision_leaves_no_checkpoint(database: Database, tmp_path: Path) -> None:
    world, file = a_world(database), tmp_path / "checkpoints.jsonl"
    an_action(world)

    with pytest.raises(Refused, match="not asked for"):
        decide(world, file)

    assert standing(world)[0] == 1
    assert not file.exists()


def test_a_checkpoint_that_cannot_be_written_is_logged_and_the_decision_stands(
    database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    world, file = a_world(database), tmp_path / "checkpoints.jsonl"
    asked_for(world)
    file.mkdir()

    with caplog.at_level(logging.ERROR, "planner"):
        decide(world, file)

    assert standing(world)[0] == 2
    assert "the checkpoint of line 2 of the record could not be written" in caplog.text
    assert state(world, file) == (
        False,
        "The file of checkpoints cannot be read or written. Tell who runs this.",
    )


def test_the_record_page_says_when_a_decision_has_no_checkpoint(database: Database, tmp_path: Path) -> None:
    world, file = a_world(database), tmp_path / "checkpoints.jsonl"
    asked_for(world)
    with world.desk("cell").reading() as look:
        write_checkpoint(look, file)
    good, _ = state(world, file)

    with world.desk("gold").writing() as work:
        answer_not_yet(work, "WM-0001", "Care is missing.")

    assert good
    assert state(world, file) == (
        False,
        "The last checkpoint was written on Tue 24 November 2026, 09:00, at line 1; the decision at line 2 has none: "
        "the file could not be written. Tell who runs this.",
    )


def test_the_record_page_says_when_there_is_no_checkpoint_and_when_one_differs(
    database: Database, tmp_path: Path
) -> None:
    world, file = a_world(database), tmp_path / "checkpoints.jsonl"
    asked_for(world)

    none = state(world, file)
    file.write_text(json.dumps({"count": 1, "hash": "f" * 64, "at": NOW.isoformat()}) + "\n")

    assert none == (False, "No checkpoint has been written yet.")
    assert "the record differs from it" in state(world, file)[1]


def test_a_line_cut_short_by_a_full_disk_spoils_no_other(database: Database, tmp_path: Path) -> None:
    world, file = a_world(database), tmp_path / "checkpoints.jsonl"
    asked_for(world)
    file.write_text('{"count": 1, "ha')

    decide(world, file)

    kept = read_checkpoints(file)
    with world.desk("cell").reading() as look:
        verdict = verify_record(look, file)
    assert ([point.lines for point in kept.points], kept.unreadable) == ([2], 1)
    assert (verdict.whole, verdict.checkpoints) == (True, 1)
    assert verdict.findings[0].startswith("1 line of the file of checkpoints cannot be read.")


def test_a_file_of_anything_is_read_without_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "checkpoints.jsonl"
    file.write_bytes(b'\xff\xfe\x00\n[1]\n{"count": "x"}\n{"count": -1, "hash": "", "at": "2026-01-01"}\n\nnull\n7\n')

    kept = read_checkpoints(file)

    assert (kept.points, kept.unreadable) == ((), 6)
    with pytest.raises(InputError, match="cannot be read: Is a directory"):
        read_checkpoints(tmp_path)


def test_the_clock_notes_where_the_record_stands_and_so_does_an_empty_one(database: Database, tmp_path: Path) -> None:
    world, file = a_world(database), tmp_path / "checkpoints.jsonl"

    for minutes in (0, 5):
        with world.desk("cell", NOW + timedelta(minutes=minutes)).reading() as look:
            write_checkpoint(look, file)

    assert [point.lines for point in read_checkpoints(file).points] == [0, 0]
    assert state(world, file)[0]


def test_every_decision_is_a_verb_of_the_services() -> None:
    """A verb that is renamed must be renamed in the list as well."""
    sources = "\n".join(
        path.read_text("utf-8") for path in (Path(__file__).parents[2] / "planner/services").glob("*.py")
    )

    assert {verb for verb in DECISIONS if f'"{verb}"' not in sources} == set()


def test_a_decision_killed_before_its_checkpoint_is_still_in_the_record(database: Database, tmp_path: Path) -> None:
    world = a_world(database)
    asked_for(world)
    seen: list[int] = []

    def killed(_: object) -> None:
        with database.read() as session:
            seen.append(session.execute(sa.text("SELECT count(*) FROM recordline")).scalar_one())
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), replace(world.desk("gold"), witness=killed).writing() as work:
        answer_not_yet(work, "WM-0001", "Care is missing.")

    assert seen == [2]
    assert standing(world)[0] == 2


def test_standing_down_is_no_decision_of_golds(database: Database, tmp_path: Path) -> None:
    world, file = a_world(database), tmp_path / "checkpoints.jsonl"
    an_action(world)

    with replace(world.desk("silver"), witness=witness_of(file)).writing() as work:
        stand_down(work, "WM-0001", "No longer needed.")

    assert not file.exists()
