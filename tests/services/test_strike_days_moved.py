"""One member of a strike day moved alone: it leaves for a reason that is kept, and who planned the day is told."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from planner.db import Database
from planner.errors import Refused, Stale
from planner.models.operations import Action, StrikeDay
from planner.models.records import Notice, RecordLine
from planner.models.slips import Slip
from planner.services import strike_go
from planner.services.moving import move_action
from planner.services.slip_changes import NewDay, NewTime
from planner.services.slip_undo import undo_slip
from planner.services.slips import Listed, SlipRequest, list_consequences, slip
from planner.services.strike_days import StrikeDayRequest, leave_strike_day, set_strike_day
from tests.builders import DAWN, World, a_world, an_action

A_DAY, HOURS = timedelta(days=1), timedelta(hours=3)
FIRST, SECOND = "WM-0001", "WM-0002"
WHY = "The vans are needed elsewhere"
LEFT = f"WM-0001 left strike day Strike one: {WHY}."


@pytest.fixture
def world(database: Database) -> World:
    """Two actions of one strike day, which the cell set."""
    world = a_world(database)
    an_action(world, FIRST)
    an_action(world, SECOND)
    with world.desk("cell").writing() as work:
        set_strike_day(work, StrikeDayRequest("OP1", "Strike one", DAWN.date(), (FIRST, SECOND)))
    return world


def request(world: World, why: str = WHY, later: timedelta = A_DAY) -> SlipRequest:
    with world.database.read() as session:
        version = session.get_one(Action, 1).version
    change = NewTime(DAWN + later, DAWN + later + HOURS, why)
    return SlipRequest((FIRST,), change, "slip", {FIRST: version})


def looked_at(world: World, wanted: SlipRequest, by: str = "silver") -> Listed:
    with world.desk(by).writing(rehearsed=True) as work:
        return list_consequences(work, wanted)


def apply(world: World, wanted: SlipRequest, by: str = "silver") -> int:
    mark = looked_at(world, wanted, by).mark
    with world.desk(by).writing() as work:
        return slip(work, wanted, seen=mark).id or 0


def strike_day_of(world: World, number: int = 1) -> int | None:
    with world.database.read() as session:
        return session.get_one(Action, number).strike_day_id


def told(world: World, name: str) -> list[str]:
    with world.database.read() as session:
        mine = select(Notice.sentence).where(Notice.person_id == world.people[name]).order_by(col(Notice.id))
        return list(session.exec(mine))


def said(world: World, verb: str) -> list[str]:
    with world.database.read() as session:
        query = select(RecordLine.sentence).where(RecordLine.verb == verb).order_by(col(RecordLine.number))
        return list(session.exec(query))


@pytest.mark.parametrize("why", ["", "  "])
def test_without_a_reason_it_is_not_even_listed(world: World, why: str) -> None:
    with pytest.raises(Refused) as refusal:
        looked_at(world, request(world, why))

    assert str(refusal.value) == (
        "WM-0001 belongs to strike day Strike one on Thu 26 November, with 1 other action, and would leave it. "
        "Say why it leaves, choose a time on that day, or move the whole strike day."
    )
    whole = SlipRequest((FIRST,), NewDay((DAWN + A_DAY).date()), "day", {})
    with pytest.raises(Refused, match="Say why it leaves"):
        looked_at(world, whole)
    with pytest.raises(Refused, match="Say why it leaves"), world.desk("silver").writing() as work:
        move_action(work, FIRST, DAWN + A_DAY, DAWN + A_DAY + HOURS, version=request(world).versions[FIRST])
    assert strike_day_of(world) == 1


def test_the_reason_stands_in_the_record_and_in_the_slip_and_the_cell_is_told(world: World) -> None:
    listed = looked_at(world, request(world))

    number = apply(world, request(world))

    assert "It leaves strike day Strike one." in listed.of(FIRST)
    assert (listed.people, strike_day_of(world), strike_day_of(world, 2)) == (1, None, 1)
    assert said(world, "leave_strike_day") == [LEFT]
    with world.database.read() as session:
        sentence = session.get_one(Slip, number).sentence
    assert sentence == f"moved to Fri 27 November 2026, 06:00 to 09:00. The reason: {WHY}."
    assert told(world, "cell") == [LEFT]


def test_within_the_day_no_reason_is_asked_and_nobody_is_told(world: World) -> None:
    apply(world, request(world, "", timedelta(hours=1)))

    assert strike_day_of(world) == 1
    assert told(world, "cell") == []


def test_who_asked_for_the_whole_day_is_told_and_who_moves_it_is_not(world: World) -> None:
    with world.desk("silver").writing() as work:
        strike_go.request_strike_day(work, 1, why_now="All at once.")

    apply(world, request(world), by="cell")

    assert LEFT in told(world, "silver")[-1]
    assert LEFT not in " ".join(told(world, "cell"))


def test_undone_it_belongs_to_its_day_again_and_the_cell_is_told(world: World) -> None:
    number = apply(world, request(world))

    with world.desk("silver").writing() as work:
        undo_slip(work, number)

    assert strike_day_of(world) == 1
    assert told(world, "cell") == [
        LEFT,
        "The change was undone. WM-0001 belongs to strike day Strike one as before.",
    ]


def test_once_the_day_itself_moved_it_is_not_undone(world: World) -> None:
    number = apply(world, request(world))
    with world.database.write() as session:
        strike = session.get_one(StrikeDay, 1)
        strike.day = (DAWN + 2 * A_DAY).date()
        session.add(strike)

    with pytest.raises(Refused, match="the plan was answered or changed"), world.desk("silver").writing() as work:
        undo_slip(work, number)


def test_a_reason_that_was_looked_at_is_the_one_that_is_kept(world: World) -> None:
    wanted = request(world)
    mark = looked_at(world, wanted).mark
    with world.desk("silver").writing() as work:
        leave_strike_day(work, FIRST, "Another reason.")

    with pytest.raises(Stale), world.desk("silver").writing() as work:
        slip(work, wanted, seen=mark)

    assert told(world, "cell") == ["WM-0001 left strike day Strike one: Another reason."]
