"""A verb refuses a line of an exported sheet that changes several actions: which one is found, and nothing is left."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from openpyxl.worksheet.worksheet import Worksheet
from sqlmodel import Session, col, func, select

from planner.db import Database
from planner.errors import InputError, Questioned
from planner.inputs.action_rows import ActionRow
from planner.inputs.readings import Reading, RowFinding
from planner.models.care import Hold
from planner.models.operations import Action
from planner.models.records import Notice, RecordLine
from planner.models.slips import Slip
from planner.rules.words import ActionState, HoldState
from planner.services.importing import Counted
from planner.services.importing_actions import Removal, import_actions, list_import, refused_lines
from planner.work import Desk
from tests.builders import NOW, World, a_world, an_action
from tests.care import book
from tests.services.test_sheet_back import HEAD, edited, gone, put, read, sheet, stored

PAST, LATER = date(2026, 11, 20), date(2026, 12, 2)
CHANGED, BEGUN = "was changed after this sheet was made", "is over or has begun"


@pytest.fixture
def world(database: Database) -> World:
    """Three actions of which the first two have places, so that a move of either locks what holds them."""
    world = a_world(database)
    for number in (1, 2, 3):
        an_action(world, f"WM-000{number}")
    for reference in ("WM-0001", "WM-0002"):
        book(world, reference)
    return world


def reading_of(desk: Desk, *edits: Callable[[Worksheet], None]) -> Reading[ActionRow]:
    body = sheet(desk)
    for edit in edits:
        body = edited(body, edit)
    return read(desk, body)


def refused(desk: Desk, reading: Reading[ActionRow]) -> tuple[RowFinding, ...]:
    with desk.writing(rehearsed=True) as work:
        return refused_lines(work, "OP1", reading)


def counts(session: Session) -> list[int]:
    return [session.exec(select(func.count()).select_from(table)).one() for table in (RecordLine, Notice, Slip, Hold)]


@pytest.mark.parametrize("days", [(PAST, LATER, LATER), (LATER, PAST, LATER), (LATER, LATER, PAST), (PAST, PAST, PAST)])
def test_of_several_moves_each_refused_one_is_found(world: World, days: tuple[date, ...]) -> None:
    desk = world.desk("silver")
    reading = reading_of(desk, *(put(f"WM-000{number}", Date=day) for number, day in enumerate(days, 1)))

    with pytest.raises(InputError), desk.writing(rehearsed=True) as work:
        list_import(work, "OP1", reading)

    found = refused(desk, reading)
    assert [item.line - HEAD for item in found] == [number for number, day in enumerate(days, 1) if day == PAST]
    assert all(item.sentence.startswith(f"Line {item.line}, Reference: ") and BEGUN in item.sentence for item in found)


def test_looking_for_refused_lines_leaves_nothing_behind_and_keeps_no_lock(world: World) -> None:
    desk = world.desk("silver")
    reading = reading_of(desk, put("WM-0001", Date=LATER), put("WM-0002", Date=LATER), put("WM-0003", Date=PAST))
    with world.database.read() as session:
        before = counts(session)

    with desk.writing() as work:
        assert len(refused_lines(work, "OP1", reading)) == 1
        assert (work.drafts, work.told, counts(work.session)) == ([], [], before)
        if not world.database.is_sqlite:  # there one writer waits for the other, whatever either locks
            with desk.writing(rehearsed=True) as other:
                other.session.execute(sa.text("SET LOCAL lock_timeout = '2s'"))
                numbers = other.session.exec(select(Action.id).order_by(col(Action.id)))
                assert len(other.lock_all(Action, [number or 0 for number in numbers])) == 3

    with world.database.read() as session:
        assert counts(session) == before
    assert [stored(world, f"WM-000{number}").version for number in (1, 2, 3)] == [1, 1, 1]


def test_a_refused_reason_for_missing_actions_is_told_beside_several_moves(world: World) -> None:
    desk = world.desk("silver")
    reading = reading_of(desk, gone("WM-0003"), put("WM-0001", Date=LATER), put("WM-0002", Date=LATER))

    with pytest.raises(Questioned, match="The reason for standing down"), desk.writing() as work:
        list_import(work, "OP1", reading, Removal(("WM-0003",), "Called off by John Smith"))

    assert refused(desk, reading) == ()
    assert stored(world, "WM-0003").state is ActionState.PLANNED


def test_several_moves_are_done_beside_actions_that_are_stood_down(world: World) -> None:
    desk = world.desk("silver")
    reading = reading_of(desk, gone("WM-0002"), put("WM-0001", Date=LATER), put("WM-0003", Date=LATER))

    with desk.writing() as work:
        done = import_actions(work, "OP1", reading, Removal(("WM-0002",), "Merged into WM-0001"))

    assert done == Counted(0, 2, 0)
    with world.database.read() as session:
        ended = session.exec(select(Hold.state).where(Hold.state == HoldState.RELEASED)).all()
    assert (len(ended), stored(world, "WM-0002").state) == (2, ActionState.STOOD_DOWN)


def test_a_line_that_somebody_else_has_changed_since_is_found_beside_one_that_a_verb_refuses(world: World) -> None:
    desk, later = world.desk("silver"), world.desk("silver", NOW + timedelta(minutes=1))
    reading = reading_of(desk, put("WM-0001", Date=PAST), put("WM-0002", Number_of_premises=2))
    theirs = reading_of(desk, put("WM-0002", Number_of_premises=3))
    with later.writing() as work:
        import_actions(work, "OP1", theirs)

    first, second = refused(later, reading)

    assert (first.line, BEGUN in first.sentence) == (HEAD + 1, True)
    assert (second.line, CHANGED in second.sentence) == (HEAD + 2, True)
