"""`planner import`: one answer for the three kinds of file, 0 when done, 1 with every bad row, nothing half-written."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlmodel import select

from planner.cli import main
from planner.db import Database
from planner.models.care import Unit
from planner.models.directory import Agency, Zone
from planner.models.operations import Action
from planner.outputs.table_file import table_file
from planner.rules.words import Nation
from planner.services.importing import NOTHING_GOES
from tests.builders import NOW, World, a_world
from tests.inputs.files import a_csv, an_xlsx
from tests.web.site import give_account

AGENCIES = ["Code", "Name", "Kind", "Nation"]
CHARITY = ["CHARITY", "Example charity", "ngo", "England"]
PROVIDERS = ["Provider code", "Provider name", "Unit", "Accepts", "Zones", "Places"]
HOUSE = ["HOUSE", "Example House", "HOUSE-A", "woman", "Midlands", "3"]
ACTIONS = ["Reference", "Force", "Date", "Start", "End", "Kind", "Premises"]
ACTION = ["R1", "force", "26/11/2026", "06:00", "09:00", "warrant", "residential"]
FILES = {
    "actions": (ACTIONS, ACTION, "silver"),
    "agencies": (AGENCIES, CHARITY, "cell"),
    "providers": (PROVIDERS, HOUSE, "cell"),
}


class Said(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found


Run = Callable[..., Said]


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    with database.write() as session:
        session.add(Zone(code="wales", name="Wales", nation=Nation.WALES))
    for name in ("cell", "silver"):
        give_account(world, name)
    return world


@pytest.fixture
def run(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`planner import KIND` of these lines, on the world's clock."""
    url = world.database.url.render_as_string(hide_password=False)
    monkeypatch.setenv("PLANNER_DATABASE_URL", url)
    monkeypatch.setattr("planner.cli.edge.utc_now", lambda: NOW)

    def imported(kind: str, *lines: list[str], more: tuple[str, ...] = ("--json",), by: str | None = None) -> Said:
        file = tmp_path / "file.csv"
        file.write_bytes(a_csv(FILES[kind][0], *(lines or (FILES[kind][1],))))
        capsys.readouterr()
        actor = FILES[kind][2] if by is None else by
        code = main(["import", kind, str(file), *more, *(["--as", actor] if actor else [])])
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return imported


def rows(world: World) -> int:
    with world.database.read() as session:
        return sum(len(session.exec(select(table)).all()) for table in (Action, Agency, Unit))


@pytest.mark.parametrize("kind", FILES)
def test_a_file_is_imported_once_and_a_second_time_changes_nothing(world: World, run: Run, kind: str) -> None:
    before = rows(world)

    assert run(kind) == (0, '{"created": 1, "changed": 0, "unchanged": 0, "findings": []}\n', "")
    after = rows(world)
    assert run(kind) == (0, '{"created": 0, "changed": 0, "unchanged": 1, "findings": []}\n', "")

    assert before < after == rows(world)


def test_words_in_question_are_named_and_taken_once_somebody_says_that_they_looked(world: World, run: Run) -> None:
    flat = ["CHARITY", "Flat 3 Collective", "ngo", "England"]
    before = rows(world)

    refused, in_words = run("agencies", flat), run("agencies", flat, more=())
    not_written = rows(world)
    taken = run("agencies", flat, more=("--looked-at", "Flat 3", "--json"))

    (finding,) = refused.json["findings"]
    assert (refused.code, finding["in_question"], not_written) == (1, ["Flat 3"], before)
    assert "--looked-at 'Flat 3'" in in_words.out
    assert (taken.code, taken.json["created"], rows(world)) == (0, 1, before + 1)


@pytest.mark.parametrize("kind", FILES)
def test_a_dry_run_says_what_would_happen_and_writes_nothing(world: World, run: Run, kind: str) -> None:
    before = rows(world)

    assert run(kind, more=("--dry-run",)) == (0, "1 new, 0 changed, 0 as they were.\n", "")
    assert run(kind, more=("--dry-run", "--json"), by="").json["created"] == 1

    assert rows(world) == before


def test_what_differs_in_the_directory_is_said_cell_by_cell(world: World, run: Run) -> None:
    run("agencies"), run("providers")

    renamed = run("agencies", ["CHARITY", "Renamed", "ngo", "England"], more=("--dry-run",))
    more = run("providers", [*HOUSE[:5], "4"])

    assert renamed.out == (
        "0 new, 1 changed, 0 as they were.\nCHARITY: Name is Example charity, and becomes Renamed.\n"
    )
    assert more.json["differences"] == [
        {"line": 2, "reference": "HOUSE-A", "what": "Places", "was": "3", "becomes": "4"}
    ]


@pytest.mark.parametrize(
    ("kind", "bad", "column", "sentence"),
    [
        ("actions", ["R2", "Nowhere", *ACTION[2:]], "Force", "Line 3, Force: Nowhere is no force known here."),
        (
            "agencies",
            ["force", "Force", "ngo", "UK"],
            "Kind",
            "Line 3, Kind: force is in the directory as police force.",
        ),
        ("providers", [*HOUSE[:2], "U1", *HOUSE[3:]], "Unit", "Line 3, Unit: unit U1 belongs to another provider."),
    ],
)
def test_one_bad_row_is_named_and_none_is_written(
    world: World, run: Run, kind: str, bad: list[str], column: str, sentence: str
) -> None:
    before = rows(world)

    as_json, as_lines = run(kind, FILES[kind][1], bad), run(kind, FILES[kind][1], bad, more=())

    assert (as_json.code, as_lines.code) == (1, 1)
    assert {**as_json.json, "findings": None} == {"created": 0, "changed": 0, "unchanged": 0, "findings": None}
    (finding,) = as_json.json["findings"]
    assert (finding["line"], finding["column"], finding["sentence"]) == (3, column, sentence)
    assert as_lines.out == f"{sentence} {finding['remedy']}\n"
    assert rows(world) == before


@pytest.mark.parametrize("kind", ["agencies", "providers"])
@pytest.mark.parametrize("by", ["silver", ""], ids=["silver", "operator"])
def test_who_may_not_manage_the_directory_is_refused_in_one_sentence(
    world: World, run: Run, kind: str, by: str
) -> None:
    before = rows(world)

    refused = run(kind, by=by)

    assert refused.code == 1
    assert refused.json["error"]["kind"] == "not_allowed"
    assert refused.json["error"]["sentence"].startswith("You cannot manage the directory here: that is for cell.")
    assert rows(world) == before


@pytest.mark.parametrize("kind", FILES)
def test_a_column_missing_or_a_file_missing_is_one_sentence(run: Run, kind: str, tmp_path: Path) -> None:
    short = run(kind, more=("--dry-run",))
    assert short.code == 0

    (tmp_path / "one.csv").write_bytes(a_csv(["Remarks"], ["none"]))
    codes = [main(["import", kind, str(tmp_path / name), "--dry-run"]) for name in ("one.csv", "none.csv")]

    assert codes == [1, 1]


def test_a_kind_that_does_not_exist_is_wrong_usage(run: Run) -> None:
    assert main(["import", "people", "file.csv"]) == 2


def test_what_is_not_read_of_a_workbook_and_what_no_line_does_is_said(
    world: World, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("agencies", more=()).out == "1 new, 0 changed, 0 as they were.\n"
    file = tmp_path / "agencies.xlsx"
    file.write_bytes(an_xlsx(AGENCIES, CHARITY, notes=[["Code"]]))
    unread = "Only the first sheet, “Sheet”, is read; the file also has “Words”."

    assert main(["import", "agencies", str(file), "--as", "cell"]) == 0
    assert capsys.readouterr().out.splitlines() == ["0 new, 0 changed, 1 as they were.", unread]
    file.write_bytes(an_xlsx(AGENCIES[:-1], CHARITY[:-1], notes=[["Code"]]))
    assert main(["import", "agencies", str(file), "--as", "cell"]) == 1
    assert capsys.readouterr().err.endswith(f"Choose or rename columns. {unread}\n")
    with world.desk("cell").reading() as look:
        file.write_bytes(table_file(look, "agencies", "xlsx", "To edit it").body)
    assert main(["import", "agencies", str(file), "--as", "cell"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [NOTHING_GOES]
