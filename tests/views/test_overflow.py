"""Seven, not four: what is confirmed, free tonight, on call and given by telephone, each for who may know it."""

from datetime import timedelta

import pytest

from planner import facts
from planner.db import Database
from planner.rules.on_the_day import Count, Places
from planner.rules.outcomes import SupportOutcome
from planner.rules.words import ActionState, ArrangementKind, Need, Profile
from planner.services import care, demand
from planner.services.on_the_day import CountRequest, count_people
from planner.services.outcomes import OutcomesRequest, keep_outcomes
from planner.services.telephone import TelephoneRequest, correct_places, note_places
from planner.views.outcomes import outcome_tasks
from planner.views.overflow import Overflow, overflow, overflow_tasks, own_telephone
from planner.work import Look
from tests import ready
from tests.builders import DAWN, World, a_unit, a_world, an_action
from tests.care import NAME, a_second_provider, queries
from tests.day import REFERENCE, a_loggist, begin, begun, press

MET = Count.ENCOUNTERED


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def seen(world: World, who: str) -> Overflow:
    with world.desk(who, DAWN).reading() as look:
        return overflow(look, facts.facts_of(look, 1))


def note(world: World, unit: str = "U1", places: int = 2) -> int:
    with world.desk("silver", DAWN).writing() as work:
        return note_places(work, TelephoneRequest(REFERENCE, unit, places, f"{unit}{places}")).id or 0


def waiting(world: World, who: str, after: timedelta = timedelta(0)) -> list[str]:
    with world.desk(who, DAWN + after).reading() as look:
        return [task.sentence for task in overflow_tasks(look)]


def test_what_is_confirmed_free_and_on_call_is_shown_and_the_providers_name_to_who_may_know_it(world: World) -> None:
    a_second_provider(world)
    ready.plan(world)
    ready.book(world)
    ready.arrange(world, ArrangementKind.ON_CALL)
    begin(world)
    note(world, "U2", 3)

    silver, care_lead = seen(world, "silver"), seen(world, "care_lead")

    assert silver.places == Places(2, 3)
    assert silver.on_call == ("Duty manager: 2 places on call",)
    assert [(unit.code, unit.free, unit.provider) for unit in silver.units] == [("U2", 6, None), ("U1", 2, None)]
    assert [(unit.code, unit.provider) for unit in care_lead.units] == [("U2", NAME), ("U1", "Provider")]
    assert [row.provider for row in silver.telephone] == [None]
    assert [row.provider for row in care_lead.telephone] == [NAME]
    assert NAME not in repr(silver)


def test_a_unit_that_stated_nothing_for_tonight_is_not_known_and_never_free(world: World) -> None:
    begun(world, starts_at=DAWN + timedelta(days=20), ends_at=DAWN + timedelta(days=20, hours=3))

    with world.desk("silver", DAWN + timedelta(days=20)).reading() as look:
        units = overflow(look, facts.facts_of(look, 1)).units

    assert [(unit.code, unit.free) for unit in units] == [("U1", None)]


@pytest.mark.parametrize("who", ["gold", "national", "loggist"])
def test_who_may_not_book_reads_the_numbers_and_no_units(world: World, who: str) -> None:
    a_loggist(world)
    begun(world)
    note(world)

    found = seen(world, who)

    assert (found.places, found.units, found.may_note) == (Places(0, 2), (), False)


def test_a_childs_place_is_no_adults(world: World) -> None:
    with world.database.write() as session:
        a_unit(session, world.provider, world.operation, code="U9", places=2, profiles=(Profile.CHILD,))
    ready.plan(world)
    with world.desk("silver").writing() as work:
        demand.set_demand(work, REFERENCE, [demand.Line(Profile.CHILD, Need.NONE, 1, 1, 1)])
    with world.desk("silver").writing() as work:
        hold = care.hold_places(work, care.HoldRequest(REFERENCE, "U9", ((Profile.CHILD, Need.NONE, 1),), "c")).id or 0
    with world.desk("provider").writing() as work:
        care.confirm_hold(work, hold)

    assert seen(world, "silver").places == Places(0)


def test_more_than_have_a_place_waits_on_today_until_there_are_enough(world: World) -> None:
    a_loggist(world)
    begun(world)
    press(world, MET, MET, MET)
    said = [f"{REFERENCE}: 3 encountered, 0 places confirmed: 3 more needed."]

    assert [waiting(world, who) for who in ("silver", "cell", "care_lead")] == [said] * 3
    assert [waiting(world, who) for who in ("gold", "loggist", "other_silver", "partner", "provider")] == [[]] * 5
    number = note(world, places=2)
    assert waiting(world, "silver") == [
        f"{REFERENCE}: 3 encountered, 0 places confirmed, 2 by telephone: 1 more needed."
    ]
    with world.desk("silver", DAWN).writing() as work:
        correct_places(work, number, 3, "It was three.")

    assert waiting(world, "silver") == []


def test_what_waits_takes_as_many_queries_for_many_actions(world: World) -> None:
    begun(world)
    press(world, MET)
    few = queries(world, "cell", overflow_tasks)
    for number in range(2, 8):
        _another(world, f"WM-000{number}")

    assert queries(world, "cell", overflow_tasks) == few


def _another(world: World, reference: str) -> None:
    an_action(world, reference, state=ActionState.BEGUN)
    with world.desk("cell", DAWN).writing() as work:
        count_people(work, CountRequest(reference, MET, reference))


def test_a_provider_reads_what_was_kept_as_said_by_it_and_by_nobody_else(world: World) -> None:
    a_second_provider(world)
    begun(world)
    note(world)
    note(world, "U2", 1)

    def own(look: Look) -> list[tuple[str, int, str, str | None]]:
        return [(row.unit, row.places, row.region, row.typed_by) for row in own_telephone(look)]

    with world.desk("provider", DAWN).reading() as look:
        assert own(look) == [("U1", 2, "West Midlands", None)]
        assert REFERENCE not in repr(own_telephone(look))
    with world.desk("second_provider", DAWN).reading() as look:
        assert own(look) == [("U2", 1, "West Midlands", None)]
    for who in ("silver", "partner", "stranger"):
        with world.desk(who, DAWN).reading() as look:
            assert own(look) == []
    with world.desk("provider", DAWN + timedelta(days=15)).reading() as look:
        assert own(look) == []


def test_a_provider_that_corrects_is_not_named_to_silver(world: World) -> None:
    begun(world)
    number = note(world)
    with world.desk("provider", DAWN).writing() as work:
        correct_places(work, number, 0, "The house is full.")

    row = seen(world, "silver").telephone[0]

    assert (row.by_provider, row.corrected_by, row.correction) == (True, None, "The house is full.")
    assert "Provider, West" not in repr(row)


def test_how_support_went_on_waits_for_the_care_lead_and_the_cell_from_the_next_day(world: World) -> None:
    begun(world, state=ActionState.DONE)
    press(world, MET, MET)
    later = DAWN + timedelta(days=1)

    def tasks(who: str, at: timedelta = timedelta(days=1)) -> list[str]:
        with world.desk(who, DAWN + at).reading() as look:
            return [task.sentence for task in outcome_tasks(look)]

    said = [f"{REFERENCE}, how support went on: 0 of 2 encountered told of; of 2 nothing is said yet."]
    assert [tasks(who) for who in ("care_lead", "cell")] == [said, said]
    assert [tasks(who) for who in ("silver", "gold", "partner", "provider")] == [[]] * 4
    assert tasks("cell", timedelta(hours=9)) == []
    with world.desk("cell", later).writing() as work:
        numbers = {SupportOutcome.ENTERED: 1, SupportOutcome.NOT_KNOWN: 1}
        keep_outcomes(work, OutcomesRequest(REFERENCE, numbers, later.date()))

    assert tasks("cell") == []
