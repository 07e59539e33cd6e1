"""The printed log leaves by the one route for files: for a reason, as far as its reader sees, a line of the record."""

import io
import json
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlmodel import col, select

from planner.cli import main
from planner.db import Database
from planner.models.records import RecordLine
from planner.rules.words import Outcome
from tests import ready
from tests.builders import World, a_world
from tests.web.site import client_of, enter, give_account


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    ready.make_ready(world)
    ready.give(world)
    return world


def fetched(world: World, name: str, address: str) -> tuple[int, bytes]:
    give_account(world, name)
    client = client_of(world.database)
    enter(client, name)
    answer = client.get(f"/files/{address}")
    return answer.status_code, answer.content


@pytest.mark.parametrize("address", ["log/WM-0001/For%20the%20file", "operation_log/OP1/For%20the%20file"])
def test_gold_prints_it_and_the_reason_is_kept(world: World, address: str) -> None:
    status, body = fetched(world, "gold", address)

    text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages).split())
    assert (status, "Go-ahead given, WM-0001" in text) == (200, True)
    with world.database.read() as session:
        query = select(RecordLine).where(RecordLine.verb == "export").order_by(col(RecordLine.number).desc())
        line = session.exec(query).first()
    assert line is not None
    assert (line.outcome, json.loads(line.detail)) == (Outcome.EXPORTED, {"reason": "For the file"})


@pytest.mark.parametrize("who", ["partner", "provider", "stranger"])
@pytest.mark.parametrize("address", ["log/WM-0001/Why", "log/WM-9999/Why", "operation_log/OP1/Why", "log/WM-0001/%20"])
def test_missing_and_forbidden_answer_alike(world: World, who: str, address: str) -> None:
    assert fetched(world, who, address) == (404, b"There is no such file, or none that you can open.")


def test_the_command_line_reads_it_and_writes_it(
    world: World, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    give_account(world, "gold")
    monkeypatch.setenv("PLANNER_DATABASE_URL", database_url)
    file = tmp_path / "log.pdf"

    read = [main(["log", about, "--as", "gold", "--json"]) for about in ("WM-0001", "OP1")]
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    wrote = main(["log", "WM-0001", "-o", str(file), "--as", "gold"])
    refused = main(["log", "WM-9999", "--as", "gold"])

    assert (read, wrote, refused) == ([0, 0], 0, 1)
    assert [rows[0]["what"] for rows in said] == ["Go-ahead given"] * 2
    assert list(said[0][0]["parts"])[-1] == "Action and review"
    assert len(PdfReader(file).pages) >= 1
    assert "There is no operation WM-9999" in capsys.readouterr().err


def test_another_force_reads_the_operations_own_decisions_alone(world: World) -> None:
    status, body = fetched(world, "other_silver", "operation_log/OP1/Why")

    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    assert (status, "WM-0001" in text) == (200, False)
