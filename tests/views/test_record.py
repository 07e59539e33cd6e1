"""The record's lines, found and counted; none for who may not see the record, nor of what they cannot open."""

from datetime import date, timedelta

import pytest

from planner.db import Database
from planner.errors import NotAllowed, NotFound
from planner.models.operations import Operation
from planner.rules.words import Outcome
from planner.services.actions import stand_down
from planner.services.go_ahead import give_go_ahead
from planner.views.disclosures import count_disclosures, disclosures, disclosures_page
from planner.views.record import (
    PER_PAGE,
    LineFilter,
    actors,
    by_action,
    by_actor,
    count_actions,
    count_actors,
    count_lines,
    lines,
)
from tests.builders import NOW, World, a_world, an_action

LATER = NOW + timedelta(days=2)


def two_stood_down(database: Database) -> World:
    """Each by Silver, the second two days later; between them Silver tries what is Gold's."""
    world = a_world(database)
    for reference, at in (("WM-0001", NOW), ("WM-0002", LATER)):
        an_action(world, reference)
        with world.desk("silver", at).writing() as work:
            stand_down(work, reference, "No longer needed.")
    with pytest.raises(NotAllowed), world.desk("silver", NOW).writing() as work:
        give_go_ahead(work, "WM-0001")
    return world


def looked(world: World, name: str, ref: str, outcome: Outcome = Outcome.VIEWED, **detail: str) -> None:
    with world.desk(name).writing() as work:
        work.record("view", f"{ref} was opened.", kind="page", ref=ref, outcome=outcome, **detail)


def test_a_line_is_found_by_reference_and_outcome_and_only_by_its_readers(database: Database) -> None:
    world = two_stood_down(database)

    with world.desk("cell").reading() as look:
        found = lines(look, LineFilter("wm-0002", Outcome.DONE))
        exported = lines(look, LineFilter(outcome=Outcome.EXPORTED))
        number = count_lines(look, LineFilter())
    with world.desk("silver").reading() as look:
        unseen = (lines(look, LineFilter()), count_lines(look, LineFilter()), actors(look))

    assert [row.sentence for row in found] == ["WM-0002 was stood down: No longer needed."]
    assert (exported, number, unseen) == ((), 3, ((), 0, ()))


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (LineFilter(), [3, 2, 1]),
        (LineFilter(actor="Silver, West Midlands"), [3, 2, 1]),
        (LineFilter(actor="Gold, West Midlands"), []),
        (LineFilter(action="WM-0001"), [3, 1]),
        (LineFilter(action="WM-000"), []),
        (LineFilter(outcome=Outcome.REFUSED), [3]),
        (LineFilter(first_day=NOW.date()), [3, 2, 1]),
        (LineFilter(last_day=NOW.date()), [3, 1]),
        (LineFilter(first_day=LATER.date(), last_day=LATER.date()), [2]),
        (LineFilter(first_day=LATER.date() + timedelta(days=1)), []),
        (LineFilter(last_day=date.max), [3, 2, 1]),
        (LineFilter(text="LONGER needed"), [2, 1]),
        (LineFilter(text="%"), []),
        (LineFilter(page=2), []),
    ],
)
def test_the_record_is_filtered_in_the_database(database: Database, wanted: LineFilter, numbers: list[int]) -> None:
    world = two_stood_down(database)

    with world.desk("cell").reading() as look:
        found, number = lines(look, wanted), count_lines(look, wanted)

    assert [row.number for row in found] == numbers
    assert number == (3 if wanted.page == 2 else len(numbers))


def test_fifty_lines_make_a_page(database: Database) -> None:
    world = a_world(database)
    for number in range(PER_PAGE + 3):
        looked(world, "gold", f"page-{number}")

    with world.desk("cell").reading() as look:
        pages = [[row.number for row in lines(look, LineFilter(page=page))] for page in (1, 2)]
        shown = [row.number for row in disclosures_page(look, LineFilter(page=2))]

    assert pages == [list(range(53, 3, -1)), [3, 2, 1]]
    assert shown == [3, 2, 1]


def test_people_and_actions_are_counted_by_what_happened(database: Database) -> None:
    world = two_stood_down(database)
    looked(world, "gold", "WM-0001")
    looked(world, "gold", "today", Outcome.EXPORTED)

    with world.desk("cell").reading() as look:
        people, actions = by_actor(look, LineFilter()), by_action(look, LineFilter())
        counted = count_actors(look, LineFilter()), count_actions(look, LineFilter())
        of_gold = by_action(look, LineFilter(actor="Gold, West Midlands"))

    assert people == (("Silver, West Midlands", 2, 1, 0, 0, LATER), ("Gold, West Midlands", 0, 0, 1, 1, NOW))
    assert actions == (("WM-0001", 1, 1, 1, 0, NOW), ("WM-0002", 1, 0, 0, 0, LATER))
    assert counted == (2, 2)
    assert of_gold == (("WM-0001", 0, 0, 1, 0, NOW),)


def test_disclosures_are_views_and_exports_with_their_reason_and_nothing_else(database: Database) -> None:
    world = two_stood_down(database)
    looked(world, "gold", "directory")
    looked(world, "cell", "all", Outcome.EXPORTED, reason="Asked for by the court.")

    with world.desk("cell").reading() as look:
        found, number = list(disclosures(look, LineFilter())), count_disclosures(look, LineFilter())
        page = disclosures_page(look, LineFilter())
    with world.desk("gold").reading() as look:
        unseen = list(disclosures(look, LineFilter())), count_disclosures(look, LineFilter())

    assert [(row.actor, row.about, row.why) for row in found] == [
        ("Gold, West Midlands", "directory", ""),
        ("Cell, West Midlands", "all", "Asked for by the court."),
    ]
    assert (page, number, unseen) == (tuple(reversed(found)), 2, ([], 0))


def test_the_record_opens_no_door_to_a_compartment_or_another_operation(database: Database) -> None:
    world = two_stood_down(database)
    an_action(world, "WM-0003", compartment=True)
    with database.write() as session:
        other = {"lead_agency_id": world.force, "starts_on": NOW.date(), "ends_on": LATER.date()}
        session.add(Operation(code="OP2", name="Another", **other))
    for about in ("WM-0003", "OP2", "WM-0002", "OP1"):
        looked(world, "national", about)

    with pytest.raises(NotFound), world.desk("silver").writing() as work:
        stand_down(work, "WM-0003", "Silver is not listed.")
    with world.desk("cell").reading() as look:
        known = {row.about for row in lines(look, LineFilter())}
        counted = {row.name for row in by_action(look, LineFilter())}
        disclosed = {row.about for row in disclosures(look, LineFilter())}

    assert known == {"WM-0001", "WM-0002", "OP1"}
    assert counted == {"WM-0001", "WM-0002"}
    assert disclosed == {"WM-0002", "OP1"}
