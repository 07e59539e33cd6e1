"""Actions leave as a sheet that the import reads back: the same columns, in its own words, without one finding."""

from datetime import date, timedelta
from datetime import time as clock
from typing import NamedTuple

import pytest

from planner.db import Database
from planner.inputs.action_columns import ACTIONS
from planner.inputs.action_rows import ActionRow
from planner.inputs.columns import suggest_mapping
from planner.inputs.spreadsheets import read_grid
from planner.outputs.boards.actions import COLUMNS, FURTHER
from planner.outputs.table_file import WHOLE, table_file
from planner.rules.asked import Asked
from planner.rules.words import Exploitation, Marking, Need, PremisesKind, Profile
from planner.services import demand
from planner.services.compartments import close_to
from planner.services.exercise import load_pentameter2
from planner.services.importing import Fate, read_file
from planner.services.importing_files import actions_of
from planner.services.importing_known import operation_codes
from planner.work import Desk
from tests.builders import DAWN, World, a_world, an_action
from tests.outputs.sheets import Read, read_csv, read_xlsx

WHY = "For the morning briefing"


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def taken(world: World, name: str, asked: Asked = WHOLE, ending: str = "xlsx") -> Read:
    with world.desk(name).reading() as look:
        body = table_file(look, "actions", ending, WHY, asked).body
    return read_xlsx(body) if ending == "xlsx" else read_csv(body)


class Back(NamedTuple):
    """What the import makes of a sheet."""

    rows: tuple[ActionRow, ...]
    findings: list[str]
    unused: tuple[str, ...]
    fates: tuple[Fate, ...]


def read_back(desk: Desk, body: bytes) -> Back:
    grid = read_grid(body)
    mapping = suggest_mapping(grid.headings, ACTIONS)
    with desk.reading() as look:
        (operation,) = operation_codes(look)
        kind = actions_of(operation)
        reading = read_file(look, kind, grid, mapping)
        fates = kind.fates(look, reading.rows)
    return Back(reading.rows, [finding.sentence for finding in reading.findings], mapping.unused, fates)


def test_the_columns_are_the_imports_own_and_the_rest_is_passed_over() -> None:
    mapping = suggest_mapping(COLUMNS, ACTIONS)

    assert COLUMNS[: len(ACTIONS.columns)] == tuple(column.title for column in ACTIONS.columns)
    assert (mapping.missing, mapping.doubled, mapping.never_kept) == ((), (), ())
    assert mapping.unused == FURTHER
    assert {choice.name for choice in mapping.chosen} == {column.name for column in ACTIONS.columns}


def test_an_action_is_written_in_the_words_of_the_import(world: World) -> None:
    an_action(
        world,
        external_reference="EXT/7",
        ends_at=DAWN + timedelta(hours=20),
        premises_kind=PremisesKind.PARLOUR_OR_SAUNA,
        premises_count=2,
        languages="Romanian, Albanian",
        intelligence_system="HOLMES",
        intelligence_reference="EX/1",
    )
    lines = [(Profile.WOMAN, Need.NONE, 0, 1, 4), (Profile.WOMAN, Need.WHEELCHAIR, 0, 0, 1)]
    with world.desk("silver").writing() as work:
        demand.set_demand(work, "WM-0001", [demand.Line(*line) for line in lines])

    sheet = taken(world, "silver")

    (row,) = sheet.rows
    assert sheet.marking == "OFFICIAL-SENSITIVE"
    assert (row["Reference"], row["Planner reference"], row["Force"]) == ("EXT/7", "WM-0001", "force")
    assert (row["Date"].date(), row["Start"], row["End"]) == (date(2026, 11, 26), clock(6), clock(2))
    assert row["End date"].date() == date(2026, 11, 27)
    assert (row["Kind"], row["Premises"], row["Number of premises"]) == ("warrant", "parlour or sauna", 2)
    assert [row[f"Women {step}"] for step in ("low", "likely", "high")] == [0, 1, 4]
    assert [row[f"Men {step}"] for step in ("low", "likely", "high")] == [None] * 3
    assert (row["Languages"], row["Region"], row["Force in full"]) == ("Romanian; Albanian", "West Midlands", "Force")
    assert row["Further needs"] == "women (wheelchair) 0/0/1"
    assert row["Gate"].endswith("blocking")


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_whole_exercise_is_read_back_without_a_finding_and_says_the_same(database: Database, ending: str) -> None:
    load_pentameter2(database, seed=7, actions=60)
    desk = Desk(database)
    with desk.reading() as look:
        body = table_file(look, "actions", ending, WHY).body

    back = read_back(desk, body)

    assert back.findings == []
    assert back.unused == FURTHER
    sheet = read_csv(body) if ending == "csv" else read_xlsx(body)
    assert [row.external_reference for row in back.rows] == sheet.column("Reference")
    assert len(back.rows) == 60


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_what_came_from_a_file_and_was_not_edited_changes_nothing(world: World, ending: str) -> None:
    an_action(world, external_reference="EXT/1", languages="Romanian, Albanian", marking=Marking.OFFICIAL)
    an_action(world, "WM-0002", external_reference="EXT-2", exploitation=Exploitation.UNKNOWN)
    with world.desk("silver").writing() as work:
        demand.set_demand(work, "WM-0001", [demand.Line(Profile.MAN, Need.NONE, 1, 2, 3)])
    with world.desk("cell").reading() as look:
        body = table_file(look, "actions", ending, WHY).body

    back = read_back(world.desk("cell"), body)

    assert back.findings == []
    assert back.fates == (Fate.UNCHANGED, Fate.UNCHANGED)


def test_each_reader_takes_the_actions_that_they_see(world: World) -> None:
    an_action(world)
    an_action(world, "WM-0002", marking=Marking.OFFICIAL)
    an_action(world, "WM-0003", handling="RECIPIENTS ONLY")
    with world.desk("cell").writing() as work:
        close_to(work, "WM-0003", ["Cell, West Midlands"])

    found = {name: taken(world, name) for name in ("cell", "silver", "other_silver")}

    refs = {name: sheet.column("Planner reference") for name, sheet in found.items()}
    assert refs == {"cell": ["WM-0001", "WM-0002", "WM-0003"], "silver": ["WM-0001", "WM-0002"], "other_silver": []}
    assert found["cell"].marking == "OFFICIAL-SENSITIVE - RECIPIENTS ONLY"
    assert found["silver"].marking == "OFFICIAL-SENSITIVE"
    assert found["other_silver"].marking == "OFFICIAL"


def test_a_page_s_filter_goes_with_it(world: World) -> None:
    an_action(world)
    an_action(world, "GM-0009", starts_at=DAWN - timedelta(days=9), ends_at=DAWN - timedelta(days=8))

    everything, coming, named = (
        taken(world, "cell", asked).column("Reference")
        for asked in (WHOLE, Asked(to_come=True), Asked(text="gm", force="Force", operation="OP1"))
    )

    assert everything == ["GM-0009", "WM-0001"]
    assert (coming, named) == (["WM-0001"], ["GM-0009"])
