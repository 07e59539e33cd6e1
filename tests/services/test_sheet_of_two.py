"""A sheet of two operations comes back to each by itself; what is of the other is said and left alone."""

from datetime import date

import pytest

from planner.db import Database
from planner.inputs.action_rows import ActionRow
from planner.inputs.columns import suggest_mapping
from planner.inputs.readings import Reading
from planner.inputs.spreadsheets import read_grid
from planner.models.directory import Appointment
from planner.models.operations import Operation
from planner.models.policy import Policy
from planner.outputs.table_file import table_file
from planner.rules.held import held_in
from planner.rules.words import Post
from planner.services.importing import Counted, counted, read_file
from planner.services.importing_actions import import_actions
from planner.services.importing_files import actions_of
from planner.services.missing_lines import missing
from tests.builders import BLOCKS, NOW, World, a_world, an_action
from tests.services.test_sheet_back import edited, line_of, put

OTHER = "P9"


@pytest.fixture
def world(database: Database) -> World:
    """Silver's two operations, with an action of the same reference of their own in each."""
    world = a_world(database)
    with database.write() as session:
        first = session.get_one(Operation, world.operation)
        dates = {"starts_on": first.starts_on, "ends_on": first.ends_on}
        second = Operation(code=OTHER, name="Second", lead_agency_id=first.lead_agency_id, **dates)
        session.add(second)
        session.flush()
        other = second.id or 0
        session.add(Policy(operation_id=other, blocks=BLOCKS, reason="the first policy", set_at=NOW))
        session.add(
            Appointment(
                person_id=world.people["silver"],
                post=Post.SILVER,
                operation_id=other,
                agency_id=world.force,
                region="wm",
            )
        )
    an_action(world, external_reference="EXT/1")
    an_action(world, "WM-0002")
    an_action(world, "WM-0003", operation_id=other, external_reference="EXT/1")
    return world


def sheet(world: World) -> bytes:
    with world.desk("silver").reading() as look:
        return table_file(look, "actions", "xlsx", "To edit it").body


def read(world: World, code: str, body: bytes) -> Reading[ActionRow]:
    grid, kind = read_grid(body), actions_of(code)
    with world.desk("silver").reading() as look:
        return read_file(look, kind, grid, suggest_mapping(grid.headings, kind.layout))


def code_of(world: World) -> str:
    with world.database.read() as session:
        return session.get_one(Operation, world.operation).code


def test_a_sheet_of_two_operations_comes_back_to_each(world: World) -> None:
    body = edited(sheet(world), put("WM-0003", Number_of_premises=3))
    own, other = read(world, code_of(world), body), read(world, OTHER, body)

    assert (own.findings, other.findings) == ((), ())
    assert [(row.planner_reference, row.external_reference) for row in own.rows] == [
        ("WM-0001", "EXT/1"),
        ("WM-0002", "WM-0002"),
    ]
    assert [item.sentence for item in own.elsewhere] == [
        "1 line of the sheet is of Second (P9) and not read here: choose that operation to bring them in."
    ]
    assert [(item.code, item.lines) for item in other.elsewhere] == [(code_of(world), 2)]
    with world.desk("silver").reading() as look:
        kind = actions_of(OTHER)
        assert counted(kind.fates(look, other.rows)) == Counted(0, 1, 0)
        assert [tuple(item)[1:] for item in kind.differences(look, other.rows)] == [
            ("WM-0003", "Number of premises", "1", "3")
        ]
    with world.desk("silver").writing() as work:
        assert import_actions(work, OTHER, other) == Counted(0, 1, 0)
    with world.desk("silver").writing() as work:
        assert import_actions(work, code_of(world), own) == Counted(0, 0, 2)


def test_what_is_missing_is_asked_about_for_its_own_operation_alone(world: World) -> None:
    body = edited(sheet(world), lambda table: table.delete_rows(line_of(table, "WM-0002")))
    for code, absent in ((code_of(world), ("WM-0002",)), (OTHER, ())):
        reading = read(world, code, body)
        with world.desk("silver").reading() as look:
            assert missing(look, code, reading.rows, held_in(read_grid(body).preface)) == absent


@pytest.mark.parametrize("said", ["Operation Tornado", "", 7])
def test_a_column_of_that_name_that_somebody_keeps_for_himself_says_nothing(world: World, said: object) -> None:
    reading = read(world, code_of(world), edited(sheet(world), put("WM-0002", Operation=said)))

    assert [row.planner_reference for row in reading.rows] == ["WM-0001", "WM-0002"]
    assert reading.findings == ()


def test_a_new_line_copied_from_the_other_operation_is_not_planned_in_this_one(world: World) -> None:
    def copied(table: object) -> None:
        put("WM-0003", Planner_reference=None, Version=None, Reference="NEW/1", Date=date(2026, 11, 30))(table)  # type: ignore[arg-type]

    reading = read(world, code_of(world), edited(sheet(world), copied))

    assert "NEW/1" not in [row.external_reference for row in reading.rows]
    assert [item.lines for item in reading.elsewhere] == [1]


@pytest.mark.parametrize("said", ["GOLDFISH", "HIDDEN", 7])
def test_a_new_line_of_an_operation_that_cannot_be_opened_is_not_planned_in_this_one(
    world: World, said: object
) -> None:
    """Of one that there is and of one that there is not the same is said."""
    with world.database.write() as session:
        first = session.get_one(Operation, world.operation)
        dates = {"starts_on": first.starts_on, "ends_on": first.ends_on}
        session.add(Operation(code="HIDDEN", name="Hidden", lead_agency_id=first.lead_agency_id, **dates))

    def added(table: object) -> None:
        new = {"Planner_reference": None, "Version": None, "Reference": "NEW/1", "Operation": said}
        put("WM-0001", **new)(table)  # type: ignore[arg-type]

    (finding,) = read(world, code_of(world), edited(sheet(world), added)).findings

    assert finding.sentence == f"Line {finding.line}, Operation: {said} is no operation that you can open."
    assert finding.remedy == "Write OP1 for an action of Operation One, or take the line out."
