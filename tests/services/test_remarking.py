"""An operation's marking is changed by the cell, from the version it saw, and never below one of its actions."""

import pytest
from sqlmodel import col, select

from planner.db import Database
from planner.errors import InputError, NotAllowed, NotFound, Refused, Stale
from planner.models.operations import Operation
from planner.models.records import RecordLine
from planner.rules.markings import Marked
from planner.rules.words import Marking
from planner.services.compartments import close_to
from planner.services.operations import remark_operation
from planner.views.markings import highest_held
from tests.builders import World, a_world, an_action

LOW, HIGH = Marking.OFFICIAL, Marking.OFFICIAL_SENSITIVE


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def remark(world: World, marking: Marking, handling: str | None = None, **how: object) -> None:
    with world.desk(str(how.get("by", "cell"))).writing() as work:
        remark_operation(work, "OP1", marking, handling, version=how.get("version"))  # type: ignore[arg-type]


def kept(world: World) -> Marked:
    with world.database.read() as session:
        row = session.exec(select(Operation)).one()
    return Marked(row.marking, row.handling)


def test_the_cell_marks_an_operation_anew_and_the_record_says_so(world: World) -> None:
    an_action(world, marking=LOW)

    remark(world, LOW, "personal data - recipients only", version=1)

    assert kept(world) == Marked(LOW, "RECIPIENTS ONLY - PERSONAL DATA")
    with world.desk("cell").reading() as look:
        said = look.session.exec(select(RecordLine.sentence).where(col(RecordLine.verb) == "remark_operation")).one()
    assert said == "Operation Operation One is marked OFFICIAL - RECIPIENTS ONLY - PERSONAL DATA."


def test_a_page_that_was_open_too_long_marks_nothing(world: World) -> None:
    remark(world, HIGH, "LEGAL", version=1)

    with pytest.raises(Stale, match="it is marked OFFICIAL-SENSITIVE - LEGAL"):
        remark(world, LOW, version=1)

    assert kept(world) == Marked(HIGH, "LEGAL")


@pytest.mark.parametrize(("references", "how_many"), [(1, "1 action in it is"), (2, "2 actions in it are")])
def test_an_operation_is_not_marked_below_its_actions(world: World, references: int, how_many: str) -> None:
    for number in range(references):
        an_action(world, f"WM-000{number}", marking=HIGH)
    an_action(world, "WM-0009", marking=LOW)

    with pytest.raises(Refused) as refused:
        remark(world, LOW)

    assert str(refused.value) == (
        f"Operation Operation One cannot be marked OFFICIAL: {how_many} marked higher. "
        "Lower it there first, or leave the operation as high."
    )
    assert kept(world) == Marked(HIGH)


def test_of_an_action_closed_to_others_no_number_is_told(world: World) -> None:
    an_action(world, marking=HIGH)
    with world.desk("gold").writing() as work:
        close_to(work, "WM-0001", ["Silver, West Midlands"])

    with pytest.raises(Refused, match="an action that is closed to you in it is marked higher"):
        remark(world, LOW)


def test_no_operation_is_marked_above_the_ceiling(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANNER_CEILING", "OFFICIAL")

    with pytest.raises(InputError, match="above OFFICIAL"):
        remark(world, HIGH)
    remark(world, LOW)

    assert kept(world) == Marked(LOW)


@pytest.mark.parametrize("name", ["silver", "gold", "national", "partner"])
def test_nobody_else_marks_an_operation(world: World, name: str) -> None:
    with pytest.raises(NotAllowed, match="change an operation's marking"):
        remark(world, HIGH, "LEGAL", by=name)
    with pytest.raises(NotFound):
        remark(world, HIGH, "LEGAL", by="stranger")

    assert kept(world) == Marked(HIGH)


def test_pages_carry_the_highest_marking_of_the_readers_operations(world: World) -> None:
    def said(name: str) -> Marking:
        with world.desk(name).reading() as look:
            return highest_held(look)

    an_action(world, marking=LOW)
    remark(world, LOW)
    assert {said(name) for name in ("silver", "partner", "stranger")} == {LOW}

    an_action(world, "WM-0002", marking=HIGH)
    assert (said("silver"), said("partner"), said("stranger")) == (HIGH, HIGH, LOW)
