"""The calendar page's days: only those asked for, each thing to whom it may be shown, places beside the nights."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from planner.db import Database
from planner.errors import InputError, NotFound
from planner.models.directory import Region, Zone
from planner.models.operations import Action, LegalBasis
from planner.models.reference import BankHoliday
from planner.outputs.calendar_entries import ActionEntry, Due
from planner.rules.calendar_choice import Scope, usual
from planner.rules.pressure import Pressure
from planner.rules.words import ActionState, Nation, Need, Post, Power, Profile
from planner.services import answers, conferences, demand, offers, operations
from planner.services.care import confirm_hold
from planner.services.compartments import close_to
from planner.services.moving import move_action
from planner.services.strike_days import StrikeDayRequest, set_strike_day
from planner.views.calendar import entries_of
from planner.views.calendar_days import Days
from planner.views.calendar_page import Asked, PageDays, movable, page_days, places_in
from tests.benchmarks.gates import kept_statements
from tests.builders import DAWN, FIRST_NIGHT, NOW, World, a_world, an_action
from tests.care import a_person, book
from tests.services.test_operations import AWARENESS, ENFORCEMENT

DAY = DAWN.date()
WEEK = Days(date(2026, 11, 23), date(2026, 11, 29))
BY_DAY = [("operation", "OP1"), ("region", "wm"), ("force", "force")]


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    return world


def read(world: World, name: str = "silver", scope: str = "operation", of: str = "OP1", **more: Any) -> PageDays:
    with world.desk(name).reading() as look:
        return page_days(look, Asked(Scope(scope), of, **{"days": WEEK, **more}))


def references(found: PageDays) -> list[str]:
    return [row.reference for row in found.actions]


@pytest.mark.parametrize(("scope", "of"), BY_DAY)
def test_a_week_has_its_own_actions_and_no_others(world: World, scope: str, of: str) -> None:
    an_action(world, "WM-0002", starts_at=DAWN + timedelta(days=7), ends_at=DAWN + timedelta(days=7, hours=3))
    late = DAWN.replace(day=29, hour=23, minute=30)
    an_action(world, "WM-0003", starts_at=late, ends_at=late + timedelta(hours=3))

    assert references(read(world, scope=scope, of=of)) == ["WM-0001", "WM-0003"]
    assert references(read(world, scope=scope, of=of, days=Days(DAY, DAY))) == ["WM-0001"]


NIGHT = DAWN.replace(day=22, hour=22)  # the Sunday before the week
LONGEST = timedelta(days=7)
LASTING = [
    ("until 02:00 of its first day", NIGHT, timedelta(hours=4), True),
    ("until its first midnight", NIGHT, timedelta(hours=2), False),
    ("as long as an action may last", NIGHT - timedelta(days=5), LONGEST, True),
    ("from the midnight after its last day", DAWN.replace(day=30, hour=0), timedelta(hours=3), False),
]


@pytest.mark.parametrize(("starts_at", "lasts", "there"), [row[1:] for row in LASTING], ids=[row[0] for row in LASTING])
def test_what_began_before_stands_on_the_days_that_it_reaches(
    world: World, starts_at: datetime, lasts: timedelta, there: bool
) -> None:
    an_action(world, "WM-0002", starts_at=starts_at, ends_at=starts_at + lasts)
    convene(world, starts_at, starts_at + lasts)

    found = read(world)

    assert references(found) == ["WM-0002", "WM-0001"] if there else ["WM-0001"]
    assert [row.starts_at for row in found.meetings] == ([starts_at] if there else [])
    assert "WM-0002" in references(read(world, days=Days(date(2026, 11, 16), date(2026, 11, 30))))


def test_a_meeting_may_last_longer_than_any_action(world: World) -> None:
    convene(world, NIGHT - timedelta(days=30), NIGHT + timedelta(hours=4))

    assert len(read(world).meetings) == 1


def test_an_action_lasts_no_longer_than_is_looked_back_for(world: World) -> None:
    with world.desk("silver").writing() as work, pytest.raises(InputError, match="it lasts 7 at most"):
        move_action(work, "WM-0001", DAWN, DAWN + LONGEST + timedelta(seconds=1), version=1)


def test_an_operations_calendar_is_narrowed_to_a_region_or_a_force(world: World) -> None:
    an_action(world, "OT-0001", force_id=world.force + 1)
    with world.desk("cell").reading() as look:
        places = places_in(look, Scope.OPERATION, "OP1")
        none = places_in(look, Scope.FORCE, "force")

    assert places.regions == {"wm": "West Midlands"}
    assert places.forces == {"force": "Force", "other_force": "Other force"}
    assert none == ({}, {}, frozenset())
    assert references(read(world, "cell", force="force")) == ["WM-0001"]
    assert references(read(world, "cell", region="wm")) == ["OT-0001", "WM-0001"]
    assert references(read(world, "cell", region="elsewhere")) == []


def test_a_region_and_a_force_that_have_no_action_together_are_not_offered_together(world: World) -> None:
    """A force of two regions, and one of the far region alone; what is chosen stays choosable."""
    far_region(world)
    an_action(world, "FA-0001", region="far", force_id=world.force + 1)
    an_action(world, "FA-0002", region="far")
    with kept_statements(world.database) as few, world.desk("cell").reading() as look:
        places = places_in(look, Scope.OPERATION, "OP1")
    an_action(world, "FA-0003", region="far", force_id=world.ngo)
    with kept_statements(world.database) as many, world.desk("cell").reading() as look:
        places_in(look, Scope.OPERATION, "OP1")

    def offered(region: str, force: str) -> tuple[list[str], list[str]]:
        left = places.beside(region, force)
        return list(left.regions), list(left.forces)

    assert offered("", "") == (["far", "wm"], ["force", "other_force"])
    assert offered("wm", "") == (["far", "wm"], ["force"])
    assert offered("", "other_force") == (["far"], ["force", "other_force"])
    assert offered("far", "force") == (["far", "wm"], ["force", "other_force"])
    assert offered("wm", "other_force") == (["far", "wm"], ["force", "other_force"])
    pairs = [("wm", "other_force"), ("far", "other_force"), ("wm", ""), ("", "other_force")]
    assert [places.apart(*pair) for pair in pairs] == [True, False, False, False]
    assert len(few) == len(many)


def test_phases_strike_days_last_days_and_conferences_stand_beside_the_actions(world: World) -> None:
    until = NOW + timedelta(hours=1)
    with world.desk("cell").writing() as work:
        operations.set_phases(work, "OP1", [AWARENESS, ENFORCEMENT])
    with world.desk("cell").writing() as work:
        set_strike_day(work, StrikeDayRequest("OP1", "Strike one", DAY, ("WM-0001",)))
    with world.desk("cell").writing() as work:
        number = conferences.convene(work, conferences.ConveneRequest(("WM-0001",), NOW, until, ("ngo",), "k1")).id
    with world.database.write() as session:
        action_id = session.exec(select(Action.id)).one() or 0
        basis = LegalBasis(
            action_id=action_id, power=Power.WARRANT, statute="PACE 1984", reference="W1", changed_at=NOW
        )
        basis.expires_on = DAY
        session.add(basis)

    found = read(world)

    assert [(row.number, row.first_on) for row in found.phases] == [(2, ENFORCEMENT.starts_on)]
    assert [(row.name, row.day, row.members) for row in found.strike_days] == [("Strike one", DAY, 1)]
    assert [(row.reference, row.day) for row in found.last_days] == [("WM-0001", DAY)]
    assert [row.id for row in found.meetings] == [number]


def test_bank_holidays_are_told_by_nation(world: World) -> None:
    with world.database.write() as session:
        for nation in (Nation.WALES, Nation.ENGLAND):
            session.add(BankHoliday(nation=nation, day=DAY, title="A holiday", source="x", source_date="x"))

    assert read(world, "partner", "person", "me").holidays == {DAY: {"A holiday": (Nation.ENGLAND, Nation.WALES)}}


def test_a_partners_own_calendar_names_no_action_and_says_nothing_of_places(world: World) -> None:
    need(world, 3)
    offer_to_partner(world, accept=True)

    found = read(world, "partner", "person", "me")

    assert references(found) == [""]
    assert "WM-0001" not in repr(found)
    assert (found.strike_days, found.last_days, dict(found.pressure)) == ((), (), {})


def test_an_offer_to_answer_is_due_in_its_lead_s_calendar_alone(world: World) -> None:
    offer_to_partner(world, accept=False)

    assert [row.what for row in read(world, "partner", "person", "me", days=Days(DAY, DAY + timedelta(99))).due] == []
    assert [row.what for row in read(world, "partner", "person", "me").due] == [Due.ANSWER_OFFER]
    assert read(world).due == ()


@pytest.mark.parametrize("name", ["partner", "provider", "other_silver", "stranger"])
def test_a_forces_calendar_is_closed_to_others(world: World, name: str) -> None:
    with pytest.raises(NotFound) as denied:
        read(world, name, "force", "force")
    with pytest.raises(NotFound) as missing:
        read(world, name, "force", "NOWHERE")

    assert str(denied.value) == str(missing.value).replace("NOWHERE", "force")


def test_a_closed_action_is_in_no_calendar_of_who_is_not_on_its_list(world: World) -> None:
    need(world, 3)
    with world.desk("gold").writing() as work:
        close_to(work, "WM-0001", ())

    assert read(world).actions == ()
    assert dict(read(world).pressure) == {}


def test_places_stand_beside_the_nights_of_the_stay(world: World) -> None:
    """U1 has four places for ten nights; three nights are asked for by policy."""
    need(world, 6)
    held = book(world, places=1)
    with world.desk("provider").writing() as work:
        confirm_hold(work, held)

    assert read(world).pressure == {FIRST_NIGHT + timedelta(days=n): Pressure(6, 1, 3, 2, True) for n in range(3)}
    assert read(world, days=Days(FIRST_NIGHT + timedelta(days=2), WEEK.last)).pressure == {
        FIRST_NIGHT + timedelta(days=2): Pressure(6, 1, 3, 2, True)
    }
    assert read(world, scope="force", of="force").pressure == read(world).pressure


def test_what_one_action_booked_beyond_its_need_helps_no_other(world: World) -> None:
    an_action(world, "WM-0002")
    need(world, 1)
    need(world, 2, "WM-0002")
    book(world, places=3)

    assert read(world).pressure[FIRST_NIGHT] == Pressure(3, 1, 1, 1, True)


def test_a_night_tells_the_same_whatever_is_shown_beside_it_and_one_zone_covers_no_other(world: World) -> None:
    """U1 has four places in the first zone; in the other, where a place is needed two days later, there is none."""
    far_region(world)
    later = DAWN + timedelta(days=2)
    an_action(world, "FA-0001", region="far", starts_at=later, ends_at=later + timedelta(hours=3))
    need(world, 1)
    need(world, 1, "FA-0001")

    week, alone = read(world).pressure, read(world, days=Days(FIRST_NIGHT, FIRST_NIGHT)).pressure
    far = FIRST_NIGHT + timedelta(days=2)

    assert week[FIRST_NIGHT] == alone[FIRST_NIGHT] == Pressure(1, 0, 4)
    assert (week[far], week[far].word) == (Pressure(2, 0, 4, 1, True), "1 place short")
    assert read(world, days=Days(far, far)).pressure == {far: week[far]}
    assert week[far + timedelta(days=1)] == Pressure(1, 0, None)


def test_a_place_for_women_helps_no_man_and_a_booking_for_one_no_other(world: World) -> None:
    """U1 takes women alone."""
    need(world, 3, men=2)
    book(world, places=3)
    an_action(world, "WM-0002")
    need(world, 0, "WM-0002", men=1)

    night = read(world).pressure[FIRST_NIGHT]

    assert (night, night.word) == (Pressure(6, 3, 1, 3, True), "3 places short")
    need(world, 0, men=2)
    assert read(world).pressure[FIRST_NIGHT] == Pressure(3, 0, None)


def test_no_place_is_free_where_no_night_is_open_and_none_is_told_of_a_night_that_is_over(world: World) -> None:
    later = DAWN + timedelta(days=60)
    an_action(world, "WM-0009", starts_at=later, ends_at=later + timedelta(hours=3))
    need(world, 2, "WM-0009")
    first = later.date() - timedelta(days=1)

    assert read(world, days=Days(first, first)).pressure == {first: Pressure(2, 0, None)}
    need(world, 2)
    with world.desk("silver", DAWN + timedelta(days=1)).reading() as look:
        assert min(page_days(look, Asked(Scope.OPERATION, "OP1", WEEK)).pressure) == DAY + timedelta(days=1)


def test_who_plans_an_action_may_move_it_until_it_has_begun(world: World) -> None:
    an_action(world, "OT-0001", force_id=world.force + 1)
    an_action(world, "WM-0002", state=ActionState.DONE)
    with world.database.read() as session:
        ids = {row.reference: row.id or 0 for row in session.exec(select(Action)).all()}
    a_person(world, "logs", world.force, (Post.LOGGIST, world.operation, None))

    def moved_by(name: str) -> set[str]:
        with world.desk(name).reading() as look:
            found = movable(look, list(ids.values()))
        return {reference for reference, number in ids.items() if number in found}

    assert moved_by("silver") == {"WM-0001"}
    assert moved_by("cell") == {"WM-0001", "OT-0001"}
    assert moved_by("logs") == set()
    assert moved_by("partner") == set()


def test_the_number_of_queries_does_not_grow_with_the_calendar(database: Database) -> None:
    world = a_world(database)
    an_action(world)
    need(world, 1)
    numbers = []
    for more in (0, 3):
        for number in range(more):
            an_action(world, f"WM-1{number}")
            need(world, 1, f"WM-1{number}")
        with kept_statements(database) as kept, world.desk("cell").reading() as look:
            found = page_days(look, Asked(Scope.OPERATION, "OP1", WEEK))
            movable(look, [row.id for row in found.actions])
        numbers.append(len(kept))

    assert numbers[0] == numbers[1] <= 18


def test_the_entries_of_some_days_are_those_of_the_whole_that_fall_on_them(world: World) -> None:
    for days in (7, 8):
        at = DAWN + timedelta(days=days)
        an_action(world, f"WM-1{days}", starts_at=at, ends_at=at + timedelta(hours=3))
    with world.desk("cell").writing() as work:
        operations.set_phases(work, "OP1", [AWARENESS, ENFORCEMENT])

    with world.desk("silver").reading() as look:
        whole = entries_of(look, Scope.OPERATION, "OP1", usual(Scope.OPERATION))
        some = entries_of(look, Scope.OPERATION, "OP1", usual(Scope.OPERATION), days=WEEK)

    assert len(whole) == 5
    assert {entry.uid for entry in some} < {entry.uid for entry in whole}
    assert len(some) == 2


def test_a_number_is_the_files_own_on_the_days_after_its_start_too(world: World) -> None:
    """Five of the Sunday; one of them, the third, lasts into the week."""
    for number, hour in enumerate((8, 9, 22, 22, 23), 2):
        at = NIGHT.replace(hour=hour, minute=number)
        an_action(world, f"WM-000{number}", starts_at=at, ends_at=at + timedelta(minutes=30 if number != 4 else 240))

    with world.desk("silver").reading() as look:
        whole = entries_of(look, Scope.OPERATION, "OP1", usual(Scope.OPERATION))
        some = entries_of(look, Scope.OPERATION, "OP1", usual(Scope.OPERATION), days=WEEK)

    assert [(entry.uid, entry.number, entry.of) for entry in some if isinstance(entry, ActionEntry)] == [
        ("uid-WM-0004", 3, 5),
        ("uid-WM-0001", 1, 1),
    ]
    assert set(some) < set(whole)


def convene(world: World, starts_at: datetime, ends_at: datetime) -> None:
    """About an action of the new year, before which it has to be over."""
    later = DAWN + timedelta(days=50)
    an_action(world, "WM-0009", starts_at=later, ends_at=later + timedelta(hours=3))
    with world.desk("cell", starts_at).writing() as work:
        conferences.convene(work, conferences.ConveneRequest(("WM-0009",), starts_at, ends_at, ("ngo",), "k1"))


def far_region(world: World) -> None:
    with world.database.write() as session:
        session.add(Zone(code="far", name="Far", nation=Nation.WALES))
        session.flush()
        session.add(Region(code="far", name="Far", nation=Nation.WALES, zone="far"))


def need(world: World, number: int, reference: str = "WM-0001", men: int = 0) -> None:
    likely = {Profile.WOMAN: number, Profile.MAN: men}
    with world.desk("silver").writing() as work:
        demand.set_demand(work, reference, [demand.Line(who, Need.NONE, 0, many, many) for who, many in likely.items()])


def offer_to_partner(world: World, *, accept: bool) -> None:
    with world.desk("silver").writing() as work:
        offer = offers.offer_role(work, offers.OfferRequest("WM-0001", "first_responder", "ngo", "k2")).id or 0
    if accept:
        with world.desk("partner").writing() as work:
            answers.answer_offer(work, offer, accept=True)
