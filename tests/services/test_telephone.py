"""Places given by telephone: kept with who and when, told to the provider, corrected by either, outside the gate."""

import pytest
from sqlmodel import col, select

from planner.db import Database
from planner.errors import InputError, NotAllowed, NotFound, Refused, Stale
from planner.facts import facts_of
from planner.models.on_the_day import TelephonePlaces
from planner.models.records import Notice
from planner.rules.readiness import judge
from planner.services.telephone import TelephoneRequest, correct_places, note_places
from tests.builders import DAWN, World, a_world, an_action
from tests.care import a_second_provider
from tests.day import REFERENCE, a_loggist, begun


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def note(world: World, places: int = 2, who: str = "silver", key: str = "k", unit: str = "U1") -> int:
    with world.desk(who, DAWN).writing() as work:
        return note_places(work, TelephoneRequest(REFERENCE, unit, places, key)).id or 0


def correct(
    world: World, number: int, places: int, why: str = "One is taken.", who: str = "provider", **more: int
) -> None:
    with world.desk(who, DAWN).writing() as work:
        correct_places(work, number, places, why, **more)


def rows(world: World) -> list[tuple[int, int, str | None]]:
    with world.desk("cell").reading() as look:
        found = look.session.exec(select(TelephonePlaces).order_by(col(TelephonePlaces.id)))
        return [(row.places_said, row.places, row.correction) for row in found]


def told(world: World, who: str) -> list[str]:
    with world.desk("cell").reading() as look:
        to = Notice.agency_id == world.provider if who == "provider" else Notice.person_id == world.people[who]
        return list(look.session.exec(select(Notice.sentence).where(to).order_by(col(Notice.id))))


@pytest.mark.parametrize("who", ["silver", "cell", "care_lead"])
def test_what_was_said_is_kept_once_and_told_to_the_provider(world: World, who: str) -> None:
    begun(world)

    first, again = note(world, who=who), note(world, who=who)

    assert first == again
    assert rows(world) == [(2, 2, None)]
    assert told(world, "provider") == [
        "Kept as given by you: 2 places by telephone in unit U1, West Midlands, Thu 26 November, 06:00. "
        "If that is not so, correct it on Care."
    ]
    with pytest.raises(Refused, match="sent before with other contents"):
        note(world, 3, who)


def test_the_gate_does_not_count_it(world: World) -> None:
    begun(world)
    with world.desk("silver").reading() as look:
        before = judge(facts_of(look, 1))
    note(world)

    with world.desk("silver").reading() as look:
        assert judge(facts_of(look, 1)) == before


def test_the_provider_corrects_and_who_typed_it_is_told(world: World) -> None:
    begun(world)
    number = note(world)

    correct(world, number, 0, "The house is full.", version=1)

    assert rows(world) == [(2, 0, "The house is full.")]
    assert told(world, "silver") == [
        "WM-0001: Places by telephone in unit U1 corrected from 2 to 0: The house is full."
    ]
    with pytest.raises(Stale, match="0 now"):
        correct(world, number, 1, version=1)
    with pytest.raises(Refused, match="stands at 0 places by telephone already"):
        correct(world, number, 0)
    with pytest.raises(InputError, match="is missing"):
        correct(world, number, 1, " ")
    with pytest.raises(InputError, match="you entered 51"):
        correct(world, number, 51)


def test_silver_corrects_and_the_provider_is_told(world: World) -> None:
    begun(world)
    number = note(world)

    correct(world, number, 3, "It was three.", "silver")

    assert rows(world) == [(2, 3, "It was three.")]
    assert told(world, "provider")[1:] == ["Places by telephone in unit U1 corrected from 2 to 3: It was three."]
    assert told(world, "silver") == []


def test_nobody_else_notes_or_corrects(world: World) -> None:
    begun(world)
    a_loggist(world)
    a_second_provider(world)
    number = note(world)

    for who in ("gold", "loggist"):
        with pytest.raises(NotAllowed):
            note(world, who=who, key=who)
        with pytest.raises(NotAllowed):
            correct(world, number, 1, who=who)
    for who in ("partner", "other_silver", "stranger", "second_provider"):
        with pytest.raises(NotFound):
            note(world, who=who, key=who)
        with pytest.raises(NotFound, match="none that you can open"):
            correct(world, number, 1, who=who)
    with pytest.raises(NotFound, match="none that you can open"):
        correct(world, 999, 1)

    assert rows(world) == [(2, 2, None)]


def test_places_are_given_by_telephone_on_the_day(world: World) -> None:
    an_action(world)

    with pytest.raises(Refused, match="WM-0001 has not begun: hold places under Care"):
        note(world)
    with pytest.raises(NotFound, match="There is no unit U9"):
        note(world, unit="U9")
    for places in (0, -1, 51):
        with pytest.raises(InputError, match=f"you entered {places}"):
            TelephoneRequest(REFERENCE, "U1", places, "k")
