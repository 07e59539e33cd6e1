"""What a post does not reach: another operation's posts and calendar, every force because none was named."""

from datetime import date

import pytest
from sqlmodel import col, select

from planner.access import Verb, may, visible_actions
from planner.db import Database
from planner.errors import NotAllowed, NotFound
from planner.models.directory import Appointment, Person
from planner.models.operations import Action, Operation
from planner.rules.words import Post
from planner.services.answers import answer_offer
from planner.services.directory import end_posts
from planner.services.offers import OfferRequest, offer_role
from planner.views.calendar import calendar_bytes
from planner.views.my_part import my_offers
from planner.views.one_action import one_action
from tests.builders import World, a_world, an_action

LAST_DAY = date(2026, 12, 1)


@pytest.fixture
def world(database: Database) -> World:
    """A second operation beside the first, and an action in the first."""
    world = a_world(database)
    an_action(world)
    with database.write() as session:
        lead = session.get_one(Operation, world.operation).lead_agency_id
        days = {"starts_on": date(2026, 10, 1), "ends_on": date(2027, 3, 31)}
        session.add(Operation(code="OP2", name="Operation Two", lead_agency_id=lead, **days))
    return world


def give(world: World, name: str, post: Post, operation: str = "OP1", **limits: object) -> None:
    """A post beside those that somebody holds already."""
    with world.database.write() as session:
        number = session.exec(select(Operation.id).where(Operation.code == operation)).one()
        session.add(Appointment(person_id=world.people[name], post=post, operation_id=number, **limits))


def sees_actions(world: World, name: str) -> bool:
    with world.desk(name).reading() as look:
        return look.session.exec(select(Action.id).where(col(Action.id).in_(visible_actions(look)))).first() is not None


def last_days(world: World, name: str) -> list[date | None]:
    with world.database.read() as session:
        query = select(Appointment.valid_to).where(Appointment.person_id == world.people[name])
        return list(session.exec(query.order_by(col(Appointment.id))))


def test_a_cell_ends_the_posts_of_its_own_operation_alone(world: World) -> None:
    give(world, "silver", Post.LOGGIST, "OP2", agency_id=world.force)

    with world.desk("cell").writing() as work:
        assert end_posts(work, "Silver, West Midlands", LAST_DAY) == 1

    assert last_days(world, "silver") == [LAST_DAY, None]


def test_a_cell_ends_no_post_of_another_operation(world: World) -> None:
    give(world, "stranger", Post.LOGGIST, "OP2", agency_id=world.force)

    with pytest.raises(NotAllowed, match="within your own operation only"), world.desk("cell").writing() as work:
        end_posts(work, "Stranger, West Midlands", LAST_DAY)

    assert last_days(world, "stranger") == [None]


def test_a_regional_post_without_a_region_reaches_no_action(world: World) -> None:
    give(world, "stranger", Post.REGIONAL_CELL)
    assert not sees_actions(world, "stranger")

    give(world, "stranger", Post.REGIONAL_CELL, region="wm")

    assert sees_actions(world, "stranger")


def test_a_post_of_a_force_that_names_none_reaches_the_own_force_alone(world: World) -> None:
    give(world, "stranger", Post.GOLD)
    give(world, "officer", Post.GOLD)

    assert not sees_actions(world, "stranger")
    assert sees_actions(world, "officer")
    for name, allowed in (("stranger", False), ("officer", True)):
        with world.desk(name).reading() as look:
            action = look.session.get_one(Action, 1)
            assert may(look, Verb.GIVE_GO_AHEAD, action=action) is allowed


def test_an_operations_calendar_is_for_who_sees_its_actions(world: World) -> None:
    give(world, "silver", Post.PARTNER_LEAD, "OP2", agency_id=world.force)

    with world.desk("silver").reading() as look:
        assert b"uid-WM-0001" in calendar_bytes(look, "operation", "OP1")
        with pytest.raises(NotFound, match=r"no such calendar \(operation OP2\), or none"):
            calendar_bytes(look, "operation", "OP2")


def test_a_partner_whose_post_is_in_another_operation_finds_nothing_of_this_one(world: World) -> None:

    with world.desk("silver").writing() as work:
        offer = offer_role(work, OfferRequest("WM-0001", "first_responder", "ngo", "key")).id or 0
    with world.desk("partner").reading() as look:
        assert [item.id for item in my_offers(look)] == [offer]
    with world.database.write() as session:
        post = session.exec(select(Appointment).where(Appointment.person_id == world.people["partner"])).one()
        post.operation_id = session.exec(select(Operation.id).where(Operation.code == "OP2")).one()
        session.add(post)

    with world.desk("partner").reading() as look:
        assert my_offers(look) == ()
        assert b"-answer-" not in calendar_bytes(look, "agency", "ngo")
    with pytest.raises(NotFound, match="no such offer"), world.desk("partner").writing() as work:
        answer_offer(work, offer, accept=True)


def test_the_go_ahead_is_offered_to_the_owning_forces_gold_alone(world: World) -> None:
    with world.database.write() as session:
        other = session.get_one(Person, world.people["stranger"]).agency_id
    give(world, "national", Post.GOLD, agency_id=other)

    for name, gives in (("gold", True), ("national", False)):
        with world.desk(name).reading() as look:
            assert one_action(look, "WM-0001").may_be_decided is gives
