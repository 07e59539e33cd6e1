"""A provider opens its places: exactly so many a night, never fewer than are booked, to nobody's operation but one."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from planner.db import Database
from planner.errors import InputError, NotAllowed, NotFound, Refused, Stale
from planner.models.care import OpenNight, Provider
from planner.models.operations import Operation
from planner.rules.words import Need, Profile
from planner.services.care import HoldRequest, hold_places
from planner.services.care_supply import NightsRequest, OpenRequest, keep_nights, open_places
from tests.builders import FIRST_NIGHT, NOW, World, a_world, an_action

LAST = FIRST_NIGHT + timedelta(days=2)


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    return world


def set_supply(world: World, places: int, *, by: str = "provider", unit: str = "U1", operation: int = 0) -> None:
    request = OpenRequest(unit, operation or world.operation, FIRST_NIGHT, LAST, places)
    with world.desk(by).writing() as work:
        open_places(work, request)


def supply(world: World) -> dict[date, int]:
    query = sa.select(OpenNight.night, sa.func.count()).group_by(OpenNight.night).order_by(OpenNight.night)  # type: ignore[call-overload]
    with world.database.read() as session:
        return dict(tuple(row) for row in session.execute(query))


def book(world: World, places: int) -> None:
    with world.desk("silver").writing() as work:
        hold_places(work, HoldRequest("WM-0001", "U1", ((Profile.WOMAN, Need.NONE, places),), "k"))


@pytest.mark.parametrize("places", [0, 2, 4, 7])
def test_each_night_has_exactly_the_places_that_were_opened(world: World, places: int) -> None:
    before = supply(world)

    set_supply(world, places)

    changed = {FIRST_NIGHT + timedelta(days=day): places for day in range(3)}
    assert supply(world) == {night: number for night, number in (before | changed).items() if number}
    with world.database.read() as session:
        assert session.get_one(Provider, world.provider).last_confirmed_at == NOW


def test_booked_places_stay_open_and_free_ones_close(world: World) -> None:
    book(world, 3)

    with pytest.raises(
        Refused, match=r"3 places are booked on Wed 25 November \(3 places for women, .*\); you cannot open only 2"
    ):
        set_supply(world, 2)
    set_supply(world, 3)

    assert supply(world)[FIRST_NIGHT] == 3


def test_only_the_provider_opens_its_places(world: World) -> None:
    with pytest.raises(NotAllowed, match="provider lead"):
        set_supply(world, 5, by="silver")
    with pytest.raises(NotFound):
        set_supply(world, 5, unit="U2")
    set_supply(world, 5)

    assert supply(world)[FIRST_NIGHT] == 5


def test_another_providers_unit_answers_like_none(world: World) -> None:
    with world.database.write() as session:
        session.execute(
            sa.text("UPDATE appointment SET agency_id = :ngo WHERE person_id = :person"),
            {"ngo": world.ngo, "person": world.people["provider"]},
        )

    sentences = []
    for unit in ("U1", "U2"):
        with pytest.raises(NotFound) as denied:
            set_supply(world, 5, unit=unit)
        sentences.append(str(denied.value))

    assert sentences[0] == sentences[1]
    assert supply(world)[FIRST_NIGHT] == 4


def test_places_are_opened_to_an_operation_that_the_provider_knows(world: World) -> None:
    with world.database.write() as session:
        other = Operation(**session.get_one(Operation, world.operation).model_dump(exclude={"id", "code"}), code="OP2")
        session.add(other)
        session.flush()
        unknown = other.id or 0

    for operation in (unknown, 4711):
        with pytest.raises(NotFound, match="no such operation"):
            set_supply(world, 5, operation=operation)


@pytest.mark.parametrize(
    ("last", "places"), [(FIRST_NIGHT - timedelta(days=1), 1), (LAST, -1), (FIRST_NIGHT + timedelta(days=400), 1)]
)
def test_nights_and_numbers_that_make_no_sense_are_not_taken(last: date, places: int) -> None:
    OpenRequest("U1", 1, FIRST_NIGHT, LAST, 1)
    with pytest.raises(InputError):
        OpenRequest("U1", 1, FIRST_NIGHT, last, places)


def keep(
    world: World, places: list[int], *, by: str = "provider", unit: str = "U1", version: int | None = None
) -> None:
    nights = {FIRST_NIGHT + timedelta(days=day): number for day, number in enumerate(places)}
    with world.desk(by).writing() as work:
        keep_nights(work, NightsRequest(unit, world.operation, nights, version))


def test_each_night_of_a_fortnight_has_a_number_of_its_own(world: World) -> None:
    before = supply(world)

    keep(world, [2, 0, 7])

    changed = {FIRST_NIGHT + timedelta(days=day): number for day, number in enumerate((2, 0, 7))}
    assert supply(world) == {night: number for night, number in (before | changed).items() if number}
    with world.database.read() as session:
        provider = session.get_one(Provider, world.provider)
        assert (provider.last_confirmed_at, provider.version) == (NOW, 2)


def test_a_fortnight_is_kept_whole_or_not_at_all(world: World) -> None:
    book(world, 3)
    before = supply(world)

    with pytest.raises(
        Refused, match=r"3 places are booked on Thu 26 November \(3 places for women, .*\); you cannot open only 1"
    ):
        keep(world, [9, 1, 2, 9])

    assert supply(world) == before
    keep(world, [9, 3, 3, 9])
    assert [supply(world)[FIRST_NIGHT + timedelta(days=day)] for day in range(4)] == [9, 3, 3, 9]


def test_a_fortnight_drawn_before_a_colleague_kept_another_is_refused(world: World) -> None:
    keep(world, [5, 5], version=1)

    with pytest.raises(Stale, match="kept other numbers since this page was drawn"):
        keep(world, [6, 6], version=1)
    assert supply(world)[FIRST_NIGHT] == 5
    keep(world, [6, 6], version=2)

    assert supply(world)[FIRST_NIGHT] == 6


def test_keeping_one_operation_leaves_anothers_places_alone(world: World) -> None:
    with world.database.write() as session:
        first = session.get_one(Operation, world.operation)
        other = Operation(**first.model_dump(exclude={"id", "code"}), code="OP2")
        session.add(other)
        session.flush()
        session.add(OpenNight(unit_id=1, number=4, night=FIRST_NIGHT + timedelta(days=20), operation_id=other.id or 0))

    with world.desk("provider").writing() as work:
        nights = {FIRST_NIGHT + timedelta(days=20): 0}
        keep_nights(work, NightsRequest("U1", world.operation, nights))

    assert supply(world)[FIRST_NIGHT + timedelta(days=20)] == 1


def test_only_providers_are_told_whether_a_unit_exists(world: World) -> None:
    sentences = set()
    for unit in ("U1", "U2"):
        with pytest.raises(NotAllowed) as denied:
            keep(world, [1], by="silver", unit=unit)
        sentences.add(str(denied.value))
    with pytest.raises(NotFound, match="no such unit"):
        keep(world, [1], unit="U2")

    assert len(sentences) == 1


@pytest.mark.parametrize("places", [{}, {FIRST_NIGHT: -1}, {FIRST_NIGHT: 201}])
def test_a_fortnight_names_the_number_that_makes_no_sense(places: dict[date, int]) -> None:
    NightsRequest("U1", 1, {FIRST_NIGHT: 200})
    with pytest.raises(InputError, match=r"Wed 25 November" if places else "1 to 62 nights"):
        NightsRequest("U1", 1, places)
