"""A strategy discussion about a child: its slot, who convenes it and that it was held; no field for what was said."""

from datetime import timedelta

import pytest

from planner.db import Database, Table
from planner.errors import InputError, NotFound, Refused
from planner.services.strategy import DiscussionRequest, hold_discussion, note_discussion
from planner.views.strategy import DiscussionRow, discussions
from tests.builders import NOW, World, a_world, an_action

HOUR = timedelta(hours=1)


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    return world


def noted(world: World, agency: str = "children", who: str = "silver") -> int:
    with world.desk(who).writing() as work:
        return note_discussion(work, DiscussionRequest("WM-0001", agency, NOW + HOUR, "k")).id or 0


def rows(world: World, who: str = "silver") -> tuple[DiscussionRow, ...]:
    with world.desk(who).reading() as look:
        return discussions(look, "WM-0001")


def test_it_is_noted_once_and_held_once_it_was(world: World) -> None:
    number = noted(world)
    again = noted(world)

    with pytest.raises(Refused, match="Note that it was held once it was"), world.desk("silver").writing() as work:
        hold_discussion(work, number)
    with world.desk("silver", NOW + 2 * HOUR).writing() as work:
        hold_discussion(work, number)

    (row,) = rows(world)
    assert again == number
    assert (row.starts_at, row.held_at) == (NOW + HOUR, NOW + 2 * HOUR)


def test_only_a_childrens_service_a_force_or_health_convenes_one(world: World) -> None:
    with pytest.raises(InputError, match="convenes none: a children's service"):
        noted(world, "ngo")
    noted(world, "health")

    assert len(rows(world)) == 1


def test_another_forces_silver_finds_none(world: World) -> None:
    number = noted(world)

    with pytest.raises(NotFound) as denied, world.desk("other_silver").writing() as work:
        hold_discussion(work, number)
    with pytest.raises(NotFound) as missing, world.desk("other_silver").writing() as work:
        hold_discussion(work, 987654)

    assert str(denied.value) == str(missing.value)
    assert (rows(world, "other_silver"), len(rows(world))) == ((), 1)


def test_there_is_no_column_in_which_anything_said_could_be_kept() -> None:
    kept = set(Table.metadata.tables["strategydiscussion"].columns.keys())

    assert kept == {"id", "action_id", "agency_id", "starts_at", "held_at", "noted_by", "request_key"}
