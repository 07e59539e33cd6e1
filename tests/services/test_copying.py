"""An action is copied as a template: what is true of one action alone stays behind."""

from datetime import timedelta

import pytest

from planner import facts
from planner.db import Database
from planner.errors import InputError, NotAllowed, NotFound
from planner.models.operations import Action
from planner.services.copying import CopyRequest, copy_action
from tests import ready
from tests.builders import DAWN, World, a_world, an_action

LATER = DAWN + timedelta(days=14)


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def request(key: str = "k1") -> CopyRequest:
    return CopyRequest(ready.REFERENCE, LATER, LATER + timedelta(hours=4), key)


def copied(world: World, name: str = "silver") -> int:
    with world.desk(name).writing() as work:
        return copy_action(work, request()).id or 0


def test_kind_and_demand_are_copied_and_nothing_else(world: World) -> None:
    ready.make_ready(world)

    number = copied(world)

    with world.desk("cell").reading() as look:
        first, second = (facts.facts_of(look, item) for item in (1, number))
    assert (second.action.kind, second.action.premises_kind) == (first.action.kind, first.action.premises_kind)
    assert second.demand == first.demand
    assert (second.action.starts_at, second.action.children) == (LATER, "unknown")
    assert (second.legal, second.offers, second.holds, second.arrangements) == (None, (), (), ())


def test_a_double_click_makes_one_copy(world: World) -> None:
    an_action(world)

    assert copied(world) == copied(world)


def test_what_one_may_not_see_or_plan_is_not_copied(world: World) -> None:
    an_action(world)

    with pytest.raises(NotFound, match="or none that you can open"):
        copied(world, "other_silver")
    with pytest.raises(NotAllowed):
        copied(world, "gold")
    with pytest.raises(InputError, match="ends before it starts"):
        CopyRequest(ready.REFERENCE, LATER, LATER, "k2")
    number = copied(world)

    with world.desk("silver").reading() as look:
        assert look.session.get_one(Action, number).reference == "W-0001"
