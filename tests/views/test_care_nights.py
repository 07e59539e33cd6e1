"""A fortnight of places: units by zone and profile, page by page; a night that is not open is not there."""

from datetime import timedelta

import pytest

from planner.db import Database
from planner.models.directory import Region, Zone
from planner.rules.words import Nation, Profile
from planner.views.care_nights import PER_PAGE, FreeRow, NightFilter, fortnight, free_places_by, night_choices
from tests import care
from tests.builders import FIRST_NIGHT, NOW, World, a_unit, a_world, an_action

TODAY = NOW.date()


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    care.a_second_provider(world)
    return world


def add_unit(world: World, code: str, **more: object) -> None:
    with world.database.write() as session:
        a_unit(session, world.provider, world.operation, code=code, places=1, **more)  # type: ignore[arg-type]


def test_only_open_nights_are_there_with_what_is_free(world: World) -> None:
    care.book(world, places=3)

    with world.desk("silver").reading() as look:
        first = fortnight(look, NightFilter(TODAY)).units[0]

    assert TODAY not in first.nights
    assert [first.nights[FIRST_NIGHT + timedelta(days=day)].free for day in (0, 3)] == [1, 4]
    assert (first.code, first.profiles, len(first.nights)) == ("U1", (Profile.WOMAN,), 10)


def test_a_unit_with_nothing_open_is_only_counted(world: World) -> None:
    add_unit(world, "U3", nights=0)

    with world.desk("cell").reading() as look:
        now = fortnight(look, NightFilter(TODAY))
        later = fortnight(look, NightFilter(TODAY + timedelta(days=14)))

    assert ([unit.code for unit in now.units], now.total, now.unopened) == (["U1", "U2"], 2, 1)
    assert (later.units, later.total, later.unopened) == ((), 0, 3)


def test_units_are_narrowed_by_profile_and_zone(world: World) -> None:
    add_unit(world, "U3", profiles=(Profile.MAN,))
    with world.database.write() as session:
        session.add(Zone(code="wales", name="Wales", nation=Nation.WALES))
        session.flush()
        session.add(Region(code="sw", name="Southern Wales", nation=Nation.WALES, zone="wales"))

    with world.desk("cell").reading() as look:
        men = fortnight(look, NightFilter(TODAY, profile=Profile.MAN))
        there = fortnight(look, NightFilter(TODAY, zone="midlands"))
        elsewhere = fortnight(look, NightFilter(TODAY, zone="wales"))
        choices = night_choices(look)

    assert [unit.code for unit in men.units] == ["U3"]
    assert (there.total, elsewhere.total) == (3, 0)
    assert choices == ({"midlands": "Midlands: West Midlands"}, {world.operation: "Operation One"})


def test_units_come_page_by_page(world: World) -> None:
    for number in range(3, PER_PAGE + 3):
        add_unit(world, f"U{number + 10}")

    with world.desk("cell").reading() as look:
        pages = [fortnight(look, NightFilter(TODAY, page=page)).units for page in (1, 2)]

    assert [len(page) for page in pages] == [PER_PAGE, 2]
    assert len({unit.code for page in pages for unit in page}) == PER_PAGE + 2


def test_a_providers_name_and_age_are_for_the_care_lead_and_the_cell(world: World) -> None:
    care.confirm(world, care.book(world))

    def seen(name: str) -> dict[str, tuple[object, object]]:
        with world.desk(name).reading() as look:
            return {unit.code: (unit.provider, unit.confirmed_at) for unit in fortnight(look, NightFilter(TODAY)).units}

    assert seen("cell") == seen("care_lead") == {"U1": ("Provider", NOW), "U2": (care.NAME, None)}
    assert seen("silver") == {"U1": (None, None), "U2": (None, None)}
    assert seen("provider") == {"U1": ("Provider", NOW)}


def test_many_units_take_as_many_queries_as_two(world: World) -> None:
    few = care.queries(world, "cell", lambda look: fortnight(look, NightFilter(TODAY)))
    for number in range(3, 9):
        add_unit(world, f"U{number}")

    assert care.queries(world, "cell", lambda look: fortnight(look, NightFilter(TODAY))) == few == 4


def test_free_places_are_told_by_zone_and_profile(world: World) -> None:
    care.book(world, places=3)
    add_unit(world, "U3", profiles=(Profile.WOMAN, Profile.MAN))

    with world.desk("cell").reading() as look:
        found = free_places_by(look, NightFilter(FIRST_NIGHT))
        men = free_places_by(look, NightFilter(FIRST_NIGHT, profile=Profile.MAN))
        stale = fortnight(look, NightFilter(FIRST_NIGHT)).stale

    assert found == (FreeRow("Midlands", Profile.MAN, 1, 0), FreeRow("Midlands", Profile.WOMAN, 8, 0))
    assert men == (FreeRow("Midlands", Profile.MAN, 1, 0),)
    assert stale == 3


def test_that_figures_are_stale_is_told_to_everybody(world: World) -> None:
    care.confirm(world, care.book(world))

    with world.desk("silver").reading() as look:
        now = {unit.code: unit.stale for unit in fortnight(look, NightFilter(TODAY)).units}
    with world.desk("silver", NOW + timedelta(hours=25)).reading() as look:
        later = fortnight(look, NightFilter(TODAY))

    assert now == {"U1": False, "U2": True}
    assert later.stale == 2
