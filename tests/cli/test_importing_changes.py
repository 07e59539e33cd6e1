"""`planner import actions` of an exported sheet: what differs, what follows, what is missing, and all or nothing."""

import csv
import json
from copy import deepcopy
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from planner.cli import importing, main
from planner.db import Database
from planner.models.operations import Action
from planner.outputs.table_file import table_file
from planner.rules.words import ActionState
from planner.services.importing_actions import import_actions
from tests.builders import NOW, World, a_world, an_action
from tests.services.test_sheet_back import read
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
    return exported(world)


def exported(world: World) -> list[list[str]]:
    with world.desk("silver").reading() as look:
        body = table_file(look, "actions", "csv", "To edit it").body
    return list(csv.reader(StringIO(body.decode("utf-8-sig"), newline="")))


def as_csv(lines: list[list[str]]) -> bytes:
    text = StringIO(newline="")
    csv.writer(text).writerows(lines)
    return text.getvalue().encode()


def run(
    folder: Path, lines: list[list[str]], capsys: pytest.CaptureFixture[str], *more: str, by: str = "silver"
) -> tuple[int, str]:
    file = folder / "actions.csv"
    file.write_bytes(as_csv(lines))
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


def test_of_several_moves_the_refused_one_is_named_with_and_without_a_dry_run(
    world: World, lines: list[list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(lines, "WM-0001", "Date", "02/12/2026")
    put(lines, "WM-0002", "Date", "20/11/2026")

    for more in (["--dry-run"], []):
        code, out = run(tmp_path, lines, capsys, *more)

        assert (code, out.count("\n")) == (1, 1)
        assert out.startswith(f"Line {HEAD + 3}, Reference: ")
        assert "is over or has begun" in out
    assert [action.version for action in kept(world)] == [1, 1]


def test_a_refused_reason_for_what_is_missing_is_told_beside_several_moves(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    an_action(world, "WM-0003")
    lines = exported(world)
    at = lines[HEAD].index("Planner reference")
    lines[:] = [line for line in lines if len(line) <= at or line[at] != "WM-0003"]
    for reference in ("WM-0001", "WM-0002"):
        put(lines, reference, "Date", "02/12/2026")

    code = run(tmp_path, lines, capsys, "--missing-because", "Called off by John Smith", "--json")[0]

    assert code == 1
    assert [action.version for action in kept(world)] == [1, 1, 1]
    reason = ("--missing-because", "Called off by Palm Cove", "--looked-at", "Palm Cove")
    assert run(tmp_path, lines, capsys, *reason, "--json")[0] == 0


def test_the_later_of_two_imports_at_once_is_told_what_the_other_changed(
    world: World,
    lines: list[list[str]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mine, theirs = deepcopy(lines), deepcopy(lines)
    for number, sheet in enumerate((mine, theirs), 2):
        put(sheet, "WM-0001", "Number of premises", str(number))
        put(sheet, "WM-0002", "Number of premises", str(number))
    desk, carry_out = world.desk("silver"), importing._carry_out
    reading = read(desk, as_csv(theirs))

    def after_the_other(*asked: Any) -> Any:
        monkeypatch.setattr(importing, "_carry_out", carry_out)
        with desk.writing() as work:
            import_actions(work, "OP1", reading)
        return carry_out(*asked)

    monkeypatch.setattr(importing, "_carry_out", after_the_other)
    code, out = run(tmp_path, mine, capsys)

    assert (code, out.count("was changed after this sheet was made: Number of premises is now 3, here 2")) == (1, 2)
    assert [action.premises_count for action in kept(world)] == [3, 3]
