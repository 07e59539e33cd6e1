"""People and posts: appointed by the cell, never by themselves, and an agency's post reaches that agency alone."""

from datetime import date

import pytest

from planner.access import visible_actions
from planner.db import Database
from planner.errors import InputError, NotAllowed, Refused
from planner.rules.words import Post
from planner.services.directory import PostRequest, add_person, appoint, end_posts
from planner.work import Desk
from tests.builders import NOW, World, a_world, an_action

SILVER = PostRequest(Post.SILVER, "OP1")


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def seen(world: World, person: int | None) -> int:
    with Desk(world.database, person, lambda: NOW).reading() as look:
        return len(look.session.exec(visible_actions(look)).all())


def added(world: World, agency: str = "other_force", request: PostRequest = SILVER, by: str = "cell") -> int | None:
    with world.desk(by).writing() as work:
        return add_person(work, "Silver, East", agency, request).id


def test_a_new_silver_sees_the_own_forces_actions_alone(world: World) -> None:
    an_action(world)
    with world.desk("cell").reading() as look:
        other = look.actor
    assert Post.CELL in {held.post for held in other.held}

    assert seen(world, added(world)) == 0
    with world.desk("cell").writing() as work:
        again = add_person(work, "Silver, second", "force", SILVER).id
    assert seen(world, again) == 1


def test_a_title_stands_once_and_only_the_cell_adds(world: World) -> None:
    with pytest.raises(NotAllowed):
        added(world, by="silver")
    assert added(world)

    with pytest.raises(Refused, match="already"):
        added(world)


def test_a_post_belongs_to_its_kind_of_agency(world: World) -> None:
    with pytest.raises(InputError, match="belongs to a police force"):
        added(world, agency="ngo")
    with pytest.raises(InputError, match="belongs to a care provider"):
        added(world, agency="force", request=PostRequest(Post.PROVIDER_LEAD, "OP1"))
    with pytest.raises(InputError, match="held in an operation"):
        PostRequest(Post.SILVER)
    with pytest.raises(InputError, match="needs its region"):
        PostRequest(Post.REGIONAL_CELL, "OP1")


def test_nobody_appoints_themselves_and_the_cell_makes_no_administrator(world: World) -> None:
    with pytest.raises(NotAllowed, match="themselves"), world.desk("cell").writing() as work:
        appoint(work, "Cell, West Midlands", PostRequest(Post.CARE_LEAD, "OP1"))
    with pytest.raises(NotAllowed), world.desk("cell").writing() as work:
        appoint(work, "Stranger, West Midlands", PostRequest(Post.ADMINISTRATOR, "OP1"))


def test_a_cell_of_one_operation_appoints_in_no_other(world: World) -> None:
    with pytest.raises(NotAllowed, match="own operation only"):
        added(world, agency="cell", request=PostRequest(Post.CARE_LEAD))


def test_ended_posts_open_nothing_from_the_next_day(world: World) -> None:
    an_action(world)
    person = added(world, agency="force")
    assert seen(world, person) == 1

    with world.desk("cell").writing() as work:
        ended = end_posts(work, "Silver, East", date(2026, 11, 23))

    assert ended == 1
    assert seen(world, person) == 0
