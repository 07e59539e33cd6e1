"""Minutes leave by the one route for files: to who may read them, for a reason, a line of the record each."""

import io
import json

import pytest
from pypdf import PdfReader
from sqlmodel import col, select

from planner.db import Database
from planner.models.records import RecordLine
from planner.rules.words import Outcome
from tests.builders import World, a_world
from tests.minutes import EVERYTHING, FIRST, OF_FIRST, PLEDGES, minuted
from tests.web.site import client_of, enter, give_account


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    minuted(world)
    return world


def fetched(world: World, name: str, address: str) -> tuple[int, bytes, str]:
    give_account(world, name)
    client = client_of(world.database)
    enter(client, name)
    answer = client.get(f"/files/minutes/{address}")
    return answer.status_code, answer.content, answer.headers.get("content-type", "")


def last_export(world: World) -> RecordLine:
    with world.database.read() as session:
        query = select(RecordLine).where(RecordLine.verb == "export").order_by(col(RecordLine.number).desc())
        return session.exec(query).first()  # type: ignore[return-value]


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


def test_a_planner_takes_the_pdf_and_the_reason_is_kept(world: World) -> None:
    status, body, kind = fetched(world, "cell", "1.pdf/For%20the%20debrief")

    assert (status, kind) == (200, "application/pdf")
    assert all(word in words(body) for word in EVERYTHING)
    line = last_export(world)
    assert (line.outcome, json.loads(line.detail)) == (Outcome.EXPORTED, {"reason": "For the debrief"})


def test_a_partners_pdf_lacks_the_others_items(world: World) -> None:
    status, body, _ = fetched(world, "health", "1.pdf/Ours")

    assert status == 200
    assert [word for word in EVERYTHING if word in words(body)] == [PLEDGES[FIRST]]
    assert OF_FIRST.encode() not in body


def test_a_word_file_is_one(world: World) -> None:
    status, body, kind = fetched(world, "cell", "1.docx/Why")

    assert (status, body[:2], "wordprocessingml" in kind) == (200, b"PK", True)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("provider", "1.pdf/Why"),
        ("other_silver", "1.pdf/Why"),
        ("cell", "2.pdf/Why"),
        ("cell", "1.pdf/%20"),
        ("cell", "1.pdf/" + "x" * 201),
        ("cell", "1.exe/Why"),
        ("cell", "1/Why"),
        ("cell", "one.pdf/Why"),
        ("cell", "%D9%A1.pdf/Why"),
        ("cell", "99999999999999.pdf/Why"),
    ],
)
def test_others_and_odd_requests_get_nothing_and_the_attempt_is_kept(world: World, name: str, address: str) -> None:
    status, body, _ = fetched(world, name, address)

    assert (status, body) == (404, b"There is no such file, or none that you can open.")
    assert last_export(world).outcome is Outcome.REFUSED
