"""Minutes on the command line: one's own copy, read or written for a reason; each a line of the record."""

import io
import json
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader
from sqlmodel import col, select

from planner.cli import main
from planner.db import Database
from planner.models.records import RecordLine
from planner.rules.words import Outcome
from tests.builders import World, a_world
from tests.minutes import EVERYTHING, FIRST, OF_FIRST, PLEDGES, VENUE, minuted
from tests.web.site import give_account


@pytest.fixture
def world(database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setenv("PLANNER_DATABASE_URL", database_url)
    world = a_world(database)
    for name in ("cell", "health", "other_silver"):
        give_account(world, name)
    return world


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(["conference", "minutes", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def last_line(world: World) -> RecordLine:
    with world.database.read() as session:
        return session.exec(select(RecordLine).order_by(col(RecordLine.number).desc())).first()  # type: ignore[return-value]


def test_a_planner_reads_the_minutes_of_an_action_and_the_reading_is_recorded(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    conference, number = minuted(world)

    code, text, _ = run(capsys, FIRST, "--as", "cell")
    _, again, _ = run(capsys, str(conference), "--json", "--as", "cell")

    assert (code, VENUE in text) == (0, False)
    assert all(word in text for word in EVERYTHING)
    assert text.startswith("OFFICIAL")
    assert json.loads(again)["sections"][0]["title"] == "The conference"
    line = last_line(world)
    assert (line.outcome, line.object_kind, line.object_ref) == (Outcome.VIEWED, "minutes", str(number))


@pytest.mark.parametrize("form", ["pdf", "docx", "text"])
def test_a_file_needs_a_reason_which_stands_in_the_record(
    world: World, capsys: pytest.CaptureFixture[str], tmp_path: Path, form: str
) -> None:
    minuted(world)
    file = tmp_path / "minutes"

    refused, _, why = run(capsys, FIRST, "--format", form, "-o", str(file), "--as", "cell")
    assert (refused, why, file.exists()) == (
        1,
        "The reason for the export is missing. Give it in a few words.\n",
        False,
    )
    code, said, _ = run(
        capsys, FIRST, "--format", form, "-o", str(file), "--reason", "For court", "--json", "--as", "cell"
    )

    assert (code, json.loads(said)["bytes"]) == (0, file.stat().st_size)
    body = file.read_bytes()
    words = {
        "pdf": lambda: "".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages),
        "docx": lambda: "\n".join(each.text for each in Document(io.BytesIO(body)).paragraphs),
        "text": body.decode,
    }[form]()
    assert OF_FIRST in words
    line = last_line(world)
    assert (line.outcome, json.loads(line.detail)) == (Outcome.EXPORTED, {"reason": "For court"})


def test_a_partner_reads_its_own_copy_and_another_force_finds_none(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    conference, _ = minuted(world)

    _, text, _ = run(capsys, str(conference), "--as", "health")
    there = run(capsys, str(conference), "--as", "other_silver")
    missing = run(capsys, "999999", "--as", "other_silver")

    assert [word for word in EVERYTHING if word in text] == [PLEDGES[FIRST]]
    assert there == missing == (1, "", "There are no such minutes, or none that you can open.\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((FIRST, "--format", "pdf"), "A pdf goes to a file. Name it with -o FILE."),
        ((FIRST, "--format", "odt"), "Minutes are made as one of these: pdf, docx, text; not as odt."),
        ((FIRST, "-o", "/no/such/folder/x", "--reason", "Why"), "The file /no/such/folder/x cannot be written"),
        (("WM-9999",), "There is no action WM-9999, or none that you can open."),
        (("١٢",), "There is no action ١٢, or none that you can open."),
        (("99999999999999999999",), "There are no such minutes, or none that you can open."),
    ],
)
def test_what_cannot_be_done_is_a_sentence(
    world: World, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    minuted(world)

    code, _, told = run(capsys, *words, "--as", "cell")

    assert code == 1
    assert told.startswith(said)
    assert told.count("\n") == 1
