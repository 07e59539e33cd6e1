"""A provider's fortnight is its own alone; another's unit answers like none."""

from datetime import timedelta

import pytest

from planner.db import Database
from planner.errors import NotFound
from planner.services.care_supply import NightsRequest, keep_nights
from planner.views.care_own import OwnUnit, Sections, operation_choices, own_supply, own_units, sections
from tests import care
from tests.builders import FIRST_NIGHT, NOW, World, a_world, an_action


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    care.a_second_provider(world)
    return world


def test_a_fortnight_says_what_is_open_what_is_booked_and_how_old_that_is(world: World) -> None:
    care.book(world, places=3)
    with world.desk("provider").writing() as work:
        keep_nights(work, NightsRequest("U1", world.operation, {FIRST_NIGHT: 6}))

    with world.desk("provider").reading() as look:
        supply = own_supply(look, "U1", world.operation, FIRST_NIGHT - timedelta(days=1))

    assert [(night.open, night.booked) for night in supply.nights] == [(0, 0), (6, 3), (4, 3), (4, 3)] + [
        (4, 0)
    ] * 7 + [(0, 0)] * 3
    assert (supply.version, supply.confirmed_at) == (2, NOW)


def test_another_providers_unit_answers_like_none(world: World) -> None:
    with world.desk("provider").reading() as look:
        sentences = set()
        for unit in ("U2", "U9"):
            with pytest.raises(NotFound) as denied:
                own_supply(look, unit, world.operation, FIRST_NIGHT)
            sentences.add(str(denied.value))
        assert own_units(look) == (OwnUnit("U1", "Unit U1"),)
        assert operation_choices(look) == {world.operation: "Operation One"}
    with world.desk("second_provider").reading() as look:
        assert own_supply(look, "U2", world.operation, FIRST_NIGHT).nights[0].open == 6

    assert len(sentences) == 1


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("provider", Sections(provides=True, plans=False, sets_reserves=False)),
        ("silver", Sections(provides=False, plans=True, sets_reserves=False)),
        ("care_lead", Sections(provides=False, plans=True, sets_reserves=True)),
        ("cell", Sections(provides=False, plans=True, sets_reserves=True)),
        ("partner", Sections(provides=False, plans=False, sets_reserves=False)),
    ],
)
def test_each_reader_is_given_the_parts_that_are_theirs(world: World, name: str, parts: Sections) -> None:
    with world.desk(name).reading() as look:
        assert sections(look) == parts
