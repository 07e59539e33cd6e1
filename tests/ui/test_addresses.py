"""What an address names is shown, whatever is missing or forbidden is not, and what is chosen goes into it."""

from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from planner.models.directory import Appointment
from planner.models.operations import Operation
from planner.rules.windows import local
from planner.rules.words import Post
from planner.services.strike_days import StrikeDayRequest, set_strike_day
from planner.ui.address import address_of
from tests.builders import World, an_action
from tests.ui.pages import opened

ODD = ["", "x", "0", "-1", "9" * 80, "1; --", "<b>"]


def strike_days(world: World) -> list[int]:
    """One yesterday, one tomorrow and one after it, each with an action."""
    numbers = []
    for day in (-1, 1, 2):
        starts = datetime.now(UTC).replace(hour=11, minute=0) + timedelta(days=day)
        reference = f"WM-000{day + 2}"
        an_action(world, reference, starts_at=starts, ends_at=starts + timedelta(hours=3))
        asked = StrikeDayRequest("OP1", f"Strike {day}", local(starts).date(), (reference,))
        with world.desk("cell", starts - timedelta(days=1)).writing() as work:
            numbers.append(set_strike_day(work, asked).id or 0)
    return numbers


def chosen(page: AppTest, label: str) -> tuple[str, list[str]]:
    assert not page.exception
    field = next(field for field in page.selectbox if field.label == label)
    return str(field.value), list(field.options)


def strikes(world: World, number: object = "") -> AppTest:
    return opened(world, "actions.py", "silver", tab="Strike days", strike=str(number))


def test_the_strike_day_that_the_address_names_is_open_a_past_one_too(world: World) -> None:
    past, next_one, last = strike_days(world)

    page, shown = strikes(world), {}
    for number in ("", str(last), str(past)):
        page.query_params["strike"] = number
        shown[number] = chosen(page.run(), "Strike day")

    assert [value for value, _ in shown.values()] == [str(next_one), str(last), str(past)]
    assert [len(options) for _, options in shown.values()] == [2, 2, 3]


@pytest.mark.parametrize("odd", ODD)
def test_another_address_shows_the_first_strike_day(world: World, odd: str) -> None:
    _, next_one, _ = strike_days(world)

    assert chosen(strikes(world, odd), "Strike day")[0] == str(next_one)


def test_the_strike_day_that_is_shown_stays_so_when_an_earlier_one_is_set(world: World) -> None:
    _, next_one, _ = strike_days(world)
    page = strikes(world)
    starts = datetime.now(UTC).replace(hour=12, minute=0) + timedelta(days=1)
    an_action(world, "WM-0009", starts_at=starts, ends_at=starts + timedelta(hours=3))
    with world.desk("cell", starts - timedelta(days=1)).writing() as work:
        first = set_strike_day(work, StrikeDayRequest("OP1", "Aaa", local(starts).date(), ("WM-0009",))).id

    assert chosen(page.run(), "Strike day")[0] == str(next_one)
    assert chosen(page.run(), "Strike day")[1][0].startswith("Aaa")
    page.session_state["open_page"] = ("today", "")  # and back again
    assert chosen(page.run(), "Strike day")[0] == str(first)


def test_what_is_chosen_goes_into_the_address_and_the_first_out_of_it(world: World) -> None:
    _, next_one, last = strike_days(world)
    page = strikes(world)

    def choose(number: int) -> None:
        next(field for field in page.selectbox if field.label == "Strike day").set_value(str(number)).run()

    choose(last)
    assert page.query_params["strike"] == str(last)
    choose(next_one)
    assert "strike" not in page.query_params


def test_one_of_several_operations_is_open_as_the_address_names_it(world: World) -> None:
    with world.database.write() as session:
        one = session.get_one(Operation, world.operation).model_dump(exclude={"id"})
        session.add(Operation(**{**one, "code": "OP2", "name": "Operation Two"}))

        session.add(Appointment(person_id=world.people["cell"], post=Post.CELL))
    page, titles = opened(world, "operation.py", "cell"), {}
    for code in ("", "OP2", "OP9"):
        page.query_params["operation"] = code
        titles[code] = page.run().title[0].value

    assert not page.exception
    assert titles == {"": "Operation One", "OP2": "Operation Two", "OP9": "Operation One"}


def test_an_address_says_what_it_carries_so_that_nothing_in_it_reaches_further() -> None:
    assert address_of("my_part") == "my_part"
    assert address_of("action", {"ref": "a&tab=b#c/?d"}) == "action?ref=a%26tab%3Db%23c%2F%3Fd"
