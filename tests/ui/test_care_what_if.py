"""An action's Care tab: who is short in one sentence, and what if, by units' codes alone, with nothing kept."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from planner.models.care import Hold, OpenNight, UnitProfile
from planner.rules.dates import day_words
from planner.rules.windows import local, nights_of
from planner.rules.words import Need, Profile
from planner.services.care import HoldRequest, hold_places
from planner.services.care_supply import NightsRequest, keep_nights
from planner.services.demand import Line, set_demand
from planner.work import Desk
from tests.builders import World, a_unit, an_action
from tests.ui.pages import opened, press


@pytest.fixture
def first(world: World) -> date:
    """Pages live by the true clock: WM-0001 is five days away with three likely; U1 has four places from then on."""
    with world.database.write() as session:
        session.execute(sa.delete(OpenNight))
    with Desk(world.database, world.people["provider"]).writing() as work:
        today = local(work.now).date()
        keep_nights(work, NightsRequest("U1", world.operation, dict.fromkeys(nights_of(today + timedelta(6), 12), 4)))
    starts = datetime.combine(today + timedelta(days=5), time(15), tzinfo=UTC)
    an_action(world, starts_at=starts, ends_at=starts + timedelta(hours=3))
    with Desk(world.database, world.people["silver"]).writing() as work:
        set_demand(work, "WM-0001", [Line(Profile.WOMAN, Need.NONE, 1, 3, 4)])
    return today + timedelta(days=5)


def care_tab(world: World, name: str = "silver") -> AppTest:
    page = opened(world, "action.py", name, "WM-0001", tab="Care")
    assert not page.exception
    return page


def texts(page: AppTest) -> str:
    return "\n".join(text.value for text in page.text)


def test_who_is_short_is_told_with_the_nights_and_what_comes_nearest(world: World, first: date) -> None:
    assert (
        f"3 places for women are short on the night of {day_words(first)}; "
        f"nearest: all could be placed from {day_words(first + timedelta(days=1))}."
    ) in texts(care_tab(world))


def test_another_date_and_a_closed_unit_are_answered_and_nothing_is_kept(world: World, first: date) -> None:
    page = care_tab(world)
    next(box for box in page.date_input if box.label == "First night").set_value(first + timedelta(days=2))

    press(page, "See what would be")

    said = texts(page)
    assert f"All 3 people likely could be placed from {day_words(first + timedelta(days=2))} for 3 nights." in said
    assert "Unit U1: 3 places for women\n" in said

    next(box for box in page.selectbox if box.label == "Closed meanwhile").set_value("Unit U1")
    press(page, "See what would be")

    assert "3 places for women are short" in texts(page)
    assert "Within four weeks of it there is no night from which all could be placed." in texts(page)
    with world.database.read() as session:
        assert session.execute(sa.select(sa.func.count()).select_from(Hold)).scalar_one() == 0


def test_silver_is_offered_no_provider_to_close(world: World, first: date) -> None:
    def options(name: str) -> list[str]:
        page = care_tab(world, name)
        return list(next(box for box in page.selectbox if box.label == "Closed meanwhile").options)

    assert options("silver") == ["Nothing", "Unit U1"]
    assert options("cell") == ["Nothing", "Unit U1", "All of Provider"]


def test_a_held_booking_that_could_make_way_is_named_below_the_shortage(world: World, first: date) -> None:
    """U1 is then open on the action's night and takes men too; U9 could take the women who are held in it."""
    with Desk(world.database, world.people["provider"]).writing() as work:
        keep_nights(work, NightsRequest("U1", world.operation, {first: 4}))
    with world.database.write() as session:
        session.add(UnitProfile(unit_id=1, profile=Profile.MAN))
        a_unit(session, world.provider, world.operation, code="U9", places=3, first_night=first)
    with Desk(world.database, world.people["silver"]).writing() as work:
        hold_places(work, HoldRequest("WM-0001", "U1", ((Profile.WOMAN, Need.NONE, 3),), "women"))
    with Desk(world.database, world.people["silver"]).writing() as work:
        lines = [Line(Profile.WOMAN, Need.NONE, 1, 3, 4), Line(Profile.MAN, Need.NONE, 1, 2, 2)]
        set_demand(work, "WM-0001", lines)

    said = texts(care_tab(world))

    assert "1 place for men is short" in said
    assert "\nPossible if booking 1 moves from unit U1 to unit U9: ask whoever holds it, or the cell." in said
