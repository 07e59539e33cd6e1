"""Spreadsheets are applied whole or not at all, a second time changes nothing, and each force writes its own."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, select

from planner.db import Database
from planner.errors import InputError, NotAllowed
from planner.inputs.action_rows import ActionRow, DemandRow
from planner.inputs.readings import Reading, RowFinding
from planner.models.operations import Action, DemandLine
from planner.rules.words import ActionKind, ActionState, Exploitation, Marking, PremisesKind, Profile
from planner.services.importing import Counted, counted
from planner.services.importing_actions import fates_of_actions, import_actions
from tests.builders import DAWN, World, a_world

WOMEN = DemandRow(Profile.WOMAN, 0, 1, 3)
ROW = ActionRow(
    line=2,
    external_reference="R1",
    force_code="force",
    region_code="wm",
    kind=ActionKind.WARRANT,
    premises_kind=PremisesKind.RESIDENTIAL,
    premises_count=1,
    starts_at=DAWN,
    ends_at=DAWN + timedelta(hours=3),
    exploitation=Exploitation.SEXUAL,
    demand=(WOMEN,),
    intelligence_system=None,
    intelligence_reference=None,
    languages=("Romanian",),
    marking=Marking.OFFICIAL_SENSITIVE,
)
TWO = (ROW, replace(ROW, line=3, external_reference="R2"))


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def imported(world: World, *rows: ActionRow, by: str = "silver") -> Counted:
    with world.desk(by).writing() as work:
        return import_actions(work, "OP1", Reading(rows, ()))


def actions(world: World) -> list[Action]:
    with world.desk("cell").reading() as look:
        return list(look.session.exec(select(Action).order_by(col(Action.id))))


def test_a_second_import_of_the_same_rows_changes_nothing(world: World) -> None:
    assert imported(world, *TWO) == Counted(2, 0, 0)
    before = [action.model_dump() for action in actions(world)]

    assert imported(world, *TWO) == Counted(0, 0, 2)
    assert [action.model_dump() for action in actions(world)] == before


@pytest.mark.parametrize(
    "changes",
    [
        {"starts_at": DAWN - timedelta(hours=1)},
        {"premises_count": 2},
        {"exploitation": Exploitation.LABOUR},
        {"demand": (DemandRow(Profile.WOMAN, 1, 2, 4),)},
        {"demand": (DemandRow(Profile.MAN, 0, 1, 3),)},
        {"languages": ("Mandarin",)},
        {"intelligence_system": "HOLMES", "intelligence_reference": "4711"},
        {"marking": Marking.OFFICIAL},
    ],
    ids=lambda changes: "_".join(changes),
)
def test_each_changed_cell_is_taken_over_once(world: World, changes: dict[str, object]) -> None:
    imported(world, *TWO)
    rows = (replace(ROW, **changes), TWO[1])

    with world.desk("silver").reading() as look:
        foreseen = counted(fates_of_actions(look, "OP1", rows))

    assert foreseen == imported(world, *rows) == Counted(0, 1, 1)
    assert imported(world, *rows) == Counted(0, 0, 2)


def test_what_a_file_leaves_blank_stays(world: World) -> None:
    imported(world, ROW)

    blank = replace(ROW, demand=(), languages=(), exploitation=Exploitation.UNKNOWN)

    assert imported(world, blank) == Counted(0, 0, 1)
    with world.desk("cell").reading() as look:
        assert [line.likely for line in look.session.exec(select(DemandLine))] == [1]


def test_one_bad_cell_and_no_row_is_written(world: World) -> None:
    bad = RowFinding(3, "Date", "soon", "Line 3, Date: soon is no day.", "Write 26/11/2026.")

    with pytest.raises(InputError, match="Line 3, Date"), world.desk("silver").writing() as work:
        import_actions(work, "OP1", Reading((ROW,), (bad,)))

    assert actions(world) == []


def test_a_row_for_another_force_refuses_the_whole_file(world: World) -> None:
    with pytest.raises(NotAllowed):
        imported(world, ROW, replace(TWO[1], force_code="other_force"))

    assert actions(world) == []
    assert imported(world, ROW, replace(TWO[1], force_code="other_force"), by="cell") == Counted(2, 0, 0)


def test_another_forces_reference_is_taken_and_nothing_more_is_said(world: World) -> None:
    imported(world, replace(ROW, force_code="other_force"), by="other_silver")

    with pytest.raises(InputError) as refused:
        imported(world, ROW)

    taken = "Line 2, Reference: the reference R1 is taken. Give the action another."
    assert str(refused.value) == f"1 cell cannot be taken, so no row was. {taken}"


def test_an_action_does_not_change_hands_by_a_file(world: World) -> None:
    imported(world, ROW)

    with pytest.raises(InputError, match="another force"):
        imported(world, replace(ROW, force_code="other_force", premises_count=2), by="cell")


def test_references_that_differ_only_at_their_end_are_two_actions(world: World) -> None:
    long = "R" * 59

    rows = (replace(ROW, external_reference=f"{long}1"), replace(ROW, line=3, external_reference=f"{long}2"))

    assert imported(world, *rows) == Counted(2, 0, 0)
    assert len(actions(world)) == 2


def test_what_is_done_is_not_rewritten_by_a_file(world: World) -> None:
    imported(world, ROW)
    with world.database.write() as session:
        done = session.exec(select(Action)).one()
        done.state = ActionState.DONE
        session.add(done)

    assert imported(world, ROW) == Counted(0, 0, 1)
    with pytest.raises(Exception, match="can no longer be changed"):
        imported(world, replace(ROW, premises_count=2))
