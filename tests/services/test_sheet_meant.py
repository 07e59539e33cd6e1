"""Which actions a sheet means that lost a column or a line, or was made by somebody who sees less."""

from collections.abc import Callable

import pytest
from openpyxl.worksheet.worksheet import Worksheet
from sqlmodel import select

from planner.db import Database
from planner.inputs.spreadsheets import read_grid
from planner.models.operations import Action
from planner.rules.asked import Asked
from planner.rules.held import held_in
from planner.rules.words import ActionState
from planner.services.missing_lines import is_headless
from tests.builders import World, a_world, an_action
from tests.services.test_sheet_back import HEAD, asked_about, column, edited, gone, line_of, put, read, sheet


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    an_action(world, "WM-0002", external_reference="EXT/2")
    an_action(world, "WM-0003")
    an_action(world, "OT-0001", force_id=world.force + 1)
    return world


def without_column(table: Worksheet) -> None:
    table.delete_cols(column("Planner reference"))


@pytest.mark.parametrize(
    ("edit", "named"),
    [
        (without_column, ["WM-0001", "WM-0003"]),
        (put("WM-0003", Planner_reference=None), ["WM-0003"]),
    ],
    ids=["the column is gone", "one cell is empty"],
)
def test_what_stands_here_already_is_not_planned_again(
    world: World, edit: Callable[[Worksheet], None], named: list[str]
) -> None:
    """WM-0002 is known by the reference that it was brought with."""
    desk = world.desk("silver")

    reading = read(desk, edited(sheet(desk), edit))

    assert [item.sentence.split(": ", 1)[1].split(" stands here already")[0] for item in reading.findings] == named
    assert "under Planner reference too" in reading.findings[0].remedy


def test_a_sheet_of_who_sees_less_does_not_make_the_rest_missing(world: World) -> None:
    """Silver has no action of the other force; the cell has."""
    cell, silver = world.desk("cell"), world.desk("silver")
    body = sheet(silver)

    assert asked_about(cell, body) == ()
    assert asked_about(cell, edited(body, gone("WM-0002"))) == ("WM-0002",)
    assert asked_about(silver, edited(sheet(cell), gone("WM-0002", "OT-0001"))) == ("WM-0002",)
    assert asked_about(cell, edited(sheet(cell), gone("OT-0001"))) == ("OT-0001",)


def test_what_came_to_a_list_or_into_sight_after_the_sheet_was_made_is_not_missing(world: World) -> None:
    """Deferred then and planned again since; closed to the reader then and opened since."""
    an_action(world, "WM-0004")
    with world.database.write() as session:
        session.exec(select(Action).where(Action.reference == "WM-0002")).one().state = ActionState.DEFERRED
        session.exec(select(Action).where(Action.reference == "WM-0003")).one().compartment = True
    silver = world.desk("silver")
    body = sheet(silver, Asked(to_come=True))
    with world.database.write() as session:
        session.exec(select(Action).where(Action.reference == "WM-0002")).one().state = ActionState.PLANNED
        session.exec(select(Action).where(Action.reference == "WM-0003")).one().compartment = False

    assert asked_about(silver, body) == ()
    assert asked_about(silver, edited(body, gone("WM-0001"))) == ("WM-0001",)


def test_a_sheet_that_no_longer_says_where_it_comes_from_is_told_to_be_headless(world: World) -> None:
    desk = world.desk("silver")
    body = sheet(desk)

    def behead(table: Worksheet) -> None:
        gone("WM-0003")(table)
        table.delete_rows(1, HEAD - 1)

    told = [
        is_headless(read(desk, each).rows, held_in(read_grid(each).preface)) for each in (body, edited(body, behead))
    ]

    assert told == [False, True]


def test_a_sheet_whose_list_of_lines_was_changed_claims_nothing(world: World) -> None:
    desk = world.desk("cell")

    def edit(table: Worksheet) -> None:
        table.cell(5, 1).value = str(table.cell(5, 1).value).rstrip(".")
        table.delete_rows(line_of(table, "WM-0003"))

    body = edited(sheet(desk), edit)

    assert asked_about(desk, body) == ()
    assert is_headless(read(desk, body).rows, held_in(read_grid(body).preface))


@pytest.mark.parametrize("version", [None, 1, 2])
@pytest.mark.parametrize("gone_too", ["Planner reference", "Version"])
def test_a_line_that_is_known_by_its_own_reference_undoes_nothing_newer(
    world: World, version: int | None, gone_too: str
) -> None:
    """While the sheet says where it comes from; elsewhere a column called Version is somebody's own."""
    desk = world.desk("silver")

    def edit(table: Worksheet) -> None:
        for reference in ("WM-0001", "WM-0003"):
            table.delete_rows(line_of(table, reference))
        put("WM-0002", Planner_reference=None, Version=version, Number_of_premises=4)(table)
        if gone_too == "Version":
            table.delete_cols(column("Version"))
        table.delete_cols(column("Planner reference"))

    body = edited(sheet(desk), edit)
    with world.database.write() as session:
        action = session.exec(select(Action).where(Action.reference == "WM-0002")).one()
        action.version, action.premises_count = 2, 3

    found = [item.sentence for item in read(desk, body).findings]
    plain = [item.sentence for item in read(desk, edited(body, lambda table: table.delete_rows(1, HEAD - 1))).findings]

    said = version if gone_too != "Version" else None
    since = {None: "may have been changed", 1: "was changed"}.get(said)
    told = f"WM-0002 {since} after this sheet was made: Number of premises is now 3, here 4."
    assert [item.split(": ", 1)[1] for item in found] == ([told] if since else [])
    assert plain == []
