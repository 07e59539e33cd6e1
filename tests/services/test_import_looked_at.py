"""What somebody looked at is what is written: whatever differs, is new or is stood down has been seen."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from planner.db import Database
from planner.errors import NotAllowed, Stale
from planner.inputs.action_rows import ActionRow
from planner.inputs.columns import suggest_mapping
from planner.inputs.readings import Reading
from planner.inputs.spreadsheets import read_grid
from planner.rules.words import ActionKind, Exploitation, PremisesKind
from planner.services.action_lines import lines_of
from planner.services.importing import Counted, read_file
from planner.services.importing_actions import Removal, import_actions, list_import, mark_of
from planner.services.importing_files import actions_of
from tests.builders import World, a_world, an_action
from tests.inputs.files import a_csv
from tests.services.test_importing_actions import ROW, actions, imported
from tests.services.test_sheet_back import sheet, stored

HEADINGS = ["Reference", "Force", "Date", "Start", "End", "Kind", "Premises"]
CELLS = ["R1", "force", "10/12/2026", "06:00", "08:30", "warrant", "residential"]
NEW = replace(ROW, line=3, external_reference="R2")


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def listed(world: World, *rows: ActionRow, removal: Removal | None = None) -> str:
    with world.desk("silver").writing(rehearsed=True) as work:
        return list_import(work, "OP1", Reading(rows, ()), removal).mark


def done(world: World, mark: str, *rows: ActionRow, removal: Removal | None = None) -> Counted:
    with world.desk("silver").writing() as work:
        return import_actions(work, "OP1", Reading(rows, ()), removal, seen=mark)


def test_a_newer_change_of_what_concerns_nobody_is_not_overwritten_unseen(world: World) -> None:
    imported(world, ROW)
    row = replace(ROW, exploitation=Exploitation.LABOUR)
    mark = listed(world, row)
    imported(world, replace(ROW, exploitation=Exploitation.DOMESTIC))

    with pytest.raises(Stale, match="no longer what you looked at"):
        done(world, mark, row)

    assert actions(world)[0].exploitation is Exploitation.DOMESTIC
    assert done(world, listed(world, row), row) == Counted(0, 1, 0)


OTHERS: list[Callable[[ActionRow, ActionRow], tuple[ActionRow, ...]]] = [
    lambda row, _: (row,),
    lambda row, new: (row, replace(new, kind=ActionKind.VISIT)),
    lambda row, new: (replace(row, premises_kind=PremisesKind.WORKPLACE), new),
]


@pytest.mark.parametrize("other", OTHERS, ids=["a line less", "another new line", "another change"])
def test_another_file_than_the_one_that_was_looked_at_is_refused(
    world: World, other: Callable[[ActionRow, ActionRow], tuple[ActionRow, ...]]
) -> None:
    imported(world, ROW)
    row = replace(ROW, exploitation=Exploitation.LABOUR)
    mark = listed(world, row, NEW)

    with pytest.raises(Stale):
        done(world, mark, *other(row, NEW))

    assert done(world, mark, row, NEW) == Counted(1, 1, 0)


def test_what_is_stood_down_and_why_is_what_was_looked_at(world: World) -> None:
    an_action(world)
    an_action(world, "WM-0002")
    mark = listed(world, removal=Removal(("WM-0001",), "Merged"))

    for removal in (Removal(("WM-0002",), "Merged"), Removal(("WM-0001",), "Called off")):
        with pytest.raises(Stale):
            done(world, mark, removal=removal)


def test_new_lines_alone_are_what_was_looked_at_or_refused(world: World) -> None:
    with world.desk("silver").reading() as look:
        mark = mark_of(lines_of(look, "OP1", [ROW, NEW]), [ROW, NEW], Removal())
    imported(world, replace(NEW, exploitation=Exploitation.LABOUR))

    with pytest.raises(Stale):
        done(world, mark, ROW, NEW)


@pytest.mark.parametrize("spelt", ["Op-a1", "OP-A1"])
def test_a_reference_in_another_case_is_the_same_action(world: World, spelt: str) -> None:
    desk, row = world.desk("silver"), replace(ROW, external_reference="op-A1")
    imported(world, row)

    assert imported(world, replace(row, external_reference=spelt, premises_count=2)) == Counted(0, 1, 0)

    assert [action.external_reference for action in actions(world)] == ["op-A1"]
    body = sheet(desk, ending="csv").replace(b"op-A1", spelt.encode()).replace(b"W-0001", b"w-0001")
    reading = _read(world, body)
    assert reading.findings == ()
    with desk.reading() as look:
        assert actions_of("OP1").fates(look, reading.rows) == ("as it was",)


def test_what_was_planned_twice_before_comes_back(world: World) -> None:
    an_action(world, external_reference="Op-A1", premises_count=2)
    an_action(world, "WM-0002", external_reference="OP-a1", premises_count=3)

    reading = _read(world, sheet(world.desk("silver"), ending="csv"))

    assert (reading.findings, len(reading.rows)) == ((), 2)
    with world.desk("silver").reading() as look:
        assert set(actions_of("OP1").fates(look, reading.rows)) == {"as it was"}
    row = replace(reading.rows[1], planner_reference=None, version=None, premises_count=5)
    imported(world, replace(row, speaks_of=frozenset()))
    assert (stored(world).premises_count, stored(world, "WM-0002").premises_count) == (2, 5)


@pytest.mark.parametrize("who", ["partner", "health", "officer", "provider", "gold"])
def test_who_plans_nothing_learns_of_no_reference(world: World, who: str) -> None:
    an_action(world, "OT-0001", force_id=world.force + 1, external_reference="R1")

    with pytest.raises(NotAllowed, match="You cannot plan an action here"):
        _read(world, a_csv(HEADINGS, CELLS), who)
    with pytest.raises(NotAllowed), world.desk(who).writing() as work:
        import_actions(work, "OP1", Reading((ROW,), ()))
    assert "is taken" in _read(world, a_csv(HEADINGS, CELLS)).findings[0].sentence
    assert _read(world, a_csv(HEADINGS, CELLS), None).findings != ()


def _read(world: World, body: bytes, who: str | None = "silver") -> Reading[ActionRow]:
    grid, kind = read_grid(body), actions_of("OP1")
    desk = world.desk(who) if who else replace(world.desk("silver"), person_id=None)
    with desk.reading() as look:
        return read_file(look, kind, grid, suggest_mapping(grid.headings, kind.layout))
