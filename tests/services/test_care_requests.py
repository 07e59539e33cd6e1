"""One request to several units, answers in part, other places offered, places given back, with each refusal."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from planner import facts
from planner.access import action_id_of
from planner.db import Database
from planner.errors import InputError, NotFound, Refused
from planner.models.care import Claim, Hold, HoldLine, Provider
from planner.models.directory import Agency, Appointment, Person
from planner.models.records import Notice
from planner.rules.words import AgencyKind, HoldState, Nation, Need, Post, Profile, Standing
from planner.services import actions, care, care_closing, care_requests, go_ahead
from planner.services.care import HoldRequest
from planner.services.care_closing import ClosingRequest
from planner.services.care_requests import OtherPlaces, PlacesAsked
from planner.services.verify import troubles
from planner.views.care_bookings import own_bookings
from tests import ready
from tests.builders import FIRST_NIGHT, NOW, World, a_unit, a_world, an_action

WOMEN = (Profile.WOMAN, Need.NONE)


@pytest.fixture
def world(database: Database) -> World:
    """Two providers: U1 and U2 of four places each, of the first and of the second."""
    world = a_world(database)
    an_action(world)
    with database.write() as session:
        kind = AgencyKind.CARE_PROVIDER
        agency = Agency(code="second", name="Second", kind=kind, nation=Nation.ENGLAND, region="wm")
        session.add(agency)
        session.flush()
        number = agency.id or 0
        person = Person(title="Second, West Midlands", agency_id=number)
        session.add_all([Provider(agency_id=number, unasked_hold_hours=48), person])
        session.flush()
        post = Post.PROVIDER_LEAD
        session.add(Appointment(person_id=person.id or 0, post=post, operation_id=world.operation, agency_id=number))
        world.people["second"] = person.id or 0
        a_unit(session, number, world.operation, code="U2", places=4)
    return world


def ask(world: World, places: int = 3, *, units: tuple[str, ...] = ("U1", "U2"), key: str = "k") -> list[int]:
    """The bookings that the request makes, in the order of the units."""
    with world.desk("silver").writing() as work:
        request = PlacesAsked("WM-0001", units, ((*WOMEN, places),), key)
        made = care_requests.ask_places(work, request)
        found = select(Hold.id).where(Hold.request_id == made.id).order_by(col(Hold.id))
        return [number or 0 for number in work.session.exec(found)]


def answer(world: World, verb: Any, *arguments: Any, by: str = "provider", **named: Any) -> None:
    with world.desk(by).writing() as work:
        verb(work, *arguments, **named)


def now(world: World, number: int) -> tuple[HoldState, int]:
    """A booking's state and how many places it has, claims and lines in agreement."""
    with world.desk("cell").reading() as look:
        assert troubles(look) == ()
        places = look.session.exec(select(HoldLine.places).where(HoldLine.hold_id == number)).all()
        return look.session.get_one(Hold, number).state, sum(places)


def claims(world: World) -> int:
    with world.database.read() as session:
        return int(session.execute(sa.select(sa.func.count()).select_from(Claim)).scalar_one())


def told(world: World, name: str) -> list[str]:
    with world.database.read() as session:
        agency = session.get_one(Person, world.people[name]).agency_id
        mine = (col(Notice.person_id) == world.people[name]) | (col(Notice.agency_id) == agency)
        return list(session.exec(select(Notice.sentence).where(mine).order_by(col(Notice.id))))


def test_a_request_to_several_units_claims_nothing_though_their_providers_allow_holds_unasked(world: World) -> None:
    first, second = ask(world)

    assert (now(world, first), now(world, second), claims(world)) == (
        (HoldState.REQUESTED, 3),
        (HoldState.REQUESTED, 3),
        0,
    )


def test_once_all_is_confirmed_the_others_are_asked_for_nothing_more(world: World) -> None:
    first, second = ask(world)

    answer(world, care.confirm_hold, first)

    assert now(world, first) == (HoldState.CONFIRMED, 3)
    assert now(world, second)[0] is HoldState.RELEASED
    assert "released" in told(world, "second")[-1]
    with pytest.raises(Refused, match="released already"):
        answer(world, care.confirm_hold, second, by="second")


def test_a_part_is_confirmed_and_the_others_are_asked_for_the_rest(world: World) -> None:
    first, second = ask(world)

    answer(world, care.confirm_hold, first, places={WOMEN: 2})
    lessened = now(world, second)
    answer(world, care.confirm_hold, second, by="second")

    assert lessened == (HoldState.REQUESTED, 1)
    assert (now(world, first), now(world, second)) == ((HoldState.CONFIRMED, 2), (HoldState.CONFIRMED, 1))
    assert claims(world) == 3 * 3


def test_no_more_is_confirmed_than_a_booking_has_and_not_nothing(world: World) -> None:
    first, _ = ask(world)

    with pytest.raises(InputError, match=r"has 3 places for woman; you entered 4\."):
        answer(world, care.confirm_hold, first, places={WOMEN: 4})
    with pytest.raises(InputError, match="Nothing would stay"):
        answer(world, care.confirm_hold, first, places={WOMEN: 0})

    assert now(world, first) == (HoldState.REQUESTED, 3)


def test_the_same_key_asks_once_and_another_body_is_refused(world: World) -> None:
    assert ask(world) == ask(world)
    with pytest.raises(Refused, match="sent before with other contents"):
        ask(world, 2)


def test_a_unit_that_is_asked_alone_is_told_of_no_other(world: World) -> None:
    ask(world, units=("U1",))
    with world.desk("provider").reading() as look:
        alone = [row.among_others for row in own_bookings(look)]
        told = [notice.sentence for notice in look.session.exec(select(Notice))]
    first, _ = ask(world, key="k2")
    with world.desk("provider").reading() as look:
        both = {row.id: row.among_others for row in own_bookings(look)}

    assert alone == [False]
    assert "other units" not in "".join(told)
    assert both[first]


def test_a_unit_that_is_not_there_or_does_not_fit_stops_the_whole_request(world: World) -> None:
    with world.database.write() as session:
        a_unit(session, world.provider, world.operation, code="M1", places=2, profiles=(Profile.MAN,))

    with pytest.raises(NotFound, match="no unit U9"):
        ask(world, units=("U1", "U9"))
    with pytest.raises(Refused, match="Unit M1 does not take women"):
        ask(world, units=("U1", "M1"))
    with world.database.read() as session:
        assert session.exec(select(Hold)).all() == []


def test_other_places_are_held_for_the_planners_who_accept_them(world: World) -> None:
    first, second = ask(world, 2)
    with world.database.write() as session:
        a_unit(session, world.provider, world.operation, code="U3", places=2)
    other = OtherPlaces("U3", ((*WOMEN, 2),), FIRST_NIGHT, 3, "U1 is being painted.")

    answer(world, care_requests.offer_instead, first, other)
    with world.database.read() as session:
        made = session.exec(select(Hold).where(Hold.instead_of == first)).one()
    held = now(world, made.id or 0)
    answer(world, care_requests.accept_offer, made.id, by="silver")

    assert (now(world, first)[0], held) == (HoldState.DECLINED, (HoldState.HELD, 2))
    assert made.expires_at == NOW + timedelta(hours=48)
    assert now(world, made.id or 0) == (HoldState.CONFIRMED, 2)
    assert now(world, second)[0] is HoldState.RELEASED


def test_only_what_was_offered_instead_is_accepted_by_planners_and_only_ones_own_unit_is_offered(world: World) -> None:
    first, _ = ask(world, 2)
    other = OtherPlaces("U2", ((*WOMEN, 2),), FIRST_NIGHT, 3, "Try there.")

    with pytest.raises(Refused, match="Only the provider confirms"):
        answer(world, care_requests.accept_offer, first, by="silver")
    with pytest.raises(NotFound, match="no unit U2 of yours"):
        answer(world, care_requests.offer_instead, first, other)

    assert now(world, first) == (HoldState.REQUESTED, 2)


def a_hold(world: World, places: int, *, key: str = "h", wait: bool = False) -> int:
    with world.desk("silver").writing() as work:
        request = HoldRequest("WM-0001", "U1", ((*WOMEN, places),), key, wait=wait)
        return care.hold_places(work, request).id or 0


def test_places_are_released_in_part_and_who_waits_is_told(world: World) -> None:
    booked = a_hold(world, 4)
    answer(world, care.confirm_hold, booked)
    with pytest.raises(Refused, match="0 places left"):
        a_hold(world, 2, key="w")
    waiting = a_hold(world, 2, key="w", wait=True)

    answer(world, care.release_hold, booked, keep={WOMEN: 1}, by="silver")

    assert now(world, booked) == (HoldState.CONFIRMED, 1)
    assert claims(world) == 1 * 3
    assert any("Places you wait for came free" in said for said in told(world, "silver"))
    assert "3 places of a booking from 25 November came back to you; 1 place stay booked." in told(world, "provider")
    answer(world, care.confirm_hold, waiting)
    assert now(world, waiting) == (HoldState.CONFIRMED, 2)


def test_a_part_that_is_the_whole_is_no_release(world: World) -> None:
    booked = a_hold(world, 2)

    with pytest.raises(Refused, match="Nothing would be released"):
        answer(world, care.release_hold, booked, keep={WOMEN: 2}, by="silver")

    assert now(world, booked) == (HoldState.HELD, 2)


def test_a_night_that_is_over_cannot_be_booked(world: World) -> None:
    request = HoldRequest("WM-0001", "U1", ((*WOMEN, 1),), "past", FIRST_NIGHT - timedelta(days=5))

    with pytest.raises(Refused, match=r"the night of 20 November is over\. Ask from 23 November or later"):
        answer(world, care.hold_places, request, by="silver")

    assert claims(world) == 0


def test_what_was_booked_goes_back_when_the_action_is_stood_down(world: World) -> None:
    confirmed, held = a_hold(world, 2), a_hold(world, 1, key="h2")
    answer(world, care.confirm_hold, confirmed)

    answer(world, actions.stand_down, "WM-0001", "The premises are empty.", by="silver")

    assert (now(world, confirmed)[0], now(world, held)[0]) == (HoldState.RELEASED, HoldState.RELEASED)
    assert claims(world) == 0
    assert "its places are yours again" in told(world, "provider")[-1]


def test_nothing_is_booked_for_an_action_that_was_stood_down(world: World) -> None:
    kept = a_hold(world, 1)
    answer(world, actions.stand_down, "WM-0001", "The premises are empty.", by="silver")

    assert a_hold(world, 1) == kept  # the same key is answered as before
    with pytest.raises(Refused, match="WM-0001 was stood down, and its places went back"):
        a_hold(world, 1, key="h2")
    with pytest.raises(Refused, match="WM-0001 was stood down, and its places went back"):
        ask(world)

    assert claims(world) == 0


def test_a_release_in_part_suspends_the_go_ahead_that_rests_on_it(database: Database) -> None:
    world = a_world(database)
    _, booked = ready.make_ready(world)
    answer(world, go_ahead.request_go_ahead, ready.REFERENCE, by="silver")
    answer(world, go_ahead.give_go_ahead, ready.REFERENCE, by="gold")

    answer(world, care.release_hold, booked, keep={WOMEN: 1}, by="silver")

    with world.desk("gold").reading() as look:
        gate = facts.gates(look, [action_id_of(look, ready.REFERENCE)])[1]
    assert (gate.standing, gate.ready) == (Standing.SUSPENDED, False)


def test_nights_are_closed_over_a_booking_only_by_who_knows_of_it(world: World) -> None:
    booked = a_hold(world, 2)
    answer(world, care.confirm_hold, booked)
    last = FIRST_NIGHT + timedelta(days=1)
    closing = ClosingRequest("U1", world.operation, FIRST_NIGHT, last, "The boiler failed.")

    with pytest.raises(Refused, match=r"2 places for women, Wed 25 November to Fri 27 November, 3 nights\. Say that"):
        answer(world, care_closing.close_nights, closing)
    before = (now(world, booked), claims(world))
    answer(world, care_closing.close_nights, replace(closing, bookings=(booked,)))

    assert before == ((HoldState.CONFIRMED, 2), 2 * 3)
    assert (now(world, booked)[0], claims(world)) == (HoldState.TAKEN_BACK, 0)
    assert "taken back: The boiler failed." in told(world, "silver")[-1]
    with pytest.raises(Refused, match="0 places left on Wed 25 November"):
        a_hold(world, 1, key="again")


def test_another_provider_closes_nothing(world: World) -> None:
    closing = ClosingRequest("U1", world.operation, FIRST_NIGHT, FIRST_NIGHT, "It should close.")

    with pytest.raises(NotFound, match="no such unit"):
        answer(world, care_closing.close_nights, closing, by="second")
    assert a_hold(world, 1)
