"""`planner import actions` of an exported sheet: what differs, what follows, what is missing, and all or nothing."""

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from planner.cli import main
from planner.db import Database
from planner.models.operations import Action
from planner.outputs.table_file import table_file
from planner.rules.words import ActionState
from tests.builders import NOW, World, a_world, an_action
from tests.web.site import give_account

HEAD = 5


@pytest.fixture
def world(database: Database, monkeypatch: pytest.MonkeyPatch) -> World:
    world = a_world(database)
    an_action(world)
    an_action(world, "WM-0002")
    give_account(world, "silver")
    monkeypatch.setenv("PLANNER_DATABASE_URL", database.url.render_as_string(hide_password=False))
    monkeypatch.setattr("planner.cli.edge.utc_now", lambda: NOW)
    return world


@pytest.fixture
def lines(world: World) -> list[list[str]]:
    with world.desk("silver").reading() as look:
        body = table_file(look, "actions", "csv", "To edit it").body
    return list(csv.reader(StringIO(body.decode("utf-8-sig"), newline="")))


def run(
    folder: Path, lines: list[list[str]], capsys: pytest.CaptureFixture[str], *more: str, by: str = "silver"
) -> tuple[int, str]:
    file, text = folder / "actions.csv", StringIO(newline="")
    csv.writer(text).writerows(lines)
    file.write_bytes(text.getvalue().encode())
    capsys.readouterr()
    code = main(["import", "actions", str(file), *more, *(["--as", by] if by else [])])
    return code, capsys.readouterr().out


def put(lines: list[list[str]], reference: str, name: str, value: str) -> None:
    at = lines[HEAD].index("Planner reference")
    line = next(line for line in lines[HEAD + 1 :] if line[at] == reference)
    line[lines[HEAD].index(name)] = value


def kept(world: World) -> list[Action]:
    with world.database.read() as session:
        return list(session.exec(select(Action).order_by(col(Action.id))))


def test_what_differs_and_what_follows_are_said_before_and_done(
    world: World, lines: list[list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(lines, "WM-0001", "Start", "07:00")

    code, out = run(tmp_path, lines, capsys, "--dry-run", "--json")
    told: dict[str, Any] = json.loads(out)

    assert (code, told["created"], told["changed"], told["unchanged"]) == (0, 0, 1, 1)
    assert [(item["reference"], item["what"]) for item in told["differences"]] == [("WM-0001", "When")]
    assert any("07:00 to 09:00" in item["sentence"] for item in told["follows"])
    assert kept(world)[0].version == 1
    code, out = run(tmp_path, lines, capsys)
    assert (code, out.splitlines()[0]) == (0, "0 new, 1 changed, 1 as they were.")
    assert kept(world)[0].version > 1


def test_the_operator_is_told_what_differs_and_writes_nothing(
    world: World, lines: list[list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(lines, "WM-0001", "Number of premises", "4")

    code, out = run(tmp_path, lines, capsys, "--dry-run", by="")

    assert (code, out.splitlines()) == (
        0,
        ["0 new, 1 changed, 1 as they were.", "WM-0001: Number of premises is 1, and becomes 4."],
    )
    assert run(tmp_path, lines, capsys, by="")[0] == 1
    assert kept(world)[0].premises_count == 1


def test_what_is_missing_is_named_and_stood_down_only_for_a_reason(
    world: World, lines: list[list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = lines[HEAD].index("Planner reference")
    lines[:] = [line for line in lines if len(line) <= at or line[at] != "WM-0002"]

    code, out = run(tmp_path, lines, capsys)

    assert (code, "In no line any more, and left as they are" in out, "WM-0002" in out) == (0, True, True)
    assert kept(world)[1].state is ActionState.PLANNED
    code, out = run(tmp_path, lines, capsys, "--missing-because", "Merged into WM-0001")
    assert (code, kept(world)[1].state) == (0, ActionState.STOOD_DOWN)


def test_every_line_that_a_verb_refuses_is_named_and_none_is_written(
    world: World, lines: list[list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(lines, "WM-0001", "Date", "20/11/2026")
    put(lines, "WM-0002", "Number of premises", "3")

    code, out = run(tmp_path, lines, capsys, "--json")

    (finding,) = json.loads(out)["findings"]
    assert (code, finding["line"], "is over or has begun" in finding["sentence"]) == (1, HEAD + 2, True)
    assert kept(world)[1].premises_count == 1
