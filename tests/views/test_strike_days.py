"""A strike day is one question: all its members' people asked of the same places at once, what they share once."""

import json
from datetime import timedelta

import pytest
from sqlmodel import select

from planner.cli import main
from planner.cli.care_words import as_check, as_strike_check
from planner.db import Database
from planner.errors import NotFound, Refused
from planner.models.care import HoldLine
from planner.rules.words import Need, Profile
from planner.services.care import HoldRequest
from planner.services.care_together import hold_together
from planner.services.compartments import close_to
from planner.services.demand import Line, set_demand
from planner.services.strike_days import StrikeDayRequest, set_strike_day
from planner.views.care_check import care_check
from planner.views.strike_check import StrikeCheck, strike_check
from planner.views.strike_days import could_join, strike_day_named, strike_days
from tests import care
from tests.builders import DAWN, FIRST_NIGHT, NOW, World, a_world, an_action

DAY = DAWN.date()
MEMBERS = ("WM-0001", "WM-0002", "WM-0003")


@pytest.fixture
def world(database: Database) -> World:
    """Three actions at dawn; U1 has four places for women and U2 six, for ten nights."""
    world = a_world(database)
    for reference in MEMBERS:
        an_action(world, reference)
    care.a_second_provider(world)
    return world


def likely(world: World, *numbers: int, high: int = 1) -> None:
    for reference, number in zip(MEMBERS, numbers, strict=True):
        with world.desk("silver").writing() as work:
            line = Line(Profile.WOMAN, Need.NONE, 0, number, max(number, high))
            set_demand(work, reference, [line], zero_reason="Nobody was seen." if not number else "")


def strike(world: World, *members: str) -> int:
    with world.desk("cell").writing() as work:
        asked = StrikeDayRequest("OP1", "Strike one", DAY, members or MEMBERS)
        return set_strike_day(work, asked).id or 0


def check(world: World, number: int, by: str = "cell") -> StrikeCheck:
    with world.desk(by).reading() as look:
        return strike_check(look, number)


def test_each_member_can_be_placed_alone_and_all_together_cannot(world: World) -> None:
    likely(world, 4, 4, 4)
    number = strike(world)

    with world.desk("cell").reading() as look:
        alone = [care_check(look, reference).found.placeable for reference in MEMBERS]
    found = check(world, number)

    assert alone == [True, True, True]
    assert not found.found.placeable
    assert sum(row.places for row in found.found.placed) == 10
    assert found.words == (
        "2 places for women are short from Wed 25 November to Fri 27 November; "
        "nearest: unit U1 would need 2 more from Wed 25 November to Fri 27 November."
    )


def test_a_strike_day_of_one_asks_what_its_action_asks(world: World) -> None:
    likely(world, 3, 4, 4)
    care.confirm(world, care.book(world, places=1))
    number = strike(world, "WM-0001")

    with world.desk("cell").reading() as look:
        alone = as_check(care_check(look, "WM-0001"))
    together = as_strike_check("Strike one", check(world, number))

    assert {key: together[key] for key in alone.keys() & together.keys()} == {
        key: value for key, value in alone.items() if key != "action"
    }


def test_what_is_booked_for_one_member_is_not_asked_for_again(world: World) -> None:
    likely(world, 4, 4, 2)
    number = strike(world)
    care.confirm(world, care.book(world, places=4))

    found = check(world, number)

    assert found.found.placeable
    (line,) = found.cover
    assert (line.likely, line.high, line.held, line.confirmed) == (10, 10, 0, 4)
    assert sum(row.places for row in found.found.placed) == 6


def test_a_reserve_is_counted_once_however_many_share_it(world: World) -> None:
    likely(world, 0, 0, 4, high=2)
    number = strike(world)
    reserve = care.a_reserve(world)
    care.confirm(world, care.book_reserve(world, reserve))
    care.share(world, reserve, "WM-0001", "WM-0002")

    found = check(world, number)

    (shared,) = found.reserves
    assert (shared.wanted, shared.confirmed, shared.members) == (2, 2, ("WM-0001", "WM-0002"))
    assert found.without == ()
    assert found.found.placeable


def test_the_places_of_a_reserve_are_there_once_for_who_shares_it(world: World) -> None:
    likely(world, 5, 5, 0)
    number = strike(world)
    reserve = care.a_reserve(world)
    care.confirm(world, care.book_reserve(world, reserve))
    assert check(world, number).words.startswith("2 places for women are short")

    care.share(world, reserve, "WM-0001", "WM-0002")

    assert check(world, number).found.placeable
    likely(world, 5, 6, 0)
    assert check(world, number).words.startswith("1 place for women is short")


def test_who_has_nobody_likely_and_nothing_at_all_is_named(world: World) -> None:
    likely(world, 2, 0, 0)
    number = strike(world)

    assert check(world, number).without == ("WM-0002", "WM-0003")
    care.confirm(world, care.book(world, "WM-0002"))

    assert check(world, number).without == ("WM-0003",)


def test_the_longest_stay_that_any_member_asks_is_asked_of_all(world: World) -> None:
    late = DAWN + timedelta(hours=8)
    an_action(world, "WM-0004", starts_at=late, ends_at=late + timedelta(hours=2))

    found = check(world, strike(world, "WM-0001", "WM-0004"))

    assert (found.first, found.last) == (FIRST_NIGHT, FIRST_NIGHT + timedelta(days=3))


def test_a_closed_member_is_counted_for_its_own_list_alone(world: World) -> None:
    likely(world, 4, 4, 4)
    number = strike(world)
    with world.desk("gold").writing() as work:
        close_to(work, "WM-0003", [])

    for by in ("cell", "silver"):
        found = check(world, number, by)
        assert [row.reference for row in found.members] == ["WM-0001", "WM-0002"]
        assert found.found.placeable
    assert not check(world, number, "gold").found.placeable


def test_who_sees_no_member_and_plans_nothing_sees_no_strike_day(world: World) -> None:
    number = strike(world)

    for by in ("partner", "provider", "stranger"):
        with world.desk(by).reading() as look:
            assert strike_days(look) == ()
            with pytest.raises(NotFound, match="There is no such strike day"):
                strike_day_named(look, "Strike one")
            with pytest.raises(NotFound) as real:
                strike_check(look, number)
            with pytest.raises(NotFound) as missing:
                strike_check(look, number + 1)
            assert str(real.value) == str(missing.value)
    with world.desk("other_silver").reading() as look:
        assert [row.members for row in strike_days(look)] == [()]
    with world.desk("silver").reading() as look:
        assert [row.members for row in strike_days(look)] == [MEMBERS]


def test_only_actions_of_the_day_that_belong_to_none_could_join(world: World) -> None:
    an_action(world, "WM-0004", starts_at=DAWN + timedelta(days=1), ends_at=DAWN + timedelta(days=1, hours=2))
    strike(world, "WM-0001")

    with world.desk("silver").reading() as look:
        assert could_join(look, DAY) == ("WM-0002", "WM-0003")
    with world.desk("other_silver").reading() as look:
        assert could_join(look, DAY) == ()


def test_the_command_line_answers_for_the_whole_day(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    likely(world, 4, 4, 4)
    strike(world)
    monkeypatch.setenv("PLANNER_DATABASE_URL", world.database.url.render_as_string(hide_password=False))
    monkeypatch.setattr("planner.cli.edge.utc_now", lambda: NOW)

    code = main(["care", "check", "--strike-day", "Strike one", "--json"])
    answer = json.loads(capsys.readouterr().out)

    assert code == 1
    assert (answer["strike_day"], answer["actions"], answer["placeable"]) == ("Strike one", list(MEMBERS), False)
    assert answer["short"] == [{"profile": "woman", "places": 2, "from": "2026-11-25", "to": "2026-11-27"}]
    assert answer["needed"] == {"woman": 12}
    assert main(["care", "check", "--strike-day", "No such day"]) == 1
    assert main(["care", "check"]) == 2
    assert "Name one action, or one strike day" in capsys.readouterr().err


def test_all_of_the_day_is_booked_at_once_or_nothing_is(world: World) -> None:
    likely(world, 4, 3, 3)
    number = strike(world)
    asked = [HoldRequest(*row, f"{row.reference}-{row.unit}") for row in check(world, number).bookings]

    with pytest.raises(Refused, match="places left on Wed 25 November"), world.desk("silver").writing() as work:
        hold_together(work, [*asked, HoldRequest("WM-0003", "U1", ((Profile.WOMAN, Need.NONE, 5),), "too many")])
    assert booked(world) == 0
    with world.desk("silver").writing() as work:
        hold_together(work, asked)

    assert booked(world) == 10
    after = check(world, number)
    assert (sum(line.held for line in after.cover), after.asked) == (4, 6)


def booked(world: World) -> int:
    with world.database.read() as session:
        return sum(session.exec(select(HoldLine.places)))


def test_an_action_that_needs_two_units_is_held_in_both(world: World) -> None:
    likely(world, 7, 0, 0)
    found = check(world, strike(world, "WM-0001"))

    with world.desk("silver").writing() as work:
        holds = hold_together(work, [HoldRequest(*row, row.unit) for row in found.bookings])

    assert len(holds) == 2
    assert booked(world) == 7
