"""A board leaves by the one route for files: to whom its page opens, for a reason, a line of the record."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from sqlmodel import col, select

from planner.db import Database
from planner.models.records import RecordLine
from planner.outputs.table_file import scope_of_table
from planner.rules.asked import Asked
from planner.rules.words import Outcome
from tests.builders import World, a_world, an_action
from tests.outputs.sheets import read_csv, read_xlsx
from tests.web.site import client_of, enter, give_account

NOTHING = (404, "There is no such file, or none that you can open.")


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    an_action(world, "GM-0009")
    return world


def fetched(world: World, name: str, scope: str, why: str = "The court asks: who/when?") -> Any:
    give_account(world, name)
    client = client_of(world.database)
    enter(client, name)
    return client.get(f"/files/table/{quote(scope, safe='')}/{quote(why, safe='')}")


def last_export(database: Database) -> RecordLine:
    with database.read() as session:
        lines = session.exec(select(RecordLine).where(RecordLine.verb == "export").order_by(col(RecordLine.number)))
        return list(lines)[-1]


@pytest.mark.parametrize(("ending", "read"), [("xlsx", read_xlsx), ("csv", read_csv)])
def test_a_planner_takes_a_board_as_filtered_and_the_reason_is_kept(world: World, ending: str, read: Any) -> None:
    answer = fetched(world, "silver", scope_of_table("actions", ending, Asked(text="WM-", force="Force")))

    assert answer.status_code == 200
    assert f"actions.{ending}" in answer.headers["content-disposition"]
    assert read(answer.content).column("Planner reference") == ["WM-0001"]
    line = last_export(world.database)
    assert (line.outcome, line.actor, line.object_kind) == (Outcome.EXPORTED, "Silver, West Midlands", "table")
    asked = f"actions.{ending};text=WM-&force=Force"
    assert json.loads(line.detail) == {"reason": "The court asks: who/when?", "asked": asked}
    assert line.object_ref == f"actions.{ending}"


@pytest.mark.parametrize("who", ["partner", "provider", "stranger"])
@pytest.mark.parametrize(
    "scope",
    ["actions.xlsx", "actions.csv", "nothing.csv", "actions.csv;operation=OP1", "accounts.csv", "record.csv;text=x"],
)
def test_missing_and_forbidden_answer_alike(world: World, who: str, scope: str) -> None:
    answer = fetched(world, who, scope)

    assert (answer.status_code, answer.text) == NOTHING
    assert last_export(world.database).outcome is Outcome.REFUSED


@pytest.mark.parametrize(
    "scope",
    [
        *("actions", "actions.", ".csv", "actions.pdf", "actions.csv.exe", "../actions.csv", "ACTIONS.csv", "é.csv"),
        *("actions.csv;", "actions.csv;=", "actions.csv;password=1", "actions.csv;to_come=no", "actions.csv;x"),
        *("accounts.csv;force=Kent", "accounts.csv;without=no", "bookings.csv;text=x", "record.csv;operation=OP1"),
        *("record.csv;first_day=x", "record.csv;outcome=undone", "record.csv;page=2", "actions.csv;who=x"),
        *("actions.csv;operation=OP9", "actions.csv;operation=%00", "a" * 3000 + ".csv", "\u202e.csv"),
        *(
            "\0",
            "actions.csv\0",
            "actions\0.csv",
            "actions.csv;text=\0",
            "actions.csv;text=%00",
            "actions.csv;force=a%00",
        ),
    ],
)
def test_an_odd_address_is_no_file(world: World, scope: str) -> None:
    answer = fetched(world, "cell", scope)

    assert (answer.status_code, answer.text) == NOTHING


@pytest.mark.parametrize("why", [" ", "x" * 201])
def test_without_a_reason_there_is_no_file(world: World, why: str) -> None:
    answer = fetched(world, "cell", "actions.csv", why)

    assert (answer.status_code, answer.text) == NOTHING
