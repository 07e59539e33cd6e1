"""A provider's own side: a press on what is gone is told what happened, a part is asked for, closing is told before."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from planner.errors import Refused
from planner.models.care import Hold, HoldLine, OpenNight
from planner.rules.windows import local, nights_of
from planner.rules.words import HoldState, Need, Profile
from planner.services import care as services
from planner.services import care_requests
from planner.services.care_supply import NightsRequest, keep_nights
from planner.services.demand import Line, set_demand
from planner.ui.care_words import held_words
from planner.work import Desk
from tests import care
from tests.builders import World, an_action
from tests.ui.pages import opened, press
from tests.ui.test_care_page import drawn, labels, number, state, text, today

__all__ = ["today"]
WOMEN = (Profile.WOMAN, Need.NONE)


@pytest.fixture
def booked(world: World, today: date) -> int:
    """Three places of U1 asked of its provider for WM-0001, which is five days away, for three nights."""
    starts = datetime.combine(today + timedelta(days=5), time(6), tzinfo=UTC)
    an_action(world, starts_at=starts, ends_at=starts + timedelta(hours=3))
    return ask(world, 3)


def ask(world: World, places: int, key: str = "k") -> int:
    with Desk(world.database, world.people["silver"]).writing() as work:
        request = services.HoldRequest("WM-0001", "U1", ((*WOMEN, places),), key, wait=True)
        return services.hold_places(work, request).id or 0


def answered(world: World, who: str, verb: str, *asked: object, **more: object) -> None:
    with Desk(world.database, world.people[who]).writing() as work:
        getattr(services, verb)(work, *asked, **more)


def places(world: World, hold: int) -> int:
    with world.database.read() as session:
        return sum(session.exec(select(HoldLine.places).where(HoldLine.hold_id == hold)))


@pytest.mark.parametrize(
    ("who", "verb", "rest", "said"),
    [
        ("provider", "decline_hold", ("The house is full.",), "It is declined already, by Provider, West Midlands"),
        ("provider", "confirm_hold", (), "It is confirmed already, by Provider, West Midlands"),
        ("silver", "release_hold", (), "The planners need it no longer"),
    ],
)
def test_a_press_on_what_was_answered_meanwhile_is_told_what_happened(
    world: World, booked: int, who: str, verb: str, rest: tuple[str, ...], said: str
) -> None:
    page = opened(world, "care.py", "provider")
    answered(world, who, verb, booked, *rest)

    press(page, "Confirm")

    assert "3 places for women" in drawn(page)
    assert said in drawn(page)
    assert "Nothing else was changed by your page." in drawn(page)
    assert "Released by the planners" not in drawn(page)


def test_a_press_on_what_was_filled_elsewhere_is_thanked(world: World, booked: int) -> None:
    care.a_second_provider(world)
    answered(world, "silver", "release_hold", booked)
    with Desk(world.database, world.people["second_provider"]).writing() as work:
        nights = nights_of(local(work.now).date(), 20)
        keep_nights(work, NightsRequest("U2", world.operation, dict.fromkeys(nights, 4)))
    with Desk(world.database, world.people["silver"]).writing() as work:
        asked = care_requests.PlacesAsked("WM-0001", ("U1", "U2"), ((*WOMEN, 2),), "both")
        made = care_requests.ask_places(work, asked).id
    page = opened(world, "care.py", "provider")
    with world.database.read() as session:
        other = session.exec(select(Hold.id).where(Hold.request_id == made).order_by(col(Hold.id).desc())).first()
    answered(world, "second_provider", "confirm_hold", other)

    press(page, "Confirm")

    assert "What was asked for is confirmed elsewhere. Thank you." in drawn(page)


def test_ones_own_answer_is_no_news_and_stays_said_through_a_double_click(world: World, booked: int) -> None:
    page = opened(world, "care.py", "provider")

    press(page, "Confirm")
    first = drawn(page)
    page.run()  # as the second click draws it

    assert "3 places are confirmed; the planners are told." in first
    assert "3 places are confirmed; the planners are told." in drawn(page)
    assert "Nothing else was changed" not in drawn(page)
    assert state(world, booked) is HoldState.CONFIRMED


def test_a_part_is_confirmed_only_once_its_number_is_typed(world: World, booked: int) -> None:
    page = opened(world, "care.py", "provider")
    box = "Places you confirm, of 3: women"
    empty = number(page, box).value

    press(page, "Confirm these")
    refused = drawn(page)
    number(page, box).set_value(2)
    press(page, "Confirm these")

    assert empty is None
    assert "Say how many of the 3 places you confirm." in refused
    assert "2 of 3 places are confirmed; the planners are told." in drawn(page)
    assert places(world, booked) == 2


def test_what_is_kept_of_a_booking_is_typed_and_why_it_is_released(world: World, booked: int) -> None:
    answered(world, "provider", "confirm_hold", booked)
    page = opened(world, "care.py", "silver")
    box = "Places to keep, of 3: women"
    before = number(page, box).value

    press(page, "Release what is not kept")
    refused = drawn(page)
    number(page, box).set_value(1).run()
    text(page, "Why, in a few words; may stay empty").set_value("Fewer are expected.")
    press(page, "Release 2 places, keep 1")

    assert before is None
    assert "Say how many of these places you keep" in refused
    assert "2 places are released, 1 kept; the provider is told." in drawn(page)
    assert places(world, booked) == 1
    own = drawn(opened(world, "care.py", "provider"))
    assert "Fewer are expected." not in own


def test_closing_says_who_is_booked_before_the_press(world: World, today: date, booked: int) -> None:
    answered(world, "provider", "confirm_hold", booked)
    page = opened(world, "care.py", "provider")
    night = today + timedelta(days=5)
    nothing = drawn(page)

    next(box for box in page.date_input if box.label == "To the night of").set_value(night).run()
    told = drawn(page)
    text(page, "Why they are closed").set_value("The boiler failed.")
    press(page, "Close these nights")
    refused = drawn(page)
    next(box for box in page.checkbox if box.label == "Take back this booking").check().run()
    press(page, "Close these nights and take back this booking")

    assert "Nothing is booked on these nights" in nothing
    assert "Booked on these nights:\n3 places for women" in told
    assert "Say that you take them back" in refused
    assert "1 booking is taken back, and the planners are told." in drawn(page)
    assert "Nothing else was changed" not in drawn(page)
    assert state(world, booked) is HoldState.TAKEN_BACK
    with world.database.read() as session:
        assert night not in session.exec(select(OpenNight.night)).all()


def test_places_offered_instead_are_said_so_on_both_sides(world: World, booked: int) -> None:
    page = opened(world, "care.py", "provider")

    press(page, "Offer these instead")
    refused = drawn(page)
    next(box for box in page.text_input if box.key == f"instead-why-{booked}").set_value("The loft is closed.")
    press(page, "Offer these instead")

    assert "Why other places are offered is missing." in refused
    assert "Nothing waits for your answer." in drawn(page)
    assert "Offered by you, and not answered yet" in headers(page)
    assert "You offered these places instead. The loft is closed." in drawn(page)
    assert "Confirm" not in labels(page)
    for shown in (opened(world, "care.py", "cell"), opened(world, "action.py", reference="WM-0001", tab="Care")):
        assert "Offered instead of what was asked. The loft is closed." in drawn(shown)

    press(page, "Take the offer back")
    assert "Say why in a few words" in drawn(page)


def headers(page: AppTest) -> list[str]:
    return [header.value for header in page.header]


def test_a_provider_does_not_confirm_its_own_offer(world: World, booked: int) -> None:
    with Desk(world.database, world.people["provider"]).writing() as work:
        with world.database.read() as session:
            first = session.get_one(Hold, booked).first_night
        other = care_requests.OtherPlaces("U1", ((*WOMEN, 1),), first, 3, "One alone.")
        made = care_requests.offer_instead(work, booked, other).id

    with pytest.raises(Refused, match="the planners accept or release them"):
        answered(world, "provider", "confirm_hold", made)
    with Desk(world.database, world.people["silver"]).writing() as work:
        care_requests.accept_offer(work, made or 0)

    assert state(world, made or 0) is HoldState.CONFIRMED


def test_a_second_press_on_a_form_holds_nothing_twice_and_says_the_same(world: World, today: date) -> None:
    starts = datetime.combine(today + timedelta(days=5), time(6), tzinfo=UTC)
    an_action(world, starts_at=starts, ends_at=starts + timedelta(hours=3))
    page = opened(world, "action.py", reference="WM-0001", tab="Care")

    press(page, "Hold places")
    press(page, "Hold places")

    assert "The places are held until " in drawn(page)
    with world.database.read() as session:
        assert len(session.exec(select(Hold)).all()) == 1


def test_care_says_what_is_not_confirmed_until_it_is(world: World, booked: int) -> None:
    with Desk(world.database, world.people["silver"]).writing() as work:
        set_demand(work, "WM-0001", [Line(Profile.WOMAN, Need.NONE, 0, 3, 4)])
    page = opened(world, "action.py", reference="WM-0001", tab="Care")
    before = drawn(page)
    answered(world, "provider", "confirm_hold", booked)
    after = drawn(page.run())

    assert "✕ Not confirmed yet: 3 of 3 places for women." in before
    assert "Not confirmed yet" not in after


def test_places_of_two_units_say_which_are_held_and_which_are_asked_for() -> None:
    held = Hold(state=HoldState.HELD, expires_at=datetime(2026, 11, 29, 6, tzinfo=UTC))
    asked = Hold(state=HoldState.REQUESTED)

    until = "The places are held until Sun 29 November, 06:00; the provider is asked to confirm them."
    assert held_words([held, held]) == until
    assert held_words([asked]).startswith("The places are asked for: nothing is held until the provider answers")
    assert held_words([held, asked]) == f"{until} Of 2 units 1 holds nothing unasked: you are told."
