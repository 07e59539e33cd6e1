"""Bookings: what waits first, filtered and page by page; nobody reads what is another's."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from planner.db import Database
from planner.models.operations import ActionCompartment
from planner.rules.words import HoldState, Immigration, Post
from planner.services import care as services
from planner.views import care_bookings as view
from planner.views.care_bookings import Booking, BookingFilter
from tests import care
from tests.builders import DAWN, FIRST_NIGHT, NOW, World, a_world, an_action

DAY = timedelta(days=1)


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    for number in (1, 2, 3):
        an_action(world, f"WM-000{number}", starts_at=DAWN + number * DAY, ends_at=DAWN + number * DAY + DAY / 8)
    care.a_second_provider(world)
    return world


def rows(world: World, name: str = "cell", **wanted: object) -> tuple[Booking, ...]:
    with world.desk(name).reading() as look:
        found = view.booking_rows(look, BookingFilter(**wanted))  # type: ignore[arg-type]
        if "page" not in wanted:
            assert view.count_bookings(look, BookingFilter(**wanted)) == len(found)  # type: ignore[arg-type]
        return found


def purposes(found: tuple[Booking, ...]) -> list[str | None]:
    return [row.purpose for row in found]


def test_what_lapses_comes_before_what_waits_and_both_before_what_is_confirmed(world: World) -> None:
    care.confirm(world, care.book(world, "WM-0001"))
    care.book(world, "WM-0002", "U2")
    care.book(world, "WM-0003")

    found = rows(world)

    assert [(row.purpose, row.state) for row in found] == [
        ("WM-0003", HoldState.HELD),
        ("WM-0002", HoldState.REQUESTED),
        ("WM-0001", HoldState.CONFIRMED),
    ]
    with world.desk("cell", NOW + DAY).reading() as look:
        assert view.counts(look) == (2, 1, 1)


def test_bookings_are_found_by_reference_state_unit_and_region(world: World) -> None:
    with world.database.write() as session:
        session.execute(
            sa.text("INSERT INTO region (code, name, nation, zone) VALUES ('ee','East','england','midlands')")
        )
    an_action(world, "EE_0001", region="ee")
    care.book(world, "EE_0001")
    care.confirm(world, care.book(world, "WM-0001", "U2"), "second_provider")
    care.book(world, "WM-0002")

    assert purposes(rows(world, text="ee_")) == ["EE_0001"]
    assert purposes(rows(world, text="WM_")) == []
    assert purposes(rows(world, state=HoldState.CONFIRMED)) == ["WM-0001"]
    assert purposes(rows(world, unit="U2")) == ["WM-0001"]
    assert purposes(rows(world, region="ee")) == ["EE_0001"]
    with world.desk("cell").reading() as look:
        assert view.choices(look) == (("U1", "U2"), {"ee": "East", "wm": "West Midlands"})


def test_every_booking_is_on_some_page_and_none_on_two(world: World) -> None:
    for number in range(10, 10 + view.PER_PAGE + 3):
        an_action(world, f"WM-00{number}")
        care.book(world, f"WM-00{number}", "U2")

    pages = [purposes(rows(world, page=page)) for page in (1, 2, 3)]

    assert [len(page) for page in pages] == [view.PER_PAGE, 3, 0]
    assert len({name for page in pages for name in page}) == view.PER_PAGE + 3


def test_a_booking_leaves_the_list_when_its_last_night_is_over(world: World) -> None:
    care.confirm(world, care.book(world, "WM-0001"))
    last = FIRST_NIGHT + 4 * DAY  # the third night of three from the 26th, until noon of the 29th

    def shown(days: int, past: bool = False) -> int:
        with world.desk("cell", NOW + days * DAY).reading() as look:
            return len(view.booking_rows(look, BookingFilter(past=past)))

    days = (last - NOW.date()).days
    assert (shown(days), shown(days + 1), shown(days + 1, past=True)) == (1, 0, 1)


def test_an_expired_hold_is_over_from_its_instant_and_what_ended_is_found_with_its_reason(world: World) -> None:
    hold, declined_one = care.book(world, "WM-0001"), care.book(world, "WM-0002")
    with world.desk("provider").writing() as work:
        services.decline_hold(work, declined_one, "The house is full.")

    with world.desk("cell", NOW + 2 * DAY).reading() as look:
        live = view.booking_rows(look, BookingFilter())
        held = view.booking_rows(look, BookingFilter(state=HoldState.HELD))
        expired = view.booking_rows(look, BookingFilter(state=HoldState.EXPIRED))
        declined = view.booking_rows(look, BookingFilter(state=HoldState.DECLINED))

    assert (live, held) == ((), ())
    assert [(row.id, row.state, row.last_night) for row in expired] == [
        (hold, HoldState.EXPIRED, FIRST_NIGHT + 3 * DAY)
    ]
    assert [(row.purpose, row.reason, row.may_release) for row in declined] == [
        ("WM-0002", "The house is full.", False)
    ]


def test_release_is_offered_to_those_alone_who_may_release_that_booking(world: World) -> None:
    hold = care.book(world, "WM-0001")
    loggist = (Post.LOGGIST, world.operation, None)
    other = care.a_second_operation(world)
    care.a_person(world, "two_posts", world.force, loggist, (Post.SILVER, other, world.force))

    offered = {name: [row.may_release for row in rows(world, name)] for name in ("silver", "cell", "two_posts")}

    assert offered == {"silver": [True], "cell": [True], "two_posts": [False]}
    with pytest.raises(Exception, match="You cannot hold places here"), world.desk("two_posts").writing() as work:
        services.release_hold(work, hold)
    with world.desk("silver").writing() as work:
        services.release_hold(work, hold)


def test_a_reserves_bookings_are_for_those_who_set_reserves(world: World) -> None:
    care.book_reserve(world, care.a_reserve(world))

    shown = {name: [(row.purpose, row.may_release) for row in rows(world, name)] for name in ("care_lead", "silver")}

    assert shown == {"care_lead": [("Reserve 1", True)], "silver": []}


def test_an_action_of_a_compartment_shows_to_its_own_list_alone(world: World) -> None:
    secret = an_action(world, "CANARY-1", compartment=True)
    with world.database.write() as session:
        session.add(ActionCompartment(action_id=secret, person_id=world.people["silver"]))
    care.book(world, "CANARY-1")

    assert purposes(rows(world, "silver")) == ["CANARY-1"]
    assert purposes(rows(world, "cell")) == []
    with world.desk("cell").reading() as look:
        assert (view.counts(look), view.choices(look)) == ((0, 0, 0), ((), {}))


def test_silver_never_reads_a_providers_name_and_the_cell_does(world: World) -> None:
    care.book(world, "WM-0001", "U2")

    seen = {name: rows(world, name)[0] for name in ("cell", "care_lead", "silver")}

    assert care.NAME not in repr(seen["silver"])
    assert {seen[name].provider for name in ("cell", "care_lead")} == {care.NAME}


def test_a_provider_reads_its_own_bookings_without_an_action_and_none_of_anothers(world: World) -> None:
    with world.database.write() as session:
        session.execute(sa.text("UPDATE action SET immigration = 'on_site' WHERE reference = 'WM-0001'"))
    mine = care.book(world, "WM-0001", places=2)
    theirs = care.book(world, "WM-0002", "U2")

    with world.desk("provider").reading() as look:
        (own,) = view.own_bookings(look)
    with world.desk("second_provider").reading() as look:
        (other,) = view.own_bookings(look)
    with world.desk("silver").reading() as look:
        assert view.own_bookings(look) == ()

    assert (own.id, own.places, own.region, own.immigration) == (mine, 2, "West Midlands", Immigration.ON_SITE)
    assert (own.purpose, own.provider, own.may_release) == (None, None, False)
    assert "WM-000" not in repr(own) + repr(other)
    assert other.id == theirs


def test_a_page_of_bookings_takes_as_many_queries_as_one_booking(world: World) -> None:
    care.book(world, "WM-0001")
    few = care.queries(world, "cell", lambda look: view.booking_rows(look, BookingFilter()))
    for number in (2, 3):
        care.book(world, f"WM-000{number}")
        care.book(world, f"WM-000{number}", "U2")

    many = care.queries(world, "cell", lambda look: view.booking_rows(look, BookingFilter()))

    assert many == few == 2
