"""The calendar's page: what the address asks for is shown, and an address that asks amiss breaks nothing."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import tostring

import pytest
from streamlit.testing.v1 import AppTest

from planner import facts
from planner.models.care import Hold
from planner.models.operations import Phase
from planner.rules.windows import local
from planner.rules.words import ActionState, HoldState, PhaseKind, Standing
from planner.services import answers, offers
from planner.services.strike_days import StrikeDayRequest, set_strike_day
from planner.ui.calendar_page import ELSEWHERE, NO_NIGHTS
from planner.ui.calendar_shown import GO_AHEAD, NOT_READY, READY, SUSPENDED, gate_sign
from planner.ui.widgets import sign_of
from tests.builders import NOW, World, an_action
from tests.ui.calendars import addresses, calendar_of, caption_of, follow, listed, read, said, titles, ways_of
from tests.ui.pages import opened

FILTERED = "Filter: Operation: Operation One"
ODD = ["", "x", "0001-01-01", "9999-12-31", "2026-02-30", "2026-11-26T00:00", "'; --", "<b>"]


@pytest.fixture
def world(world: World) -> World:
    """Pages live by the true clock: one action is in three days, and a partner has accepted a post at it."""
    starts = datetime.now(UTC).replace(hour=11, minute=0) + timedelta(days=3)
    an_action(world, starts_at=starts, ends_at=starts + timedelta(hours=3))
    with world.desk("silver", datetime.now(UTC)).writing() as work:
        offer = offers.offer_role(work, offers.OfferRequest("WM-0001", "first_responder", "ngo", "k")).id or 0
    with world.desk("partner", datetime.now(UTC)).writing() as work:
        answers.answer_offer(work, offer, accept=True)
    return world


def agenda(world: World, name: str = "silver", **asked: str) -> AppTest:
    return opened(world, "calendar.py", name, show="Agenda", **asked)


def test_an_action_stands_on_its_day_with_its_gate(world: World) -> None:
    page = agenda(world)

    assert titles(page) == [("WM-0001", "Not ready")]
    assert "Filter: Operation: Operation One" in ways_of(page)


def test_each_thing_leads_to_itself(world: World) -> None:
    day = local(datetime.now(UTC) + timedelta(days=3)).date()
    with world.desk("cell", datetime.now(UTC)).writing() as work:
        number = set_strike_day(work, StrikeDayRequest("OP1", "Strike one", day, ("WM-0001",))).id
    with world.database.write() as session:
        said = {"kind": PhaseKind.ENFORCEMENT, "starts_on": day, "ends_on": day + timedelta(days=2)}
        session.add(Phase(operation_id=world.operation, number=2, calendar_uid="p", changed_at=NOW, **said))

    assert addresses(agenda(world)) == {
        "Phase 2: enforcement": "operation?operation=OP1&tab=Overview",
        "Strike one": f"actions?tab=Strike+days&strike={number}",
        "WM-0001": "action?ref=WM-0001",
    }
    assert addresses(agenda(world, "partner")) == {"Your action": "my_part"}


def test_move_leads_to_its_tab_for_who_may_move(world: World) -> None:
    moves = {
        name: [link.get("href") for item in listed(agenda(world, name)) for link in item.findall("a")[1:]]
        for name in ("silver", "gold")
    }

    assert moves == {"silver": ["action?ref=WM-0001&tab=Move+and+begin"], "gold": []}


def test_the_address_says_whose_calendar_in_which_shape_from_which_day(world: World) -> None:
    page = opened(world, "calendar.py", of="force/force", show="Week", day="2026-11-26")

    assert calendar_of(page).get("class") == "calendar week"
    assert caption_of(page) == "23 to 29 November 2026"
    assert "Filter: Force: Force" in ways_of(page)
    assert [words for words, link in ways_of(page).items() if link.get("aria-current")] == ["Week"]


@pytest.mark.parametrize("odd", ODD)
def test_what_the_address_asks_for_amiss_is_what_stands_there_without_it(world: World, odd: str) -> None:
    page = opened(world, "calendar.py")
    plain = tostring(calendar_of(page))

    for name in ("of", "show", "day", "region", "force", "filter"):
        page.query_params[name] = odd

    assert tostring(calendar_of(page.run())) == plain


def test_another_forces_calendar_is_not_offered_whatever_the_address_says(world: World) -> None:
    page = agenda(world, "partner", of="force/force")

    assert "Filter: My entries" in ways_of(page)
    assert titles(page) == [("Your action", "Action")]
    assert "WM-0001" not in tostring(calendar_of(page), "unicode")


def test_a_provider_begins_with_its_nights(world: World) -> None:
    tonight = local(datetime.now(UTC)).date()
    with world.database.write() as session:
        booked = {"provider_id": world.provider, "action_id": 1, "state": HoldState.CONFIRMED, "asked_at": NOW}
        asked_by = world.people["silver"]
        session.add(Hold(first_night=tonight, nights=3, asked_by=asked_by, answered_at=NOW, **booked))

    page = agenda(world, "provider")

    assert "Filter: Provider: Provider: places" in ways_of(page)
    assert titles(page) == [("Places", "Booked")]
    assert others(page) == {}


@pytest.mark.parametrize(
    ("of", "sentence", "beside"),
    [
        ("", NO_NIGHTS, {"My entries": "&of=person%2Fme", "Agency: Provider": "&of=agency%2Fprovider"}),
        ("person/me", ELSEWHERE, {"Agency: Provider": "&of=agency%2Fprovider", "Provider: Provider: places": ""}),
    ],
)
def test_where_nothing_stands_the_same_days_of_ones_other_calendars_are_a_press_away(
    world: World, of: str, sentence: str, beside: dict[str, str]
) -> None:
    page = agenda(world, "provider", day="2026-11-02", **({"of": of} if of else {}))

    assert sentence in [text.value for text in page.text]
    found = {words: parse_qs(urlsplit(address).query) for words, address in others(page).items()}
    days = "show=Agenda&day=2026-11-02"
    assert found == {words: parse_qs(f"{days}{more}") for words, more in beside.items()}
    drawn = [str(getattr(each, "value", "") or each.proto) for each in page.main]
    empty, calendar = (
        next(n for n, each in enumerate(drawn) if said in each) for said in (sentence, 'class="calendar ')
    )
    assert empty < calendar


def test_a_partners_empty_days_lead_to_its_agencys_and_a_planners_are_only_empty(world: World) -> None:
    partner, planner = (agenda(world, name, day="2026-11-02") for name in ("partner", "silver"))

    assert [ELSEWHERE in [text.value for text in page.text] for page in (partner, planner)] == [True, False]
    assert [set(others(page)) for page in (partner, planner)] == [{"Agency: Ngo"}, set()]


def others(page: AppTest) -> dict[str, str]:
    """Where the links beside an empty calendar lead, by their words."""
    drawn = [read(item.proto.body) for item in page.get("html") if "ways-own" in item.proto.body]
    return {said(link): link.get("href", "") for each in drawn for link in each.iter("a")}


def test_steps_go_into_the_address_and_today_takes_them_out(world: World) -> None:
    page = opened(world, "calendar.py", day="2026-12-31")

    later = follow(page, "Later")
    assert (caption_of(later), later.query_params["day"]) == ("January 2027", "2027-01-01")
    earlier = follow(follow(page, "Earlier"), "Earlier")
    assert caption_of(earlier) == "November 2026"
    assert "day" not in follow(page, "Today").query_params


def test_a_step_and_a_shape_keep_what_else_the_address_says(world: World) -> None:
    page = opened(world, "calendar.py", of="force/force", day="2026-12-31", filter="open")

    week = follow(follow(page, "Later"), "Week")

    said = {name: week.query_params[name] for name in ("of", "day", "show", "filter")}
    assert said == {"of": "force/force", "day": "2027-01-01", "show": "Week", "filter": "open"}
    assert caption_of(week) == "28 December 2026 to 3 January 2027"


def test_the_filter_is_drawn_where_it_is_asked_for_and_goes_again(world: World) -> None:
    page = opened(world, "calendar.py")
    assert (len(page.selectbox), ways_of(page)[FILTERED].get("aria-expanded")) == (0, "false")

    follow(page, "Filter")
    assert (len(page.selectbox), ways_of(page)[FILTERED].get("aria-expanded")) == (1, "true")

    assert len(follow(page, "Filter").selectbox) == 0


def test_a_choice_goes_into_the_address(world: World) -> None:
    page = opened(world, "calendar.py")

    follow(page, "Filter").selectbox[0].set_value("region/wm").run()

    assert page.query_params["of"] == "region/wm"
    assert page.selectbox[0].value == "region/wm"
    page.selectbox[0].set_value("operation/OP1").run()
    assert "of" not in page.query_params


def test_only_the_open_tab_is_drawn(world: World) -> None:
    page = opened(world, "calendar.py")
    drawn = {}
    for tab in TABS:
        page.query_params["tab"] = tab
        drawn[tab] = [item.value for item in page.run().header]

    assert drawn == TABS


TABS = {"Calendar": [], "Take it out": ["Take it out"], "Feeds": ["Feeds"]}


@pytest.mark.parametrize(
    ("state", "standing", "sign"),
    [
        (ActionState.PLANNED, Standing.NONE, NOT_READY),
        (ActionState.REQUESTED, Standing.STANDING, GO_AHEAD),
        (ActionState.REQUESTED, Standing.SUSPENDED, SUSPENDED),
        (ActionState.BEGUN, Standing.STANDING, sign_of("begun")),
        (ActionState.STOOD_DOWN, Standing.NONE, sign_of("stood_down")),
    ],
)
def test_a_gate_is_said_until_the_action_has_begun(
    world: World, state: ActionState, standing: Standing, sign: Any
) -> None:

    with world.desk("silver", datetime.now(UTC)).reading() as look:
        gate = next(iter(facts.gates(look, [1]).values()))
    assert gate_sign(gate._replace(standing=standing), state) == sign
    assert gate_sign(gate._replace(findings=(), standing=Standing.NONE), ActionState.PLANNED) == READY
