"""Agencies from a file: whole or not at all, a second time nothing, only by the cell; a lost first responder shows."""

from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import col, select

from planner import facts
from planner.db import Database
from planner.errors import InputError, NotAllowed
from planner.inputs.agencies import AgencyRow
from planner.inputs.readings import Reading, RowFinding
from planner.models.directory import Agency
from planner.models.records import RecordLine
from planner.rules.words import AgencyKind, Nation, Outcome, Standing
from planner.services.importing import Counted, Fate
from planner.services.importing_agencies import fates_of_agencies, import_agencies, judged_agencies
from planner.work import Desk
from tests import ready
from tests.builders import NOW, World, a_world

ENGLAND = (Nation.ENGLAND,)
CHARITY = AgencyRow(2, "CHARITY", "Example charity", AgencyKind.NGO, (Nation.ENGLAND, Nation.WALES), fictional=True)
COUNCIL = AgencyRow(3, "COUNCIL", "Example council", AgencyKind.LOCAL_AUTHORITY, ENGLAND, "wm", True)
NGO = AgencyRow(2, "ngo", "Ngo", AgencyKind.NGO, ENGLAND)
FORCE = AgencyRow(2, "NEW-FORCE", "New force", AgencyKind.POLICE_FORCE, ENGLAND, "wm")


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def imported(world: World, *rows: AgencyRow, by: str = "cell") -> Counted:
    with world.desk(by).writing() as work:
        return import_agencies(work, Reading(rows, ()))


def agencies(world: World) -> dict[str, dict[str, Any]]:
    with world.database.read() as session:
        return {row.code: row.model_dump() for row in session.exec(select(Agency).order_by(col(Agency.id)))}


def refusals(world: World, *rows: AgencyRow) -> list[str]:
    with world.desk("cell").reading() as look:
        return [finding.sentence for finding in judged_agencies(look, Reading(rows, ())).findings]


def test_agencies_of_a_file_are_in_the_directory(world: World) -> None:
    assert imported(world, CHARITY, COUNCIL) == Counted(2, 0, 0)

    charity, council = agencies(world)["CHARITY"], agencies(world)["COUNCIL"]
    assert (charity["nation"], charity["nations"], charity["fictional"]) == (None, "england|wales", True)
    assert (council["nation"], council["region"], council["first_responder"]) == (Nation.ENGLAND, "wm", True)
    assert charity["source"] == "A file that the cell imported"


def test_a_second_import_of_the_same_agencies_changes_nothing(world: World) -> None:
    imported(world, CHARITY, COUNCIL)
    before = agencies(world)

    assert imported(world, CHARITY, replace(COUNCIL, code="council")) == Counted(0, 0, 2)
    assert agencies(world) == before


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Another name"},
        {"nations": (Nation.SCOTLAND,)},
        {"first_responder": True},
        {"fictional": False},
        {"region_code": "wm"},
    ],
    ids=lambda changes: "_".join(changes),
)
def test_each_changed_cell_of_an_agency_is_taken_over_once(world: World, changes: dict[str, object]) -> None:
    imported(world, CHARITY, COUNCIL)
    rows = (replace(CHARITY, **changes), COUNCIL)

    with world.desk("cell").reading() as look:
        foreseen = fates_of_agencies(look, rows)

    assert foreseen == (Fate.CHANGED, Fate.UNCHANGED)
    assert imported(world, *rows) == Counted(0, 1, 1)
    assert imported(world, *rows) == Counted(0, 0, 2)


def test_what_a_line_leaves_blank_of_an_agency_stays(world: World) -> None:
    imported(world, COUNCIL)

    blank = replace(COUNCIL, region_code=None, first_responder=None, fictional=None)

    assert imported(world, blank) == Counted(0, 0, 1)
    assert agencies(world)["COUNCIL"]["first_responder"]


def test_an_agency_of_another_kind_refuses_the_whole_file_and_names_the_line(world: World) -> None:
    as_health = replace(COUNCIL, code="ngo", kind=AgencyKind.HEALTH)

    with pytest.raises(InputError) as refused:
        imported(world, CHARITY, as_health)

    assert refused.value.line == 3
    assert str(refused.value) == (
        "1 cell cannot be taken, so no row was. Line 3, Kind: ngo is in the directory as ngo. "
        "Leave its kind as it is there, or give this agency another code."
    )
    assert "CHARITY" not in agencies(world)
    assert imported(world, CHARITY, replace(as_health, kind=AgencyKind.NGO)) == Counted(1, 1, 0)


def test_one_bad_cell_and_no_agency_is_written(world: World) -> None:
    bad = RowFinding(3, "Name", "", "Line 3, Name: the cell is empty.", "Fill it in, or take the line out.")

    with pytest.raises(InputError, match="Line 3, Name"), world.desk("cell").writing() as work:
        import_agencies(work, Reading((CHARITY,), (bad,)))

    assert "CHARITY" not in agencies(world)


def test_a_new_police_force_of_one_nation_needs_its_region(world: World) -> None:
    needs = ["Line 2, Region: a police force of one nation needs its region."]

    assert refusals(world, replace(FORCE, region_code=None)) == needs
    assert refusals(world, FORCE) == []
    assert refusals(world, replace(FORCE, region_code=None, nations=tuple(Nation))) == []
    assert refusals(world, replace(FORCE, code="force", region_code=None)) == []


def test_a_region_lies_in_a_nation_of_its_agency(world: World) -> None:
    assert refusals(world, replace(COUNCIL, nations=(Nation.WALES,))) == [
        "Line 3, Region: West Midlands lies in England."
    ]
    assert refusals(world, COUNCIL) == []


@pytest.mark.parametrize("name", ["silver", "gold", "partner", "provider", "stranger"])
def test_only_the_cell_imports_agencies_and_the_refusal_is_recorded(world: World, name: str) -> None:
    with pytest.raises(NotAllowed):
        imported(world, CHARITY, by=name)
    with pytest.raises(NotAllowed, match="that is for cell"), world.desk(name).reading() as look:
        fates_of_agencies(look, (CHARITY,))

    assert "CHARITY" not in agencies(world)
    with world.database.read() as session:
        last = session.exec(select(RecordLine).order_by(col(RecordLine.number).desc())).first()
        assert last is not None
        assert (last.verb, last.outcome, last.object_ref) == ("manage_directory", Outcome.REFUSED, "agencies")


def test_the_operator_reads_what_a_file_would_do_and_writes_nothing(world: World) -> None:
    operator = Desk(world.database, clock=lambda: NOW)

    with operator.reading() as look:
        assert fates_of_agencies(look, (CHARITY, NGO)) == (Fate.NEW, Fate.UNCHANGED)
    with pytest.raises(NotAllowed), operator.writing() as work:
        import_agencies(work, Reading((CHARITY,), ()))


def test_an_import_and_each_agency_of_it_are_lines_of_the_record(world: World) -> None:
    imported(world, CHARITY, replace(NGO, line=3, name="Renamed"))

    with world.database.read() as session:
        lines = session.exec(select(RecordLine).order_by(col(RecordLine.number))).all()
    assert [(line.verb, line.object_ref, line.sentence) for line in lines] == [
        ("import_agency", "CHARITY", "Example charity was added by an import."),
        ("import_agency", "ngo", "Renamed was changed by an import."),
        ("import_agencies", "agencies", "An import made 1 agency and changed 1."),
    ]


@pytest.mark.parametrize(
    ("changes", "force_refers", "standing"),
    [
        ({"name": "Renamed"}, False, Standing.STANDING),
        ({"nations": (Nation.ENGLAND, Nation.WALES)}, False, Standing.STANDING),
        ({"first_responder": False}, True, Standing.STANDING),
        ({"first_responder": False}, False, Standing.SUSPENDED),
        ({"nations": (Nation.SCOTLAND,)}, False, Standing.SUSPENDED),
    ],
)
def test_a_go_ahead_is_suspended_when_nobody_on_it_may_refer_any_longer(
    world: World, changes: dict[str, object], force_refers: bool, standing: Standing
) -> None:
    with world.database.write() as session:
        session.get_one(Agency, world.force).first_responder = force_refers
    ready.make_ready(world)
    ready.give(world)

    assert imported(world, replace(NGO, **changes)) == Counted(0, 1, 0)

    with world.desk("cell").reading() as look:
        assert facts.gates(look, [1])[1].standing is standing
