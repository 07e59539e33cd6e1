"""The Care page: a provider answers and keeps its fortnight; the care lead sets, asks for and shares a reserve."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from planner.models.care import Hold, OpenNight, Provider, Reserve, ReserveShare
from planner.rules.windows import local, nights_of
from planner.rules.words import HoldState, Need, Post, Profile
from planner.services import care as services
from planner.services.care_supply import NightsRequest, keep_nights
from planner.services.demand import Line, set_demand
from planner.work import Desk, utc_now
from tests import care
from tests.builders import World, an_action
from tests.ui.pages import opened, press


@pytest.fixture
def today(world: World) -> date:
    """Pages live by the true clock: four places of U1 are open from tonight on, for twenty nights."""
    with world.database.write() as session:
        session.execute(sa.delete(OpenNight))
    with Desk(world.database, world.people["provider"]).writing() as work:
        day = local(work.now).date()
        keep_nights(work, NightsRequest("U1", world.operation, dict.fromkeys(nights_of(day, 20), 4)))
        return day


@pytest.fixture
def booked(world: World, today: date) -> int:
    """One place of U1 held for WM-0001, which is five days away, for three nights."""
    starts = datetime.combine(today + timedelta(days=5), time(6), tzinfo=UTC)
    an_action(world, starts_at=starts, ends_at=starts + timedelta(hours=3))
    with Desk(world.database, world.people["silver"]).writing() as work:
        set_demand(work, "WM-0001", [Line(Profile.WOMAN, Need.NONE, 0, 0, 1)])
    with Desk(world.database, world.people["silver"]).writing() as work:
        request = services.HoldRequest("WM-0001", "U1", ((Profile.WOMAN, Need.NONE, 1),), "k")
        return services.hold_places(work, request).id or 0


def drawn(page: AppTest) -> str:
    """All texts of a page, and its tables' cells."""
    assert not page.exception
    tables = "\n".join(str(table.value.to_csv()) for table in page.dataframe)
    return "\n".join(str(getattr(element, "value", "")) for element in page) + tables


def labels(page: AppTest) -> list[str]:
    return [button.label for button in page.button]


def number(page: AppTest, label: str) -> Any:
    return next(box for box in page.number_input if box.label == label)


def text(page: AppTest, label: str) -> Any:
    return next(box for box in page.text_input if box.label == label)


def state(world: World, hold: int) -> HoldState:
    with world.database.read() as session:
        return session.get_one(Hold, hold).state


def test_a_provider_confirms_and_takes_back(world: World, booked: int) -> None:
    page = opened(world, "care.py", "provider")
    assert "WM-0001" not in drawn(page)
    assert "1 place for women" in drawn(page)
    assert "Immigration enforcement: not attending." in drawn(page)

    press(page, "Confirm")
    assert state(world, booked) is HoldState.CONFIRMED
    press(page, "Take these places back")
    assert "Say why in a few words" in drawn(page)
    next(box for box in page.text_input if box.label == "Why, in a few words").set_value("The boiler failed.")
    press(page, "Take these places back")

    assert state(world, booked) is HoldState.TAKEN_BACK
    assert "Nothing waits for your answer." in drawn(page)


def test_a_provider_keeps_a_fortnight_in_one_go(world: World, today: date) -> None:
    page = opened(world, "care.py", "provider")
    nights = [today + timedelta(days=day) for day in range(14)]
    box = [f"{night:%a} {night.day} {night:%b}" for night in nights]

    number(page, box[0]).set_value(0)
    number(page, box[13]).set_value(9)
    press(page, "Keep this fortnight")

    assert "The fortnight of U1 is kept" in drawn(page)
    with world.database.read() as session:
        open_ = [row.night for row in session.exec(select(OpenNight))]
    assert [open_.count(night) for night in nights] == [0, *[4] * 12, 9]
    assert [number(page, label).value for label in (box[0], box[13])] == [0, 9]


def test_a_fortnight_with_a_night_below_what_is_booked_is_refused_whole(world: World, today: date, booked: int) -> None:
    page = opened(world, "care.py", "provider")
    night = today + timedelta(days=1)
    taken = next(box for box in page.number_input if box.label.endswith(": 1 booked"))

    number(page, f"{night:%a} {night.day} {night:%b}").set_value(7)
    taken.set_value(0)
    press(page, "Keep this fortnight")

    assert "(1 place for women, " in drawn(page)
    assert ", 3 nights); you cannot open only 0" in drawn(page)
    with world.database.read() as session:
        assert [row.night for row in session.exec(select(OpenNight))].count(night) == 4


def test_a_fortnight_that_a_colleague_changed_meanwhile_is_not_overwritten(world: World, today: date) -> None:
    page = opened(world, "care.py", "provider")
    night = today + timedelta(days=2)
    with Desk(world.database, world.people["provider"]).writing() as work:
        keep_nights(work, NightsRequest("U1", world.operation, {night: 8}))

    press(page, "Keep this fortnight")
    assert "kept other numbers since this page was drawn" in drawn(page)
    page.run()

    assert number(page, f"{night:%a} {night.day} {night:%b}").value == 8
    press(page, "Keep this fortnight")
    assert "The fortnight of U1 is kept" in drawn(page)
    with world.database.read() as session:
        assert [row.night for row in session.exec(select(OpenNight))].count(night) == 8


def test_a_provider_without_units_reads_what_will_appear(world: World) -> None:
    care.a_person(world, "new_provider", world.ngo, (Post.PROVIDER_LEAD, world.operation, world.ngo))

    page = opened(world, "care.py", "new_provider")

    for sentence in (
        "Nothing waits for your answer.",
        "No places of yours are booked.",
        "No unit of yours is here yet.",
    ):
        assert sentence in drawn(page)


def test_silver_finds_a_booking_and_releases_it(world: World, booked: int) -> None:
    page = opened(world, "care.py", reference="WM-0001")
    assert "1 booking waits for a provider's answer; 0 are confirmed." in drawn(page)
    assert "1 booking; showing all of them." in drawn(page)
    assert "Provider" not in drawn(page)
    assert "Set this reserve" not in labels(page)

    text(page, "Action's reference").set_value("WM-0002").run()
    assert "No booking matches." in drawn(page)
    text(page, "Action's reference").set_value("wm-0001").run()
    press(page, "Release this place")
    assert "Why these places are released is missing." in drawn(page)
    text(page, "Why, in a few words; may stay empty").set_value("Fewer are expected.")
    press(page, "Release this place")

    assert state(world, booked) is HoldState.RELEASED


def cells(page: AppTest) -> list[list[str]]:
    """The table of nights, row by row, as text."""
    (table,) = (str(item.value) for item in page.get("html") if 'class="nights' in str(item.value))
    rows = table.partition("<tbody>")[2].split("<tr>")[1:]
    return [[re.sub("<[^>]*>", "", cell) for cell in re.findall("<t[hd].*?</t[hd]>", row)] for row in rows]


def test_places_by_night_are_numbers_and_an_unknown_night_is_empty(world: World, booked: int) -> None:
    page = opened(world, "care.py", "cell", tab="Places by night")

    (row,) = cells(page)
    assert row == ["U1", "Women", *["4"] * 4, *["3"] * 3, *["4"] * 7, "✓ within the hour", "Provider"]
    assert "U1, women: 4 free" in drawn(page)

    press(page, "Later fortnight")

    assert cells(page)[0][2:16] == ["4"] * 6 + [""] * 8
    press(page, "Later fortnight")
    assert "1 unit has opened nothing in these nights: unknown, never free." in drawn(page)


def told_of(page: AppTest) -> str:
    return drawn(page) + "".join(str(item.value) for item in page.get("html"))


def test_one_night_tells_who_holds_what_as_far_as_the_reader_may_know(world: World, booked: int, today: date) -> None:
    night = str(today + timedelta(days=4))
    told = {
        name: told_of(opened(world, "care.py", name, tab="Places by night", unit="U1", night=night))
        for name in ("cell", "silver", "other_silver")
    }

    assert "4 open, 0 confirmed, 1 held, 3 free." in told["cell"]
    assert ["WM-0001" in said for said in told.values()] == [True, True, False]
    assert "Others: not yours to see" in told["other_silver"]


def test_what_lapses_within_a_day_stands_beside_the_table(world: World, booked: int) -> None:
    with world.database.write() as session:
        session.get_one(Hold, booked).expires_at = utc_now() + timedelta(hours=3)

    page = opened(world, "care.py", "cell", tab="Places by night")
    others = opened(world, "care.py", "other_silver", tab="Places by night")

    assert "1 held booking lapses within a day:" in drawn(page)
    assert "WM-0001, unit U1, 1 place for women" in drawn(page)
    assert "No held booking that you see lapses" in drawn(others)


def test_the_care_lead_sets_a_reserve_asks_for_its_places_and_shares_it(world: World, booked: int) -> None:
    page = opened(world, "care.py", "care_lead", tab="Reserves")
    assert "No reserve is set yet." in drawn(page)

    next(box for box in page.text_input if box.label == "Why so many, in a sentence").set_value("Weak premises.")
    press(page, "Set this reserve")
    number(page, "Nights").set_value(3)
    press(page, "Ask for these places")
    assert "Reserve 1, 2 places. The places are held until " in drawn(page)
    press(page, "Share with these actions")
    assert "Choose at least one action" in drawn(page)
    next(box for box in page.multiselect if box.label == "Actions").set_value(["WM-0001"])
    press(page, "Share with these actions")

    assert "Reserve 1 is shared with 1 action." in drawn(page)
    with world.database.read() as session:
        assert [(row.region, row.places) for row in session.exec(select(Reserve))] == [("wm", 2)]
        assert [row.state for row in session.exec(select(Hold).where(Hold.reserve_id == 1))] == [HoldState.HELD]
        assert len(session.exec(select(ReserveShare)).all()) == 1


def test_a_reserve_that_is_short_stands_first(world: World, today: date) -> None:
    with world.database.write() as session:
        session.get_one(Provider, world.provider).unasked_hold_hours = None
    full, asked, short = care.a_reserve(world, 1), care.a_reserve(world, 2), care.a_reserve(world, 3)
    care.book_reserve(world, asked, 2, today)
    care.confirm(world, care.book_reserve(world, full, 1, today))

    page = opened(world, "care.py", "care_lead", tab="Reserves")

    (table,) = page.dataframe
    assert list(table.value["Reserve"].str.partition(",")[0]) == [str(short), str(asked), str(full)]
    assert list(table.value["State"]) == ["✕ Short", "… Requested", "✓ Confirmed"]
