"""`planner export`: a board as a file, recorded with its reason; a refusal is one sentence and writes nothing."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from planner.cli import main
from planner.db import Database
from planner.models.records import RecordLine
from tests.builders import World, a_world, an_action
from tests.outputs.sheets import read_csv, read_xlsx
from tests.web.site import give_account


@pytest.fixture
def world(database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setenv("PLANNER_DATABASE_URL", database_url)
    world = a_world(database)
    an_action(world)
    for name in ("silver", "partner", "cell"):
        give_account(world, name)
    return world


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(["export", *words])
        return (code, *capsys.readouterr())

    return run


def last_line(database: Database) -> RecordLine:
    with database.read() as session:
        return session.exec(select(RecordLine).order_by(col(RecordLine.number).desc())).first()  # type: ignore[return-value]


@pytest.mark.parametrize(("ending", "read"), [("xlsx", read_xlsx), ("csv", read_csv)])
def test_a_board_is_written_as_its_ending_says(world: World, run: Any, tmp_path: Path, ending: str, read: Any) -> None:
    file = tmp_path / f"own.{ending}"

    code, said, _ = run("actions", "-o", str(file), "--why", "For the briefing", "--as", "silver", "--json")

    assert code == 0
    assert json.loads(said) == {"file": str(file), "bytes": file.stat().st_size}
    assert read(file.read_bytes()).column("Reference") == ["WM-0001"]
    line = last_line(world.database)
    assert (line.verb, line.object_kind, line.object_ref) == ("export", "table", "actions")
    assert json.loads(line.detail) == {"reason": "For the briefing"}


def test_the_operator_takes_what_is_there_and_one_operation_alone(world: World, run: Any, tmp_path: Path) -> None:
    file = tmp_path / "all.csv"

    code, said, _ = run("actions", "-o", str(file), "--operation", "OP1")

    assert (code, said.strip()) == (0, f"{file}: {file.stat().st_size:,} bytes.")
    assert read_csv(file.read_bytes()).column("Reference") == ["WM-0001"]
    assert last_line(world.database).object_ref == "actions OP1"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("actions", "--as", "partner"), "There is no table actions, or none that you can open."),
        (("nothing", "--as", "partner"), "There is no table nothing, or none that you can open."),
        (("actions", "--operation", "OP9", "--as", "cell"), "There is no operation OP9, or none that you can open."),
        (("actions", "--why", " ", "--as", "cell"), "The reason for the export is missing. Give it in a few words."),
    ],
)
def test_a_refusal_is_a_sentence_and_no_file(
    world: World, run: Any, tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    file = tmp_path / "none.csv"

    code, _, said = run(*words, "-o", str(file))

    assert (code, said.strip(), file.exists()) == (1, sentence, False)


def test_an_ending_that_is_none_and_a_folder_that_is_not_there_are_refused(
    world: World, run: Any, tmp_path: Path
) -> None:
    odd, lost = run("actions", "-o", str(tmp_path / "x.pdf")), run("actions", "-o", str(tmp_path / "no" / "x.csv"))

    assert (odd[0], odd[2].strip()) == (1, "A table is made as one of these: xlsx, csv; not as pdf.")
    assert (lost[0], "cannot be written" in lost[2]) == (1, True)
