"""The list of disclosures leaves by the one route for files: to a reader of the record, for a reason."""

import csv
import io
import json

import pytest
from sqlmodel import col, select

from planner.db import Database
from planner.models.records import RecordLine
from planner.rules.words import Outcome
from tests.builders import World, a_world
from tests.web.site import client_of, enter, give_account

ADDRESS = "/files/disclosures/2026-11-01_2026-11-30/The court asks: who%2Fwhen%3F"


def looked(world: World, ref: str) -> None:
    with world.desk("gold").writing() as work:
        work.record("view", "=1+1 was opened.", kind="page", ref=ref, outcome=Outcome.VIEWED)


def last_export(database: Database) -> RecordLine:
    with database.read() as session:
        lines = session.exec(select(RecordLine).where(RecordLine.verb == "export").order_by(col(RecordLine.number)))
        return list(lines)[-1]


def test_a_reader_of_the_record_takes_the_list_marked_dated_and_without_a_formula(database: Database) -> None:
    world = a_world(database)
    looked(world, "WM-0001")
    give_account(world, "cell")
    client = client_of(database)
    enter(client, "cell")

    answer = client.get(ADDRESS)

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert answer.status_code == 200
    assert "disclosures%202026-11-01_2026-11-30.csv" in answer.headers["content-disposition"]
    assert rows[0] == ["OFFICIAL-SENSITIVE"]
    assert rows[1] == ["Made by Cell, West Midlands"]
    assert rows[4] == ["No.", "When", "Who", "What", "About", "Why", "In words"]
    assert rows[5][1:] == ["2026-11-24 09:00", "Gold, West Midlands", "view", "WM-0001", "", "'=1+1 was opened."]


def test_the_export_is_itself_a_disclosure_with_its_reason(database: Database) -> None:
    world = a_world(database)
    give_account(world, "cell")
    client = client_of(database)
    enter(client, "cell")

    client.get(ADDRESS)

    line = last_export(database)
    assert (line.outcome, line.actor) == (Outcome.EXPORTED, "Cell, West Midlands")
    assert json.loads(line.detail) == {"reason": "The court asks: who/when?"}


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("silver", ADDRESS),
        ("cell", "/files/disclosures/2026-11-01_2026-11-30/%20"),
        ("cell", "/files/disclosures/2026-11-01_2026-11-30/" + "x" * 201),
        ("cell", "/files/disclosures/yesterday/A reason"),
        ("cell", "/files/disclosures/2026-11-01/A reason"),
    ],
)
def test_others_and_odd_requests_get_nothing_and_the_attempt_is_kept(
    database: Database, name: str, address: str
) -> None:
    world = a_world(database)
    looked(world, "WM-0001")
    give_account(world, name)
    client = client_of(database)
    enter(client, name)

    answer = client.get(address)

    assert (answer.status_code, "WM-0001" in answer.text) == (404, False)
    assert last_export(database).outcome is Outcome.REFUSED
