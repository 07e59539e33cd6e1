"""An operation's handover pack: what its maker takes anyway, each file under its hash and marking; for two posts."""

import hashlib
import io
import json
import zipfile
from typing import Any, NamedTuple

import pytest
from pypdf import PdfReader
from sqlmodel import col, select

from planner.cli import main
from planner.db import Database
from planner.errors import InputError, NotFound
from planner.models.records import RecordLine
from planner.outputs.boards.registry import BOARDS
from planner.outputs.handover import handover_pack
from planner.rules.asked import Asked
from planner.rules.words import Outcome
from planner.services.compartments import close_to
from tests import minutes
from tests.builders import World, a_world, an_action
from tests.outputs.sheets import read_csv, taken_by
from tests.web.site import client_of, enter, give_account

OF_THE_HOUSE = ("accounts", "record", "record-people", "record-actions")  # they belong to no operation
NOTHING = (404, "There is no such file, or none that you can open.")


class Pack(NamedTuple):
    """A pack unpacked, its files in their order."""

    names: list[str]
    files: dict[str, bytes]

    @property
    def manifest(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.files["manifest.json"])
        return told

    @property
    def text(self) -> str:
        return "\n".join(body.decode("utf-8-sig") for name, body in self.files.items() if name.endswith((".csv", "t")))


def unpacked(body: bytes) -> Pack:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        return Pack(names, {name: archive.read(name) for name in names})


@pytest.fixture
def world(database: Database) -> World:
    """Two actions with minutes that went out twice, and a third that is closed to its Silver."""
    world = a_world(database)
    number = minutes.convened(world)
    minutes.meet(world, number)
    minutes.talk(world, number)
    minutes.issue(world, number)
    minutes.say(world, number, "It is put right.")
    minutes.issue(world, number, "Again, with a word of it put right.")
    an_action(world, "XX-4711")
    with world.desk("gold").writing() as work:
        close_to(work, "XX-4711", ["Silver, West Midlands"])
    return world


def pack_of(world: World, name: str) -> Pack:
    with world.desk(name).reading() as look:
        return unpacked(handover_pack(look, "OP1", "The cell hands over."))


def test_every_file_is_in_the_manifest_with_its_size_its_hash_and_its_marking(world: World) -> None:
    pack = pack_of(world, "cell")

    told = {row["name"]: row for row in pack.manifest["files"]}
    assert list(told) == pack.names[2:]
    assert pack.names[:2] == ["manifest.json", "SHA256SUMS"]
    for name, row in told.items():
        body = pack.files[name]
        assert (row["bytes"], row["sha256"]) == (len(body), hashlib.sha256(body).hexdigest()), name
        assert row["marking"] in ("OFFICIAL", "OFFICIAL-SENSITIVE")
    sums = dict(reversed(line.split("  ")) for line in pack.files["SHA256SUMS"].decode().splitlines())
    assert sums == {name: row["sha256"] for name, row in told.items()}
    about = ("operation", "made_by", "made_at", "reason", "marking", "left_out")
    assert [pack.manifest[name] for name in about] == [
        *("OP1", "Cell, West Midlands", "2026-11-24T09:00:00+00:00", "The cell hands over.", "OFFICIAL-SENSITIVE", []),
    ]
    assert pack.files["README.txt"].decode().splitlines()[0] == "OFFICIAL-SENSITIVE"


def test_it_holds_the_sheets_minutes_and_log_that_its_maker_takes_by_themselves(world: World) -> None:
    pack = pack_of(world, "cell")

    with world.desk("cell").reading() as look:
        alone = taken_by(look, Asked(operation="OP1"))
    mine = [name for name in BOARDS if name not in OF_THE_HOUSE]
    assert {name: read_csv(pack.files[f"sheets/{name}.csv"]) for name in mine} == alone
    sheets = [f"sheets/{name}.{ending}" for name in mine for ending in ("xlsx", "csv")]
    number = next(name for name in pack.names if name.startswith("minutes/"))
    assert pack.names == ["manifest.json", "SHA256SUMS", "README.txt", *sheets, number, "log.pdf"]
    assert number.endswith("-2.pdf")
    read = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pack.files[number])).pages)
    assert minutes.OF_FIRST in " ".join(read.split())
    assert pack.names == pack_of(world, "cell").names


def test_what_its_maker_does_not_see_is_not_in_it(world: World) -> None:
    cell, national = (pack_of(world, name) for name in ("cell", "national"))

    assert {name for name, body in cell.files.items() if b"XX-4711" in body} == set()
    assert ("Provider" in cell.text, "sheets/providers.csv" in national.files) == (True, False)
    assert national.manifest["left_out"] == [
        *("Bookings", "Places by night", "Free by zone and profile", "Reserves", "Care providers"),
        *("When agencies can be asked", "Information-sharing agreements", "Trained people by force"),
        "Training register",
    ]


@pytest.mark.parametrize("who", ["silver", "gold", "care_lead", "partner", "provider", "stranger"])
@pytest.mark.parametrize("code", ["OP1", "OP9"])
def test_to_everybody_else_there_is_no_such_operation(world: World, who: str, code: str) -> None:
    with world.desk(who).reading() as look, pytest.raises(NotFound) as refusal:
        handover_pack(look, code, "Curious")

    assert str(refusal.value) == f"There is no operation {code}, or none that you can hand over."


@pytest.mark.parametrize("why", ["", "  ", "x" * 201])
def test_it_asks_why(world: World, why: str) -> None:
    with world.desk("cell").reading() as look, pytest.raises(InputError, match="The reason for the export"):
        handover_pack(look, "OP1", why)


def test_it_leaves_by_the_route_for_files_and_its_name_says_nothing(world: World) -> None:
    found = {}
    for name in ("cell", "silver"):
        give_account(world, name)
        client = client_of(world.database)
        enter(client, name)
        found[name] = client.get("/files/handover/OP1/The%20cell%20hands%2Fover")

    assert (found["silver"].status_code, found["silver"].text) == NOTHING
    assert found["cell"].headers["content-disposition"] == "attachment; filename*=UTF-8''pack.zip"
    assert unpacked(found["cell"].content).manifest["reason"] == "The cell hands/over"
    with world.database.read() as session:
        lines = session.exec(select(RecordLine).where(RecordLine.verb == "export").order_by(col(RecordLine.number)))
        outcomes = [(line.outcome, line.object_kind, json.loads(line.detail)) for line in lines]
    assert outcomes == [
        (Outcome.EXPORTED, "handover", {"reason": "The cell hands/over"}),
        (Outcome.REFUSED, "handover", {}),
    ]


def test_the_command_line_writes_it_for_the_operator_too(
    world: World, database_url: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLANNER_DATABASE_URL", database_url)
    give_account(world, "silver")
    file = tmp_path / "night.zip"

    done = main(["export", "pack", "--operation", "OP1", "-o", str(file), "--why", "Every night"])
    refused = [
        main(["export", "pack", *words, "--as", "silver"])
        for words in (["--operation", "OP1", "-o", str(tmp_path / "x.zip")], ["-o", str(tmp_path / "x.zip")])
    ]

    assert (done, refused) == (0, [1, 1])
    pack = unpacked(file.read_bytes())
    assert (pack.manifest["left_out"], pack.manifest["reason"]) == ([], "Every night")
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".zip"] == ["night.zip"]
    said = capsys.readouterr().err.splitlines()
    assert said == [
        "There is no operation OP1, or none that you can hand over.",
        "A pack is of one operation and a zip: give --operation CODE and -o FILE.zip.",
    ]
