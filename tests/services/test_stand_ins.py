"""A provider's lead hands over for a while: the stand-in answers, names nobody further, and stops when it is over."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from planner.db import Database
from planner.errors import InputError, NotAllowed, NotFound, Refused
from planner.models.care import Hold, StandIn
from planner.models.records import Notice
from planner.rules.words import HoldState
from planner.services import care as services
from planner.services.directory import end_posts
from planner.services.stand_ins import name_stand_in, take_back_stand_in
from planner.views.stand_ins import could_stand_in, stand_ins
from tests import care
from tests.builders import NOW, World, a_world, an_action

TODAY = NOW.date()
NIGHT = "night, example"


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    care.a_second_provider(world)
    care.a_person(world, "night", world.provider)
    return world


def name(world: World, title: str = NIGHT, until: date = TODAY + timedelta(days=2), who: str = "provider") -> int:
    with world.desk(who).writing() as work:
        return name_stand_in(work, title, world.operation, until).id or 0


def test_a_stand_in_answers_until_the_day_and_not_after(world: World) -> None:
    first, second = care.book(world), care.book(world, nights=2)
    name(world)

    care.confirm(world, first, "night")
    with pytest.raises(NotFound), world.desk("night", NOW + timedelta(days=3)).writing() as work:
        services.confirm_hold(work, second)

    with world.database.read() as session:
        assert session.get_one(Hold, first).answered_by == world.people["night"]
        assert session.get_one(Hold, second).state is not HoldState.CONFIRMED
        told = session.exec(select(Notice.sentence).where(Notice.person_id == world.people["night"])).all()
    assert told == [
        "You stand in for Provider, West Midlands until Thu 26 November 2026: requests for places wait for you on Care."
    ]


def test_what_was_handed_over_is_taken_back_at_once_and_its_history_stays(world: World) -> None:
    hold = care.book(world)
    number = name(world)

    with world.desk("provider").writing() as work:
        take_back_stand_in(work, number)
    with pytest.raises(NotFound):
        care.confirm(world, hold, "night")
    again = name(world)

    with world.desk("provider").reading() as look:
        rows = stand_ins(look)
    assert [(row.id, row.stands(TODAY), row.ended_by) for row in rows] == [
        (again, True, None),
        (number, False, "Provider, West Midlands"),
    ]
    with pytest.raises(Refused, match="over already"), world.desk("provider").writing() as work:
        take_back_stand_in(work, number)


def test_a_stand_in_names_nobody_further_and_takes_nothing_back(world: World) -> None:
    care.a_person(world, "third", world.provider)
    number = name(world)

    with pytest.raises(Refused, match="You stand in yourself, until"):
        name(world, "third, example", who="night")
    with pytest.raises(Refused, match="You stand in yourself, until"), world.desk("night").writing() as work:
        take_back_stand_in(work, number)


@pytest.mark.parametrize(
    ("title", "days", "error", "sentence"),
    [
        ("Silver, West Midlands", 2, NotFound, "nobody of your service called Silver"),
        ("second_provider, example", 2, NotFound, "nobody of your service called second_provider"),
        (NIGHT, -1, InputError, "until a day from"),
        (NIGHT, 200, InputError, "until a day from"),
        ("Provider, West Midlands", 2, Refused, "answers requests already"),
    ],
)
def test_a_stand_in_is_a_colleague_for_a_while(
    world: World, title: str, days: int, error: type[Exception], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        name(world, title, TODAY + timedelta(days=days))

    with world.database.read() as session:
        assert session.exec(select(StandIn)).all() == []


@pytest.mark.parametrize("who", ["second_provider", "cell", "silver", "partner", "stranger"])
def test_nobody_else_hands_over_for_a_provider(world: World, who: str) -> None:
    number = name(world)

    with pytest.raises((NotFound, NotAllowed)):
        name(world, who=who)
    with pytest.raises((NotFound, NotAllowed)), world.desk(who).writing() as work:
        take_back_stand_in(work, number)
    with world.desk(who).reading() as look:
        assert stand_ins(look) == ()
        assert NIGHT not in could_stand_in(look)


@pytest.mark.parametrize("last_day", [TODAY, TODAY - timedelta(days=1)])
def test_who_stands_in_stops_with_the_lead_whose_post_the_cell_ends(world: World, last_day: date) -> None:
    hold = care.book(world)
    name(world, until=TODAY + timedelta(days=9))

    with world.desk("cell").writing() as work:
        end_posts(work, "Provider, West Midlands", last_day)

    tomorrow = NOW + timedelta(days=1)
    with pytest.raises(NotFound), world.desk("night", tomorrow).writing() as work:
        services.confirm_hold(work, hold)
    with world.database.read() as session:
        row = session.exec(select(StandIn)).one()
    assert row.until == last_day or row.ended_at is not None
