"""What was unmet before a change and is so after it for another reason is listed too."""

from datetime import timedelta

import pytest
from sqlmodel import select

from planner.db import Database
from planner.models.operations import Action
from planner.rules.words import Immigration, Power
from planner.services import clashes, legal_basis
from planner.services.slip_changes import Change, NewAttendance, NewTime
from planner.services.slips import SlipRequest, list_consequences
from tests.builders import DAWN, World, a_world, an_action

HOURS = timedelta(hours=3)
FAR = DAWN + timedelta(days=7)


@pytest.fixture
def world(database: Database) -> World:
    """Two actions in one place, of two forces: the first is to clear a clash already."""
    world = a_world(database)
    first = an_action(world, premises_cell="cell-1")
    with world.database.read() as session:
        other = session.exec(select(Action.force_id).where(Action.id == first)).one() + 1
    an_action(world, "WM-0002", premises_cell="cell-1", force_id=other)
    an_action(world, "WM-0003", premises_cell="cell-1", force_id=other, starts_at=FAR, ends_at=FAR + HOURS)
    with world.desk("silver").writing() as work:
        clashes.run_clash_check(work, "WM-0001")
    return world


def breaks(world: World, change: Change) -> list[str]:
    with world.desk("silver").reading() as look:
        version = look.session.exec(select(Action.version).where(Action.reference == "WM-0001")).one()
    with world.desk("silver").writing(rehearsed=True) as work:
        found = list_consequences(work, SlipRequest(("WM-0001",), change, "slip", {"WM-0001": version})).consequences
    return [item.sentence for item in found if item.breaks]


def test_a_move_from_one_clash_into_another_says_so(world: World) -> None:
    found = breaks(world, NewTime(FAR, FAR + HOURS))

    assert [words for words in found if words.startswith("Clashes: 1 to clear: ")]


def test_a_clash_that_stays_as_it_is_is_not_listed_again(world: World) -> None:
    assert not [words for words in breaks(world, NewAttendance(Immigration.ON_CALL)) if words.startswith("Clashes")]


def test_another_thing_that_the_law_asks_is_listed(world: World) -> None:
    assert not [words for words in breaks(world, NewTime(FAR, FAR + HOURS)) if words.startswith("Legal basis")]
    with world.desk("silver").writing() as work:
        warrant = legal_basis.LegalRequest(
            "WM-0001", Power.WARRANT, "Warrant", "W/1", hearing_at=DAWN - timedelta(hours=12)
        )
        legal_basis.set_legal_basis(work, warrant)

    found = breaks(world, NewTime(DAWN - timedelta(hours=14), DAWN - timedelta(hours=11)))

    assert [words for words in found if words.startswith("Legal basis: The warrant is applied for and heard ")]
