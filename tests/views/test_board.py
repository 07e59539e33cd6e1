"""The role board against a count by brute force on seeded exercises; who sees which actions and which names."""

from datetime import time, timedelta
from typing import Any

import pytest
from sqlmodel import select

from planner import access
from planner.db import Database
from planner.facts import load
from planner.models.directory import Agency
from planner.models.operations import Action
from planner.models.roles import RoleOffer
from planner.rules.words import ActionState, OfferState
from planner.services.availability import AvailabilityRequest, set_availability
from planner.services.chasing import chase
from planner.services.exercise import load_pentameter2
from planner.services.offers import OfferRequest, offer_role
from planner.views import board as view
from planner.views.board_chase import chaseable, to_chase
from planner.work import Desk
from tests.benchmarks.gates import kept_statements
from tests.builders import NOW, World, a_world, an_action
from tests.posts import ask_for_posts, book_one_twice
from tests.views.board_by_hand import Counted, brute_force

SEEDS = range(1, 11)
SMALL, LARGE = 40, 400


def as_the_board_says(board: view.Board) -> Counted:
    names = board.names.actions
    return (
        {item.reference: {gap.role: gap.short for gap in item.gaps} for item in board.actions},
        {item.reference: {each.role: set(each.agencies) for each in item.overlaps} for item in board.actions},
        {
            item.reference: {lead: {names[other] for other in others} for lead, others in item.booked.items()}
            for item in board.actions
        },
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_gaps_overlaps_and_double_bookings_equal_a_count_by_brute_force(
    database: Database, seed: int, full: bool
) -> None:
    load_pentameter2(database, seed=seed, actions=LARGE if full else SMALL)
    ask_for_posts(database, seed)
    book_one_twice(database)

    with Desk(database).reading() as look:
        found = as_the_board_says(view.board(look))
        asked_by_the_gate = {
            key: facts.double_booked for key, facts in load(look, access.visible_actions(look)).items()
        }
        references = dict(look.session.exec(select(Action.id, Action.reference)).all())
    counted = brute_force(database)

    assert found == counted
    gaps, overlaps, booked = (sum(len(each) for each in part.values()) for part in counted)
    print(f"seed {seed}: {len(counted[0])} actions, {gaps} gaps, {overlaps} overlaps, {booked} booked twice")  # noqa: T201
    assert min(gaps, booked) > 0
    assert overlaps > 0 or not full  # of few actions, drawn about today, none may be asked for twice over
    assert {
        references[key]: leads for key, leads in asked_by_the_gate.items() if leads and references[key] in found[2]
    } == {reference: frozenset(leads) for reference, leads in found[2].items() if leads}


def test_the_number_of_queries_does_not_grow_with_the_actions(database: Database) -> None:
    world = a_world(database)
    an_action(world)
    numbers = []
    for more in (0, 3):
        for number in range(more):
            an_action(world, f"WM-1{number}")
            asked(world, "medical_lead", "health", reference=f"WM-1{number}")
        with kept_statements(database) as kept, world.desk("silver").reading() as look:
            view.board(look)
        numbers.append(len(kept))

    assert numbers[0] == numbers[1] <= 14


def test_the_mark_of_a_board_is_the_same_until_something_is_written_or_another_looks_or_a_minute_goes_by(
    database: Database,
) -> None:
    world = a_world(database)
    an_action(world)

    def mark(name: str = "silver", minutes: int = 0) -> view.Mark:
        with world.desk(name, NOW + timedelta(minutes=minutes)).reading() as look:
            return view.mark(look)

    before, again, later, other = mark(), mark(), mark(minutes=1), mark("cell")
    asked(world, "first_responder", "ngo")

    assert before == again
    assert before not in (later, other, mark())


def asked(world: World, role: str, agency: str, *, reference: str = "WM-0001") -> int:
    with world.desk("silver").writing() as work:
        request = OfferRequest(reference, role, agency, f"{reference}-{role}-{agency}")
        return offer_role(work, request).id or 0


def board_of(world: World, name: str) -> view.Board:
    with world.desk(name).reading() as look:
        return view.board(look)


def references(board: view.Board) -> list[str]:
    return [item.reference for item in board.actions]


def test_a_force_sees_its_own_actions_the_cell_all_and_a_partner_none(database: Database) -> None:
    world = a_world(database)
    an_action(world, "WM-0001")
    an_action(world, "WM-0002", force_id=agency_of(world, "other_force"))
    asked(world, "first_responder", "ngo")

    seen = {name: references(board_of(world, name)) for name in ("silver", "other_silver", "cell", "partner")}

    assert seen == {"silver": ["WM-0001"], "other_silver": ["WM-0002"], "cell": ["WM-0001", "WM-0002"], "partner": []}


def test_an_action_that_is_closed_is_on_no_board_but_its_lists(database: Database) -> None:
    world = a_world(database)
    an_action(world)
    before = references(board_of(world, "silver"))

    with database.write() as session:
        session.exec(select(Action)).one().compartment = True

    assert (before, references(board_of(world, "silver"))) == (["WM-0001"], [])


def test_a_lead_who_is_at_an_action_of_another_force_too_is_booked_twice_and_that_action_is_not_named(
    database: Database,
) -> None:
    world = a_world(database)
    theirs = an_action(world, "XX-0009", force_id=agency_of(world, "other_force"))
    an_action(world)
    accepted(world, asked(world, "first_responder", "ngo"))
    alone = board_of(world, "silver").actions[0].booked
    with database.write() as session:
        own = session.exec(select(RoleOffer)).one()
        session.add(RoleOffer(**own.model_dump(exclude={"id", "action_id", "request_key"}), action_id=theirs))

    silver, cell = board_of(world, "silver"), board_of(world, "cell")

    assert (alone, silver.actions[0].booked) == ({}, {world.people["partner"]: frozenset({theirs})})
    assert theirs not in silver.names.actions
    assert cell.names.actions[theirs] == "XX-0009"


def test_an_agency_is_beyond_its_stated_capacity_and_a_closed_action_counts_to_who_sees_it(database: Database) -> None:
    world = a_world(database)
    for reference in ("WM-0001", "WM-0002"):
        an_action(world, reference)
        accepted(world, asked(world, "first_responder", "ngo", reference=reference))

    def beyond(name: str) -> list[tuple[int, ...]]:
        return [item.beyond for item in board_of(world, name).actions]

    unsaid = beyond("silver")
    _stated(world, 2)
    within = beyond("silver")
    _stated(world, 1)
    over = beyond("silver")
    with database.write() as session:
        session.exec(select(Action).where(Action.reference == "WM-0002")).one().compartment = True

    assert (unsaid, within, over) == ([(), ()], [(), ()], [(world.ngo,), (world.ngo,)])
    assert beyond("silver") == [()]


def _stated(world: World, actions_a_day: int) -> None:
    with world.desk("partner").writing() as work:
        request = AvailabilityRequest("12345", time(9), time(17), bank_holidays=False, actions_a_day=actions_a_day)
        set_availability(work, "ngo", request)


def test_past_and_stood_down_actions_are_not_on_the_board(database: Database) -> None:
    world = a_world(database)
    an_action(world)
    an_action(world, "WM-0002", state=ActionState.STOOD_DOWN)
    an_action(world, "WM-0003", starts_at=NOW.replace(day=1), ends_at=NOW.replace(day=2))

    assert references(board_of(world, "cell")) == ["WM-0001"]


def test_the_filter_takes_force_region_agency_week_and_what_is_wrong(database: Database) -> None:
    world = a_world(database)
    an_action(world)
    an_action(world, "WM-0002", starts_at=NOW.replace(month=12), ends_at=NOW.replace(month=12, hour=12))
    asked(world, "first_responder", "ngo")
    board = board_of(world, "cell")

    def left(**wanted: Any) -> list[str]:
        return [item.reference for item in view.shown(board, view.BoardFilter(**wanted))]

    there = view.choices(board)
    both = ["WM-0001", "WM-0002"]
    assert (there.forces, there.regions, there.agencies) == (("Force",), ("West Midlands",), ("Ngo",))
    assert [left(week=week) for week in there.weeks] == [["WM-0001"], ["WM-0002"]]
    assert (left(), left(force="Force"), left(region="West Midlands")) == (both, both, both)
    assert (left(agency="Ngo"), left(force="Other force"), left(region="Wales")) == (["WM-0001"], [], [])
    assert (left(trouble=view.Trouble.MISSING), left(trouble=view.Trouble.HELD_BY_SEVERAL)) == (both, [])


def test_a_care_providers_name_is_for_the_cell(database: Database) -> None:
    world = a_world(database)
    an_action(world)
    offer = asked(world, "first_responder", "ngo")
    with database.write() as session:
        session.get_one(RoleOffer, offer).agency_id = world.provider

    assert view.choices(board_of(world, "cell")).agencies == ("Provider",)
    assert view.choices(board_of(world, "silver")).agencies == ("A care provider",)


def test_silver_chases_own_offers_the_first_due_first_and_gold_none(database: Database) -> None:
    world = a_world(database)
    an_action(world)
    first, second = asked(world, "first_responder", "ngo"), asked(world, "medical_lead", "health")

    def order(name: str) -> tuple[list[int], bool]:
        with world.desk(name).reading() as look:
            board = view.board(look)
            rows = to_chase(look, board, board.actions, "")
            return [row.offer.offer_id for row in rows], bool(chaseable(look, [row.action.id for row in rows]))

    before = order("silver")
    with world.desk("silver").writing() as work:
        chase(work, first)

    assert (before, order("silver")) == (([first, second], True), ([second, first], True))
    assert order("gold") == ([second, first], False)
    assert order("other_silver") == ([], False)


def accepted(world: World, offer: int) -> None:
    with world.database.write() as session:
        session.get_one(RoleOffer, offer).state = OfferState.ACCEPTED


def agency_of(world: World, code: str) -> int:
    with world.database.read() as session:
        return session.exec(select(Agency.id).where(Agency.code == code)).one() or 0
