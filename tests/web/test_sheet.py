"""The sheet leaves by the one route for files: to who sees what Gold decides on, for a reason, a line of the record."""

import io
import json

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
    ready.plan(world)
    return world


def fetched(world: World, name: str, address: str) -> tuple[int, bytes, str]:
    give_account(world, name)
    client = client_of(world.database)
    enter(client, name)
    answer = client.get(f"/files/sheet/{address}")
    return answer.status_code, answer.content, answer.headers.get("content-disposition", "")


def last_export(world: World) -> RecordLine:
    with world.database.read() as session:
        query = select(RecordLine).where(RecordLine.verb == "export").order_by(col(RecordLine.number).desc())
        return session.exec(query).first()  # type: ignore[return-value]


def test_gold_prints_it_and_the_reason_is_kept(world: World) -> None:
    status, body, name = fetched(world, "gold", "WM-0001/For%20the%20briefing")

    assert (status, len(PdfReader(io.BytesIO(body)).pages)) == (200, 2)
    assert name == "attachment; filename*=UTF-8''sheet.pdf"
    line = last_export(world)
    assert (line.outcome, line.object_kind, json.loads(line.detail)) == (
        Outcome.EXPORTED,
        "sheet",
        {"reason": "For the briefing"},
    )


@pytest.mark.parametrize(
    ("name", "address"),
    [
        *((who, "WM-0001/Why") for who in ("partner", "provider", "care_lead", "other_silver", "stranger")),
        ("gold", "WM-9999/Why"),
        ("gold", "WM-0001/"),
        ("gold", "WM-0001/%20"),
    ],
)
def test_missing_and_forbidden_answer_alike(world: World, name: str, address: str) -> None:
    status, body, _ = fetched(world, name, address)

    assert (status, body) == (404, b"There is no such file, or none that you can open.")


def test_the_command_writes_it_and_says_so_in_the_record(
    world: World,
    database_url: str,
    tmp_path: object,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    give_account(world, "gold")
    monkeypatch.setenv("PLANNER_DATABASE_URL", database_url)
    file = f"{tmp_path}/sheet.pdf"

    done = main(["sheet", "WM-0001", "-o", file, "--as", "gold", "--json"])
    told = json.loads(capsys.readouterr().out)
    refused = main(["sheet", "WM-9999", "-o", file, "--as", "gold"])

    assert (done, refused, told["action"]) == (0, 1, "WM-0001")
    assert len(PdfReader(file).pages) == 2
    assert "There is no action WM-9999" in capsys.readouterr().err
    assert last_export(world).outcome is Outcome.EXPORTED
