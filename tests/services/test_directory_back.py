"""A sheet of the directory comes back: each edited cell is said and written, and nothing newer is undone by it."""

from collections.abc import Callable
from datetime import time
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from planner.db import Database
from planner.errors import InputError
from planner.inputs.columns import suggest_mapping
from planner.inputs.readings import Reading
from planner.inputs.spreadsheets import read_grid
from planner.models.care import Unit, UnitNeed
from planner.models.directory import Agency, Availability
from planner.outputs.table_file import table_file
from planner.rules.words import Need
from planner.services.importing import Counted, FileKind, counted, read_file
from planner.services.importing_files import AGENCY_FILE, AVAILABILITY_FILE, PROVIDER_FILE
from tests.builders import NOW, World, a_unit, a_world

KINDS: dict[str, FileKind[Any]] = {
    "agencies": AGENCY_FILE,
    "providers": PROVIDER_FILE,
    "availability": AVAILABILITY_FILE,
}
CODE = {"agencies": "Code", "providers": "Unit", "availability": "Agency code"}


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    with database.write() as session:
        hours = {"weekdays": "12345", "opens": time(9), "closes": time(17), "changed_at": NOW}
        session.add(Availability(agency_id=world.ngo, **hours))
    return world


def sheet(world: World, name: str, ending: str = "xlsx") -> bytes:
    with world.desk("cell").reading() as look:
        return table_file(look, name, ending, "To edit it").body


def edited(name: str, body: bytes, code: str, **cells: object) -> bytes:
    book, file = load_workbook(BytesIO(body)), BytesIO()
    table = book.worksheets[0]
    names = next(row for row in table.iter_rows(max_row=10) if CODE[name] in [cell.value for cell in row])
    at = {str(cell.value): cell.column for cell in names}
    row = next(
        row for row in range(names[0].row + 1, table.max_row + 1) if table.cell(row, at[CODE[name]]).value == code
    )
    for column, value in cells.items():
        table.cell(row, at[column.replace("_", " ")]).value = value
    book.save(file)
    return file.getvalue()


def read(world: World, name: str, body: bytes) -> Reading[Any]:
    grid, kind = read_grid(body), KINDS[name]
    with world.desk("cell").reading() as look:
        return read_file(look, kind, grid, suggest_mapping(grid.headings, kind.layout))


def seen(world: World, name: str, body: bytes) -> tuple[Counted, list[tuple[str, ...]]]:
    reading = read(world, name, body)
    assert [item.sentence for item in reading.findings] == []
    with world.desk("cell").reading() as look:
        found = [tuple(item)[1:] for item in KINDS[name].differences(look, reading.rows)]
        return counted(KINDS[name].fates(look, reading.rows)), found


def written(world: World, name: str, body: bytes) -> Counted:
    with world.desk("cell").writing() as work:
        return KINDS[name].write(work, read(world, name, body))


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("name", KINDS)
def test_an_unedited_sheet_of_the_directory_changes_nothing(world: World, name: str, ending: str) -> None:
    done, differences = seen(world, name, sheet(world, name, ending))

    assert (done.created, done.changed, differences) == (0, 0, [])
    assert done.unchanged > 0


@pytest.mark.parametrize(
    ("name", "code", "cells", "differences"),
    [
        ("agencies", "ngo", {"Name": "Another"}, [("Name", "Ngo", "Another")]),
        ("agencies", "ngo", {"First_responder": "no"}, [("First responder", "Yes", "No")]),
        ("agencies", "ngo", {"Nation": "Wales; England"}, [("Nation", "England", "England; Wales")]),
        ("providers", "U1", {"Places": 6}, [("Places", "4", "6")]),
        ("providers", "U1", {"Accepts": "woman; family"}, [("Accepts", "Woman", "Woman, family")]),
        ("providers", "U1", {"Provider_name": "Anew"}, [("Provider name", "Provider", "Anew")]),
        (
            "availability",
            "ngo",
            {"Until": time(18), "Actions_a_day": 2},
            [
                (
                    "Hours",
                    "Mon–Fri 09:00–17:00, not on bank holidays",
                    "Mon–Fri 09:00–18:00, not on bank holidays, 2 actions a day",
                )
            ],
        ),
    ],
)
def test_exactly_what_was_edited_is_said_and_written(
    world: World, name: str, code: str, cells: dict[str, object], differences: list[tuple[str, ...]]
) -> None:
    body = edited(name, sheet(world, name), code, **cells)
    done, found = seen(world, name, body)

    assert (done.created, done.changed) == (0, 1)
    called = "provider" if "Provider_name" in cells else code
    assert found == [(called, *item) for item in differences]
    assert written(world, name, body).changed == 1
    assert written(world, name, sheet(world, name)).changed == 0


def renamed(world: World) -> None:
    with world.database.write() as session:
        session.get_one(Agency, world.ngo).name = "Renamed"


def refurnished(world: World) -> None:
    with world.database.write() as session:
        session.exec(select(Unit).where(Unit.code == "U1")).one().name = "Renamed"


def said_anew(world: World) -> None:
    with world.database.write() as session:
        session.get_one(Availability, world.ngo).closes = time(20)


@pytest.mark.parametrize(
    ("name", "code", "since", "was"),
    [
        ("agencies", "ngo", renamed, "Name is now Renamed, here Ngo"),
        ("providers", "U1", refurnished, "Unit name is now Renamed, here "),
        ("availability", "ngo", said_anew, "Hours is now Mon–Fri 09:00–20:00"),
    ],
)
def test_a_sheet_that_is_older_than_a_change_does_not_undo_it(
    world: World, name: str, code: str, since: Callable[[World], None], was: str
) -> None:
    body = sheet(world, name)
    since(world)
    (finding,) = read(world, name, body).findings

    assert f"{code} was changed after this sheet was made: {was}" in finding.sentence
    with pytest.raises(InputError, match="was changed after this sheet was made"):
        written(world, name, body)
    version = finding.remedy.partition("write ")[2].partition(" ")[0]
    assert written(world, name, edited(name, body, code, Version=version)).changed == 1


@pytest.mark.parametrize(
    ("name", "code", "since"),
    [("agencies", "ngo", renamed), ("providers", "U1", refurnished), ("availability", "ngo", said_anew)],
)
@pytest.mark.parametrize("beheaded", [False, True])
def test_a_line_whose_version_is_gone_undoes_nothing_unsaid(
    world: World, name: str, code: str, since: Callable[[World], None], *, beheaded: bool
) -> None:
    """Without its head it still came from here while other lines have versions; with neither it is a plain file."""
    with world.database.write() as session:
        provider = world.provider
        session.add(Availability(agency_id=world.force, weekdays="1", opens=time(9), closes=time(17), changed_at=NOW))
        a_unit(session, provider, world.operation, code="U2", places=1)
    body = edited(name, sheet(world, name), code, Version=None)
    if beheaded:
        body = without_head(body)
    since(world)

    (finding,) = read(world, name, body).findings

    assert f"{code} may have been changed after this sheet was made" in finding.sentence
    version = finding.remedy.partition("write ")[2].partition(" ")[0]
    assert written(world, name, edited(name, body, code, Version=version)).changed == 1
    since(world)
    assert read(world, name, without_head(body, but_the_version=True)).findings == ()


def without_head(body: bytes, *, but_the_version: bool = False) -> bytes:
    book, file = load_workbook(BytesIO(body)), BytesIO()
    table = book.worksheets[0]
    while len([cell for cell in table[1] if cell.value is not None]) < 2:
        table.delete_rows(1)
    if but_the_version:
        table.delete_cols(next(cell.column or 0 for cell in table[1] if cell.value == "Version"))
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "code", "cells", "why"),
    [
        ("agencies", "ngo", {"Region": None}, "Region: it cannot be blank of ngo, which is in West Midlands."),
        (
            "agencies",
            "ngo",
            {"First_responder": None},
            "First responder: it cannot be blank of something that is there.",
        ),
        ("agencies", "ngo", {"Fictional": None}, "Fictional: it cannot be blank of something that is there."),
        ("providers", "U1", {"Unit_name": None}, "Unit name: it cannot be blank of something that is there."),
        ("providers", "U1", {"Site": None}, "Site: it cannot be blank of something that is there."),
        ("providers", "U1", {"Fictional": None}, "Fictional: it cannot be blank of something that is there."),
    ],
)
def test_what_cannot_be_blank_is_not_cleared_in_silence(
    world: World, name: str, code: str, cells: dict[str, object], why: str
) -> None:
    found = read(world, name, edited(name, sheet(world, name), code, **cells)).findings

    assert [item.sentence.split(", ", 1)[1] for item in found] == [why]


def test_what_a_unit_takes_is_cleared_as_the_table_says(world: World) -> None:
    with world.database.write() as session:
        unit = session.exec(select(Unit).where(Unit.code == "U1")).one()
        session.add(UnitNeed(unit_id=unit.id or 0, need=Need.WHEELCHAIR))
    body = edited("providers", sheet(world, "providers"), "U1", Needs_met=None, Exploitation=None)

    assert seen(world, "providers", body)[1] == [
        ("U1", "Needs met", "Wheelchair", "None"),
        ("U1", "Exploitation", "Sexual, unknown", "Any"),
    ]
    assert written(world, "providers", body).changed == 1
    assert seen(world, "providers", sheet(world, "providers"))[1] == []


def test_a_new_unit_does_not_rename_its_provider_past_a_newer_name(world: World) -> None:
    body = edited("providers", sheet(world, "providers"), "U1", Unit="U9", Provider_name="Anew", Version=None)

    (finding,) = read(world, "providers", body).findings

    assert "Provider name is now Provider, here Anew, on a line that adds a unit." in finding.sentence


@pytest.mark.parametrize("said", ["1.2", "final", 3, None])
def test_a_version_of_ones_own_refuses_no_line(world: World, said: object) -> None:
    assert read(world, "agencies", edited("agencies", sheet(world, "agencies"), "ngo", Version=said)).findings == ()
